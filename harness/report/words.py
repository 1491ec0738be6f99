"""The words that every report uses, in English and Chinese."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from harness.model.event import Gate
from harness.model.result import CheckResult, Outcome
from harness.regulations.load import Cited, load_clauses
from harness.rules.judge import GATES_ZH
from harness.rules.profile import load_profile

OUTCOMES: Final[dict[Outcome, tuple[str, str]]] = {
    "violation": ("violation", "违规"), "clear": ("clear", "未发现问题"),
    "inconclusive": ("inconclusive", "无法判定"),
    "not_applicable": ("not applicable", "不适用"),
}  # fmt: skip
GRADES: Final[dict[str, tuple[str, str]]] = {
    "A": ("left the app", "已发出"), "B": ("obtained", "已获取"), "C": ("attempted", "仅尝试"),
}  # fmt: skip
GATES: Final[dict[Gate, tuple[str, str]]] = {
    "hooks": ("hooks: the agent was in every process from its first line",
              "挂钩：各进程自首行代码起均已监测"),
    "proxy": ("proxy: traffic was intercepted and decrypted", "代理：流量已拦截并解密"),
    "screen": ("screen: the screen could be read", "界面：界面可读取"),
    "walk": ("walk: every step of the scenario was confirmed", "步骤：场景各步骤均已确认"),
    "canaries": ("canaries: the values looked for were read back from the device",
                 "标记值：待查找的值已从设备读回"),
    "clock": ("clock: host and device times can be ordered", "时钟：主机与设备时间可排序"),
    "untouched": ("untouched: no sign that the app noticed the harness", "未被察觉：没有应用察觉监测的迹象"),
}  # fmt: skip
GATES_SHORT: Final[dict[Gate, str]] = GATES_ZH
"""One Chinese word a gate."""
SEVERITIES: Final[dict[str, tuple[str, str]]] = {
    "critical": ("critical", "严重"), "high": ("high", "高"), "medium": ("medium", "中"), "low": ("low", "低"),
}  # fmt: skip
SEEN: Final[dict[str, tuple[str, str]]] = {
    "text": ("text seen", "已见原文"), "machine-translation": ("seen in machine translation", "见机器译文"),
    "partial": ("seen in part", "部分可见"), "memory": ("from memory, text not seen", "凭记忆，未见原文"),
}  # fmt: skip


def clauses_of(result: CheckResult, profile: str) -> list[Cited]:
    """The check's clauses, those of the profile's jurisdictions first."""
    wanted = load_profile(profile).jurisdictions
    cited = [load_clauses()[clause] for clause in result.clauses if clause in load_clauses()]
    return sorted(cited, key=lambda one: one.instrument.jurisdiction not in wanted)


def main_clauses(result: CheckResult, profile: str, count: int = 2) -> str:
    """For a table cell: the ids of the first clauses of the profile."""
    return ", ".join(one.clause.id for one in clauses_of(result, profile)[:count])


def ordered(checks: Sequence[CheckResult]) -> list[CheckResult]:
    """Violations first, then by severity; otherwise as given."""
    outcomes = ("violation", "inconclusive", "clear", "not_applicable")
    severities = ("critical", "high", "medium", "low")
    return sorted(checks, key=lambda one: (outcomes.index(one.outcome), severities.index(one.severity)))
