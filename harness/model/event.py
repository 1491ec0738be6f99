"""Every fact on the timeline. Times are milliseconds on the device's boot clock: the instant lies in [t_lo, t_hi].

Files of a run folder hold these as JSON lines (`timeline.jsonl`); `FORMAT` counts changes that old readers
cannot read.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field, TypeAdapter

from harness.model.data_type import DataType
from harness.model.fact import Fact as Fact
from harness.model.screen_facts import AnswerLook as AnswerLook
from harness.model.screen_facts import ChoiceDesign as ChoiceDesign
from harness.model.screen_facts import ScreenElement as ScreenElement
from harness.model.screen_facts import TextLook as TextLook

FORMAT: Final = 1

Source = Literal["hook", "proxy", "driver", "system", "clock", "run"]
ResultClass = Literal["obtained", "empty", "dummy", "denied"]
Gate = Literal["hooks", "proxy", "screen", "walk", "canaries", "clock", "untouched"]
"""G1 hooks, G2 proxy, G3 screen, G4 walk, G5 canaries, G6 clock, G7 untouched (no sign that the app noticed us)."""


class Evidence(Fact):
    """Where in the run folder the raw fact is."""

    file: str
    line: int | None = None
    """1-based line of a JSON-lines file, or the entry's index + 1 in a HAR file."""


class Actor(Fact):
    """Who did it, from the stack (or for a flow, from its host)."""

    kind: Literal["app", "sdk", "framework", "unknown"]
    name: str
    """The package, the SDK's name, the platform part, or "unattributed"."""
    sdk: str | None = None
    """Id in harness/sdks/catalog when kind is sdk."""
    frame: str | None = None
    """The stack frame that decided."""


UNATTRIBUTED: Final = Actor(kind="unknown", name="unattributed")


class Event(Fact):
    id: str
    """Unique in a run, ordered as the raw record was: "hook-000012", "ui-000003"."""
    t_lo: float
    t_hi: float
    source: Source
    pid: int | None = None
    process: str | None = None
    evidence: Evidence


class ApiCall(Event):
    """A hooked call that reads (or asks for) data."""

    kind: Literal["api_call"] = "api_call"
    hook: str
    api: str
    """class.method, e.g. android.provider.Settings$Secure.getString"""
    data_type: DataType
    arguments: list[str] = []
    result: ResultClass
    exception: str | None = None
    """Java class of what the original threw, when it threw."""
    value_digests: list[str] = []
    """SHA-256 (hex) of each value read, UTF-8."""
    unsought: bool = False
    """Something it returned is not looked for in requests: a stream, or a value that was cut, too short or not
    told. That nothing was found in traffic then says nothing about it."""
    thread: int | None = None
    stack: list[str] = []
    actor: Actor = UNATTRIBUTED


class NativeCall(Event):
    kind: Literal["native_call"] = "native_call"
    function: str
    target: str
    caller: str | None = None
    thread: int | None = None
    local_port: int | None = None
    """Of a connect or sendto: the port on the device that it goes from."""
    stack: list[str] = []
    actor: Actor = UNATTRIBUTED


class Opened(Fact):
    """Whose code connected the socket of a flow."""

    event: str
    """Id of the native_call."""
    actor: Actor
    by: Literal["port", "name"]
    """port: the proxy saw the very port. name: it is the only one who asked for that host at that time."""


class ValueRead(Fact):
    """A read that returned a value which a request carried afterwards."""

    event: str
    """Id of the api_call."""
    actor: Actor
    api: str
    at_least_ms: float
    """From the read to the last byte of the request; both are intervals, so this one has two ends."""
    at_most_ms: float


class FoundValue(Fact):
    """A watched value seen in a flow."""

    data_type: DataType
    value_digest: str
    """SHA-256 (hex) of the plain value, the join to ApiCall.value_digests."""
    where: str
    """url | header:<name> | cookie:<name> | body"""
    decodings: list[str]
    """From outside in, e.g. ["gzip", "json:/d", "base64", "sha256-hex"]."""
    excerpt: str = ""
    """What stood there, cut to 200 characters, after all decodings but the last hash."""
    reads: list[ValueRead] = []
    """Reads up to the request that returned it, the last one of each actor, latest first."""


class Exposed(Fact):
    """Somebody's identity data in a response, found by its form; the value itself stays in the record."""

    data: Literal["id_number", "phone", "bank_card", "name_and_address"]
    value_digest: str
    """SHA-256 (hex) of the value without separators."""
    where: str
    """JSON pointer or offset in the response body."""
    own: bool = False
    """It is the test account's own, or was sent in the request."""
    shown: Literal["plain", "masked", "absent", "unknown"] = "unknown"
    """How the screens of the run showed it."""


class StatedValue(Fact):
    """What stands at a place where a known sender is known to put this kind of data. Weaker than a value that
    was planted or read: it rests on what is known of the SDK's requests."""

    sender: str
    """Id in harness/sdks/senders."""
    data_type: DataType
    where: str
    decodings: list[str]
    value_digest: str
    """SHA-256 (hex) of the value as it stood there."""
    excerpt: str
    because: str


Party = Literal["first", "third", "unknown"]
Insecurity = Literal["plaintext", "obsolete_tls", "bad_certificate"]


class Destination(Fact):
    """Where a request went, as well as it can be known."""

    party: Party = "unknown"
    """first: the app's own operator; third: anyone else."""
    party_because: str = ""
    registrable_domain: str = ""
    """e.g. shop.com.cn; empty for an address or a name without one."""
    address: str | None = None
    """The server's IP address; None where no server was reached, as in a sinkhole run."""
    country: str | None = None
    """ISO 3166-1 code."""
    country_basis: Literal["address", "operator"] | None = None
    """address: for which country it is registered. operator: where the SDK's company has its seat, which
    says nothing of where the server stands."""
    country_source: str = ""
    """The database and its date, or the catalogue."""
    insecure: list[Insecurity] = []


class Flow(Event):
    """One decrypted request and its response. [t_lo, t_hi] holds the moment its last request byte was seen."""

    kind: Literal["flow"] = "flow"
    method: str
    scheme: str
    host: str
    port: int
    path: str
    status: int | None = None
    request_bytes: int = 0
    response_bytes: int = 0
    connected_lo: float
    """Earliest instant at which its connection can have been opened."""
    found: list[FoundValue] = []
    decode_errors: list[str] = []
    stated: list[StatedValue] = []
    destination: Destination = Destination()
    selftest: bool = False
    """Made by the harness itself to prove that interception works."""
    answered_by: Literal["server", "sinkhole"] = "server"
    exposed: list[Exposed] = []
    """Identity data of people in its response; empty for responses of the sinkhole."""
    opened: Opened | None = None
    """None where no hooked process was seen to connect, or several may have: then `pid` is None too, unless all
    of them are one process."""
    actor: Actor = UNATTRIBUTED


class OpaqueConnection(Event):
    """A connection that carried bytes which could not be read."""

    kind: Literal["opaque_connection"] = "opaque_connection"
    host: str
    port: int
    reason: Literal["tls_refused", "quic", "raw_tcp", "udp", "dns_over_tls", "bypassed_proxy", "error"]
    detail: str = ""
    bytes_sent: int = 0
    bytes_received: int = 0
    opened: Opened | None = None
    actor: Actor = UNATTRIBUTED


class Screen(Event):
    """A change of what is on the screen: between the last dump without it and the first dump with it."""

    kind: Literal["screen"] = "screen"
    screen_kind: str
    package: str
    activity: str | None = None
    language: str | None = None
    why: str = ""
    confidence: Literal["high", "medium", "low"] | None = None
    """How sure the kind is, see harness/screen/confidence.py; None in runs that were made before it was told."""
    elements: list[ScreenElement] = []
    unread: list[str] = []
    """Labels beside the answers that can be touched and whose meaning is not known."""
    dump_sha256: str
    screenshot: str | None = None
    """Path in the run folder."""
    design: ChoiceDesign | None = None
    """None on screens without a choice about data."""


class Tap(Event):
    """What the driver did; the interval spans just before to just after it was injected."""

    kind: Literal["tap"] = "tap"
    role: str
    text: str = ""
    point: tuple[int, int] | None = None
    """None for a key such as back."""
    reason: str = ""
    changed: bool | None = None
    """Whether the screen was another one afterwards."""
    bounds: tuple[int, int, int, int] | None = None
    """Of the element that was touched."""
    dump_before: str | None = None
    """SHA-256 of the tree that it was chosen from, under screens/."""
    dump_after: str | None = None
    """Of the last look when its effect was told; None when nothing was looked at since."""


class Recording(Event):
    """One piece of the film of a scenario: what the screen showed over the interval."""

    kind: Literal["recording"] = "recording"
    scenario: str
    path: str | None = None
    """In the run folder, named by the scenario and the phone's boot clock (ms) when it began; None when there is
    none."""
    detail: str = ""
    """Why there is none."""


class ConsentChanged(Event):
    kind: Literal["consent_changed"] = "consent_changed"
    state: Literal["asked", "granted", "refused", "limited", "withdrawn"]
    certain: bool = True
    """False when the tap was made but the dialog's end was not confirmed."""


class Permission(Event):
    kind: Literal["permission"] = "permission"
    action: Literal["requested", "granted", "denied", "revoked"]
    permission: str
    stack: list[str] = []
    actor: Actor = UNATTRIBUTED
    dialog: str = ""
    """The system dialog's text, where one was seen."""
    trigger: str | None = None
    """Of a request: id of the driver's last act within 3 s before it. None: nothing was touched."""
    window: str | None = None
    """Of a request: id of the screen that asked the user. None: none showed."""
    answer: str | None = None
    """Of a request: id of its grant or denial."""
    request: str | None = None
    """Of a grant or denial: id of the request that it answers, whose actor is the actor here."""
    repeats: int = 0
    """Of a request: how many came before it for the same permission, within 48 hours of the phone's clock and since
    the app was installed."""


class Process(Event):
    kind: Literal["process"] = "process"
    action: Literal["start", "death", "foreground", "background"]
    cause: str = ""


class StorageWrite(Event):
    kind: Literal["storage_write"] = "storage_write"
    hook: str
    store: Literal["preferences", "database", "file"]
    name: str
    key: str = ""
    data_type: DataType | None = None
    """Set when the value written is one that was read."""
    value_digest: str | None = None
    stack: list[str] = []
    actor: Actor = UNATTRIBUTED


class Scenario(Event):
    """Where the walk was: one begin and one end per scenario, and one step event per step."""

    kind: Literal["scenario"] = "scenario"
    scenario: str
    """SC01, SC03, SC05 …"""
    action: Literal["begin", "step", "end"]
    step: str = ""
    """For a step: what it was, e.g. "observe 60"; [t_lo, t_hi] spans it."""
    confirmed: bool = True
    """For a step: the screen showed its effect. For end: the scenario reached its end."""
    detail: str = ""


Document = Literal["policy", "sdk_list", "collected_list", "shared_list", "children_policy", "personal_rules"]
Topic = Literal[
    "personal_ads", "personal_content", "withdraw", "cancel_account", "correct", "delete", "complaint",
    "collection", "verification", "age_gate", "guardian", "accounts", "feed",
]  # fmt: skip
Act = Literal[
    "upgraded", "ads_off", "content_off", "withdrew", "logged_in", "logged_out", "cancelled_account",
    "said_age", "opened_feature", "left_feature", "chose", "entered", "motion",
]  # fmt: skip


class PolicyText(Event):
    """A document about personal data as the app showed it: the interval holds the moment it was on screen."""

    kind: Literal["policy_text"] = "policy_text"
    document: Document
    title: str = ""
    url: str = ""
    text: str
    complete: bool = True
    """False when a part of it could not be read."""
    status: int | None = None
    """HTTP status of the page it came from; None for a text inside the app."""
    problem: str = ""
    """Why it could not be opened; empty when it could."""
    came_from: Literal["screen", "web_source"] = "screen"
    """web_source: from the page's source that the proxy recorded, as `status`, `url` and `source_sha256` tell."""
    shown_in: Literal["app", "browser"] = "app"
    text_file: str = ""
    """The text in the run folder, named by its digest."""
    sha256: str = ""
    """Of the text in UTF-8."""
    length: int | None = None
    """Characters of the text."""
    source_file: str = ""
    """The page's source in the run folder, named by its digest; empty when there was none."""
    source_sha256: str = ""
    taps: int | None = None
    """From the main screen; None when it was not reached from there."""
    glyph_sp: float | None = None
    """Height of its letters; None when not measured."""
    contrast: float | None = None
    """Of text to background, 1 to 21; None when not measured."""
    sideways: bool | None = None
    """Whether it must be moved sideways to be read."""
    version: Literal["old", "new"] | None = None
    """Of the app, in a scenario that upgrades it."""


class Control(Event):
    """Something in the app by which the user decides or asks: a switch, a path, a form."""

    kind: Literal["control"] = "control"
    topic: Topic
    text: str = ""
    taps: int | None = None
    """From the main screen."""
    state: bool | None = None
    """Of a switch: on or off."""
    offers: list[str] = []
    """Ways that it offers, e.g. face, password, sms_code; in_app, email, uninstall."""
    demands: list[str] = []
    """What it asks for before it goes on, e.g. id_photo, bank_card, phone_call."""
    days: int | None = None
    """Working days that it promises."""


class PathStep(Fact):
    """One tap of a path through the app, with what was on the screen before and after it."""

    label: str
    how: Literal["words", "link", "icon", "tab"]
    """link: a few characters inside a text; icon: a control without words."""
    point: tuple[int, int] | None = None
    dump_before: str = ""
    dump_after: str = ""
    """SHA-256 of the trees, under screens/."""
    screenshot: str | None = None
    """Of what it led to: a path in the run folder."""


class Crawl(Event):
    """A search of the app's screens."""

    kind: Literal["crawl"] = "crawl"
    looked_for: list[str]
    """Documents and topics; a control or document of one of them would have been recorded."""
    complete: bool
    """Every screen within reach was seen to its depth."""
    depth: int
    """Taps from the main screen."""
    detail: str = ""
    """What cut it short."""
    outcome: Literal["found", "absent", "cut"] | None = None
    """absent: everything within the depth was seen and it was not there. None in runs of older versions."""
    exhausted: int | None = None
    """Every path of at most so many taps was tried to its end."""
    path: list[PathStep] = []
    """To what was found, from the main screen."""
    start_screenshot: str | None = None
    """Of the screen where the path begins."""
    shortest: bool | None = None
    """Every shorter path was tried; None when nothing was found."""
    screens: int | None = None
    """Different screens that were seen."""
    tapped: int | None = None
    seed: int = 0


class UserAct(Event):
    """What the driver, or a person, did as a user; the interval holds the moment it took effect."""

    kind: Literal["user_act"] = "user_act"
    act: Act
    text: str = ""
    certain: bool = True
    """False when its effect was not confirmed."""


class Health(Event):
    """What a capture source says of itself. It holds over the whole interval [t_lo, t_hi]."""

    kind: Literal["health"] = "health"
    gate: Gate
    healthy: bool
    reason: str
    facts: dict[str, str | int | float | bool] = {}


TimelineEvent = Annotated[
    ApiCall | NativeCall | Flow | OpaqueConnection | Screen | Tap | Recording | ConsentChanged | Permission | Process
    | StorageWrite | Scenario | PolicyText | Control | Crawl | UserAct | Health,
    Field(discriminator="kind"),
]  # fmt: skip
EVENT: Final[TypeAdapter[TimelineEvent]] = TypeAdapter(TimelineEvent)
