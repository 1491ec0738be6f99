"""PB-S09: the list of installed apps read or sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from harness.model.data_type import DataType
from harness.model.event import ApiCall
from harness.rules.collected import finding, groups_of
from harness.rules.profile import Profile
from harness.rules.rule import Doubt, Said, rule
from harness.rules.told import told
from harness.timeline.timeline import Events, Segment, counted

FIX: Final = "Ask for the one app you need by name instead of listing all of them."
NEEDING: Final = frozenset({"app-store", "security", "utilities"})
"""Types of app that list others for the user."""
PROBE_MS: Final = 10_000
KINDS: Final[frozenset[DataType]] = frozenset({"installed_apps", "running_apps"})


@rule(
    id="PB-S09",
    title="Installed-app list read or sent",
    title_zh="读取或上传已安装应用列表",
    fix_zh="按名称查询所需的单个应用，不读取全部列表。",
    severity="high",
    scenarios=["SC01", "SC05", "SC08"],
    gates=["hooks", "proxy", "canaries"],
    kinds=KINDS,
    clauses=[
        "MIIT337-3", "MIIT164-1", "MIIT164-2", "TAF077-6", "GPLAY-QAP", "TC203A-2.8", "CN191-3.1", "GDPR-6",
    ],
)  # fmt: skip
def app_list(run: Segment, profile: Profile) -> Iterator[Said]:
    """The names of many installed apps were obtained before consent, or with no word of it in the policy, or
    sent."""
    reads = run.own_calls(obtained=True).where(lambda one: one.data_type in KINDS)
    broad = reads.where(lambda one: len(one.value_digests) > profile.limits.broad_apps)
    probed = _probes(reads, profile.limits.broad_apps)
    listed = broad if broad else reads.where(lambda one: one.id in probed)
    flows = run.carrying.where(lambda flow: any(one.data_type in KINDS for one in flow.found))
    declared = told(run)
    says_so = declared is not None and declared.tells("installed_apps")
    needed = run.whole.facts.app_type in NEEDING
    counting = listed.before(run.answer) if says_so or needed else listed.where(run.holds)
    for group in groups_of(run, counting, flows):
        if group.data_type in KINDS:
            yield finding(run, group, run.lead_or_into, run.lead_or_into_zh, FIX)
    counted_ids, listed_ids = set(counting.ids), set(listed.ids)
    left = [one.id for one in listed if one.id not in counted_ids]
    if left:
        yield Doubt(
            "The list of apps was read; the policy or the type of app gives a reason: whether it is needed is for a "
            "person.",
            "读取了应用列表；政策或应用类型给出理由：是否必要需人工判断。",
            left,
        )
    narrow = [one.id for one in reads if one.id not in listed_ids]
    if narrow and not listed:
        yield Doubt(
            f"{counted(len(narrow), 'read')} that named up to {profile.limits.broad_apps} other apps: whether these "
            "are partners for payment, login or sharing is for a person; an Android below 11 shows the whole list.",
            f"{len(narrow)}次读取涉及不超过{profile.limits.broad_apps}个应用：是否仅为支付、登录、分享的合作应用需人工判断。",
            narrow,
        )


def _probes(reads: Events[ApiCall], most: int) -> set[str]:
    """Ids of reads of one app each that come in such a crowd that together they are a list."""
    single: Sequence[ApiCall] = [one for one in reads if len(one.value_digests) <= 1]
    found: set[str] = set()
    first = 0
    for last, read in enumerate(single):
        while read.t_lo - single[first].t_lo > PROBE_MS:
            first += 1
        if last + 1 - first > most:
            found.update(one.id for one in single[first : last + 1])
    return found
