"""Builds a run folder from a few words: a sound run of three scenarios, and what a case changes in it.

A case is a dict (from YAML) with:
    pace        default 0.2
    scenarios   default [SC01, SC03, SC05]
    break       gates to make unhealthy, see `BREAKS`
    facts, app  fields of run.json, and of the app in it
    screens     texts that the run's dumps show
    SC01, …     {notice: none | {kind, elements}, add: [event, …], refusals: 1, after: exit | goes_on | wall,
                 asks_again: false, cut: true, ends: true, watched: 1.0, home: seconds, front: seconds,
                 relaunches: 3, restarts: [seconds, …], splash: false}
In SC01 and SC02 nobody answers, in SC03 and SC04 the answer is no, else it is yes at 3 s. An event has `at`
(seconds after the scenario began; [lo, hi] for an interval) and one of the words in `EVENTS`; `times` and
`every` repeat it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from harness.model.result import AppFacts
from harness.model.run_facts import RunFacts, ScenarioFacts
from harness.model.run_folder import CLOCK, FLOWS, HOOKS, SYSTEM, TLS, UI, RunFolder

PACKAGE = "org.shop.app"
OFFSET_MS = 5_000_000.0
"""Device boot time minus host time."""
BREAKS = ("hooks", "proxy", "screen", "walk", "canaries", "clock", "untouched")
FRAMES = {
    "app": [f"{PACKAGE}.MainActivity.onCreate:20"],
    "acme-metrics": ["com.acme.metrics.Collector.start:31", f"{PACKAGE}.App.onCreate:9"],
    "bugly": ["com.tencent.bugly.crashreport.CrashReport.initCrashReport:12"],
    "framework": ["android.webkit.WebView.init:300", f"{PACKAGE}.MainActivity.onCreate:20"],
    "stranger": ["net.trackly.sdk.core.Probe.run:5", f"{PACKAGE}.App.onCreate:9"],
    "obfuscated": ["a.b.c.d:3", "android.os.Handler.dispatchMessage:106"],
    "unattributed": [],
}
NOTICE = {
    "kind": "privacy_popup",
    "elements": [
        {"role": "policy_link", "text": "《隐私政策》", "bounds": [100, 900, 400, 950]},
        {"role": "refuse", "text": "不同意", "bounds": [80, 1500, 520, 1620], "clickable": True},
        {"role": "agree", "text": "同意", "bounds": [560, 1500, 1000, 1620], "clickable": True},
    ],
}
SECONDS = {"SC01": 75, "SC03": 60, "SC05": 120, "SC09": 600, "SC10": 620}
RELAUNCHES = {"SC03": 3, "SC07": 6}
POLICY = Path(__file__).with_name("shop_policy.txt").read_text(encoding="utf-8")
VALUES = {"android_id": "9f2c44d1a8e07b35", "imei": "862041050713328", "mac_address": "A4:50:46:1B:77:C2"}


def build(path, case: dict[str, Any]) -> RunFolder:
    return _Run(path, case).written()


class _Run:
    def __init__(self, path, case):
        self.case = case
        self.pace = case.get("pace", 0.2)
        self.broken = set(case.get("break", []))
        assert self.broken <= set(BREAKS), self.broken
        self.ids = case.get("scenarios", ["SC01", "SC03", "SC05"])
        self.folder = RunFolder.create(path)
        self.now = 10.0
        self.pid = 100
        self.seq = 0
        self.alive = False

    def written(self) -> RunFolder:
        self.facts()
        self.clock(0.0)
        self.raw("raw/proxy.jsonl", {"host_ms": 1000, "event": "started", "detail": "127.0.0.1:1"})
        self.flow(2.0, {"flow": "https://selftest.harness.invalid/x", "selftest": True})
        self.raw("raw/proxy.jsonl", {"host_ms": 2500, "event": "selftest", "detail": "decrypted"})
        if "canaries" not in self.broken:
            facts = dict(VALUES)
            self.health(3.0, 4.0, "canaries", True, "read back from the device", facts)
        for scenario in self.ids:
            self.scenario(scenario, self.case.get(scenario) or {})
            self.pid += 20
            self.clock(self.now)
            self.now += 3
        if "proxy" in self.broken:
            self.raw("raw/proxy.jsonl", {"host_ms": 12_000, "event": "died", "detail": "killed by signal 9"})
        else:
            self.raw("raw/proxy.jsonl", {"host_ms": self.ms(self.now), "event": "stopped", "detail": "0"})
        for record in self.case.get("raw", []):
            self.raw(record["file"], record["record"])
        for number, text in enumerate(self.case.get("screens", [])):
            (self.folder.path / "screens").mkdir(exist_ok=True)
            xml = f'<hierarchy><node text="{text}"/></hierarchy>'
            (self.folder.path / "screens" / f"{number:064x}.xml").write_text(xml, encoding="utf-8")
        self.folder.close()
        return self.folder

    def facts(self):
        app = AppFacts(
            **{
                "package": PACKAGE, "version_name": "1.0", "version_code": 1, "label": "Shop", "sha256": "0" * 64,
                "target_sdk": 33, **self.case.get("app", {}),
            }
        )  # fmt: skip
        states = {one: ScenarioFacts(id=one, state="done") for one in self.ids}
        facts = RunFacts(
            harness_version="test", app=app, scenarios=list(states.values()), profile="cn-default",
            pace=self.pace, network="sinkhole", started="2026-01-01T00:00:00Z", ended="2026-01-01T00:05:00Z",
        )  # fmt: skip
        self.folder.write_facts(facts.model_copy(update=self.case.get("facts", {})))

    # A scenario as the walk would have gone.

    def scenario(self, name, said):
        begin = self.now
        self.begin = begin
        notice = said.get("notice", NOTICE)
        self.mark(begin, begin + 0.1, name, "begin")
        self.launch(begin, name)
        if notice == "none":
            self.screen([begin + 1.5, begin + 2.0], {"screen": "other"})
        else:
            put = {"design": notice["design"]} if "design" in notice else {}
            notice = {"kind": notice["kind"], "elements": notice["elements"]}
            shown = {"screen": notice["kind"], "elements": notice["elements"], **put}
            self.screen([begin + 1.5, begin + 2.0], shown)
            self.consent([begin + 1.5, begin + 2.0], "asked")
        self.step(begin + 1.5, begin + 2.6, name, "await consent_dialog")
        self.now = begin + 3.0
        if name in ("SC03", "SC04") and notice != "none":
            self.refuse(name, said)
        if name not in ("SC01", "SC02", "SC03", "SC04") and notice != "none":
            self.tap([self.now, self.now + 0.05], {"tap": "agree"})
            self.step(self.now, self.now + 0.6, name, "tap agree")
            self.screen([self.now + 0.3, self.now + 0.5], {"screen": "other"})
            self.consent([self.now, self.now + 0.5], "granted")
            self.now += 1
        if not said.get("ends"):
            home = said.get("home", 5 if name == "SC10" else None)
            if home is not None:
                self.moved(begin + home, "background")
            self.observe(name, SECONDS.get(name, 60), said)
            if "front" in said:
                self.moved(begin + said["front"], "foreground")
        again = said.get("relaunches", RELAUNCHES.get(name, 0))
        for _ in range(0 if said.get("ends") else again):
            self.relaunch(name, said)
        for event in said.get("add", []):
            self.event(begin, event)
        if "untouched" in self.broken and name == self.ids[0]:
            self.moved(begin + 5, "death", "am_crash: java.lang.IllegalStateException")
        self.looks(begin, self.now)
        self.heartbeat(self.now)
        self.now += 0.2
        if not said.get("cut"):
            done = "walk" not in self.broken
            self.mark(
                self.now, self.now + 0.1, name, "end", done, "" if done else "the screen did not follow"
            )
        if self.alive:
            self.process(self.now + 0.3, "death", f"stop {PACKAGE} due to from pid 4242")
        self.now += 0.5

    def launch(self, at, name, step="launch app"):
        self.pid += 1
        self.seq = 0
        self.step(at + 0.2, at + 1.2, name, step)
        self.process(at + 0.4, "start", "activity")
        if self.case.get("late"):
            self.observed([at + 0.6, at + 0.6], {
                "kind": "context", "hook": "late", "data_type": None, "args": [], "api": "a.B.c", "values": [],
                "result": "obtained", "exception": None, "stack": [],
            })  # fmt: skip
        elif "hooks" not in self.broken:
            hello = {"t": "hello", "pid": self.pid, "runtime": "jvm", "device_ms": self.device(at + 0.5)}
            self.agent(at + 0.5, {**hello, "agent": "test"})
            targets = [{"hook": "android-id", "target": "Settings", "status": "installed", "reason": ""}]
            self.agent(at + 0.6, {"t": "targets", "targets": targets})

    def refuse(self, name, said):
        for number in range(said.get("refusals", 1)):
            if number:
                second = {"screen": "retention", "elements": NOTICE["elements"]}
                self.screen([self.now - 0.3, self.now - 0.1], second)
            self.tap([self.now, self.now + 0.05], {"tap": "refuse"})
            self.step(self.now, self.now + 0.6, name, "tap refuse")
            self.consent([self.now, self.now + 0.5], "refused", said.get("certain", True))
            self.now += 1
        after = said.get("after", "goes_on")
        if after == "exit":
            self.bye(self.now - 0.5)
            self.process(self.now - 0.4, "death", "exited by itself")
            self.screen(
                [self.now - 0.4, self.now - 0.2], {"screen": "other", "package": "com.android.launcher3"}
            )
        elif after == "wall":
            self.screen(
                [self.now - 0.4, self.now - 0.2], {"screen": NOTICE["kind"], "elements": NOTICE["elements"]}
            )
        else:
            self.screen([self.now - 0.4, self.now - 0.2], {"screen": "other"})

    def relaunch(self, name, said):
        self.heartbeat(self.now)
        if self.alive:
            self.process(self.now + 0.25, "death", f"stop {PACKAGE} due to from pid 4242")
        self.launch(self.now, name, "relaunch cold")
        self.now += 1.5
        if said.get("splash"):
            self.screen([self.now, self.now + 0.2], {"screen": "other"})
            self.now += 1.0
        if said.get("asks_again"):
            self.screen(
                [self.now, self.now + 0.2], {"screen": NOTICE["kind"], "elements": NOTICE["elements"]}
            )
            self.now += 0.5
            self.refuse(name, said)
        else:
            self.screen([self.now, self.now + 0.2], {"screen": "other"})
            self.now += 0.5
        self.observe(name, 20, said)

    def observe(self, name, seconds, said):
        length = seconds * self.pace * said.get("watched", 1)
        at = self.now
        self.now += length
        self.step(at, self.now, name, f"observe {seconds}")
        while at < self.now:
            self.heartbeat(at)
            at += 1
            if int(at) % 30 == 0:
                self.clock(at)

    def looks(self, begin, end):
        if "screen" in self.broken:
            error = {"host_before_ms": self.ms(begin), "host_after_ms": self.ms(begin + 9), "sha256": None}
            self.raw(UI, {"dump": {**error, "package": "", "activity": None, "error": "timed out"}})
            return
        at = begin + 0.5
        while at < end:
            look = {"host_before_ms": self.ms(at), "host_after_ms": self.ms(at) + 30, "sha256": "0" * 64}
            self.raw(UI, {"dump": {**look, "package": PACKAGE, "activity": None, "error": None}})
            at += 0.5

    # One event of a case.

    def event(self, begin, event):
        span = event["at"] if isinstance(event["at"], list) else [event["at"], event["at"]]
        kind = next(one for one in EVENTS if one in event)
        for number in range(event.get("times", 1)):
            later = begin + number * event.get("every", 1)
            getattr(self, f"add_{kind}")([later + span[0], later + span[1]], event)

    def add_read(self, span, event):
        data_type = event["read"]
        values = event.get("values", [VALUES.get(data_type, "some value of it")])
        result, by = event.get("result", "obtained"), event.get("by", "app")
        api = "android.provider.Settings$Secure.getString"
        self.observed(span, {
            "kind": "read", "hook": data_type.replace("_", "-"), "data_type": data_type, "api": api,
            "values": _many(values, event.get("count")) if result == "obtained" else [], "result": result, "args": [],
            "exception": "java.lang.SecurityException" if result == "denied" else None,
            "stack": [f"{api}:1", *FRAMES[by]] if by != "unattributed" else [],
        })  # fmt: skip

    def add_permission(self, span, event):
        names = [f"android.permission.{name}" for name in event["permission"].split()]
        self.observed(span, {
            "kind": "permission", "hook": "permission-request", "data_type": "other", "args": names,
            "api": "android.app.Activity.requestPermissions", "values": names, "result": "obtained",
            "exception": None, "stack": FRAMES[event.get("by", "app")],
        })  # fmt: skip

    def add_flow(self, span, event):
        self.flow(span[1], event)

    def add_opaque(self, span, event):
        self.raw(TLS, {
            "host_ms_start": self.ms(span[0]), "host_ms_end": self.ms(span[1]) + 20, "host": event["opaque"],
            "port": 443, "reason": event.get("reason", "tls_refused"),
            "detail": event.get("detail", "certificate unknown"), "bytes_sent": 517,
            "bytes_received": 2100, "client_port": 40000,
        })  # fmt: skip

    def add_tap(self, span, event):
        self.tap(span, event)

    def add_screen(self, span, event):
        self.screen(span, event)

    def add_consent(self, span, event):
        self.consent(span, event["consent"], event.get("certain", True))

    def add_death(self, span, event):
        self.process(span[0], "death", event["death"])

    def add_start(self, span, event):
        if "process" not in event:
            self.process(span[0], "start", event["start"])
            return
        fields = {"kind": "process", "action": "start", "cause": event["start"], "pid": 9000}
        at = self.device(span[0])
        event = {**fields, "process": event["process"]}
        self.raw(SYSTEM, {"device_lo_ms": at, "device_hi_ms": at + 1, "event": event})

    def add_answer(self, span, event):
        name = f"android.permission.{event['name']}"
        words = event.get("dialog", "")
        self.ui(span, {"kind": "permission", "action": event["answer"], "permission": name, "dialog": words})

    def add_policy(self, span, event):
        text = POLICY if event["policy"] == "good" else event["policy"]
        if "drop" in event:
            assert event["drop"] in POLICY, event["drop"]
            text = POLICY.replace(event["drop"], event["policy"])
        about = {key: event[key] for key in (
            "title", "url", "complete", "status", "problem", "taps", "glyph_sp", "contrast", "sideways", "version",
        ) if key in event}  # fmt: skip
        self.ui(
            span, {"kind": "policy_text", "document": event.get("document", "policy"), "text": text, **about}
        )

    def add_control(self, span, event):
        about = {
            key: event[key] for key in ("text", "taps", "state", "offers", "demands", "days") if key in event
        }
        self.ui(span, {"kind": "control", "topic": event["control"], **about})

    def add_crawl(self, span, event):
        about = {"complete": event.get("complete", True), "depth": event.get("depth", 4)}
        about |= {key: event[key] for key in ("outcome", "exhausted") if key in event}
        self.ui(
            span, {"kind": "crawl", "looked_for": event["crawl"], **about, "detail": event.get("detail", "")}
        )

    def add_act(self, span, event):
        about = {"text": event.get("text", ""), "certain": event.get("certain", True)}
        self.ui(span, {"kind": "user_act", "act": event["act"], **about})

    def add_store(self, span, event):
        self.observed(span, {
            "kind": "write", "hook": "preferences", "data_type": None, "args": ["preferences", "sdk", event["store"]],
            "api": "android.app.SharedPreferencesImpl$EditorImpl.putString", "values": [event.get("value", "x" * 32)],
            "result": "obtained", "exception": None, "stack": FRAMES[event.get("by", "acme-metrics")],
        })  # fmt: skip

    def add_native(self, span, event):
        api = event["native"]
        self.observed(span, {
            "kind": "context", "hook": "outgoing", "data_type": None, "args": [event["target"]], "api": api,
            "values": [], "result": "obtained", "exception": None,
            "stack": [f"{api}:1", *FRAMES[event.get("by", "app")]],
        })  # fmt: skip

    def add_health(self, span, event):
        self.health(
            span[0], span[1], event["health"], event.get("healthy", False), event.get("reason", "said so"), {}
        )

    # Raw records.

    def observed(self, span, fields):
        self.seq += 1
        took = (span[1] - span[0]) * 1000
        event = {"seq": self.seq, "t": self.device(span[0]), "took_ms": took, "tid": 1, **fields}
        self.agent(span[1], {"t": "events", "events": [event]})

    def agent(self, at, message):
        record = {"host_ms": self.ms(at), "pid": self.pid, "process": PACKAGE, "message": message}
        self.raw(HOOKS, record)

    def heartbeat(self, at):
        if "hooks" not in self.broken and self.alive:
            beat = {"t": "heartbeat", "seq": self.seq, "dropped": 0, "device_ms": self.device(at)}
            self.agent(at, beat)

    def bye(self, at):
        if "hooks" not in self.broken:
            self.agent(at, {"t": "bye", "seq": self.seq, "dropped": 0, "why": "exit"})

    def flow(self, at, event):
        method = event.get("method", "POST" if "body" in event else "GET")
        body = json.dumps(event["body"]) if "body" in event else None
        size = event.get("size", len(body or ""))
        reply = json.dumps(event["reply"], ensure_ascii=False) if "reply" in event else "{}"
        request = {
            "method": method, "url": event["flow"], "httpVersion": "HTTP/1.1", "cookies": [], "headers": [],
            "queryString": [], "headersSize": -1, "bodySize": size,
        }  # fmt: skip
        if body:
            request["headers"] = [{"name": "content-type", "value": "application/json"}]
            request["postData"] = {"mimeType": "application/json", "params": [], "text": body}
        connected = self.begin + event["connected"] if "connected" in event else at - 0.05
        self.raw(FLOWS, {
            "startedDateTime": "2026-01-01T00:00:00Z", "time": 1, "request": request,
            "cache": {}, "timings": {},
            "response": {
                "status": 200, "bodySize": len(reply), "headers": [],
                "content": {"size": len(reply), "mimeType": "application/json", "text": reply},
            },
            **({"serverIPAddress": event["ip"]} if "ip" in event else {}),
            "_harness": {
                "host_ms_connected": self.ms(connected), "host_ms_request_end": self.ms(at),
                "host_ms_response_end": self.ms(at) + 3, "client_port": 1,
                "answered_by": event.get("answered_by", "sinkhole"),
                "selftest": event.get("selftest", False), "body": None,
                **({"certificate": event["certificate"]} if "certificate" in event else {}),
            },
        })  # fmt: skip

    def screen(self, span, event):
        fields = {
            "kind": "screen", "screen_kind": event["screen"], "package": event.get("package", PACKAGE),
            "elements": [
                {"bounds": [0, 0, 9, 9], **one} if isinstance(one, dict)
                else {"role": "body", "text": one, "bounds": [0, 0, 9, 9]}
                for one in event.get("elements", [])
            ],
            "unread": event.get("unread", []),
            "dump_sha256": "0" * 64,
            **({"design": event["design"]} if "design" in event else {}),
        }  # fmt: skip
        self.ui(span, fields)

    def tap(self, span, event):
        self.ui(
            span,
            {
                "kind": "tap",
                "role": event["tap"],
                "point": [1, 1],
                "text": event.get("text", ""),
                "changed": event.get("changed", True),
            },
        )

    def consent(self, span, state, certain=True):
        self.ui(span, {"kind": "consent_changed", "state": state, "certain": certain})

    def mark(self, lo, hi, name, action, confirmed=True, detail=""):
        fields = {"kind": "scenario", "scenario": name, "action": action}
        self.ui([lo, hi], {**fields, "confirmed": confirmed, "detail": detail})

    def step(self, lo, hi, name, step):
        self.ui([lo, hi], {"kind": "scenario", "scenario": name, "action": "step", "step": step})

    def ui(self, span, event):
        self.raw(UI, {"host_lo_ms": self.ms(span[0]), "host_hi_ms": self.ms(span[1]), "event": event})

    def process(self, at, action, cause):
        self.alive = action == "start"
        event = {"kind": "process", "action": action, "cause": cause, "pid": self.pid, "process": PACKAGE}
        at = self.device(at)
        self.raw(SYSTEM, {"device_lo_ms": at, "device_hi_ms": at + 1, "event": event})

    def moved(self, at, action, cause=""):
        event = {"kind": "process", "action": action, "cause": cause, "pid": self.pid, "process": PACKAGE}
        self.raw(
            SYSTEM, {"device_lo_ms": self.device(at), "device_hi_ms": self.device(at) + 1, "event": event}
        )

    def health(self, lo, hi, gate, healthy, reason, facts):
        event = {"kind": "health", "gate": gate, "healthy": healthy, "reason": reason, "facts": facts}
        self.raw("raw/health.jsonl", {"host_lo_ms": self.ms(lo), "host_hi_ms": self.ms(hi), "event": event})

    def clock(self, at):
        half = 250.0 if "clock" in self.broken else 1.0
        for _ in range(3):
            ping = {"host_before_ms": self.ms(at) - half, "host_after_ms": self.ms(at) + half}
            self.raw(CLOCK, {**ping, "device_ms": self.device(at), "resolution_ms": 1.0})

    def raw(self, file, record):
        self.folder.append(file, record)

    @staticmethod
    def ms(seconds):
        return seconds * 1000

    def device(self, seconds):
        return seconds * 1000 + OFFSET_MS


def _many(values, count):
    return values if count is None else [f"{values[0]}.n{number}" for number in range(count)]


EVENTS = (
    "read", "permission", "flow", "opaque", "tap", "screen", "consent", "death", "health", "start", "answer",
    "policy", "control", "crawl", "act", "store", "native",
)  # fmt: skip
