"""Which apps a device has, kept beside its files: a device that is started again still has them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Final

MAX_BYTES: Final = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What an APK does not say about its installation."""

    apk_path: str
    """Device path of base.apk."""
    split_paths: list[str]
    uid: int
    installer: str | None
    enabled: bool
    first_install_ms: int
    last_update_ms: int


class BadStore(Exception):
    """The file was not written by a twin."""


def write(path: Path, apps: Iterable[Kept]) -> None:
    """Replace the list at once, so that a device that is killed has the old one or the new one."""
    beside = path.with_suffix(".new")
    beside.write_text(json.dumps({"format": 1, "apps": [asdict(each) for each in apps]}), encoding="utf-8")
    os.replace(beside, path)


def read(path: Path) -> list[Kept]:
    """Nothing for a device that is new. Raises BadStore."""
    if not path.exists():
        return []
    try:
        if path.stat().st_size > MAX_BYTES:
            raise BadStore(f"{path} is larger than {MAX_BYTES} bytes")
        found: Any = json.loads(path.read_text(encoding="utf-8"))
        names = {each.name for each in fields(Kept)}
        return [Kept(**{name: app[name] for name in names}) for app in found["apps"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadStore(f"{path}: {error}") from error
