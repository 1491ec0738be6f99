"""What the screens of a run show that a rule asks for, whoever walked: switches, conditions, forms, ways to verify.

Read from the recorded trees, so a run that a person walked tells as much as one of the driver's, and an old run is
read anew with each judging. The driver's own search tells beside it what only a walk can know: taps, and absence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from harness.model.errors import InputError
from harness.model.event import (
    Control,
    Evidence,
    PolicyText,
    Screen,
    Tap,
    TimelineEvent,
    Topic,
    UserAct,
)
from harness.screen.conditions import conditions_of
from harness.screen.tree import Node, parse
from harness.screen.window import is_input

MAX_SCREENS: Final = 2000
"""Screens of one run that are read; a run has hundreds."""
SHORT: Final = 24
PURPOSE: Final = re.compile(
    r"用于|以便|为了|目的|依据|法律|\b(?:used? (?:to|for)|in order to|so that|because|purpose)\b",
    re.IGNORECASE,
)
_SWITCHES: Final[dict[str, Topic]] = {"ads_switch": "personal_ads", "recommend_switch": "personal_content"}
_CONDITIONS: Final[dict[str, Topic]] = {
    "account_deletion": "cancel_account", "account_deletion_confirm": "cancel_account", "settings_withdraw": "withdraw",
    "withdraw_confirm": "withdraw",
}  # fmt: skip
_WITHDRAW: Final = re.compile(
    r"撤回|撤销|withdraw|revoke|widerruf|retirer|revocar|retirar|revoca", re.IGNORECASE
)
_READING: Final = frozenset({
    "policy_document", "privacy_popup", "privacy_popup_basic_mode", "retention", "cmp_banner", "policy_update",
    "notice", "permission",
})  # fmt: skip
"""Kinds that speak of all this without asking for any of it."""
_ACCOUNT: Final = re.compile(
    r"^(?:立即|去|点击)?(?:登录|登陆|登入|注册)(?:[/／、和或]?(?:登录|注册))?$|^未登录$|"
    r"^(?:log|sign)[ -]?(?:in|up)$|^退出登录$|^注销账[号户]$",
    re.IGNORECASE,
)
_FEED: Final = re.compile(
    r"^(?:为你推荐|为您推荐|猜你喜欢|猜您喜欢|"
    r"根据(?:您|你)的.{0,8}推荐|recommended for you|picked for you|because you .{0,20})$",
    re.IGNORECASE,
)
_FIELDS: Final[dict[str, re.Pattern[str]]] = {
    name: re.compile(words, re.IGNORECASE)
    for name, words in {
        "id_photo": r"身份证(?:正面|反面|照片|人像|国徽)|证件照|手持身份证|id (?:card )?photo",
        "id_number": r"身份证|证件号|\bid (?:card )?number|passport number|social security",
        "bank_card": r"银行卡|bank card|card number|信用卡",
        "name": r"真实姓名|姓名|full name|real name",
        "phone": r"手机号|手机号码|电话号码|phone number|mobile number",
        "address": r"详细地址|收货地址|住址|street address|home address",
        "birthday": r"出生日期|生日|date of birth|birthday",
        "sex": r"性别|\bgender\b|\bsex\b",
    }.items()
}
_SENSITIVE: Final = ("id_photo", "id_number", "bank_card")
_SKIP: Final = re.compile(
    r"^(?:跳过|以后再说|暂不.{0,6}|稍后.{0,6}|skip|not now|later|maybe later)$", re.IGNORECASE
)
_GUEST: Final = re.compile(r"游客|随便看看|先逛逛|guest|without (?:an )?account", re.IGNORECASE)
_VERIFYING: Final = re.compile(
    r"(?:人脸|刷脸|面部|活体).{0,6}(?:识别|认证|验证|核验|检测)|face (?:verification|recognition|scan|id)",
    re.IGNORECASE,
)
_BEGIN: Final = re.compile(
    r"^(?:开始|立即|去|进行|下一步)?.{0,2}(?:刷脸|人脸|识别|认证|验证|核验|检测).{0,4}$|^(?:start|begin|continue|verify)\b.{0,20}$",
    re.IGNORECASE,
)
_WAYS: Final[dict[str, re.Pattern[str]]] = {
    name: re.compile(words, re.IGNORECASE)
    for name, words in {
        "password": r"密码(?:验证|登录)?|password",
        "sms_code": r"短信|验证码|sms|text message code",
        "fingerprint": r"指纹|fingerprint",
        "voice": r"声纹|声音验证|voice",
        "manual": r"人工(?:审核|客服|验证)|manual review",
        "other": r"(?:其他|其它|换个|更换|切换).{0,4}(?:方式|验证)|another way|other (?:ways|options)",
    }.items()
}
_AGE: Final = re.compile(
    r"(?:请|选择|填写|输入|确认).{0,10}(?:年龄|出生日期|出生年份|生日)|"
    r"(?:您|你)的年龄|how old are you|your (?:age|date of birth|birth year)",
    re.IGNORECASE,
)
_GUARDIAN: Final = re.compile(
    r"监护人.{0,12}(?:同意|验证|确认|授权|手机|电话|身份)|(?:parent|guardian)(?:'s|al)?.{0,16}(?:consent|permission|verif|approv|e-?mail)",
    re.IGNORECASE,
)


def notice(events: Iterable[TimelineEvent], root: Path, package: str) -> Iterator[Control]:
    """In the order of the screens. `root` is the run folder; a tree that is not there is passed over."""
    told = sorted(
        (one for one in events if isinstance(one, Screen | Tap)), key=lambda one: (one.t_lo, one.t_hi)
    )
    screens = [one for one in told if isinstance(one, Screen)][:MAX_SCREENS]
    number = 0
    for at, screen in enumerate(screens):
        if screen.package != package:
            continue
        for fields in _of_screen(screen, screens[at + 1 : at + 3], told, root):
            number += 1
            yield Control(
                id=f"notice-{number:06d}", t_lo=screen.t_lo, t_hi=screen.t_hi, source="driver",
                evidence=Evidence(file=_tree(screen)), **fields,
            )  # fmt: skip


def with_versions(events: Sequence[TimelineEvent]) -> list[TimelineEvent]:
    """In a run that upgraded the app each document is of the old version or of the new one."""
    upgrades = [one for one in events if isinstance(one, UserAct) and one.act == "upgraded"]
    if not upgrades:
        return list(events)
    first = min(upgrades, key=lambda one: one.t_lo)
    dated: list[TimelineEvent] = []
    for one in events:
        if isinstance(one, PolicyText) and one.version is None:
            if one.t_hi < first.t_lo:
                one = one.model_copy(update={"version": "old"})
            elif one.t_lo > first.t_hi:
                one = one.model_copy(update={"version": "new"})
        dated.append(one)
    return dated


def _of_screen(
    screen: Screen, later: list[Screen], told: Sequence[Screen | Tap], root: Path
) -> Iterator[dict[str, object]]:
    for element in screen.elements:
        topic = _SWITCHES.get(element.role)
        if topic is not None and element.checked is not None:
            yield {"topic": topic, "text": element.text[:200], "state": element.checked != element.inverted}
    if screen.screen_kind in _READING:
        return
    nodes = _nodes(screen, root)
    labels = [one.label for one in nodes if one.label]
    short = [one for one in labels if len(one) <= SHORT]
    conditions = _CONDITIONS.get(screen.screen_kind)
    fields = [one for one in nodes if is_input(one)]
    if conditions is not None:
        # A page of settings speaks of much else; only what it says of withdrawing counts as a way to do so.
        about = (
            labels
            if screen.screen_kind != "settings_withdraw"
            else [one for one in labels if _WITHDRAW.search(one)]
        )
        said = conditions_of("\n".join(about), tuple(one.label for one in fields))
        here = any(one.role in ("withdraw", "delete_account") and one.tap for one in screen.elements)
        if said.demands or said.days is not None or said.offers:
            yield {"topic": conditions, "text": _first(short), "offers": [*(["in_app"] if here else []), *said.offers],
                   "demands": list(said.demands), "days": said.days}  # fmt: skip
    if screen.screen_kind.startswith("login") or any(_ACCOUNT.search(one.strip()) for one in short):
        yield {"topic": "accounts", "text": next((one for one in short if _ACCOUNT.search(one.strip())), "")}
    feed = next((one for one in short if _FEED.search(one.strip())), None)
    if feed is not None:
        yield {"topic": "feed", "text": feed}
    yield from _form(screen, nodes, fields, labels, told)
    yield from _verification(screen, labels, later, root)
    if (fields or len(short) > 1) and any(_AGE.search(one) for one in labels if len(one) <= 60):
        yield {"topic": "age_gate", "text": next(one for one in labels if _AGE.search(one))[:200]}
    guardian = next((one for one in labels if len(one) <= 120 and _GUARDIAN.search(one)), None)
    if guardian is not None and any(one.clickable for one in nodes):
        yield {"topic": "guardian", "text": guardian[:200]}


def _form(
    screen: Screen, nodes: list[Node], fields: list[Node], labels: list[str], told: Sequence[Screen | Tap]
) -> Iterator[dict[str, object]]:
    """Fields to be filled in, and pictures of documents to be taken, with what the page says they are for."""
    asked = [f"{one.text} {one.description}" for one in fields]
    asked += [_beside(one, nodes) for one in fields]
    taken = [
        one.label
        for one in nodes
        if one.label and len(one.label) <= SHORT and _FIELDS["id_photo"].search(one.label)
    ]
    demands = [name for name, words in _FIELDS.items() if any(words.search(one) for one in (*asked, *taken))]
    if not demands or (not fields and demands != ["id_photo"]):
        return
    if "id_photo" in demands and not taken and "id_number" in demands:
        demands.remove("id_photo")
    purpose = next((one for one in labels if PURPOSE.search(one)), "")
    if not purpose and not set(demands) & set(_SENSITIVE):
        # What an ordinary form is for stands in its heading.
        purpose = _first([one for one in labels if len(one) <= SHORT]) or screen.screen_kind
    offers = []
    short = [one.strip() for one in labels if len(one) <= SHORT]
    if any(_SKIP.search(one) for one in short):
        offers.append("skip")
    if any(_GUEST.search(one) for one in short):
        offers.append("guest")
    offers += _left_by(screen, told)
    yield {"topic": "collection", "text": purpose[:400], "demands": demands, "offers": offers}


def _left_by(screen: Screen, told: Sequence[Screen | Tap]) -> list[str]:
    """back: the back key led on to another page of the app. not_tried: nobody tried to go on without it."""
    at = next((i for i, one in enumerate(told) if one is screen), len(told))
    for one in told[at + 1 : at + 6]:
        if isinstance(one, Tap) and one.t_hi <= screen.t_hi:
            # The touch that brought the screen: it began after the last look without it.
            continue
        if isinstance(one, Tap) and one.role == "back" and one.changed:
            after = next(
                (other for other in told[at + 1 :] if isinstance(other, Screen) and other.t_hi > one.t_lo),
                None,
            )
            if after is not None and after.package == screen.package:
                return ["back"]
            return []
        if isinstance(one, Tap):
            break
    return ["not_tried"]


def _verification(
    screen: Screen, labels: list[str], later: list[Screen], root: Path
) -> Iterator[dict[str, object]]:
    """A step that begins to verify a face, with every way that it or the two screens after it offer. Where nothing
    came after it the ways are not known, and none is told."""
    if screen.screen_kind.startswith("settings"):
        return
    named = next((one for one in labels if _VERIFYING.search(one)), None)
    if named is None or not any(_BEGIN.search(one.strip()) for one in labels if len(one) <= 14):
        return
    seen = list(labels)
    for one in later:
        if one.package == screen.package:
            seen += [node.label for node in _nodes(one, root) if node.label]
    ways = [name for name, words in _WAYS.items() if any(words.search(one) for one in seen if len(one) <= 60)]
    tried = any(one.package == screen.package for one in later)
    yield {"topic": "verification", "text": named[:200], "offers": ["face", *ways] if ways or tried else []}


def _beside(field: Node, nodes: list[Node]) -> str:
    """The label on the row of a field, or just above it."""
    left, top, _, bottom = field.bounds
    near = [
        one.label
        for one in nodes
        if one.label and one is not field and len(one.label) <= SHORT
        and (
            (one.bounds[2] <= left + 4 and abs(one.center[1] - (top + bottom) // 2) < (bottom - top))
            or (one.bounds[3] <= top + 4 and top - one.bounds[3] < (bottom - top) and one.bounds[0] <= left + 40)
        )
    ]  # fmt: skip
    return near[-1] if near else ""


def _nodes(screen: Screen, root: Path) -> list[Node]:
    path = root / _tree(screen)
    try:
        tree = parse(path.read_bytes())
    except (OSError, InputError):
        return []
    return [one for one in tree.nodes if one.area > 0 and one.package == screen.package]


def _tree(screen: Screen) -> str:
    digest = screen.dump_sha256
    return f"screens/{digest}.xml" if re.fullmatch(r"[0-9a-f]{64}", digest) else "raw/ui.jsonl"


def _first(labels: list[str]) -> str:
    return next(iter(labels), "")[:200]
