"""Three families: a finding is data and never raised; InputError is the user's to mend; the rest is ours."""

from __future__ import annotations


class InputError(Exception):
    """The user's file or flag is wrong. One line that says where, what, and what to do. Exit 2."""


class RunFailure(Exception):
    """The device, a tool or the machine failed. Recorded in run.json as `failure`; exit 4."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind
        """One of: device_lost, adb_failed, install_failed, proxy_died, agent_failed, screen_hung, disk_full,
        interrupted, internal."""
