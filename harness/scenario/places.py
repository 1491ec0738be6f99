"""The places where an app lets its user read and decide: searched, opened, read and used, each with its event."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

from harness.model.event import ScreenElement
from harness.scenario.roam import Means, Roamer, mark_of
from harness.scenario.step import Goal, GoTo, Read, Tour, UseStep
from harness.scenario.touch import Done
from harness.scenario.watch import Look
from harness.screen.dialogs import ScreenReading
from harness.screen.tree import parse

MAX_SCROLLS: Final = 40
MAX_TEXT: Final = 400_000
MIN_DOCUMENT: Final = 200
"""Characters of a page that opened behind a link; less is no document."""
_SDK_LIST: Final = re.compile(
    r"SDK|第三方.{0,8}(?:清单|目录|列表|共享)|共享.{0,4}清单|third.part", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Aim:
    roles: tuple[str, ...]
    kinds: tuple[str, ...]
    topics: tuple[str, ...]
    """What a complete search without a find says of."""
    words: re.Pattern[str]


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_AIMS: Final[dict[Goal, _Aim]] = {
    "settings": _Aim(
        (), ("settings", "settings_ads", "settings_withdraw"), (), _words("设置|settings|einstellungen")
    ),
    "policy": _Aim(
        (), ("policy_document",), ("policy",), _words("隐私政策|隐私协议|隐私权|privacy policy|datenschutz")
    ),
    "sdk_list": _Aim((), (), ("sdk_list",), _SDK_LIST),
    "withdrawal": _Aim(
        ("withdraw",), ("settings_withdraw",), ("withdraw",), _words("撤回|隐私|授权管理|withdraw|privacy")
    ),
    "ads_switch": _Aim(
        ("ads_switch", "recommend_switch"), ("settings_ads",), ("personal_ads", "personal_content"),
        _words(r"广告|个性化|推荐|隐私|\bads?\b|personali|privacy"),
    ),
    "account_deletion": _Aim(
        ("delete_account",), ("account_deletion",), ("cancel_account",), _words("账号|帐号|安全|account|security")
    ),
    "logout": _Aim(("logout",), (), (), _words("设置|账号|帐号|settings|account")),
}  # fmt: skip
_TOPIC: Final = {
    "withdraw": "withdraw", "ads_switch": "personal_ads", "recommend_switch": "personal_content",
    "delete_account": "cancel_account",
}  # fmt: skip
_CONFIRM: Final = ("confirm", "withdraw", "logout", "acknowledge")


class Places:
    def __init__(self, means: Means) -> None:
        self._means = means
        self._roamer = Roamer(means)

    def tour(self, step: Tour, pace: float) -> Done:
        deadline = self._means.clock.now_ms() + step.tour * pace * 1000
        trail = self._roamer.roam(
            step.depth, step.taps, deadline, step.permissions, None, lambda look: False, feature=True
        )
        return Done(detail=f"{trail.screens} screens, {trail.taps} taps")

    def goto(self, step: GoTo) -> Done:
        aim = _AIMS[step.goto]
        began = self._means.clock.now_ms()
        deadline = began + 4000.0 * step.taps
        trail = self._roamer.roam(
            step.depth,
            step.taps,
            deadline,
            "deny",
            aim.words,
            lambda look: _is_there(look, step.goto),
        )
        now = self._means.clock.now_ms()
        why = "; ".join(dict.fromkeys(trail.left_out))[:300]
        if aim.topics:
            complete = trail.found or not trail.left_out
            self._means.recorder.ui(
                "crawl",
                began,
                now,
                looked_for=list(aim.topics),
                complete=complete,
                depth=step.depth,
                detail=why,
            )
        if trail.found:
            taps = len(trail.path)
            if step.goto in ("policy", "sdk_list"):
                self._keep(step.goto, taps)
            else:
                self._tell_controls(taps)
            return Done(detail=f"{taps} taps: {' > '.join(trail.path)}"[:300])
        reason = f"no {step.goto} within {step.depth} taps ({trail.screens} screens, {trail.taps} taps"
        reason += f"; not complete: {why})" if why else ")"
        return _otherwise(step.otherwise, reason)

    def read(self, step: Read) -> Done:
        """From the dialog or page in front to the document and back."""
        look = self._means.watch.look()
        wants_list = step.read == "sdk_list"
        links = [e for e in look.reading.elements if e.role in ("policy_link", "vendor_list") and e.tap]
        links = [e for e in links if bool(_SDK_LIST.search(e.text)) == wants_list]
        links = sorted(links, key=lambda e: "隐私" not in e.text and "rivacy" not in e.text)
        if not links:
            return _otherwise(step.otherwise, f"no link to the {step.read} in front")
        before = mark_of(look.xml)
        changed, _ = self._means.finger.insist(links[0], f"the link to the {step.read}")
        if not changed:
            return _otherwise(
                step.otherwise, f"the link {links[0].text[:40]!r} was touched twice and nothing opened"
            )
        length = self._keep(step.read, None)
        for _ in range(3):
            look = self._means.watch.look()
            if mark_of(look.xml) == before:
                return Done(detail=f"{length} characters")
            if look.reading.package != self._means.package:
                self._means.phone.launch(self._means.package)
                self._means.watch.pause(self._means.clock.now_ms(), 0.5)
            else:
                self._means.finger.press("back", "back from the document")
        shown = mark_of(self._means.watch.look().xml) == before
        return Done(
            shown, f"{length} characters" if shown else "the document was read, but there was no way back"
        )

    def use(self, step: UseStep) -> Done:
        look = self._means.watch.look()
        roles = {
            "withdraw": ("withdraw",),
            "logout": ("logout",),
            "ads_off": ("ads_switch", "recommend_switch", "optout"),
        }
        spots = [e for role in roles[step.use] for e in look.reading.touchable(role)]
        if not spots:
            return _otherwise(step.otherwise, f"nothing in front to {step.use.replace('_', ' ')} with")
        if step.use == "ads_off":
            return self._turn_off(spots)
        if len(spots) > 1:
            return _otherwise(step.otherwise, f"{len(spots)} elements say {step.use}")
        lo = self._means.clock.now_ms()
        changed, look = self._means.finger.insist(spots[0], f"the scenario says {step.use}")
        for _ in range(3):
            answer = _single(look.reading, _CONFIRM) if changed and _asks_again(look.reading) else None
            if answer is None:
                break
            changed, look = self._means.finger.insist(answer, f"the app asks to confirm {step.use}")
        act = "withdrew" if step.use == "withdraw" else "logged_out"
        self._means.recorder.ui("user_act", lo, look.after_ms, act=act, text=spots[0].text, certain=changed)
        if step.use == "withdraw":
            self._means.recorder.ui("consent_changed", lo, look.after_ms, state="withdrawn", certain=changed)
        return Done(
            changed, "" if changed else f"{spots[0].text[:40]!r} was touched twice and nothing changed"
        )

    def _turn_off(self, switches: list[ScreenElement]) -> Done:
        self._tell_controls(None)
        said: list[str] = []
        for switch in switches:
            wanted = switch.inverted
            if switch.checked is None:
                return Done(False, f"the state of {switch.text[:40]!r} cannot be read, so it was not touched")
            if switch.checked == wanted:
                said.append(f"{switch.text[:40]!r} is off already")
                continue
            lo = self._means.clock.now_ms()
            _, look = self._means.finger.insist(switch, "the scenario turns it off")
            now = next(
                (e for e in look.reading.elements if e.role == switch.role and e.text == switch.text), None
            )
            held = now is not None and now.checked == wanted
            act = "content_off" if switch.role == "recommend_switch" else "ads_off"
            self._means.recorder.ui("user_act", lo, look.after_ms, act=act, text=switch.text, certain=held)
            if not held:
                return Done(False, f"{switch.text[:40]!r} was touched and its state did not become off")
            said.append(f"{switch.text[:40]!r} turned off")
        self._tell_controls(None)
        return Done(detail="; ".join(said))

    def _tell_controls(self, taps: int | None) -> None:
        look = self._means.watch.last
        assert look is not None
        for element in look.reading.elements:
            topic = _TOPIC.get(element.role)
            if topic is None:
                continue
            state = None if element.checked is None else element.checked != element.inverted
            self._means.recorder.ui(
                "control",
                look.before_ms,
                look.after_ms,
                topic=topic,
                text=element.text[:200],
                taps=taps,
                state=state,
            )

    def _keep(self, document: str, taps: int | None) -> int:
        """Keep the text of the document in front, scrolled to its end; its length."""
        lo = self._means.clock.now_ms()
        lines: list[str] = []
        shown: Counter[str] = Counter()
        problem, complete = "", False
        for _ in range(MAX_SCROLLS):
            look = self._means.watch.look()
            tree = parse(look.xml)
            labels = [node.label for node in tree.nodes if node.label and node.package == look.reading.package]
            # Scrolling shows some lines again; a line that the document itself repeats stays.
            still = shown.copy()
            shown = Counter(labels)
            for label in labels:
                if still[label]:
                    still[label] -= 1
                else:
                    lines.append(label)
            body = max((n for n in tree.nodes if n.scrollable), key=lambda n: n.area, default=None)
            if body is None or not self._means.finger.scroll(body.bounds, "the rest of the document"):
                complete = True
                break
            if sum(map(len, lines)) > MAX_TEXT:
                break
        text = "\n".join(lines)[:MAX_TEXT]
        if len(text) < MIN_DOCUMENT:
            problem = f"only {len(text)} characters could be read"
        self._means.recorder.ui(
            "policy_text", lo, self._means.clock.now_ms(), document=document, title="".join(lines[:1])[:200],
            text=text, complete=complete, problem=problem, taps=taps,
        )  # fmt: skip
        return len(text)


def _is_there(look: Look, goal: Goal) -> bool:
    aim, reading = _AIMS[goal], look.reading
    if goal in ("policy", "sdk_list"):
        if reading.asks or not (reading.kind == "policy_document" or _is_long(look)):
            return False
        named = any(aim.words.search(e.text) for e in reading.elements if e.role == "title")
        return named or (goal == "policy" and reading.kind == "policy_document")
    if aim.roles:
        return any(element.role in aim.roles for element in reading.elements)
    return reading.kind in aim.kinds


def _is_long(look: Look) -> bool:
    return sum(len(node.label) for node in parse(look.xml).nodes) >= MIN_DOCUMENT


def _asks_again(reading: ScreenReading) -> bool:
    return reading.kind in (
        "withdraw_confirm",
        "account_deletion_confirm",
        "notice",
        "unknown",
        "other",
    ) and bool(reading.touchable("confirm") or reading.touchable("cancel"))


def _single(reading: ScreenReading, roles: tuple[str, ...]) -> ScreenElement | None:
    return next((found[0] for role in roles if len(found := reading.touchable(role)) == 1), None)


def _otherwise(word: str, reason: str) -> Done:
    if word == "fail":
        return Done(False, reason)
    return Done(detail=reason, ends=word == "stop")
