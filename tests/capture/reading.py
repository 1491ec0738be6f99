"""The reader app on a twin: one capture of its processes, and what it logs."""

import json
import re
import shutil
import time
from pathlib import Path

from harness.capture.agent_build import SOURCES, build, write_generated
from harness.capture.agent_data import hook_facts
from harness.capture.hooks import HookCapture
from harness.model.result import AppFacts
from harness.model.run_facts import RunFacts
from harness.model.run_folder import HEALTH, HOOKS, RunFolder
from harness.twin.build import build_apk

PACKAGE = "com.example.reader"
READER = Path(__file__).parent / "reader"
MANIFEST = (READER / "AndroidManifest.xml").read_text()
NOT_CALLED = {
    "java.lang.Runtime.exit": "ends the process",
    "java.lang.Runtime.halt": "ends the process",
    "android.os.Process.killProcess": "ends the process",
}
"""Hooked targets that the differential test leaves out, each with its reason."""


def targets():
    """Every hooked Java target, from the hooks themselves: a new hook is called without anyone's doing."""
    return sorted(
        {f"{t.class_name}.{t.method}" for hook in hook_facts() for t in hook.targets if t.layer == "java"}
    )


def built_reader(folder):
    source = folder / "reader"
    shutil.copytree(READER, source)
    called = ", ".join(json.dumps(name) for name in targets() if name not in NOT_CALLED)
    listing = source / "src/com/example/reader/Targets.java"
    listing.write_text(listing.read_text().replace("{}", f"{{ {called} }}", 1))
    return build_apk(source, folder / "reader.apk")


def install(phone, apk):
    phone.install(apk)
    for permission in re.findall(r'uses-permission android:name="([^"]+)"', MANIFEST):
        phone.shell(f"pm grant {PACKAGE} {permission}")


class Watch:
    """One capture of the app's processes, and what came of it."""

    def __init__(self, phone, path, folder=RunFolder):
        self.phone = phone
        self.folder = folder.create(path)
        self.capture = HookCapture(phone, self.folder, PACKAGE)

    def write_facts(self):
        """As a run of the app has them, so that a timeline can be built of the folder."""
        app = AppFacts(
            package=PACKAGE, version_name="1.0", version_code=1, label="Reader", sha256="00", target_sdk=33
        )
        facts = RunFacts(
            harness_version="0", app=app, scenarios=[], profile="cn-default", pace=1.0, network="sinkhole",
            started="2026-01-01T00:00:00+00:00",
        )  # fmt: skip
        self.folder.write_facts(facts)

    def messages(self):
        path = self.folder.path / HOOKS
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    def events(self):
        found = [line["message"] for line in self.messages()]
        return [event for message in found if message["t"] == "events" for event in message["events"]]

    def unhealthy(self):
        path = self.folder.path / HEALTH
        lines = [json.loads(line)["event"] for line in path.read_text().splitlines()] if path.exists() else []
        return [line["reason"] for line in lines if not line["healthy"]]


def log_of(phone, activity, last, more="", seconds=60):
    """What the app logs from its start until a line that begins with `last`."""
    phone.shell("logcat -c")
    result = phone.shell(f"am start -n {PACKAGE}/.{activity} {more}")
    assert result.code == 0, result
    end = time.monotonic() + seconds
    while True:
        text = phone.shell("logcat -d").stdout
        lines = [line.split("reader  : ", 1)[1] for line in text.splitlines() if "reader  : " in line]
        if any(line.startswith(last) for line in lines):
            return lines
        assert time.monotonic() < end, text[-3000:]
        time.sleep(0.2)


def changed_agent(tmp_path, change):
    """The agent built from a copy of its sources."""
    copy = tmp_path / "hooks"
    shutil.copytree(SOURCES, copy, ignore=shutil.ignore_patterns("node_modules", "build"))
    (copy / "node_modules").symlink_to(SOURCES / "node_modules")
    change(copy / "src")
    write_generated(copy)
    return build(copy)
