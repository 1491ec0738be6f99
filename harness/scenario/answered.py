"""What a phone answers to a shell line."""

from __future__ import annotations

from typing import Final

from harness.device.phone import ShellResult

_REFUSED: Final = (
    "SecurityException",
    "Permission Denial",
    "inaccessible or not found",
    "Unknown command",
    "can't find",
    "Can't find service",
    "Failure [",
    "Exception",
)


def refused(result: ShellResult) -> bool:
    """Whether the phone does not let the shell do it, or does not know it."""
    return result.code != 0 or any(word in said(result) for word in _REFUSED)


def said(result: ShellResult) -> str:
    return " ".join((result.stdout + result.stderr).split())[:200]
