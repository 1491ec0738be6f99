"""The activity service: what activities, services, receivers and alarms of an app ask the system for."""

from __future__ import annotations

from typing import Any

from harness.twin.binder import Call, service
from harness.twin.resolve import Intent, resolve


@service("activity.start")
def start(call: Call, intent: Intent, request: int | None, token: str | None) -> None:
    call.device.activities.start_from(call.process, intent, request, token)


@service("activity.resolve")
def resolve_activity(call: Call, intent: Intent) -> list[str] | None:
    """[package, class] of the best match."""
    found = resolve(call.device, intent, "activity")
    return [found[0].package.name, found[0].component.name] if found else None


@service("activity.finish")
def finish(call: Call, token: str, result: int, data: Intent | None) -> None:
    call.device.activities.finish(token, result, data)


@service("activity.finish_affinity")
def finish_affinity(call: Call, token: str) -> None:
    call.device.activities.finish_task(token)


@service("activity.finish_task")
def finish_task(call: Call, token: str) -> None:
    call.device.activities.finish_task(token)


@service("activity.back")
def back(call: Call, token: str) -> bool:
    return call.device.activities.back_default(token)


@service("activity.recreate")
def recreate(call: Call, token: str) -> None:
    call.device.activities.recreate(token)


@service("activity.move_to_back")
def move_to_back(call: Call, token: str, non_root: bool) -> bool:
    return call.device.activities.move_to_back(token, non_root)


@service("activity.state")
def state(call: Call, token: str, state: str) -> None:
    call.device.activities.state_changed(call.process, token, state)


@service("activity.is_root")
def is_root(call: Call, token: str) -> bool:
    record = call.device.activities.record(token)
    return record is not None and record.task.records[0] is record


@service("activity.task")
def task(call: Call, token: str) -> int | None:
    record = call.device.activities.record(token)
    return None if record is None else record.task.id


@service("activity.caller")
def caller(call: Call, token: str) -> str | None:
    """Who waits for the activity's result; None when nobody does."""
    record = call.device.activities.record(token)
    return None if record is None or record.result_to is None else record.result_to[0].found.flat


@service("activity.tasks")
def tasks(call: Call, limit: int) -> list[Any]:
    """The caller's own tasks."""
    return [
        {
            "id": task.id,
            "base": task.records[0].found.flat,
            "top": task.records[-1].found.flat,
            "size": len(task.records),
        }
        for task in call.device.activities.tasks()
        if task.records and task.affinity == call.process.package
    ][: max(0, limit)]


@service("activity.request_permissions")
def request_permissions(call: Call, token: str, request: int, permissions: list[str]) -> None:
    call.device.activities.covers.ask_permissions(call.process, token, request, permissions)


@service("broadcast.send")
async def send_broadcast(call: Call, intent: Intent) -> None:
    await call.device.activities.background.send(intent, call.process)


@service("receiver.register")
def register(call: Call, number: int, wanted: dict[str, Any]) -> Intent | None:
    """The sticky intent of the action, of which the twin has one: the battery's."""
    actions = [str(each) for each in wanted.get("actions", [])]
    if number:
        call.device.activities.background.register(
            call.process, number, actions, int(wanted.get("priority", 0))
        )
    if "android.intent.action.BATTERY_CHANGED" in actions:
        extras = {"level": 76, "scale": 100, "status": 3, "plugged": 0, "health": 2, "present": True}
        return {"action": "android.intent.action.BATTERY_CHANGED", "extras": extras}
    return None


@service("receiver.unregister")
def unregister(call: Call, number: int) -> None:
    call.device.activities.background.unregister(call.process, number)


@service("service.start")
def start_service(call: Call, intent: Intent, foreground: bool) -> Any:
    return call.device.activities.background.start_service(call.process, intent, foreground)


@service("service.stop")
def stop_service(call: Call, intent: Intent) -> bool:
    return call.device.activities.background.stop_service(call.process, intent)


@service("service.stop_self")
def stop_self(call: Call, name: str, start_id: int) -> bool:
    return call.device.activities.background.stop_self(call.process, name, start_id)


@service("service.started")
def service_started(call: Call, name: str, start_id: int, mode: int) -> None:
    call.device.activities.background.service_started(call.process, name, mode)


@service("service.foreground")
def foreground(call: Call, name: str, on: bool) -> None:
    call.device.activities.background.set_foreground(call.process, name, on)


@service("service.bind")
def bind(call: Call, intent: Intent, number: int) -> bool:
    return call.device.activities.background.bind_service(call.process, intent, number)


@service("service.bound")
def bound(call: Call, name: str, connection: int, has_binder: bool) -> None:
    call.device.activities.background.bound(call.process, connection, has_binder)


@service("service.unbind")
def unbind(call: Call, number: int) -> None:
    call.device.activities.background.unbind_service(call.process, number)


@service("service.list")
def list_services(call: Call, limit: int) -> list[Any]:
    return [
        {
            "class": each.found.class_name,
            "pid": each.process.pid if each.process else 0,
            "process": each.found.component.process,
            "foreground": each.foreground,
        }
        for each in call.device.activities.background.services(call.process.package)
    ][: max(0, limit)]


@service("alarm.set")
def set_alarm(call: Call, elapsed: bool, at_ms: float, interval_ms: float, operation: dict[str, Any]) -> None:
    call.device.activities.background.set_alarm(call.process, elapsed, at_ms, interval_ms, operation)


@service("alarm.cancel")
def cancel_alarm(call: Call, operation: dict[str, Any]) -> None:
    call.device.activities.background.cancel_alarm(call.process, operation)


@service("job.schedule")
def schedule_job(
    call: Call, job: int, name: str, latency_ms: float, period_ms: float, extras: dict[str, Any]
) -> None:
    call.device.activities.background.schedule_job(call.process, job, name, latency_ms, period_ms, extras)


@service("job.cancel")
def cancel_job(call: Call, job: int | None) -> None:
    call.device.activities.background.cancel_job(call.process.package, job)


@service("job.finished")
def job_finished(call: Call, job: int, again: bool) -> None:
    call.device.journal.write("job_finished", package=call.process.package, job=job, again=again)
