"""What a check says, and what all of them say together."""

from __future__ import annotations

from typing import Final, Literal

from harness.model.data_type import DataType
from harness.model.event import Fact

Outcome = Literal["violation", "clear", "inconclusive", "not_applicable"]
Grade = Literal["A", "B", "C"]
"""A left the device, B obtained, C attempted only."""

VERDICT_FORMAT: Final = 1
EXIT_CODE: Final[dict[str, int]] = {"clear": 0, "violation": 1, "inconclusive": 3, "not_applicable": 3}


class Finding(Fact):
    says: str
    """One English sentence: what happened, when against which interval, who."""
    says_zh: str
    evidence: list[str]
    """Ids of events in timeline.jsonl."""
    grade: Grade | None = None
    data_type: DataType | None = None
    what: str = ""
    """Short cell for the table: the data type's name, or the screen fact."""
    what_zh: str = ""
    actor_id: str = ""
    """The SDK's id in harness/sdks/catalog, "app", "framework" or "unknown"; empty where nobody acts."""
    actor: str = ""
    """The same for people: "Acme Metrics (SDK)"."""
    actor_zh: str = ""
    when: str = ""
    """e.g. "1.2 s before the first consent question"."""
    when_zh: str = ""
    sent_to: list[str] = []
    fix: str = ""
    """What a developer should do."""
    fix_zh: str = ""
    scenarios: list[str] = []
    """Those that showed it."""


class CheckResult(Fact):
    id: str
    title: str
    title_zh: str
    severity: Literal["critical", "high", "medium", "low"]
    outcome: Outcome
    grade: Grade | None = None
    """The strongest grade among the findings."""
    reason: str
    """Why this outcome; for inconclusive also what would settle it."""
    reason_zh: str
    window: str
    """What was watched, e.g. "SC01: 15.0 s idle (pace 0.2; the full window is 75 s)"."""
    window_zh: str = ""
    clauses: list[str]
    findings: list[Finding] = []


class AppFacts(Fact):
    package: str
    version_name: str
    version_code: int
    label: str
    sha256: str
    signer_sha256: str | None = None
    target_sdk: int
    permissions: list[str] = []


class Verdict(Fact):
    format: Literal[1] = VERDICT_FORMAT
    outcome: Outcome
    reason: str
    reason_zh: str
    app: AppFacts
    profile: str
    interventions: list[str] = []
    """What altered the app while it ran, by id; the verdict is about the app so altered."""
    checks: list[CheckResult]
