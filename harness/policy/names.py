"""Names of SDKs and companies in notices, and whether two of them mean the same one."""

from __future__ import annotations

import difflib
import functools
import itertools
import re
from collections.abc import Iterator
from typing import Final

from harness.policy.fold import folded
from harness.sdks.load import load_signatures
from harness.sdks.signature import Signature

NEAR: Final = 0.85
"""Likeness from which two names are taken for one."""
LONGEST: Final = 40
MOST_NAMES: Final = 20
"""In one sentence."""
_SDK: Final = re.compile(r"(?i)sdk")
_NUMBER: Final = re.compile(
    r"^(?:[(（【\[]?(?:\d{1,3}(?:[.．]\d{1,3}){0,3}|[一二三四五六七八九十]{1,3})[)）】\].、．:：]?|[-•·●◆■*▪◦#]{1,3})\s*"
)
_NOISE: Final = re.compile(r"[\s\-_·.,，()（）【】\[\]+&/|®™\"“”'《》:：]+")
_GENERIC: Final = re.compile(
    r"第三方|\bsdk\b|sdk|软件开发工具包|插件|服务|功能|组件|模块|平台|工具|\bfor android\b|安卓版|android版|android|"
    r"股份|有限|责任|公司|科技|技术|网络|信息|集团|科学|国际|中国|北京|上海|深圳市?|广州|杭州|"
    r"\b(?:inc|ltd|llc|gmbh|corp|co|limited|corporation|company|library)\b"
)
_TRADES: Final = re.compile(
    r"推送|统计|分析|登录|分享|支付|地图|定位|广告|一键|移动|监测|数据|崩溃|验证|安全|\b(?:push|ads?|analytics|map|maps|login|pay)\b"
)
_COMPANY: Final = re.compile(
    r"公司|\b(?:inc|ltd|llc|gmbh|corp|corporation|limited|s\.a\.|b\.v\.|pte)\b|事务所|研究院|研究所|联盟"
)
_COMPANY_ZH: Final = re.compile(r"公司")
_COMPANY_EN: Final = re.compile(r"\b(?:Inc|Ltd|LLC|GmbH|Corp|Corporation|Limited|B\.V|S\.A|Pte)\b\.?")
_EDGE_ZH: Final = re.compile(r"[\s,，。：:；;、“”\"《》【】]|我们(?:和|与|及|或)|由|向|给|是|的|指")
_WORD_EN: Final = re.compile(r"(?:[A-Z][\w.&'-]{0,30},?\s|of\s|and\s){1,6}\Z")
_BEFORE_SDK: Final = re.compile(
    r"[\s,，。：:；;、“”\"《》【】<>=]|接入|使用|集成|引入|嵌入|通过|包括|例如|调用|采用|由|如|和|及|与|的|或|了|为"
)
_CAPITALS: Final = re.compile(r"(?:[A-Z][\w+.&-]{0,30}[ \u00a0]){0,4}[A-Z][\w+.&-]{0,30}[ \u00a0]?\Z")
_NO_NAME: Final = re.compile(
    r"^(?:第三方|该|此|本|上述|以下|前述|相关|其他|各|部分|下列|这些|一些|多个|我们|所有|等|the|this|a|an|each|such|these|"
    r"third[- ]?party|other|any|our|all|following|above|some)*$"
)


def unnumbered(text: str) -> str:
    """Without the number or bullet that a list puts before it."""
    return _NUMBER.sub("", text.strip(), count=1).strip()


def is_company(text: str) -> bool:
    return len(text) <= 80 and _COMPANY.search(folded(text)) is not None


def core(name: str) -> str:
    """What is left of a name when everything that any SDK or company may be called is taken away."""
    return _NOISE.sub("", _GENERIC.sub(" ", folded(name)))


def brand(name: str) -> str:
    """The core without the trade: 友盟 of 友盟统计. Empty when nothing distinctive is left."""
    left = _NOISE.sub("", _TRADES.sub(" ", _GENERIC.sub(" ", folded(name))))
    return left if len(left) >= (3 if left.isascii() else 2) else ""


def alike(one: str, other: str) -> bool:
    one, other = core(one), core(other)
    if not one or not other:
        return False
    if one == other:
        return True
    if 2 * min(len(one), len(other)) < NEAR * (len(one) + len(other)):
        return False
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio() >= NEAR


@functools.cache
def _by_core() -> dict[str, str]:
    found: dict[str, str] = {}
    for signature in load_signatures():
        for name in (signature.name, signature.name_zh):
            key = core(name)
            if len(key) >= 2:
                found.setdefault(key, signature.id)
    return found


def sdk_called(name: str) -> str | None:
    """The catalogue's id of exactly this name."""
    return _by_core().get(core(name))


def sdk_names(text: str) -> Iterator[str]:
    """Names before the word SDK in a sentence as it stood: 友盟 in "接入友盟SDK", Acme Push in "the Acme Push SDK"."""
    seen = set()
    for match in itertools.islice(_SDK.finditer(text), MOST_NAMES):
        before = text[max(0, match.start() - LONGEST) : match.start()]
        capitals = _CAPITALS.search(before)
        if capitals is not None and capitals.group().strip():
            name = capitals.group().strip()
            name = re.sub(r"^(?:The|This|Our|Each|These|Third-Party|Third-party)\s", "", name)
        else:
            edges = [edge.end() for edge in _BEFORE_SDK.finditer(before)]
            name = before[edges[-1] :] if edges else before if len(before) < LONGEST else ""
        name = name.strip(" （()）")
        if name and not _NO_NAME.match(folded(name)) and core(name) and name not in seen:
            seen.add(name)
            yield name


def companies(text: str) -> Iterator[str]:
    """Company names in a sentence as it stood."""
    at = 0
    for match in itertools.islice(_COMPANY_ZH.finditer(text), MOST_NAMES):
        before = text[max(at, match.start() - LONGEST) : match.start()]
        edges = [edge.end() for edge in _EDGE_ZH.finditer(before)]
        name = (before[edges[-1] :] if edges else before) + match.group()
        at = match.end()
        if len(name) >= 6 or "有限" in name:
            yield name.lstrip("（(和与及或").strip()
    for match in itertools.islice(_COMPANY_EN.finditer(text), MOST_NAMES):
        words = _WORD_EN.search(text[max(0, match.start() - 80) : match.start()])
        if words is not None:
            yield (words.group() + match.group()).strip()


def says_sdk(signature: Signature, name: str, company: str, more: str) -> bool:
    """Whether a list's entry means this SDK, or its company: by name (0.85 alike), brand, package or domain."""
    for own in (signature.name, signature.name_zh):
        if alike(own, name):
            return True
        mark = brand(own)
        if mark and (mark in core(name) or mark in core(company)):
            return True
    owner = brand(re.sub(r"\(.*\)", "", signature.company))
    if owner and len(owner) >= 3 and owner in core(company):
        return True
    return any(claim.prefix.lower() in more for claim in signature.prefixes if "." in claim.prefix) or any(
        _has_domain(more, claim.host) for claim in signature.hosts
    )


def _has_domain(text: str, host: str) -> bool:
    return re.search(rf"(?<![a-z0-9-]){re.escape(host)}(?![a-z0-9-])(?!\.[a-z0-9])", text) is not None
