"""What an app may ask about permissions, and the notifications that one of them allows."""

from __future__ import annotations

from harness.twin.binder import Call, service


@service("permission.check")
def check(call: Call, name: str) -> bool:
    return call.device.permissions.check(call.process.package, name)


@service("permission.rationale")
def rationale(call: Call, name: str) -> bool:
    return call.device.permissions.wants_rationale(call.process.package, name)


@service("notification.channel")
def channel(call: Call, number: str, name: str, importance: int) -> None:
    call.device.journal.write("notification_channel", package=call.process.package, channel=number, name=name)


@service("notification.post")
def post(call: Call, tag: str | None, number: int, title: str, text: str) -> None:
    """Only noted: the twin's shade shows none."""
    if call.device.permissions.check(call.process.package, "android.permission.POST_NOTIFICATIONS"):
        call.device.journal.write(
            "notification", package=call.process.package, id=number, title=title, text=text
        )


@service("notification.cancel")
def cancel(call: Call, tag: str | None, number: int) -> None:
    call.device.journal.write("notification_cancel", package=call.process.package, id=number)


@service("notification.cancel_all")
def cancel_all(call: Call) -> None:
    call.device.journal.write("notification_cancel", package=call.process.package)
