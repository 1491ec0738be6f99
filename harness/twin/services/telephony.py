"""Device and subscriber identifiers, the operator, and cells.

One deviation from stock Android 13: an app that targets 28 or lower and holds READ_PHONE_STATE gets
identifiers, as on Android 9 and on many vendor builds. Stock 13 gives it null. Without this no identifier
that is behind a permission could ever be read on a twin.
"""

from __future__ import annotations

from typing import Any, Final

from harness.twin.binder import Call, security, service
from harness.twin.identity import CellTower, Sim
from harness.twin.services.guard import enforce, fine_location, full, holds, note, target_sdk

NETWORK_LTE: Final = 13
DEFAULT_SUBSCRIPTION: Final = 0x7FFFFFFF
SIM_READY: Final = 5
PHONE_TYPE_GSM: Final = 1


@service("telephony.imei")
def imei(call: Call, slot: int, asked_as: str) -> str | None:
    """`asked_as` is the name of the system's own method, which Android's refusal begins with."""
    _identifier(call, asked_as)
    sim = _slot(call, slot)
    return sim.imei if sim else None


@service("telephony.meid")
def meid(call: Call, slot: int) -> str | None:
    _identifier(call, "getMeidForSlot")
    return call.device.identity.meid if slot == 0 else None


@service("telephony.subscriber_id")
def subscriber_id(call: Call, sub_id: int) -> str | None:
    _identifier(call, "getSubscriberIdForSubscriber")
    sim = _subscription(call, sub_id)
    return sim.imsi if sim else None


@service("telephony.sim_serial")
def sim_serial(call: Call, sub_id: int) -> str | None:
    _identifier(call, "getIccSerialNumberForSubscriber")
    sim = _subscription(call, sub_id)
    return sim.iccid if sim else None


@service("build.serial")
def serial(call: Call) -> str:
    _identifier(call, "getSerial")
    return call.device.identity.serial


@service("telephony.line1_number")
def line1_number(call: Call, sub_id: int) -> str | None:
    if not _may_read_number(call):
        raise security(
            f"getLine1NumberForDisplay: Neither user {call.process.uid} nor current process has "
            f"{full('READ_PHONE_STATE')}, {full('READ_SMS')}, or {full('READ_PHONE_NUMBERS')}"
        )
    note(call, "READ_PHONE_NUMBERS")
    sim = _subscription(call, sub_id)
    return sim.number if sim else None


@service("telephony.voice_mail_number")
def voice_mail_number(call: Call, sub_id: int) -> str | None:
    _phone_state(call, "getVoiceMailNumber")
    sim = _subscription(call, sub_id)
    return "+8613800100186" if sim and sim.slot == 0 else None


@service("telephony.software_version")
def software_version(call: Call, slot: int) -> str | None:
    _phone_state(call, "getDeviceSoftwareVersionForSlot")
    return "01" if _slot(call, slot) else None


@service("telephony.network_type")
def network_type(call: Call, asked_as: str) -> int:
    if not holds(call, "READ_PHONE_STATE", "READ_BASIC_PHONE_STATE"):
        enforce(call, asked_as, "READ_PHONE_STATE")
    return NETWORK_LTE


@service("telephony.call_state")
def call_state(call: Call) -> int:
    """0 is idle. Without a permission only since target 31, as Android 12 has it."""
    if target_sdk(call) >= 31:
        enforce(call, "getCallStateForSubscription", "READ_PHONE_STATE")
    return 0


@service("telephony.operator")
def operator(call: Call, sub_id: int) -> dict[str, Any] | None:
    """What every app may know about a SIM and its network; None when there is no such subscription."""
    sim = _subscription(call, sub_id)
    if sim is None:
        return None
    return {
        "numeric": sim.numeric,
        "name": sim.operator,
        "country": sim.country,
        "sim_state": SIM_READY,
        "phone_type": PHONE_TYPE_GSM,
        "slots": len(call.device.identity.sims),
    }


@service("telephony.service_state")
def service_state(call: Call, sub_id: int) -> dict[str, Any] | None:
    _phone_state(call, "getServiceStateForSubscriber")
    sim = _subscription(call, sub_id)
    return {"state": 0, "operator": sim.operator, "numeric": sim.numeric} if sim else None


@service("telephony.uicc_cards")
def uicc_cards(call: Call) -> list[dict[str, Any]]:
    """For carriers and the system; identifiers of another app's making are never theirs."""
    enforce(call, "getUiccCardsInfo", "READ_PRIVILEGED_PHONE_STATE")
    return [{"iccid": sim.iccid, "slot": sim.slot} for sim in call.device.identity.sims]


@service("telephony.cells")
def cells(call: Call) -> list[dict[str, Any]]:
    if not fine_location(call):
        raise security("Not allowed to access cell info")
    note(call, "FINE_LOCATION")
    return [_cell(tower) for tower in call.device.identity.cells]


@service("telephony.cell_location")
def cell_location(call: Call) -> dict[str, int] | None:
    if not fine_location(call):
        raise security("Not allowed to access cell location")
    note(call, "FINE_LOCATION")
    tower = call.device.identity.cells[0]
    return {"lac": tower.tac, "cid": tower.cid, "psc": -1}


@service("telephony.listen")
def listen(call: Call, events: int) -> dict[str, Any]:
    """The state that a PhoneStateListener is told at once, as far as the caller may know it."""
    call_events, cell_events = 0x20, 0x10 | 0x400
    if events & call_events and target_sdk(call) >= 31:
        enforce(call, "listen", "READ_PHONE_STATE")
    if events & cell_events and not fine_location(call):
        raise security("Not allowed to access cell location")
    state: dict[str, Any] = {}
    if events & call_events:
        # The number of a call has been READ_CALL_LOG's since Android 9; there is no call here.
        state["call_state"] = {"state": 0, "number": ""}
    if events & cell_events:
        note(call, "FINE_LOCATION")
        state["cells"] = [_cell(tower) for tower in call.device.identity.cells]
        state["cell_location"] = cell_location(call)
    return state


@service("subscription.list")
def subscriptions(call: Call) -> list[dict[str, Any]]:
    _phone_state(call, "getActiveSubscriptionInfoList")
    named = target_sdk(call) < 29
    numbered = _may_read_number(call)
    return [
        {
            "sub_id": sim.sub_id,
            "slot": sim.slot,
            "iccid": sim.iccid if named else "",
            "number": sim.number if numbered else "",
            "name": f"SIM{sim.slot + 1}",
            "carrier": sim.operator,
            "mcc": sim.mcc,
            "mnc": sim.mnc,
            "country": sim.country,
        }
        for sim in call.device.identity.sims
    ]


@service("subscription.number")
def subscription_number(call: Call, sub_id: int) -> str:
    if not _may_read_number(call):
        raise security(
            f"getPhoneNumber: Neither user {call.process.uid} nor current process has "
            f"{full('READ_PHONE_NUMBERS')}."
        )
    note(call, "READ_PHONE_NUMBERS")
    sim = _subscription(call, sub_id)
    return sim.number if sim else ""


@service("sms.send")
def send_sms(call: Call, destination: str, text: str | None) -> None:
    """Nothing is sent; the journal keeps that it was asked."""
    enforce(call, "Sending SMS message", "SEND_SMS")
    note(call, "SEND_SMS")
    call.device.journal.write("sms", package=call.process.package, destination=destination, text=text or "")


def _identifier(call: Call, asked_as: str) -> None:
    privileged = holds(call, "READ_PRIVILEGED_PHONE_STATE")
    if not privileged and not (target_sdk(call) < 29 and holds(call, "READ_PHONE_STATE")):
        raise security(
            f"{asked_as}: The user {call.process.uid} does not meet the requirements "
            "to access device identifiers."
        )
    note(call, "READ_DEVICE_IDENTIFIERS")
    note(call, "READ_PHONE_STATE")


def _phone_state(call: Call, asked_as: str) -> None:
    enforce(call, asked_as, "READ_PHONE_STATE")
    note(call, "READ_PHONE_STATE")


def _may_read_number(call: Call) -> bool:
    if holds(call, "READ_PHONE_NUMBERS", "READ_SMS"):
        return True
    return target_sdk(call) < 30 and holds(call, "READ_PHONE_STATE")


def _slot(call: Call, slot: int) -> Sim | None:
    return next((sim for sim in call.device.identity.sims if sim.slot == slot), None)


def _subscription(call: Call, sub_id: int) -> Sim | None:
    """DEFAULT_SUBSCRIPTION_ID means the first SIM; None for an id without one."""
    sims = call.device.identity.sims
    if sub_id == DEFAULT_SUBSCRIPTION:
        return sims[0]
    return next((sim for sim in sims if sim.sub_id == sub_id), None)


def _cell(tower: CellTower) -> dict[str, Any]:
    return {
        "mcc": tower.mcc,
        "mnc": tower.mnc,
        "tac": tower.tac,
        "ci": tower.cid,
        "pci": tower.pci,
        "dbm": tower.dbm,
        "registered": tower.registered,
    }
