"""Builds a run folder from a few words: a sound run of three scenarios, and what a case changes in it.

A case is a dict (from YAML) with:
    pace        default 0.2
    scenarios   default [SC01, SC03, SC05]
    break       gates to make unhealthy, see `BREAKS`
    SC01, …     {notice: none | {kind, elements}, add: [event, …], refusals: 1, after: exit | goes_on | wall,
                 asks_again: false, cut: true, ends: true, watched: 1.0,
                 relaunches: 3}
An event has `at` (seconds after the scenario began; [lo, hi] for an interval) and one of: read, permission,
flow, opaque, tap, screen, consent, death, health.
"""

from __future__ import annotations

import json
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
    "framework": ["android.webkit.WebView.init:300", f"{PACKAGE}.MainActivity.onCreate:20"],
    "stranger": ["net.trackly.sdk.core.Probe.run:5", f"{PACKAGE}.App.onCreate:9"],
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
            self.clock(self.now)
            self.now += 3
        if "proxy" in self.broken:
            self.raw("raw/proxy.jsonl", {"host_ms": 12_000, "event": "died", "detail": "killed by signal 9"})
        else:
            self.raw("raw/proxy.jsonl", {"host_ms": self.ms(self.now), "event": "stopped", "detail": "0"})
        for record in self.case.get("raw", []):
            self.raw(record["file"], record["record"])
        self.folder.close()
        return self.folder

    def facts(self):
        app = AppFacts(
            package=PACKAGE, version_name="1.0", version_code=1, label="Shop", sha256="0" * 64, target_sdk=33
        )
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
            notice = {"kind": notice["kind"], "elements": notice["elements"]}
            self.screen(
                [begin + 1.5, begin + 2.0], {"screen": notice["kind"], "elements": notice["elements"]}
            )
            self.consent([begin + 1.5, begin + 2.0], "asked")
        self.step(begin + 1.5, begin + 2.6, name, "await consent_dialog")
        self.now = begin + 3.0
        if name == "SC03" and notice != "none":
            self.refuse(name, said)
        if name == "SC05" and notice != "none":
            self.tap([self.now, self.now + 0.05], {"tap": "agree"})
            self.step(self.now, self.now + 0.6, name, "tap agree")
            self.screen([self.now + 0.3, self.now + 0.5], {"screen": "other"})
            self.consent([self.now, self.now + 0.5], "granted")
            self.now += 1
        if not said.get("ends"):
            self.observe(name, {"SC01": 75, "SC03": 60, "SC05": 120}[name], said)
        for _ in range(said.get("relaunches", 3) if name == "SC03" and not said.get("ends") else 0):
            self.relaunch(name, said)
        for event in said.get("add", []):
            self.event(begin, event)
        if "untouched" in self.broken and name == "SC01":
            self.process(begin + 5, "death", "am_crash: java.lang.IllegalStateException")
        self.looks(begin, self.now)
        self.heartbeat(self.now)
        self.now += 0.2
        if not said.get("cut"):
            done = "walk" not in self.broken
            self.mark(
                self.now, self.now + 0.1, name, "end", done, "" if done else "the screen did not follow"
            )
        if self.alive:
            self.process(self.now + 0.3, "death", "stop by harness")
        self.now += 0.5

    def launch(self, at, name, step="launch app"):
        self.pid += 1
        self.seq = 0
        self.step(at + 0.2, at + 1.2, name, step)
        self.process(at + 0.4, "start", "activity")
        if "hooks" not in self.broken:
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
            self.process(self.now + 0.25, "death", "stop by harness")
        self.launch(self.now, name, "relaunch cold")
        self.now += 1.5
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
        span = [begin + span[0], begin + span[1]]
        kind = next(one for one in EVENTS if one in event)
        getattr(self, f"add_{kind}")(span, event)

    def add_read(self, span, event):
        data_type = event["read"]
        values = event.get("values", [VALUES.get(data_type, "some value of it")])
        result, by = event.get("result", "obtained"), event.get("by", "app")
        api = "android.provider.Settings$Secure.getString"
        self.observed(span, {
            "kind": "read", "hook": data_type.replace("_", "-"), "data_type": data_type, "api": api,
            "values": values if result == "obtained" else [], "result": result, "args": [],
            "exception": "java.lang.SecurityException" if result == "denied" else None,
            "stack": [f"{api}:1", *FRAMES[by]] if by != "unattributed" else [],
        })  # fmt: skip

    def add_permission(self, span, event):
        names = [f"android.permission.{name}" for name in [event["permission"]]]
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
            "port": 443, "reason": event.get("reason", "tls_refused"), "detail": "certificate unknown",
            "bytes_sent": 517, "bytes_received": 2100, "client_port": 40000,
        })  # fmt: skip

    def add_tap(self, span, event):
        self.tap(span, event)

    def add_screen(self, span, event):
        self.screen(span, event)

    def add_consent(self, span, event):
        self.consent(span, event["consent"], event.get("certain", True))

    def add_death(self, span, event):
        self.process(span[0], "death", event["death"])

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
        request = {
            "method": method, "url": event["flow"], "httpVersion": "HTTP/1.1", "cookies": [], "headers": [],
            "queryString": [], "headersSize": -1, "bodySize": len(body or ""),
        }  # fmt: skip
        if body:
            request["headers"] = [{"name": "content-type", "value": "application/json"}]
            request["postData"] = {"mimeType": "application/json", "params": [], "text": body}
        connected = self.begin + event["connected"] if "connected" in event else at - 0.05
        self.raw(FLOWS, {
            "startedDateTime": "2026-01-01T00:00:00Z", "time": 1, "request": request,
            "cache": {}, "timings": {},
            "response": {"status": 200, "bodySize": 2, "headers": [], "content": {"size": 2, "mimeType": ""}},
            "_harness": {
                "host_ms_connected": self.ms(connected), "host_ms_request_end": self.ms(at),
                "host_ms_response_end": self.ms(at) + 3, "client_port": 1, "answered_by": "sinkhole",
                "selftest": event.get("selftest", False), "body": None,
            },
        })  # fmt: skip

    def screen(self, span, event):
        fields = {
            "kind": "screen", "screen_kind": event["screen"], "package": event.get("package", PACKAGE),
            "elements": event.get("elements", []), "unread": event.get("unread", []), "dump_sha256": "0" * 64,
        }  # fmt: skip
        self.ui(span, fields)

    def tap(self, span, event):
        self.ui(
            span,
            {"kind": "tap", "role": event["tap"], "point": [1, 1], "changed": event.get("changed", True)},
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


EVENTS = ("read", "permission", "flow", "opaque", "tap", "screen", "consent", "death", "health")
