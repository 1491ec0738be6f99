"""What the app declares about personal data: the documents opened in the run, read by harness.policy."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import Final

from harness.model.event import PolicyText
from harness.policy.declared import Declared, declared
from harness.rules.profile import Limits
from harness.rules.rule import Doubt
from harness.timeline.timeline import Segment

_COLLECTS: Final = re.compile(
    r"收集|获取|采集|处理.{0,8}信息|\bcollect|\bobtain|\bgather|\bprocess", re.IGNORECASE
)
_DATA: Final = re.compile(
    r"个人信息|设备信息|手机号|位置|personal (?:data|information)|device", re.IGNORECASE
)
_PURPOSE: Final = re.compile(r"用于|目的|以便|为了|purpose|in order to|used to", re.IGNORECASE)
_CONTACT: Final = re.compile(
    r"联系我们|联系方式|客服|邮箱|电话|contact|@[\w-]{1,40}\.[a-z]{2,8}", re.IGNORECASE
)
OPEN: Final = 400
"""HTTP status from which on a page is an error."""


def policies(run: Segment) -> Sequence[PolicyText]:
    """Everything that was opened and could be read, in this or another scenario."""
    return [one for one in run.whole.documents if not one.problem]


def is_policy(one: PolicyText, limits: Limits) -> bool:
    """Long enough, about collecting data, and no error page."""
    if one.document not in ("policy", "children_policy") or one.problem:
        return False
    if one.status is not None and one.status >= OPEN:
        return False
    words = (
        bool(_COLLECTS.search(one.text) and _DATA.search(one.text)),
        bool(_PURPOSE.search(one.text)),
        bool(_CONTACT.search(one.text)),
    )
    return len(one.text) >= limits.policy_chars and sum(words) >= 2


def told(run: Segment) -> Declared | None:
    """All documents of the run taken together; None when none could be read."""
    texts = tuple(one.text for one in policies(run) if one.text.strip())
    return _declared(texts) if texts else None


def incomplete(run: Segment) -> Doubt | None:
    """Why what is missing in the documents may still be said somewhere."""
    partly = [one for one in run.whole.documents if not one.complete or one.problem]
    if not partly:
        return None
    names = ", ".join(dict.fromkeys(one.title or one.document for one in partly))
    return Doubt(
        f"Not all of the policy could be read ({names}): opening it by hand settles it.",
        f"隐私政策未能完整读取（{names}）：人工打开可确认。",
        [one.id for one in partly],
    )


def no_policy() -> Doubt:
    return Doubt(
        "No text of the policy was read, so nothing can be compared with it: opening it by hand settles it.",
        "未读取到隐私政策文本，无法比对：人工打开可确认。",
    )


def cut(text: str, most: int = 120) -> str:
    """A sentence of the policy as evidence in a reason."""
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= most else one_line[: most - 1] + "…"


@functools.lru_cache(maxsize=16)
def _declared(texts: tuple[str, ...]) -> Declared:
    return declared(*texts)
