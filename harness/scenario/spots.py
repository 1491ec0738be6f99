"""What can be touched on a screen on the way to somewhere: words, links inside a text, and controls without words.

What pays, deletes, posts, calls, agrees, sends a form or logs out is never one of them, and neither is a switch."""

from __future__ import annotations

import hashlib
import random
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Final, Literal

from harness.model.event import ScreenElement
from harness.scenario.front import Front, front_of
from harness.scenario.watch import Look
from harness.screen.dialogs import LOGIN_KINDS
from harness.screen.topics import policy_spans
from harness.screen.touch import Touch, Touches
from harness.screen.tree import Node, contains
from harness.screen.wrap import span_point

Kind = Literal["words", "link", "icon", "tab"]
MAX_LABEL: Final = 30
MAX_SPOTS: Final = 40
"""Of one screen; a feed has no end."""
MAX_ALIKE: Final = 4
"""Rows of one shape that are taken as they come; more of them are content, and come last."""
MAX_ICON: Final = 0.2
"""Of the screen's width; a larger picture is content."""
TOP: Final = 0.13
BOTTOM: Final = 0.88
"""Parts of the screen's height above and below which bars lie."""

_MONEY: Final = re.compile(
    r"支付|付款|购买|下单|结算|充值|提现|转账|开通|续费|打赏|捐|还款|借款|抢购|"
    r"\b(?:pay|buy|order|checkout|purchase|top up|transfer|donate|kaufen|bezahlen|payer|acheter|comprar|pagar|"
    r"acquista|paga)\b",
    re.IGNORECASE,
)
_ACT: Final = re.compile(
    r"删除|清空|清除|清理|注销|发布|发送|发表|评论|点赞|关注|拨打|呼叫|致电|一键登录|本机号码|退出|分享|转发|上传|提交|同意|"
    r"撤回|撤销|授权|卸载|安装|更新|升级|下载|订阅|确定|确认|保存|完成|下一步|立即|签到|领取|登出|"
    r"\b(?:delete|clear|remove|post|send|comment|like|follow|call|dial|sign out|log ?out|share|upload|submit|agree|"
    r"accept|withdraw|revoke|install|uninstall|update|upgrade|download|subscribe|confirm|save|done|next|ok|"
    r"löschen|senden|abmelden|supprimer|envoyer|eliminar|enviar|elimina|invia|apagar|excluir)\b",
    re.IGNORECASE,
)
_PLACE: Final = re.compile(
    r"管理|设置|清单|列表|目录|政策|协议|规则|说明|须知|指引|声明|条款|权限|隐私|"
    r"\b(?:settings|policy|policies|list|terms|manage\w*|rules|notice|statement|preferences|privacy|permissions)\b",
    re.IGNORECASE,
)
"""A label that names a page: 授权管理 authorises nothing."""
WAY: Final = re.compile(
    r"我的|^我$|设置|設置|關於|关于|隐私|隱私|账号|帐号|账户|帳號|安全|更多|个人中心|帮助|客服|設定|プライバシー|マイページ|"
    r"개인정보|설정|einstellungen|datenschutz|konto|param[eè]tres|confidentialit|ajustes|privacidad|impostazioni|"
    r"configura|\b(?:me|my|mine|profile|account|settings|about|privacy|more|security|legal|help|menu)\b",
    re.IGNORECASE,
)
_ICON_WAY: Final = (
    ("settings", re.compile(r"setting|gear|cog|config|prefer", re.IGNORECASE)),
    ("profile", re.compile(r"avatar|head|portrait|user|mine|profile|account|person|(?:^|_)me(?:_|$)", re.IGNORECASE)),
    ("menu", re.compile(r"menu|more|drawer|nav|hamburger|overflow", re.IGNORECASE)),
)  # fmt: skip
_BACK: Final = re.compile(r"back|(?:^|_)up(?:_|$)|navigate|return|close|返回|关闭|上一", re.IGNORECASE)
_NEVER_ICON: Final = re.compile(
    r"like|praise|thumb|post|publish|send|call|dial|pay|buy|cart|delete|remove|clear|share|collect|favou?r|comment|"
    r"follow|submit|logout|install|download|upload|play|record",
    re.IGNORECASE,
)
_LOG_IN: Final = re.compile(
    r"^(?:立即|去|点击|请先?)?(?:登录|登陆|登入|注册)(?:[/／、和或]?(?:登录|注册))?(?:账号|帐号)?$|^(?:未登录|登录后.{0,12})$|"
    r"^(?:log|sign)[ -]?(?:in|up)\b.{0,20}$|^anmelden$|^se connecter$|^iniciar sesi[oó]n$|"
    r"^accedi$|^entrar$|ログイン|로그인",
    re.IGNORECASE,
)
_SEARCH_FIELD: Final = re.compile(r"搜|查找|search|suche|recherche|buscar|cerca|検索|검색", re.IGNORECASE)
_DECIDING: Final = frozenset({
    "agree", "agree_login", "refuse", "refuse_exit", "allow", "allow_once", "allow_foreground", "allow_always",
    "withdraw", "delete_account", "logout", "one_key_login", "login_submit", "confirm", "checkbox", "ads_switch",
    "recommend_switch", "optout", "goto_settings",
})  # fmt: skip
"""Roles that a search leaves alone: only a scenario's own step uses them."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Something to touch. `label` and `kind` find it again on a later look at the same screen."""

    label: str
    kind: Kind
    element: ScreenElement
    rank: int
    """0: a word that is looked for; 1: leads to settings and the like; 2: any other; 3: one of many alike."""
    page: int = 0
    """How often its screen was scrolled before it showed."""

    @property
    def key(self) -> tuple[str, str]:
        return self.kind, self.label


@dataclass(slots=True)
class Touchable:
    """What one look offers."""

    spots: list[Spot] = field(default_factory=list)
    acts: list[str] = field(default_factory=list)
    """Labels that do something rather than lead somewhere; they are not touched."""
    unknown: list[str] = field(default_factory=list)
    """What can be touched and was left alone although it may lead somewhere."""
    offers_log_in: bool = False
    """A way to log in shows: whoever has an account sees more than this."""


def spots_of(look: Look, words: re.Pattern[str] | None, depth: int, page: int = 0) -> Touchable:
    """In the order of the screen. On a dialog, a document and a page that asks only what is looked for."""
    front = front_of(look)
    found = Touchable()
    if look.reading.asks:
        found.unknown.append("a question about consent stands in the way")
        return found
    deciding = {one.text for one in look.reading.elements if one.role in _DECIDING}
    alike: Counter[str] = Counter()
    touches = Touches(front.tree)
    labelled = front.said()
    touches.know(labelled)
    seen: set[tuple[str, str]] = set()
    for node in labelled:
        for spot in _of_label(front, node, touches.of(node), words, page, deciding, found):
            if spot.key in seen:
                continue
            seen.add(spot.key)
            if spot.rank == 2 and spot.kind == "words":
                shape = _shape(front, node)
                alike[shape] += 1
                if alike[shape] > MAX_ALIKE:
                    spot = Spot(spot.label, spot.kind, spot.element, 3, page)
            found.spots.append(spot)
    for spot in _unnamed(front, labelled, depth, page, found):
        if spot.key not in seen:
            seen.add(spot.key)
            found.spots.append(spot)
    found.offers_log_in = any(_LOG_IN.search(one.label.strip()) for one in labelled if len(one.label) <= 24)
    narrow = (
        front.is_modal or look.reading.kind in (*LOGIN_KINDS, "policy_document", "notice") or is_form(front)
    )
    if narrow:
        # Buttons of a dialog have effects that nobody told; a document has many links to others'.
        found.spots = [one for one in found.spots if one.rank == 0 or (one.rank == 1 and front.is_modal)]
        found.unknown.clear()
    if len(found.spots) > MAX_SPOTS:
        found.unknown.append(f"more than {MAX_SPOTS} things to touch on one screen")
        found.spots = sorted(found.spots, key=lambda one: one.rank)[:MAX_SPOTS]
    return found


def in_order(spots: list[Spot], seed: int, mark: str) -> list[Spot]:
    """The likeliest first; among equals as the screen has them, or shuffled by a seed other than 0."""
    spots = list(spots)
    if seed:
        digest = hashlib.sha256(f"{seed} {mark}".encode()).digest()
        random.Random(digest).shuffle(spots)
    return sorted(spots, key=lambda one: one.rank)


def tab_in_front(look: Look) -> Spot | None:
    """The tab that is marked as the one in front; None when none is."""
    front = front_of(look)
    chosen = [one for one in front.said() if _in_bar(front, one) and (one.selected or one.checked)]
    if len(chosen) != 1:
        return None
    return Spot(chosen[0].label, "tab", _element(chosen[0], chosen[0].label, chosen[0].center), 1)


def leads_to_log_in(spot: Spot | None) -> bool:
    return spot is not None and bool(_LOG_IN.search(spot.label.strip()))


def is_form(front: Front) -> bool:
    """It has fields to be filled in, other than one to search by: its buttons send them."""
    fields = [one for one in front.nodes if "EditText" in one.cls or one.password]
    return any(
        not _SEARCH_FIELD.search(f"{one.text} {one.description} {one.resource.rpartition('/')[2]}")
        for one in fields
    )


def is_act(label: str) -> bool:
    """Whether touching what says so does something that cannot be undone, or that costs, or tells others."""
    if _MONEY.search(label):
        return True
    return bool(_ACT.search(label)) and not _PLACE.search(label)


def _of_label(
    front: Front, node: Node, touch: Touch | None, words: re.Pattern[str] | None, page: int, deciding: set[str],
    found: Touchable,
) -> list[Spot]:  # fmt: skip
    label = node.label
    if "EditText" in node.cls or node.password:
        return []
    if len(label) > MAX_LABEL:
        return _links(front, node, words, page)
    if touch is None:
        return _links(front, node, words, page) if "《" in label else []
    if label in deciding or is_act(label):
        found.acts.append(label)
        return []
    kind: Kind = "words"
    if _in_bar(front, node):
        kind = "tab"
        if node.selected or node.checked:
            return []
    elif _switches(front, node):
        return []
    element = _element(node, label, touch.point)
    return [Spot(label, kind, element, _rank(label, words, kind), page)]


def _links(front: Front, node: Node, words: re.Pattern[str] | None, page: int) -> list[Spot]:
    """Documents that a text names, and what is looked for between title marks: each at its own characters."""
    spans = policy_spans(node.label)
    if words is not None:
        spans += [
            match.span()
            for match in re.finditer(r"《[^《》]{2,40}》", node.label[:3000])
            if words.search(match.group()) and match.span() not in spans
        ]
    width = front.screen[2]
    links = []
    for start, end in spans[:12]:
        name = node.label[start:end].strip("《》")
        point = span_point(node.label, node.bounds, start, end, width)
        links.append(Spot(name, "link", _element(node, name, point), _rank(name, words, "link"), page))
    return links


def _unnamed(front: Front, labelled: list[Node], depth: int, page: int, found: Touchable) -> list[Spot]:
    """Controls without words: by what their id says, and by where such controls stand."""
    width, height = front.screen[2], front.screen[3]
    spots = []
    tabs = 0
    for node in front.nodes:
        if not node.clickable or not node.enabled or "EditText" in node.cls:
            continue
        below = front.tree.nodes[node.index : node.end]
        if any(one.label or one.checkable for one in below) or any(
            contains(node.bounds, one.center) for one in labelled
        ):
            continue  # fmt: skip
        name = " ".join(dict.fromkeys(one.resource.rpartition("/")[2] for one in below if one.resource))
        left, top, right, bottom = node.bounds
        small = right - left <= MAX_ICON * width and bottom - top <= MAX_ICON * width
        x, y = node.center
        in_top, in_bottom = y < TOP * height, y > BOTTOM * height
        meaning = next((word for word, ids in _ICON_WAY if ids.search(name)), None)
        if _NEVER_ICON.search(name):
            continue
        if _BACK.search(name) or (meaning is None and in_top and x < 0.25 * width and small and depth > 0):
            continue
        if meaning is None and small and in_top:
            meaning = "top left" if x < 0.4 * width else "top right"
        elif meaning is None and in_bottom and not front.is_modal:
            tabs += 1
            meaning = f"bottom {tabs}"
        if meaning is None:
            found.unknown.append("something that can be touched has no words")
            continue
        kind: Kind = "tab" if meaning.startswith("bottom") else "icon"
        if kind == "tab" and node.selected:
            continue
        label = f"({meaning})" if not name or kind == "tab" else f"({meaning}: {name[:40]})"
        spots.append(Spot(label, kind, _element(node, label, node.center), 1, page))
    return spots


def _rank(label: str, words: re.Pattern[str] | None, kind: Kind) -> int:
    if words is not None and words.search(label):
        return 0
    return 1 if WAY.search(label) or kind == "tab" else 2


def _in_bar(front: Front, node: Node) -> bool:
    """One of several things side by side at the bottom."""
    height = front.screen[3]
    if front.is_modal or node.center[1] < BOTTOM * height:
        return False
    beside = [
        one
        for one in front.nodes
        if one.label and one is not node and abs(one.center[1] - node.center[1]) <= 0.02 * height
    ]
    return len(beside) >= 2


def _switches(front: Front, node: Node) -> bool:
    """The label is a switch, or belongs to a row that holds one: touching it changes a setting."""
    if node.checkable:
        return True
    for parent in (node, *front.tree.ancestors(node)[:3]):
        if parent.clickable:
            return any(one.checkable for one in front.tree.below(parent))
    return False


def _shape(front: Front, node: Node) -> str:
    """What a row is built of, and what list it lies in."""
    row = node
    for parent in front.tree.ancestors(node)[:4]:
        if parent.scrollable or parent.depth <= 2:
            break
        row = parent
        if parent.clickable:
            break
    built = [(one.cls, one.depth - row.depth) for one in front.tree.below(row)[:30]]
    return repr((row.depth, row.resource, built))


def _element(node: Node, label: str, point: tuple[int, int]) -> ScreenElement:
    return ScreenElement(role="spot", text=label, bounds=node.bounds, tap=point, clickable=True)
