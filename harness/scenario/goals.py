"""What a search looks for, and how it tells that it is there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from harness.model.event import Document, ScreenElement, Topic
from harness.scenario.front import front_of
from harness.scenario.spots import Spot
from harness.scenario.step import Goal
from harness.scenario.watch import Look
from harness.screen.topics import is_policy

MIN_DOCUMENT: Final = 200
"""Characters of a page that opened behind a link; less is no document."""
MIN_LIST: Final = 40
"""The same of a list, which may be short."""


@dataclass(frozen=True, slots=True)
class Aim:
    words: re.Pattern[str]
    """On the way to it."""
    topics: tuple[str, ...] = ()
    """What a search that found nothing says of: documents and topics."""
    roles: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    document: Document | None = None
    shows: re.Pattern[str] | None = None
    """A short label that is it."""


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


SDK_LIST: Final = _words(
    r"SDK|第三方.{0,8}(?:清单|目录|列表|服务商|名单)|合作(?:方|伙伴).{0,6}(?:清单|目录|列表|名单)|third.part(?:y|ies)"
)
SHARED_LIST: Final = _words(
    r"(?:共享|分享|对外提供).{0,6}(?:清单|目录|列表)|第三方.{0,4}共享|(?:shared|sharing).{0,20}list|list of recipients"
)
COLLECTED_LIST: Final = _words(
    r"(?:已?收集|收集的?|采集).{0,8}(?:清单|列表|目录)|个人信息.{0,6}(?:清单|查阅|查询|列表)|"
    r"(?:collected|personal).{0,24}(?:list|inventory)|(?:data|information) we (?:have )?collect"
)
CHILDREN_POLICY: Final = _words(
    r"(?:儿童|未成年人|青少年).{0,8}(?:隐私|个人信息|保护).{0,8}(?:政策|规则|指引|声明|条款|说明)|child(?:ren)?(?:'s)?.{0,16}privacy"
)
_POLICY: Final = _words(
    r"隐私(?:政策|权政策|保护|声明|条款|协议|指引|权)|隱私|privacy (?:policy|notice|statement)|datenschutz|"
    r"confidentialit|privacidad|riservatezza|プライバシーポリシー|개인정보"
)
COMPLAINT: Final = _words(
    r"投诉|举报|意见反馈|问题反馈|用户反馈|帮助与反馈|反馈与帮助|在线客服|联系客服|联系我们|complain|report a problem|"
    r"feedback|contact us|beschwerde|r[eé]clamation|reclamaci"
)
AIMS: Final[dict[Goal, Aim]] = {
    "settings": Aim(
        _words("设置|設置|settings|einstellungen|param[eè]tres|ajustes|impostazioni|設定"),
        kinds=("settings", "settings_ads", "settings_withdraw"),
    ),
    "policy": Aim(_POLICY, topics=("policy",), document="policy"),
    "sdk_list": Aim(SDK_LIST, topics=("sdk_list",), document="sdk_list"),
    "collected_list": Aim(COLLECTED_LIST, topics=("collected_list",), document="collected_list"),
    "shared_list": Aim(SHARED_LIST, topics=("shared_list",), document="shared_list"),
    "withdrawal": Aim(
        _words("撤回|撤销|隐私|授权管理|权限管理|withdraw|revoke|privacy|datenschutz|einwilligung"),
        topics=("withdraw",), roles=("withdraw",),
    ),
    "ads_switch": Aim(
        _words(r"广告|个性化|推荐|隐私|\bads?\b|advertis|personali|recommend|privacy"),
        topics=("personal_ads", "personal_content"), roles=("ads_switch", "recommend_switch"),
    ),
    "account_deletion": Aim(
        _words(r"账号|帐号|账户|安全|注销|\baccount|security"), topics=("cancel_account",), roles=("delete_account",),
        kinds=("account_deletion",),
    ),
    "logout": Aim(_words(r"设置|账号|帐号|settings|account"), roles=("logout",)),
    "complaint": Aim(
        _words("帮助|客服|反馈|投诉|举报|关于|help|support|contact|feedback|about"), topics=("complaint",),
        shows=COMPLAINT,
    ),
}  # fmt: skip
TOPIC: Final[dict[str, Topic]] = {
    "withdraw": "withdraw", "ads_switch": "personal_ads", "recommend_switch": "personal_content",
    "delete_account": "cancel_account",
}  # fmt: skip
"""By the role of an element, what it is a control of."""


_OTHER: Final = frozenset({"login", "login_one_key", "login_agreement_dialog"})
"""Pages that come up in place of what a link names."""


def document_in(look: Look, spot: Spot | None) -> Document | None:
    """Which document about personal data shows: by the title of the page, or by the link that opened it."""
    front, reading = front_of(look), look.reading
    if reading.asks:
        return None
    length = sum(len(one.label) for one in front.said(front.web))
    is_page = front.web is not None or front.is_browser
    titles = front.titles() + [one.text for one in reading.elements if one.role == "title"]
    named = _named(titles)
    linked = _named([spot.label]) if spot is not None else None
    listed = linked if linked in ("sdk_list", "collected_list", "shared_list") else None
    if listed is not None and (is_page or (length >= MIN_LIST and not _is_menu(look))):
        return listed
    if linked == "policy" and reading.kind not in _OTHER and not front.is_modal and not _is_menu(look):
        # However little stands there: a link that leads to nothing is what has to be told.
        return named or linked
    is_long = reading.kind == "policy_document" or length >= MIN_DOCUMENT
    if is_page and linked is not None:
        return linked
    if not is_long or reading.kind.startswith(("settings", "account_deletion", "withdraw")):
        return None
    return named or linked or ("policy" if reading.kind == "policy_document" else None)


def controls_in(look: Look, goal: Goal) -> list[ScreenElement]:
    """What of a goal shows: elements of its roles, or a label that is it."""
    aim, reading = AIMS[goal], look.reading
    found = [one for one in reading.elements if one.role in aim.roles]
    if aim.shows is not None:
        for node in front_of(look).said():
            if len(node.label) <= 20 and aim.shows.search(node.label):
                found.append(ScreenElement(role=goal, text=node.label, bounds=node.bounds))
    return found


def is_there(look: Look, goal: Goal) -> bool:
    """Whether the screen is the place, or shows what was looked for. Documents are told by document_in."""
    aim = AIMS[goal]
    return bool(controls_in(look, goal)) or look.reading.kind in aim.kinds


def _named(labels: list[str]) -> Document | None:
    """The most special one first: an SDK list's title may name the privacy policy too."""
    for label in labels:
        for document, words in (
            ("children_policy", CHILDREN_POLICY), ("collected_list", COLLECTED_LIST), ("shared_list", SHARED_LIST),
            ("sdk_list", SDK_LIST),
        ):  # fmt: skip
            if words.search(label):
                return document  # type: ignore[return-value]
        if is_policy(label) or _POLICY.search(label):
            return "policy"
    return None


def _is_menu(look: Look) -> bool:
    """Most of its words are buttons: a page that leads to lists is none."""
    front = front_of(look)
    said = front.said(front.body)
    touched = [
        one
        for one in said
        if one.clickable
        or any(parent.clickable and not parent.label for parent in front.tree.ancestors(one)[:3])
    ]
    return len(touched) * 2 > len(said)
