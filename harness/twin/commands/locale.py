"""cmd locale: the language of one app. It is taken by the app's next process; a running one keeps its own."""

from __future__ import annotations

import re
from typing import Final

from harness.twin.command import Run, Usage

TAG: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


async def locale(run: Run) -> int:
    """locale set-app-locales PACKAGE [--user U] [--locales TAG[,TAG]…] | get-app-locales PACKAGE [--user U]"""
    options = run.options(valued_words=("--user", "--locales"))
    packages = run.device.packages
    match options.rest:
        case ["set-app-locales" | "get-app-locales", name] if packages.get(name) is None:
            return await run.fail(f"Unknown package {name} for userId 0", 255)
        case ["set-app-locales", name]:
            tags = [tag for tag in options.value("locales").split(",") if tag]
            if not all(TAG.fullmatch(tag) for tag in tags):
                return await run.fail(f"Unable to parse locales {options.value('locales')}", 255)
            packages.app_locales[name] = ",".join(tags)
        case ["get-app-locales", name]:
            await run.line(f"Locales for {name} for user 0 are [{packages.app_locales.get(name, '')}]")
        case _:
            raise Usage(f"locale: {' '.join(run.args)!r} is not known to the twin", 255)
    return 0
