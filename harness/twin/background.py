"""What runs without a screen: services, broadcasts, alarms and jobs."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from harness.twin.binder import BinderError, security
from harness.twin.processes import AppProcess
from harness.twin.resolve import Found, Intent, describe, resolve

if TYPE_CHECKING:
    from harness.twin.device import TwinDevice

IDLE_S: Final = 60.0
"""So long after it left the front an app may still start services."""
RESTART_S: Final = 1.0
MAX_RESTARTS: Final = 5
MAX_RECEIVERS: Final = 1000
MAX_ALARMS: Final = 500
MIN_REPEAT_MS: Final = 60_000
STICKY: Final = (1, 3)
"""onStartCommand's answers after which Android starts the service again when its process died."""
INCLUDE_STOPPED: Final = 0x20
PROTECTED: Final = (
    "android.intent.action.BOOT_COMPLETED", "android.intent.action.LOCKED_BOOT_COMPLETED",
    "android.intent.action.PACKAGE_ADDED", "android.intent.action.PACKAGE_REMOVED",
    "android.intent.action.PACKAGE_REPLACED", "android.intent.action.MY_PACKAGE_REPLACED",
    "android.intent.action.USER_PRESENT",
    "android.intent.action.SCREEN_ON", "android.intent.action.SCREEN_OFF",
    "android.intent.action.BATTERY_CHANGED", "android.intent.action.ACTION_POWER_CONNECTED",
    "android.intent.action.ACTION_POWER_DISCONNECTED", "android.intent.action.TIME_TICK",
    "android.net.conn.CONNECTIVITY_CHANGE", "android.net.wifi.STATE_CHANGE",
)  # fmt: skip
"""Only the system may send these."""
EXEMPT: Final = (
    "android.intent.action.BOOT_COMPLETED", "android.intent.action.LOCKED_BOOT_COMPLETED",
    "android.intent.action.MY_PACKAGE_REPLACED", "android.intent.action.LOCALE_CHANGED",
    "android.intent.action.TIME_SET", "android.intent.action.TIMEZONE_CHANGED",
    "android.intent.action.PHONE_STATE", "android.intent.action.NEW_OUTGOING_CALL",
    "android.provider.Telephony.SMS_RECEIVED",
)  # fmt: skip
"""Implicit broadcasts that manifest receivers of apps for Android 8 and later still get."""


@dataclass(slots=True, eq=False)
class Service:
    found: Found
    process: AppProcess | None = None
    started: bool = False
    foreground: bool = False
    last_id: int = 0
    mode: int = 1
    """What onStartCommand answered last. One that dies before it answers counts as sticky, as on a phone."""
    restarts: int = 0
    connections: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Connection:
    """A client's binding, by the number that the system gave it."""

    client: AppProcess
    number: int
    """The client's own number for it."""
    service: Service
    intent: Intent


@dataclass(frozen=True, slots=True)
class Receiver:
    process: AppProcess
    number: int
    actions: frozenset[str]
    priority: int


class Background:
    def __init__(self, device: TwinDevice) -> None:
        self._device = device
        self._services: dict[tuple[str, str], Service] = {}
        self._connections: dict[int, Connection] = {}
        self._receivers: list[Receiver] = []
        self._alarms: dict[tuple[str, str], asyncio.TimerHandle] = {}
        self._has_run: set[str] = set()
        self._numbers = 0
        self._tasks: set[asyncio.Task[Any]] = set()

    def has_run(self, package: str) -> None:
        """From now on the package gets broadcasts."""
        self._has_run.add(package)

    def runs(self, package: str) -> bool:
        """Whether it was started since it was installed or stopped by force."""
        return package in self._has_run

    # ---- services

    def services(self, package: str) -> list[Service]:
        """Running ones."""
        return [
            each for (name, _), each in self._services.items() if name == package and each.process is not None
        ]

    def start_service(self, caller: AppProcess | None, intent: Intent, foreground: bool) -> list[str] | None:
        """[package, class] of the service, None when there is none. It starts after the return."""
        found = self._service(caller, intent)
        if found is None:
            self._log("W", f"Unable to start service {describe(intent)} U=0: not found")
            return None
        if caller is not None and not foreground and not self._may_start(caller):
            raise BinderError(
                "java.lang.IllegalStateException",
                f"Not allowed to start service {describe(intent)}: app is in background uid {caller.uid}",
            )
        service = self._record(found)
        service.started = True
        self._keep(self._start(service, intent))
        return [found.package.name, found.class_name]

    async def _start(self, service: Service, intent: Intent | None) -> None:
        if not await self._attach(service, "service") or not service.started:
            return
        service.last_id += 1
        self._post(service, "service.start", intent=intent, start_id=service.last_id)

    def stop_service(self, caller: AppProcess | None, intent: Intent) -> bool:
        found = self._service(caller, intent)
        service = None if found is None else self._services.get((found.package.name, found.class_name))
        if service is None or not service.started:
            return False
        self._stop(service)
        return True

    def stop_self(self, caller: AppProcess, name: str, start_id: int) -> bool:
        service = self._services.get((caller.package, name))
        if service is None or (start_id >= 0 and start_id != service.last_id):
            return False
        self._stop(service)
        return True

    def _stop(self, service: Service) -> None:
        service.started = service.foreground = False
        if not service.connections:
            self._post(service, "service.stop")
            self._services.pop((service.found.package.name, service.found.class_name), None)

    def service_started(self, caller: AppProcess, name: str, mode: int) -> None:
        service = self._services.get((caller.package, name))
        if service is not None:
            service.mode = mode

    def set_foreground(self, caller: AppProcess, name: str, foreground: bool) -> None:
        if foreground:
            permission = "android.permission.FOREGROUND_SERVICE"
            package = self._device.packages.require(caller.package)
            if package.target_sdk >= 28 and not self._device.permissions.check(caller.package, permission):
                raise security(
                    f"Permission Denial: startForeground from pid={caller.pid}, uid={caller.uid} "
                    f"requires {permission}"
                )
        service = self._services.get((caller.package, name))
        if service is not None:
            service.foreground = foreground

    def bind_service(self, caller: AppProcess, intent: Intent, number: int) -> bool:
        found = self._service(caller, intent)
        if found is None:
            return False
        service = self._record(found)
        self._numbers += 1
        connection = Connection(caller, number, service, intent)
        self._connections[self._numbers] = connection
        service.connections.add(self._numbers)
        self._keep(self._bind(self._numbers, connection))
        return True

    async def _bind(self, key: int, connection: Connection) -> None:
        if await self._attach(connection.service, "service") and key in self._connections:
            self._post(connection.service, "service.bind", intent=connection.intent, connection=key)

    def bound(self, caller: AppProcess, key: int, has_binder: bool) -> None:
        """The service answered onBind: tell the client."""
        connection = self._connections.get(key)
        if connection is None or connection.service.process is not caller:
            return
        found = connection.service.found
        connection.client.post(
            "service.connected",
            {
                "connection": connection.number, "package": found.package.name, "class": found.class_name,
                "has_binder": has_binder,
            },
        )  # fmt: skip

    def unbind_service(self, caller: AppProcess, number: int) -> None:
        for key, connection in list(self._connections.items()):
            if connection.client is caller and connection.number == number:
                self._unbind(key)

    def _unbind(self, key: int) -> None:
        connection = self._connections.pop(key)
        service = connection.service
        service.connections.discard(key)
        if service.connections:
            return
        self._post(service, "service.unbind", intent=connection.intent)
        if not service.started:
            self._post(service, "service.stop")
            self._services.pop((service.found.package.name, service.found.class_name), None)

    def _service(self, caller: AppProcess | None, intent: Intent) -> Found | None:
        package = None if caller is None else self._device.packages.get(caller.package)
        if package is not None and package.target_sdk >= 21 and not intent.get("package"):
            raise BinderError(
                "java.lang.IllegalArgumentException", f"Service Intent must be explicit: {describe(intent)}"
            )
        found = resolve(self._device, intent, "service")
        if not found:
            return None
        if caller is not None and found[0].package.name != caller.package and not found[0].component.exported:
            raise security(
                f"Not allowed to start service {describe(intent)} without permission not exported from uid "
                f"{found[0].package.uid}"
            )
        return found[0]

    def _record(self, found: Found) -> Service:
        return self._services.setdefault((found.package.name, found.class_name), Service(found))

    async def _attach(self, service: Service, cause: str) -> bool:
        component = service.found.component
        package = service.found.package
        try:
            service.process = await self._device.processes.start(
                package, component.process, cause, f"{package.name}/{component.name}"
            )
        except (LookupError, ProcessLookupError) as error:
            self._log("W", f"{service.found.flat} was not started: {error}")
            return False
        self.has_run(package.name)
        return True

    def _post(self, service: Service, event: str, **args: Any) -> None:
        if service.process is not None:
            service.process.post(event, {"class": service.found.class_name, **args})

    def _may_start(self, caller: AppProcess) -> bool:
        package = self._device.packages.require(caller.package)
        return (
            package.target_sdk < 26
            or self._device.activities.seconds_since_front(caller.package) < IDLE_S
            or any(each.foreground for each in self.services(caller.package))
        )

    # ---- broadcasts

    def register(self, process: AppProcess, number: int, actions: list[str], priority: int) -> None:
        if sum(1 for each in self._receivers if each.process is process) >= MAX_RECEIVERS:
            raise BinderError(
                "java.lang.IllegalStateException", f"Too many receivers, total of {MAX_RECEIVERS}"
            )
        self._receivers.append(Receiver(process, number, frozenset(actions), priority))

    def unregister(self, process: AppProcess, number: int) -> None:
        self._receivers = [
            each for each in self._receivers if each.process is not process or each.number != number
        ]

    async def send(self, intent: Intent, caller: AppProcess | None) -> int:
        """To all receivers that it is for: running ones first, then those in manifests. Returns how many."""
        if caller is not None and intent.get("action") in PROTECTED:
            raise security(
                f"Permission Denial: not allowed to send broadcast {intent['action']} from pid={caller.pid}, "
                f"uid={caller.uid}"
            )
        action, target = intent.get("action"), intent.get("package")
        running = [
            each
            for each in sorted(self._receivers, key=lambda each: -each.priority)
            if action in each.actions and target in (None, each.process.package) and not intent.get("class")
        ]
        for receiver in running:
            receiver.process.post("broadcast", {"receiver_id": receiver.number, "intent": intent})
        found = [
            each for each in resolve(self._device, intent, "receiver") if self._gets(each, intent, caller)
        ]
        for each in found:
            self._keep(self._receive(each, intent))
        return len(running) + len(found)

    def _gets(self, found: Found, intent: Intent, caller: AppProcess | None) -> bool:
        package = found.package
        if package.name not in self._has_run and not (intent.get("flags") or 0) & INCLUDE_STOPPED:
            return False
        if caller is not None and caller.package != package.name and not found.component.exported:
            return False
        implicit = not intent.get("package")
        return not implicit or package.target_sdk < 26 or intent.get("action") in EXEMPT

    async def _receive(self, found: Found, intent: Intent) -> None:
        try:
            process = await self._device.processes.start(
                found.package,
                found.component.process,
                "broadcast",
                f"{found.package.name}/{found.component.name}",
            )
        except (LookupError, ProcessLookupError) as error:
            self._log("W", f"{found.flat} did not get {describe(intent)}: {error}")
            return
        process.post("broadcast", {"class": found.class_name, "intent": intent})

    # ---- alarms and jobs

    def set_alarm(
        self, caller: AppProcess, elapsed: bool, at_ms: float, interval_ms: float, operation: dict[str, Any]
    ) -> None:
        """`at_ms` is on the boot clock, or on the wall clock that apps read, which is the host's."""
        key = (caller.package, _alarm_key(caller, operation))
        self._cancel(key)
        if sum(1 for package, _ in self._alarms if package == caller.package) >= MAX_ALARMS:
            raise BinderError(
                "java.lang.IllegalStateException", f"Maximum limit of concurrent alarms {MAX_ALARMS} reached"
            )
        now = self._device.clock.boot_ms() if elapsed else time.time() * 1000
        repeat = max(MIN_REPEAT_MS, interval_ms) if interval_ms > 0 else 0.0
        self._schedule(key, at_ms - now, repeat, lambda: self._alarm(caller, operation))

    def cancel_alarm(self, caller: AppProcess, operation: dict[str, Any]) -> None:
        self._cancel((caller.package, _alarm_key(caller, operation)))

    def schedule_job(
        self,
        caller: AppProcess,
        job: int,
        name: str,
        latency_ms: float,
        period_ms: float,
        extras: dict[str, Any],
    ) -> None:
        intent = {"package": caller.package, "class": name}
        found = resolve(self._device, intent, "service")
        if not found:
            raise BinderError(
                "java.lang.IllegalArgumentException", f"No such service {caller.package}/{name}"
            )
        service = self._record(found[0])

        async def run() -> None:
            if await self._attach(service, "job"):
                self._post(service, "job.start", job=job, extras=extras)

        self._schedule((caller.package, f"job {job}"), latency_ms, period_ms, lambda: self._keep(run()))

    def cancel_job(self, package: str, job: int | None) -> None:
        """All jobs of the package without a number."""
        for key in [key for key in self._alarms if key[0] == package]:
            if key[1].startswith("job ") and (job is None or key[1] == f"job {job}"):
                self._cancel(key)

    def _schedule(self, key: tuple[str, str], delay_ms: float, repeat_ms: float, fire: Any) -> None:
        loop = asyncio.get_running_loop()

        def due() -> None:
            self._alarms.pop(key, None)
            if repeat_ms:
                self._schedule(key, repeat_ms, repeat_ms, fire)
            fire()

        self._alarms[key] = loop.call_later(self._device.clock.host_seconds(delay_ms), due)

    def _cancel(self, key: tuple[str, str]) -> None:
        timer = self._alarms.pop(key, None)
        if timer is not None:
            timer.cancel()

    def _alarm(self, caller: AppProcess, operation: dict[str, Any]) -> None:
        intent = operation.get("intent") or {}
        self._device.journal.write(
            "alarm", package=caller.package, of=str(operation.get("kind")), intent=describe(intent)
        )
        match operation.get("kind"):
            case "listener":
                caller.post("alarm", {"id": operation.get("id")})
            case "activity":
                self._keep(self._device.activities.start(intent))
            case "broadcast":
                self._keep(self.send(intent, None))
            case _:
                self.start_service(None, intent, False)

    # ---- ends

    def stop_package(self, package: str) -> None:
        """Nothing of the package stays to start it again."""
        self._has_run.discard(package)
        for key in [key for key in self._alarms if key[0] == package]:
            self._cancel(key)
        for name in [name for name in self._services if name[0] == package]:
            self._services[name].started = False
            del self._services[name]

    def process_died(self, process: AppProcess, cause: str) -> None:
        self._receivers = [each for each in self._receivers if each.process is not process]
        for key, connection in list(self._connections.items()):
            if connection.client is process:
                self._unbind(key)
            elif connection.service.process is process:
                found = connection.service.found
                connection.client.post(
                    "service.disconnected",
                    {
                        "connection": connection.number,
                        "package": found.package.name,
                        "class": found.class_name,
                    },
                )
        for service in list(self._services.values()):
            if service.process is process:
                service.process = None
                self._revive(service)

    def _revive(self, service: Service) -> None:
        """A sticky service comes back after a moment, without its intent."""
        if not service.started or service.mode not in STICKY or service.restarts >= MAX_RESTARTS:
            if not service.connections:
                self._services.pop((service.found.package.name, service.found.class_name), None)
            return
        service.restarts += 1
        self._log(
            "W", f"Scheduling restart of crashed service {service.found.flat} in {int(RESTART_S * 1000)}ms"
        )

        async def later() -> None:
            await asyncio.sleep(RESTART_S)
            if service.started and self._device.packages.get(service.found.package.name) is not None:
                await self._start(service, None)

        self._keep(later())

    def _keep(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._log("E", f"background work failed: {error!r}")
            self._device.journal.write("background_error", error=repr(error))

    def _log(self, level: str, text: str) -> None:
        self._device.logcat.write("system", level, "ActivityManager", text, 4_199_990)


def _alarm_key(caller: AppProcess, operation: dict[str, Any]) -> str:
    """Two pending intents are one when all but their extras is the same."""
    intent = {key: value for key, value in (operation.get("intent") or {}).items() if key != "extras"}
    owner = caller.pid if operation.get("kind") == "listener" else 0
    return json.dumps(
        [owner, operation.get("kind"), operation.get("request"), operation.get("id"), intent], sort_keys=True
    )
