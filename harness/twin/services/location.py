"""Where the device is. It stands still; with only the coarse permission an app sees it on a 2 km grid."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

from harness.twin.binder import Call, security, service
from harness.twin.device import TwinDevice
from harness.twin.services.guard import PerDevice, full, holds, illegal_argument, may_locate, note
from harness.twin.services.repeat import STREAMS

PROVIDERS: Final = ("passive", "network", "fused", "gps")
GRID_M: Final = 2000.0
METRES_PER_DEGREE: Final = 111_194.93
FASTEST_S: Final = 0.2


@dataclass(frozen=True, slots=True)
class Place:
    latitude: float
    longitude: float
    accuracy_m: float


def _no_places(device: TwinDevice) -> dict[str, Place | None]:
    return {}


PLACES: Final = PerDevice(_no_places)
"""Test providers; None until a place was set."""


def place_of(device: TwinDevice, provider: str) -> Place:
    """Where this provider says that the device is; fused and passive follow the others."""
    places, identity = PLACES.of(device), device.identity
    order = (provider, "gps", "network") if provider in ("fused", "passive") else (provider,)
    told = next((place for name in order if (place := places.get(name)) is not None), None)
    return told or Place(identity.latitude, identity.longitude, identity.accuracy_m)


@service("location.enabled")
def enabled(call: Call) -> bool:
    return call.device.settings.get("secure", "location_mode") not in (None, "0")


@service("location.last_known")
def last_known(call: Call, provider: str) -> dict[str, Any] | None:
    """None when location is off, for a provider that is not there, and for an app in the background."""
    _enforce(call)
    if provider not in PROVIDERS or not enabled(call) or not may_locate(call):
        return None
    return _fix(call, provider)


@service("location.request")
async def request(call: Call, listener: int, provider: str, min_time_ms: int, once: bool) -> None:
    """`location.update` events follow, the first at once; none while the app is in the background."""
    _enforce(call)
    if provider not in PROVIDERS:
        raise illegal_argument(f'provider "{provider}" does not exist')
    if not enabled(call) or provider == "passive":
        return
    note(call, "MONITOR_LOCATION")
    if once and may_locate(call):
        call.process.post("location.update", {"listener": listener, "location": _fix(call, provider)})
    if once:
        return
    interval_s = max(min_time_ms / 1000, FASTEST_S)
    STREAMS.of(call.device).start(
        call,
        "location.update",
        listener,
        interval_s,
        lambda: {"listener": listener, "location": _fix(call, provider)} if may_locate(call) else None,
    )


@service("location.remove")
def remove(call: Call, listener: int) -> None:
    STREAMS.of(call.device).stop(call, "location.update", listener)


def coarse(latitude: float, longitude: float) -> tuple[float, float]:
    """The middle of the grid cell that holds the place; so near places look the same."""
    lat_step = GRID_M / METRES_PER_DEGREE
    lat = (math.floor(latitude / lat_step) + 0.5) * lat_step
    lon_step = lat_step / math.cos(math.radians(lat))
    lon = (math.floor(longitude / lon_step) + 0.5) * lon_step
    return lat, lon


def _enforce(call: Call) -> None:
    if not holds(call, "ACCESS_FINE_LOCATION", "ACCESS_COARSE_LOCATION"):
        raise security(
            f"uid {call.process.uid} does not have "
            f"{full('ACCESS_COARSE_LOCATION')} or {full('ACCESS_FINE_LOCATION')}."
        )


def _fix(call: Call, provider: str) -> dict[str, Any]:
    identity, clock, place = call.device.identity, call.device.clock, place_of(call.device, provider)
    exact = holds(call, "ACCESS_FINE_LOCATION")
    note(call, "FINE_LOCATION" if exact else "COARSE_LOCATION")
    latitude, longitude = place.latitude, place.longitude
    if not exact:
        latitude, longitude = coarse(latitude, longitude)
    return {
        "provider": provider,
        "latitude": latitude,
        "longitude": longitude,
        "altitude": identity.altitude_m,
        "accuracy": place.accuracy_m if exact else GRID_M,
        "time_ms": int(clock.wall_ms()),
        "boot_ms": clock.boot_ms(),
    }
