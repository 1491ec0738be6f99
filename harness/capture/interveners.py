"""What may change the app under test: off by default, chosen by name, named in run.json and in every report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from harness.model.errors import InputError

INTERVENERS: Final[dict[str, tuple[str, str]]] = {
    "tls-unpin": (
        "certificates that the app refuses are accepted, so that its traffic can be read",
        "接受应用所拒绝的证书，以便读取其流量",
    ),
    "root-hide": (
        "signs of a rooted phone are hidden from the app",
        "对应用隐藏手机已 root 的迹象",
    ),
    "flag-secure": (
        "windows that forbid screenshots allow them",
        "允许对禁止截屏的窗口截屏",
    ),
}
"""Id (a file in hooks/src/intervene) → what it does, in English and Chinese."""


def chosen(wanted: Iterable[str]) -> list[str]:
    """Names from `--intervene`, each possibly several with commas; once each, in the order given."""
    names = [name.strip() for one in wanted for name in one.split(",") if name.strip()]
    unknown = [name for name in names if name not in INTERVENERS]
    if unknown:
        known = ", ".join(INTERVENERS)
        raise InputError(f"--intervene {unknown[0]!r}: not known; use one or several of {known}")
    return list(dict.fromkeys(names))


def told(ids: Sequence[str], zh: bool) -> list[str]:
    """`id: what it does`. An id of a newer harness is told by itself."""
    return [f"{one}: {INTERVENERS[one][zh]}" if one in INTERVENERS else one for one in ids]
