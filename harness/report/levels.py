"""Which hooks a device cannot have: their methods do not exist on its API level."""

from __future__ import annotations

from dataclasses import dataclass

from harness.capture.agent_data import hook_facts


@dataclass(frozen=True, slots=True)
class Missing:
    """What the API level of a device takes from the agent."""

    level: int
    watched: int
    """Methods that the agent watches, on whatever level."""
    methods: list[tuple[str, str, str]]
    """(hook, "class.method", the levels that have it)"""

    def line(self, zh: bool) -> str:
        """One line for people; it says so too when nothing is missing."""
        count, hooks = len(self.methods), ", ".join(dict.fromkeys(hook for hook, _, _ in self.methods))
        if not count:
            if zh:
                return f"挂钩：{self.watched}个监测方法均不受设备API {self.level}限制"
            return f"hooks: none of the {self.watched} watched methods is ruled out by API {self.level}"
        if zh:
            lacking = f"{self.watched}个监测方法中有{count}个在设备的API {self.level}上不存在"
            return f"挂钩：{lacking}（{hooks}）；报告逐一列出"
        lacking = f"{count} of {self.watched} watched methods cannot exist on API {self.level}"
        return f"hooks: {lacking} ({hooks}); the report names each"


def missing_on(level: int) -> Missing:
    """Hidden, vendor and library methods are promised by no level and so never ruled out by one."""
    targets = [(fact.id, one) for fact in hook_facts() for one in fact.targets]
    ruled_out = [
        (hook, f"{one.class_name}.{one.method}", one.levels)
        for hook, one in targets
        if not one.applies(level)
    ]
    return Missing(level, len(targets), ruled_out)
