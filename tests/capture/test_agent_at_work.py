"""The agent in a real app process: the app cannot tell, a second witness agrees, a flood is counted."""

import io
import json
import os
import re
import time
from pathlib import Path

import pytest
from PIL import Image
from reading import PACKAGE, changed_agent, log_of, targets

from harness.capture import hooks, inject
from harness.capture.api_index import Targets, load_index
from harness.capture.appops import AppOpsCapture, parse
from harness.capture.hooks import HookCapture
from harness.timeline.second_witness import unseen

pytestmark = pytest.mark.twin


def calls(phone):
    phone.force_stop(PACKAGE)
    lines = log_of(phone, "Calls", "end")
    phone.force_stop(PACKAGE)
    return lines


def steady(first, second):
    """Lines as they were twice; what is another each time (a pid, a time) is masked."""
    assert [line.split(": ")[0] for line in first] == [line.split(": ")[0] for line in second]
    return {index for index, (one, other) in enumerate(zip(first, second, strict=True)) if one == other}


ABSENT = Path(__file__).parent / "absent_on_twin.tsv"


def test_the_twin_has_every_hooked_method_of_android_13_that_is_not_excused(phone, watch):
    excused = [line.split("\t")[0] for line in ABSENT.read_text().splitlines() if not line.startswith("#")]
    known = Targets(load_index(), [])
    watch.capture.start()
    log_of(phone, "Main", "kept")
    told = [
        one
        for line in watch.messages()
        if line["message"]["t"] == "targets"
        for one in line["message"]["targets"]
    ]
    assert len(told) > 300
    absent = {one["target"] for one in told if one["status"] == "absent"}
    public = {name for name in absent if on_13(known.levels(*name.rsplit(".", 1)))}
    assert [name for name in sorted(public) if not name.startswith(tuple(excused))] == []
    assert [one for one in excused if not any(name.startswith(one) for name in public)] == [], (
        "no longer needed"
    )


def on_13(levels):
    """33 lies in a span such as "17-28, 30-"."""
    for part in re.findall(r"(\d+)(-?)(\d*)", levels or ""):
        first, dash, last = part
        if int(first) <= 33 <= int(last or (99 if dash else first)):
            return True
    return False


LOADERS = ("DexFile", "DexClassLoader", "PathClassLoader", "InMemoryDexClassLoader")
INITIALISED_BY_HOOKING = {"android.media.AudioRecord", *(f"dalvik.system.{name}" for name in LOADERS)}
"""The bridge asks HotSpot for constructors by reflection, which initialises their class (on ART it does not). Such
targets are the platform's only, so no static initialiser of an app runs early."""


def test_only_constructors_of_the_platform_are_hooked_by_name():
    owners = {t.rpartition(".")[0] for t in targets() if t.endswith(".$init")}
    assert all(owner.startswith(("android.", "java.", "javax.", "dalvik.")) for owner in owners), owners


def differences(phone, watch):
    calls(phone)
    first, second = calls(phone), calls(phone)
    same = steady(first, second)
    watch.capture.start()
    hooked = calls(phone)
    assert len(hooked) == len(second)
    early = set(hooked[0].split()) - set(second[0].split())
    assert second[0].startswith("initialised ") and early <= INITIALISED_BY_HOOKING
    same.discard(0)
    return len(same), [(second[i], hooked[i]) for i in sorted(same) if hooked[i] != second[i]]


def test_no_call_of_any_hooked_api_differs_with_the_agent(phone, watch):
    compared, found = differences(phone, watch)
    assert found == []
    seen = {event["api"] for event in watch.events()}
    assert len(seen) > 150, sorted(seen)
    assert compared > 400
    assert watch.unhealthy() == []


def test_a_hook_that_changes_a_value_is_found_by_it(phone, watch, tmp_path, monkeypatch):
    def change(source):
        path = source / "lib/direct.ts"
        text = path.read_text()
        assert "return returned;" in text
        lie = 'return api.endsWith(".getNetworkOperatorName") ? NULL : returned;'
        path.write_text(text.replace("return returned;", lie))

    spoilt = changed_agent(tmp_path, change)
    monkeypatch.setattr(inject, "agent_source", lambda: spoilt)
    _, found = differences(phone, watch)
    assert found and all("getNetworkOperatorName" in before for before, _ in found)


@pytest.mark.parametrize("blind", [None, "contacts"])
def test_appops_and_the_hooks_agree_unless_a_hook_is_missing(phone, watch, tmp_path, monkeypatch, blind):
    if blind is not None:
        source = changed_agent(tmp_path, lambda source: next(source.rglob(f"{blind}.ts")).unlink())
        monkeypatch.setattr(inject, "agent_source", lambda: source)
    appops = AppOpsCapture(phone, watch.folder, PACKAGE)
    appops.read("SC01", "before")
    watch.capture.start()
    log_of(phone, "Everything", "everything")
    watch.capture.settle()
    appops.read("SC01", "after")
    before, after = (
        json.loads(line) for line in (watch.folder.path / "raw/appops.jsonl").read_text().splitlines()
    )
    assert before["problem"] == after["problem"] == ""
    noted = parse(after["text"], PACKAGE) - parse(before["text"], PACKAGE)
    assert {"READ_CONTACTS", "FINE_LOCATION", "CAMERA"} <= {one.op for one in noted}
    missed = unseen(noted, [event["hook"] for event in watch.events()])
    assert missed == ({} if blind is None else {"READ_CONTACTS": True})


def colours(phone):
    """Of the middle of a screenshot, without the system's bars."""
    phone.shell("screencap -p /sdcard/secure.png")
    with Image.open(io.BytesIO(phone.pull("/sdcard/secure.png"))) as image:
        width, height = image.size
        return {
            colour for _, colour in image.convert("RGB").crop((0, 90, width, height - 130)).getcolors(1 << 22)
        }


def test_root_and_secure_windows_are_hidden_only_when_asked(phone, watch):
    phone.shell("setprop service.adb.root 1")
    plain = log_of(phone, "Rooted", "looked")[0]
    assert plain == "su true 10, sum true 10, code 0, adb root 1, secure true, kept on true"
    assert colours(phone) == {(0, 0, 0)}, "a picture of a secure window is black"
    phone.force_stop(PACKAGE)
    watch.capture = HookCapture(phone, watch.folder, PACKAGE, ["root-hide", "flag-secure"])
    watch.capture.start()
    hidden = log_of(phone, "Rooted", "looked")[0]
    missing = 'Cannot run program "su": error=2, No such file or directory'
    assert len(colours(phone)) > 3, "and shows what stands there when the app may not forbid it"
    assert hidden == f"su false 0, sum true 10, {missing}, adb root 0, secure false, kept on true"
    watch.capture.settle()
    told = [event["args"][0] for event in watch.events() if event["hook"] in ("root-hide", "flag-secure")]
    assert len(told) == 5 and "a window wanted to be kept off screenshots" in told
    assert watch.unhealthy() == []


def memory_mb(pid):
    status = Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024


def flood(phone, watch, seconds):
    """Calls that the app made, events that came, events that the agent says it dropped, and who grew by how much."""
    mine = memory_mb(os.getpid())
    watch.capture.start()
    line = log_of(phone, "Flood", "flooded", f"--ei threads 16 --ei seconds {seconds}", seconds + 60)[-1]
    theirs = max(memory_mb(pid) for pid in watch.capture._watched)
    watch.capture.settle()
    time.sleep(1)
    one = next(iter(watch.capture._watched.values()))
    return int(line.split()[1]), one, memory_mb(os.getpid()) - mine, theirs


def test_a_flood_from_sixteen_threads_is_counted_to_the_last_call(phone, watch):
    called, watched, grown, theirs = flood(phone, watch, 3)
    assert watched.seq + watched.dropped >= called > 3_000
    assert watched.seq + watched.dropped - called < 100
    lost = [reason for reason in watch.unhealthy() if "dropped by the agent" in reason]
    assert bool(lost) == (watched.dropped > 0)
    assert [reason for reason in watch.unhealthy() if "came after" in reason] == []
    assert grown < 150 and theirs < 900


def test_past_the_limit_events_are_only_counted_and_the_record_says_how_many(phone, watch, monkeypatch):
    monkeypatch.setattr(hooks, "MAX_EVENTS", 1_000)
    called, watched, grown, theirs = flood(phone, watch, 8)
    assert watched.dropped > 0
    assert watched.seq + watched.dropped - called in range(100)
    told = watch.unhealthy()
    assert "more than 1000 events; the rest is only counted" in told
    assert (
        sum(int(reason.split()[0]) for reason in told if "dropped by the agent" in reason) == watched.dropped
    )
    assert grown < 150 and theirs < 900
