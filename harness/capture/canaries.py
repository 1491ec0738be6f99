"""Values of this device that are watched for in traffic even when no hook saw them being read."""

from __future__ import annotations

import re
from typing import Final

from harness.device.phone import Phone, host_ms
from harness.model.data_type import DataType
from harness.model.run_folder import HEALTH, RunFolder

READ_BY: Final[dict[DataType, tuple[str, str]]] = {
    "android_id": ("settings get secure android_id", r"^([0-9a-f]{8,16})$"),
    "serial": ("getprop ro.serialno", r"^([0-9A-Za-z._-]{6,40})$"),
    "mac_address": ("ip addr show dev wlan0", r"link/ether ((?:[0-9a-f]{2}:){5}[0-9a-f]{2})"),
}
"""Shell command, and where the value stands in what it prints."""


def read_canaries(phone: Phone, folder: RunFolder) -> None:
    """Read them back from the device and record what is watched, and what could not be read, as the gate's word."""
    lo = host_ms()
    facts: dict[str, str] = {}
    missing: list[str] = []
    for data_type, (command, pattern) in READ_BY.items():
        match = re.search(pattern, phone.shell(command).stdout.strip(), re.MULTILINE)
        if match:
            facts[data_type] = match.group(1)
        else:
            missing.append(data_type)
    reason = f"watched from the start: {', '.join(facts) or 'nothing'}"
    if missing:
        reason += f"; not readable by the shell: {', '.join(missing)}"
    event = {"kind": "health", "gate": "canaries", "healthy": bool(facts), "reason": reason, "facts": facts}
    folder.append(HEALTH, {"host_lo_ms": lo, "host_hi_ms": host_ms(), "event": event})
