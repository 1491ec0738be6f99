"""Advertising identifiers: Google's, and the vendor's (OAID and its kin)."""

from __future__ import annotations

from typing import Any, Final

from harness.twin.binder import Call, service
from harness.twin.services.guard import holds, illegal_argument, target_sdk

ZERO_ID: Final = "00000000-0000-0000-0000-000000000000"
AD_ID: Final = "com.google.android.gms.permission.AD_ID"


@service("ads.google")
def google_id(call: Call) -> dict[str, Any]:
    """Zeros for an app that targets 33 and does not declare the AD_ID permission."""
    allowed = target_sdk(call) < 33 or holds(call, AD_ID)
    return {"id": call.device.identity.gaid if allowed else ZERO_ID, "limited": not allowed}


@service("ads.app_set")
def app_set_id(call: Call) -> dict[str, Any]:
    return {"id": call.device.identity.app_set_id, "scope": 1}


@service("ads.vendor")
def vendor_id(call: Call, kind: str) -> str:
    identity = call.device.identity
    ids = {"oaid": identity.oaid, "vaid": identity.vaid, "udid": identity.udid, "aaid": identity.aaid}
    if kind not in ids:
        raise illegal_argument(f"no vendor id {kind}")
    return ids[kind]
