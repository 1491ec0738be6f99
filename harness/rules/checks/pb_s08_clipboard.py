"""PB-S08: the clipboard read without an action of the user."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from harness.model.event import ApiCall
from harness.rules.collected import finding, groups_of
from harness.rules.profile import Profile
from harness.rules.rule import Doubt, Said, rule
from harness.rules.told import told
from harness.timeline.timeline import Segment

FIX: Final = "Read the clipboard only when the user pastes."
PASTE: Final = re.compile(r"粘贴|输入|搜索|口令|验证码|paste|search|enter|type|code", re.IGNORECASE)


@rule(
    id="PB-S08",
    title="Clipboard read without user action",
    title_zh="无用户操作读取剪贴板",
    fix_zh="仅在用户粘贴时读取剪贴板。",
    severity="medium",
    scenarios=["SC01", "SC05", "SC09", "SC10"],
    gates=["hooks", "proxy", "canaries"],
    kinds=["clipboard"],
    clauses=["TC203A-2.5", "TC204A-4.2", "PIPL-13", "PIPL-6", "CN191-3.1", "EPRIV-5.3", "GDPR-6"],
)
def clipboard_read(run: Segment, profile: Profile) -> Iterator[Said]:
    """The content of the clipboard was obtained before consent, or later with no paste by the user and no word
    of it in the policy."""
    reads = run.own_calls(obtained=True).where(lambda one: one.data_type == "clipboard")
    unasked = reads.where(lambda one: not _pasted(run, one, profile.limits.trigger_s))
    declared = told(run)
    says_so = declared is not None and declared.tells("clipboard")
    counted = unasked.before(run.answer) if says_so else unasked.where(run.holds)
    digests = {digest for read in counted for digest in read.value_digests}
    flows = run.carrying.where(
        lambda flow: any(one.data_type == "clipboard" and one.value_digest in digests for one in flow.found)
    )
    for group in groups_of(run, counted, flows):
        if group.data_type == "clipboard":
            yield finding(run, group, run.lead_or_into, run.lead_or_into_zh, FIX)
    known = set(counted.ids)
    left = [one.id for one in unasked if one.id not in known]
    if left:
        yield Doubt(
            "The clipboard was read with no paste seen; the policy tells of it: whether a function needs it is for a "
            "person.",
            "未见粘贴操作即读取剪贴板；政策有说明：是否为功能所需需人工判断。",
            left,
        )
    looks = run.own_calls(obtained=False).where(lambda one: one.data_type == "clipboard")
    if looks and not reads:
        yield Doubt(
            "The app asked about the clipboard and got no content: a run with something on it and the app in front "
            "settles it.",
            "应用查询剪贴板但未取得内容：剪贴板有内容且应用在前台时重测可确认。",
            looks.ids,
        )


def _pasted(run: Segment, read: ApiCall, within_s: float) -> bool:
    return any(
        0 <= read.t_hi - tap.t_lo <= within_s * 1000
        and (tap.role in ("paste", "input") or PASTE.search(tap.text))
        for tap in run.taps
    )
