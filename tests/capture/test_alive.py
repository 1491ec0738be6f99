"""A hook that is taken out of a running process is found dead; hooked once more, it sees the next read."""

import json
import time

import pytest
import typer
from reading import PACKAGE, changed_agent, log_of
from typer.testing import CliRunner

from harness.capture import inject
from harness.capture.clock import ClockCapture
from harness.cli import hooks
from harness.model.event import ApiCall, Health
from harness.timeline.build import build_timeline

pytestmark = pytest.mark.twin
SECURE = "android.provider.Settings$Secure.getString"
IMEI = "android.telephony.TelephonyManager.getImei"
TAKEN_OUT = f"""
export function takeOut(): void {{
  const isOf = (name: string) => ({{ target }}: Watch) => `${{target.class}}.${{target.method}}` === name;
  const named = (name: string) => kept.filter(({{ watches }}) => watches.some(isOf(name)));
  Java.performNow(() => {{
    for (const one of [...named("{SECURE}"), ...named("{IMEI}")]) one.overload.implementation = null;
    // Nothing is there to put back.
    for (const one of named("{IMEI}")) (one as {{ implementation: unknown }}).implementation = null;
  }});
}}
"""


def lets_hooks_be_taken_out(source):
    alive, index = source / "lib/alive.ts", source / "index.ts"
    alive.write_text(alive.read_text() + TAKEN_OUT)
    text = index.read_text().replace("callOne, look }", "callOne, look, takeOut }")
    flush = "  flush(): Report {"
    assert text.count(flush) == 1
    index.write_text(
        text.replace(flush, f"  takeout(): Promise<void> {{ takeOut(); return settle(); }},\n{flush}")
    )


def statuses(watch, hook, target):
    return [
        one["status"]
        for line in watch.messages()
        if line["process"] == PACKAGE and line["message"]["t"] == "targets"
        for one in line["message"]["targets"]
        if (one["hook"], one["target"]) == (hook, target)
    ]


def test_a_hook_that_was_taken_out_is_hooked_once_more_or_told_as_dead(phone, watch, tmp_path, monkeypatch):
    spoilt = changed_agent(tmp_path, lets_hooks_be_taken_out)
    monkeypatch.setattr(inject, "agent_source", lambda: spoilt)
    watch.write_facts()
    clock = ClockCapture(phone, watch.folder)
    clock.start()
    watch.capture.start()
    log_of(phone, "Main", "kept")
    # Hooks must not be taken out of a JVM whose threads are inside them: the app has nothing to do any more.
    time.sleep(1)
    [main] = [one for one in watch.capture._watched.values() if one.started.process == PACKAGE]
    main.agent._script.exports_sync.takeout()
    end = time.monotonic() + 40
    while statuses(watch, "android-id", SECURE)[-1:] != ["revived"] and time.monotonic() < end:
        time.sleep(0.1)
    before = len([one for one in watch.events() if one["api"] == SECURE])
    phone.shell("input keyevent BACK")
    log_of(phone, "Main", "kept")
    watch.capture.settle()
    phone.force_stop(PACKAGE)
    watch.capture.stop()
    clock.stop()
    assert statuses(watch, "android-id", SECURE) == ["installed", "dead", "revived"]
    assert statuses(watch, "imei", IMEI)[-1] == "dead" and "revived" not in statuses(watch, "imei", IMEI)
    assert len([one for one in watch.events() if one["api"] == SECURE]) > before > 0
    timeline = build_timeline(watch.folder)
    told = [one for one in timeline.events if isinstance(one, Health) and "was dead" in one.reason]
    mine = {one.facts.get("only"): one for one in told if one.reason.startswith(f"{PACKAGE} ")}
    assert mine.keys() >= {"android_id", "imei"} and not any(one.healthy for one in mine.values())
    late = [one for one in timeline.events if isinstance(one, ApiCall) and one.hook == "android-id"][-1]
    assert mine["android_id"].t_hi < late.t_hi <= mine["imei"].t_hi
    app = typer.Typer()
    hooks.register(app)
    listed = CliRunner().invoke(app, ["hooks", "show", "imei", "--run", str(watch.folder.path)]).stdout
    assert f"{IMEI}  [API 26-]  dead: its replacement was taken out" in listed
    shown = json.loads(
        CliRunner().invoke(app, ["hooks", "list", "--json", "--run", str(watch.folder.path)]).stdout
    )
    assert "revived 1/" in next(one["status"] for one in shown if one["id"] == "android-id")
