"""What a notice declares: `declared(text)` reads a captured policy or SDK list, Chinese or English.

Deterministic: word tables (harness/policy/words), no model. Every statement carries the sentence it rests on,
because text analysis is no runtime fact: a person must be able to check it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal, TypeVar

from harness.model.data_type import DataType
from harness.policy.dates import effective_date
from harness.policy.fold import folded
from harness.policy.mentions import Mention, Named, WideTerm, named
from harness.policy.names import companies, core, sdk_called, sdk_names, unnumbered
from harness.policy.sdk_list import Listed, read_lists
from harness.policy.text import LONGEST, MOST_CHARS, MOST_ROWS, SHOWN, Row, Sentence, rows, sentences
from harness.policy.words import topics

K = TypeVar("K")
V = TypeVar("V")

__all__ = ["ELEMENTS", "Declared", "DeclaredSdk", "Mention", "Recipient", "Sentence", "WideTerm", "declared"]

Element = Literal[
    "operator", "contact", "purposes", "retention", "storage_place", "sharing", "access", "correct", "delete",
    "cancel", "withdraw", "complaint", "minors", "effective_date", "sensitive", "changes", "personalisation_off",
    "self_start", "background",
]  # fmt: skip
ELEMENTS: Final[tuple[str, ...]] = tuple(topics().elements)
MOST_EVIDENCE: Final = 5
"""Sentences kept for one statement; the first ones."""
MOST_RECIPIENTS: Final = 500
MOST_SENTENCES: Final = 100_000
_HEADING: Final = 40
_ITEM: Final = re.compile(
    r"^\s*(?:[-•·●◆■▪*]|[(（]?\d{1,2}[)）.．、]|[(（]?[a-z一二三四五六七八九十]{1,2}[)）、])"
)
_CHINESE: Final = re.compile(r"[\u3400-\u9fff]")
_THIS_SDK: Final = re.compile(
    r"^(?:该|此|上述|前述)?(?:第三方)?sdk|^其(?:会|将|可能|需)|^(?:it|this sdk|the sdk|they)\b"
)


@dataclass(frozen=True, slots=True)
class Recipient:
    """A company that the notice names."""

    name: str
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class DeclaredSdk:
    """One SDK (or third party) that the notice names; entries of one name are one."""

    name: str
    """As written; the company's where the list gives no other."""
    sdk: str | None
    """Id in harness/sdks/catalog when the name is exactly one of it. `compare` also finds names that are near."""
    company: str
    kinds: Mapping[DataType, Mention]
    wide: tuple[WideTerm, ...]
    open_for: frozenset[DataType]
    """Kinds that an "etc." of its data may stand for."""
    purposes: frozenset[str]
    """Ids in words/topics.yaml: analytics, push, advertising …"""
    purpose: str
    """As written."""
    text: str
    """Everything the entry says, folded: domains and packages are looked up in it."""
    listed: bool
    """In a table or a block of fields; False for one named in a sentence."""
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Declared:
    """What one notice (its texts taken together) declares. Empty means: these words were not found in it."""

    language: Literal["zh", "en", ""]
    """Of most of it; "" for a text with too little to tell."""
    length: int
    """Characters read."""
    cut: bool
    """Longer than two million characters, or than any notice: what lies behind was not read."""
    kinds: Mapping[DataType, tuple[Mention, ...]]
    """Kinds that the app itself collects or at least names (see `Mention.how`), never what it denies."""
    denied: Mapping[DataType, tuple[Mention, ...]]
    """Kinds that it says are not collected."""
    wide: tuple[WideTerm, ...]
    """Umbrella terms outside the SDK lists."""
    open_for: frozenset[DataType]
    """Kinds that some "etc." may stand for."""
    sdks: tuple[DeclaredSdk, ...]
    recipients: tuple[Recipient, ...]
    """Companies named, the operator included."""
    operator: Recipient | None
    elements: Mapping[str, tuple[Sentence, ...]]
    """For each of ELEMENTS that is told: up to five sentences. An element that is absent was not found."""
    purposes: Mapping[str, tuple[Sentence, ...]]
    transfer_abroad: Literal["told", "denied", ""]
    """"" when the notice says nothing. Told wins over denied, since exceptions are told."""
    transfer_sentences: tuple[Sentence, ...]
    effective: date | None
    """The date it names as its own; the latest of several."""

    def tells(self, data_type: DataType) -> bool:
        """It says in particular that the app collects this kind."""
        return any(one.how == "collects" for one in self.kinds.get(data_type, ()))

    def has(self, element: Element) -> bool:
        return bool(self.elements.get(element))


def declared(*texts: str) -> Declared:
    """The policy and, when they were captured apart, its SDK and sharing lists: plain text or HTML.

    Never raises on any text; takes time linear in its length and reads at most two million characters of each.
    """
    reading = _Reading()
    for text in texts:
        reading.read(text)
    return reading.result()


@dataclass
class _Sdk:
    name: str
    company: str = ""
    kinds: dict[DataType, Mention] = field(default_factory=dict)
    wide: list[WideTerm] = field(default_factory=list)
    open_for: frozenset[DataType] = frozenset()
    purpose: str = ""
    text: str = ""
    listed: bool = False
    sentence: Sentence = field(default=Sentence("", 0))

    def add(self, said: Named) -> None:
        for mention in said.mentions:
            held = self.kinds.get(mention.data_type)
            if held is None or held.how == "denies":
                self.kinds[mention.data_type] = mention
        self.wide += said.wide[: 50 - len(self.wide)]
        self.open_for |= said.open_for

    def result(self) -> DeclaredSdk:
        words = topics().purposes
        about = folded(f"{self.purpose} {self.name}")
        return DeclaredSdk(
            name=self.name, sdk=sdk_called(self.name), company=self.company,
            kinds={kind: one for kind, one in self.kinds.items() if one.how != "denies"},
            wide=tuple(self.wide), open_for=self.open_for,
            purposes=frozenset(purpose for purpose, pattern in words.items() if pattern.search(about)),
            purpose=self.purpose, text=self.text, listed=self.listed, sentence=self.sentence,
        )  # fmt: skip


class _Reading:
    def __init__(self) -> None:
        self.length = 0
        self.chinese = 0
        self.cut = False
        self.kinds: dict[DataType, list[Mention]] = {}
        self.denied: dict[DataType, list[Mention]] = {}
        self.wide: dict[str, list[WideTerm]] = {}
        self.open_for: frozenset[DataType] = frozenset()
        self.sdks: dict[str, _Sdk] = {}
        self.recipients: dict[str, Recipient] = {}
        self.operator: Recipient | None = None
        self.elements: dict[str, list[Sentence]] = {}
        self.purposes: dict[str, list[Sentence]] = {}
        self.abroad: dict[str, list[Sentence]] = {"told": [], "denied": []}
        self.dates: list[date] = []
        self.left = MOST_SENTENCES

    def read(self, text: str) -> None:
        self.cut = self.cut or len(text) > MOST_CHARS
        found = rows(text)
        self.cut = self.cut or len(found) == MOST_ROWS
        for row in found:
            self.length += len(row.text)
            self.chinese += len(_CHINESE.findall(row.text))
        lists = read_lists(found)
        for entry in lists.entries:
            self._entry(entry)
        collecting = False
        carried: Sequence[_Sdk] = ()
        for row in found:
            if row.line in lists.used:
                self._listed_row(row)
                continue
            if self.left == 0:
                self.cut = True
                break
            collecting = self._context(row, collecting)
            carried = self._prose(row, collecting, carried)

    def _context(self, row: Row, before: bool) -> bool:
        """Whether a bare list under the last heading lists what is collected."""
        text = row.text
        lead = text.rstrip().endswith((":", "："))
        if lead or (
            len(text) <= _HEADING and len(row.cells) == 1 and not text.endswith(("。", ".", "；", ";"))
        ):
            said = folded(text)
            if topics().collects.search(said):
                return topics().collects_not.search(said) is None
            return before and not lead and _ITEM.match(text) is not None
        return before

    def _listed_row(self, row: Row) -> None:
        """A list of SDKs tells of sharing and purposes; who runs the app it does not tell."""
        for cell in row.cells:
            said, sentence = folded(cell[:LONGEST]), Sentence(row.text[:SHOWN], row.line)
            self._keep(self.elements, "sharing", topics().elements["sharing"], said, sentence)
            self._keep(self.elements, "purposes", topics().elements["purposes"], said, sentence)
            for company in companies(cell[:LONGEST]):
                self._recipient(company, sentence, "")

    def _prose(self, row: Row, collecting: bool, carried: Sequence[_Sdk]) -> Sequence[_Sdk]:
        """Returns the SDKs that a following "this SDK" or "it" means."""
        item = len(row.cells) > 1 or len(row.text) <= 60 or _ITEM.match(row.text) is not None
        actors: Sequence[_Sdk] = carried if item else ()
        for said, sentence in itertools.islice(sentences(row), self.left):
            self.left -= 1
            self._elements(said, sentence)
            for company in companies(sentence.text):
                self._recipient(company, sentence, said)
            found = named(said, sentence, collecting and item)
            own = self._sdks_in(said, sentence)
            actors = own or (actors if _THIS_SDK.search(said) else ())
            if actors:
                for sdk in actors:
                    sdk.add(found)
                    sdk.purpose = sdk.purpose or sentence.text[:200]
            else:
                self._app(found)
        return actors

    def _app(self, found: Named) -> None:
        for mention in found.mentions:
            held = (self.denied if mention.how == "denies" else self.kinds).setdefault(mention.data_type, [])
            if len(held) < MOST_EVIDENCE:
                held.append(mention)
            elif mention.how == "collects":
                # What says most is kept: a mere mention gives way.
                weak = next((at for at, one in enumerate(held) if one.how == "mentions"), None)
                if weak is not None:
                    held[weak] = mention
        for term in found.wide:
            terms = self.wide.setdefault(term.id, [])
            if len(terms) < MOST_EVIDENCE:
                terms.append(term)
        self.open_for |= found.open_for

    def _elements(self, said: str, sentence: Sentence) -> None:
        words = topics()
        for name, pattern in words.elements.items():
            self._keep(self.elements, name, pattern, said, sentence)
        for name, pattern in words.purposes.items():
            self._keep(self.purposes, name, pattern, said, sentence)
        denied = words.abroad_denied.search(said) is not None and words.unless.search(said) is None
        for way, found in (("denied", denied), ("told", not denied and words.abroad_told.search(said))):
            if found and len(self.abroad[way]) < MOST_EVIDENCE:
                self.abroad[way].append(sentence)
        if len(self.dates) < 50 and words.elements["effective_date"].search(said):
            self.dates += effective_date(said)

    @staticmethod
    def _keep(
        kept: dict[str, list[Sentence]], name: str, pattern: re.Pattern[str], said: str, sentence: Sentence
    ) -> None:
        held = kept.get(name, [])
        if len(held) < MOST_EVIDENCE and pattern.search(said):
            kept[name] = [*held, sentence]

    def _recipient(self, name: str, sentence: Sentence, said: str) -> None:
        if len(self.recipients) < MOST_RECIPIENTS:
            recipient = self.recipients.setdefault(name, Recipient(name, sentence))
            if self.operator is None and topics().elements["operator"].search(said):
                self.operator = recipient

    def _sdks_in(self, said: str, sentence: Sentence) -> list[_Sdk]:
        if "sdk" not in said:
            return []
        return [sdk for name in sdk_names(sentence.text) if (sdk := self._sdk(name, said, sentence))]

    def _entry(self, entry: Listed) -> None:
        fields = entry.fields
        company = fields.get("company", "")
        sdk = self._sdk(unnumbered(entry.name) or company, "", entry.sentence)
        if sdk is None:
            return
        sdk.listed, sdk.company = True, sdk.company or company
        sdk.purpose = sdk.purpose or fields.get("purpose", "")
        sdk.text = f"{sdk.text} {folded(' '.join(fields.values()))}"[:20_000]
        needed = folded(fields.get("necessity", ""))
        whole = (
            None
            if not needed
            else not re.search(r"必[选要须]|^required|^yes|^是", needed) or "非必" in needed
        )
        for role, optional in (
            ("kinds", whole),
            ("required", False),
            ("optional", True),
            ("permissions", whole),
        ):
            if fields.get(role):
                sdk.add(named(folded(fields[role]), entry.sentence, True, optional))

    def _sdk(self, name: str, said: str, sentence: Sentence) -> _Sdk | None:
        """The one of this name, made when new; None when there is no name or room."""
        key = core(name) or folded(name)
        if not key:
            return None
        sdk = self.sdks.get(key)
        if sdk is None:
            if len(self.sdks) >= 2 * MOST_RECIPIENTS:
                return None
            sdk = self.sdks[key] = _Sdk(name[:120], sentence=sentence)
        sdk.text = f"{sdk.text} {said}"[:20_000]
        return sdk

    def result(self) -> Declared:
        language: Literal["zh", "en", ""] = "zh" if self.chinese * 5 > self.length else "en"
        told, denied = self.abroad["told"], self.abroad["denied"]
        return Declared(
            language=language if self.length >= 20 else "", length=self.length, cut=self.cut,
            kinds=_frozen(self.kinds), denied=_frozen(self.denied),
            wide=tuple(one for terms in self.wide.values() for one in terms), open_for=self.open_for,
            sdks=tuple(sdk.result() for sdk in self.sdks.values()),
            recipients=tuple(self.recipients.values()), operator=self.operator,
            elements=_frozen(self.elements), purposes=_frozen(self.purposes),
            transfer_abroad="told" if told else "denied" if denied else "",
            transfer_sentences=tuple(told or denied), effective=max(self.dates, default=None),
        )  # fmt: skip


def _frozen(held: Mapping[K, Iterable[V]]) -> dict[K, tuple[V, ...]]:
    return {key: tuple(values) for key, values in held.items()}
