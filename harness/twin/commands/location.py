"""cmd location: test providers, which say where the device is instead of its own."""

from __future__ import annotations

from harness.twin.command import Run, Usage
from harness.twin.device import TwinDevice
from harness.twin.services.location import PLACES, PROVIDERS, Place, place_of

SHELL = "com.android.shell"


async def location(run: Run) -> int:
    """location providers add-test-provider|remove-test-provider P | set-test-provider-enabled P true|false |
    set-test-provider-location P --location LAT,LON [--accuracy M]"""
    options = run.options(valued_words=("--location", "--accuracy", "--time"))
    places = PLACES.of(run.device)
    match options.rest:
        case ["providers", verb, provider, *_] if (
            run.device.permissions.op_mode(SHELL, "MOCK_LOCATION") != "allow"
        ):
            return await run.fail(
                f"Exception occurred while executing '{verb}':\njava.lang.SecurityException: {SHELL} from uid 2000 "
                f"not allowed to perform MOCK_LOCATION (provider {provider})",
                255,
            )
        case ["providers", "add-test-provider", provider] if provider in PROVIDERS:
            places[provider] = None
        case ["providers", "remove-test-provider", provider]:
            places.pop(provider, None)
        case ["providers", "set-test-provider-enabled", provider, "true" | "false"] if provider in places:
            pass
        case ["providers", "set-test-provider-location", provider] if provider in places:
            latitude, _, longitude = options.value("location").partition(",")
            try:
                places[provider] = Place(
                    float(latitude), float(longitude), float(options.value("accuracy") or 100)
                )
            except ValueError as error:
                raise Usage(f"Error: {error}", 255) from error
        case _:
            raise Usage(f"location: {' '.join(run.args)!r} is not known to the twin", 255)
    return 0


def location_dump(device: TwinDevice, args: list[str]) -> str:
    lines = ["Location Manager State:", "  Location Providers:"]
    for provider in PROVIDERS:
        place = place_of(device, provider)
        mocked = " mock" if provider in PLACES.of(device) else ""
        lines.append(f"    {provider} provider{' [mock]' if mocked else ''}:")
        lines.append(
            f"      last location=Location[{provider} {place.latitude:.6f},{place.longitude:.6f} "
            f"hAcc={place.accuracy_m:g}{mocked}]"
        )
    return "\n".join(lines) + "\n"
