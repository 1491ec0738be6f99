"""What each app may do: Android 13's grants, its permission dialog, and AppOps."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from harness.twin.permission_dialog import COMPONENT, Answer, ask
from harness.twin.permission_table import BACKGROUND_LOCATION, GROUPS, OPS, group_of, is_install_time

if TYPE_CHECKING:
    from harness.twin.device import TwinDevice
    from harness.twin.packages import Change, Package
    from harness.twin.processes import AppProcess

Cover = Callable[[str], Awaitable[None]]
State = Literal["granted", "denied", "denied_forever", "unasked"]
MAX_REQUESTED: Final = 64
GONE_FROM_33: Final = (
    "android.permission.READ_EXTERNAL_STORAGE",
    "android.permission.WRITE_EXTERNAL_STORAGE",
)
"""Apps that target Android 13 get these refused without a question; they ask for media instead."""
LOCATION: Final = ("android.permission.ACCESS_FINE_LOCATION", "android.permission.ACCESS_COARSE_LOCATION")


@dataclass(slots=True)
class _Answers:
    """What the user said about one app."""

    granted: set[str] = field(default_factory=set)
    one_time: set[str] = field(default_factory=set)
    """Granted until the app's last process ends."""
    refusals: dict[str, int] = field(default_factory=dict)
    fixed: set[str] = field(default_factory=set)
    """Refused for good: no further question."""


@dataclass(frozen=True, slots=True)
class OpRecord:
    """One operation that AppOps has seen an app do."""

    op: str
    times: int
    last_boot_ms: float
    last_wall_ms: float
    allowed: bool


class Permissions:
    def __init__(self, device: TwinDevice) -> None:
        self._device = device
        self._answers: dict[str, _Answers] = {}
        self._ops: dict[str, dict[str, OpRecord]] = {}
        self._modes: dict[tuple[str, str], str] = {}
        """AppOps modes set by hand, by package and op: allow, ignore, deny, default."""
        self._asking = asyncio.Lock()
        device.packages.listeners.append(self._package_changed)

    # ---- states

    def check(self, package: str, permission: str) -> bool:
        found = self._device.packages.get(package)
        if found is None:
            return False
        if found.uid in (0, 1000, 2000):
            return True
        declared = found.permissions
        if permission not in declared and not self._declares(found, permission):
            return False
        if is_install_time(permission):
            return True
        answers = self._of(found)
        return permission in answers.granted or permission in answers.one_time

    def state(self, package: str, permission: str) -> State:
        if self.check(package, permission):
            return "granted"
        answers = self._answers.get(package, _Answers())
        if permission in answers.fixed:
            return "denied_forever"
        return "denied" if answers.refusals.get(permission) else "unasked"

    def runtime(self, package: str) -> list[str]:
        """The permissions of an app that the user decides on, in the manifest's order."""
        found = self._device.packages.get(package)
        return [] if found is None else [each for each in found.permissions if not is_install_time(each)]

    def granted(self, package: str) -> list[str]:
        found = self._device.packages.get(package)
        return [] if found is None else [each for each in found.permissions if self.check(package, each)]

    def grant(self, package: str, permission: str) -> None:
        """As `pm grant`. Raises LookupError (no such package) or ValueError (not what the app asks for)."""
        answers = self._changeable(package, permission)
        answers.granted.add(permission)
        answers.one_time.discard(permission)
        answers.fixed.discard(permission)
        answers.refusals.pop(permission, None)
        self._told(package, permission, True)

    async def revoke(self, package: str, permission: str) -> None:
        """As `pm revoke`: an app that loses a permission is ended."""
        answers = self._changeable(package, permission)
        had = permission in answers.granted or permission in answers.one_time
        answers.granted.discard(permission)
        answers.one_time.discard(permission)
        self._told(package, permission, False)
        if had:
            for process in self._device.processes.of_package(package):
                await self._device.processes.end(process, "permissions revoked")

    def reset(self, package: str) -> None:
        """All answers forgotten, as `pm reset-permissions` and a fresh install."""
        self._answers.pop(package, None)

    def wants_rationale(self, package: str, permission: str) -> bool:
        return self.state(package, permission) == "denied"

    # ---- asking

    async def request(self, process: AppProcess, permissions: list[str], cover: Cover) -> list[bool]:
        """Ask the user for what is not decided yet, one dialog a group. One answer each, in their order.

        `cover` is awaited before the first dialog; not at all if there is nothing to ask.
        """
        wanted = [str(each) for each in permissions[:MAX_REQUESTED]]
        async with self._asking:
            package = self._device.packages.get(process.package)
            questions = [] if package is None else self._questions(package, wanted)
            if package is not None and questions and process.is_live:
                gone_home = self._device.activities.covers.leaving
                await cover(COMPONENT)
                for group, members in questions:
                    if process.is_live:
                        await self._ask_group(process, package, group, members, gone_home)
        return [self.check(process.package, each) for each in wanted]

    def _questions(self, package: Package, wanted: list[str]) -> list[tuple[str, list[str]]]:
        """What is to be asked, by group. What follows from an earlier answer is granted on the way."""
        answers = self._of(package)
        questions = []
        for group in dict.fromkeys(group_of(each) for each in wanted):
            members = [each for each in wanted if group_of(each) == group and self._may_ask(package, each)]
            if group is None or not members:
                continue
            if group != "location" and any(each in answers.granted for each in GROUPS[group].permissions):
                # Another one of the group was granted before: no further question.
                self._apply(package, members, "allow")
            else:
                questions.append((group, members))
        return questions

    async def _ask_group(
        self,
        process: AppProcess,
        package: Package,
        group: str,
        members: list[str],
        gone_home: asyncio.Event,
    ) -> None:
        answers = self._of(package)
        refused_before = any(answers.refusals.get(each) for each in members)
        answer = await ask(self._device, package, group, refused_before, process, gone_home)
        self._apply(package, members, answer)

    def _may_ask(self, package: Package, permission: str) -> bool:
        if permission not in package.permissions or is_install_time(permission):
            return False
        if permission == BACKGROUND_LOCATION and package.target_sdk >= 30:
            # From Android 11 on only the settings page grants it.
            return False
        if package.target_sdk >= 33 and permission in GONE_FROM_33:
            return False
        return self.state(package.name, permission) in ("unasked", "denied")

    def _apply(self, package: Package, permissions: Iterable[str], answer: Answer) -> None:
        answers = self._of(package)
        for permission in permissions:
            match answer:
                case "allow":
                    answers.granted.add(permission)
                case "once":
                    answers.one_time.add(permission)
                case "refuse":
                    answers.refusals[permission] = answers.refusals.get(permission, 0) + 1
                    if answers.refusals[permission] >= 2:
                        answers.fixed.add(permission)
                case "dismiss":
                    # Left without an answer: may be asked again, and counts as no refusal.
                    pass
            self._told(package.name, permission, answer in ("allow", "once"))

    # ---- AppOps

    def note_op(self, package: str, op: str) -> None:
        """An app did something that AppOps counts; `op` as `dumpsys appops` names it, e.g. FINE_LOCATION."""
        ops = self._ops.setdefault(package, {})
        before = ops.get(op)
        clock = self._device.clock
        allowed = self.op_mode(package, op) in ("allow", "default", "foreground")
        ops[op] = OpRecord(op, (before.times if before else 0) + 1, clock.boot_ms(), clock.wall_ms(), allowed)

    def ops(self, package: str) -> list[OpRecord]:
        """What the app did, by op."""
        return [record for _, record in sorted(self._ops.get(package, {}).items())]

    def op_packages(self) -> list[str]:
        return sorted(self._ops)

    def op_mode(self, package: str, op: str) -> str:
        """allow, ignore, deny, foreground or default."""
        by_hand = self._modes.get((package, op))
        if by_hand is not None:
            return by_hand
        permission = OPS.get(op)
        if permission is None:
            return "default"
        found = self._device.packages.get(package)
        if found is None or permission not in found.permissions:
            return "default"
        return "allow" if self.check(package, permission) else "ignore"

    def set_op_mode(self, package: str, op: str, mode: str) -> None:
        self._modes[package, op] = mode

    # ---- inside

    def _of(self, package: Package) -> _Answers:
        answers = self._answers.get(package.name)
        if answers is None:
            answers = self._answers[package.name] = _Answers()
            if package.target_sdk < 23:
                # Before Android 6 installing was agreeing.
                answers.granted.update(each for each in package.permissions if not is_install_time(each))
        return answers

    def _changeable(self, package: str, permission: str) -> _Answers:
        found = self._device.packages.get(package)
        if found is None:
            raise LookupError(f"Unknown package: {package}")
        if permission not in found.permissions:
            raise ValueError(f"Package {package} has not requested permission {permission}")
        if is_install_time(permission):
            raise ValueError(
                f"Permission {permission} requested by {package} is not a changeable permission type"
            )
        return self._of(found)

    def _declares(self, package: Package, permission: str) -> bool:
        return any(each.name == permission for each in package.declared_permissions)

    def _told(self, package: str, permission: str, granted: bool) -> None:
        self._device.journal.write("permission", package=package, permission=permission, granted=granted)

    def _package_changed(self, change: Change, package: Package) -> None:
        if change in ("removed", "cleared"):
            self._answers.pop(package.name, None)
            self._ops.pop(package.name, None)
            self._modes = {key: mode for key, mode in self._modes.items() if key[0] != package.name}

    def process_died(self, process: AppProcess) -> None:
        """One-time grants end with the app's last process."""
        answers = self._answers.get(process.package)
        if answers is not None and not self._device.processes.of_package(process.package):
            answers.one_time.clear()
