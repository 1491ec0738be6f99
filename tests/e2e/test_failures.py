"""What breaks during a run ends in a typed failure, a folder that reads, nothing left behind, and never in `clear`."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
from pathlib import Path

import pytest

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(150)]


def start(harness, sample_apk, out: Path, *more: str, app: str = "tidy", scenario: str = "SC01"):
    """A check that dwells long enough to be disturbed, up to its first screen with the consent dialog."""
    check = harness(
        "check",
        sample_apk(app),
        "--device",
        "twin",
        "--scenario",
        scenario,
        "--pace",
        "0.3",
        "--out",
        out,
        "--json",
        *more,
    )
    check.start()
    check.wait_for(lambda: '"asked"' in text(out / "raw/ui.jsonl"), 90)
    return check


def text(path: Path) -> str:
    return path.read_text(errors="replace") if path.exists() else ""


def pid_of(check, pattern: str) -> int:
    pids = [pid for pid, command in check.processes().items() if re.search(pattern, command)]
    assert pids, f"no process matches {pattern}: {check.processes()}"
    return min(pids)


def listening(pids: dict[int, str]) -> set[int]:
    """TCP ports on which these processes listen."""
    inodes = set()
    for pid in pids:
        try:
            for handle in Path(f"/proc/{pid}/fd").iterdir():
                target = os.readlink(handle)
                if target.startswith("socket:["):
                    inodes.add(target[8:-1])
        except OSError:
            continue
    ports = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in Path(table).read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and fields[9] in inodes:
                address, port = fields[1].split(":")
                assert address in {"0100007F", "0000000000000000FFFF00000100007F"}, (
                    f"listens beyond loopback: {line}"
                )
                ports.add(int(port, 16))
    return ports


def ended_well(check, out: Path, ports: set[int], code: int, failure: str | None) -> dict:
    """The promises that hold however a run ended."""
    assert check.wait(90) == code, check.stderr[-3000:]
    facts = json.loads((out / "run.json").read_text())
    assert (facts["failure"] or {}).get("kind") == failure, facts["failure"]
    verdict = json.loads((out / "verdict.json").read_text())
    assert verdict["outcome"] != "clear"
    assert all(c["outcome"] != "clear" for c in verdict["checks"]), [
        (c["id"], c["outcome"]) for c in verdict["checks"]
    ]
    assert not check.processes(), "processes were left behind"
    for port in ports:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
    assert (out / "report.html").stat().st_size > 1000
    assert (out.stat().st_mode & 0o777) == 0o700
    return verdict


@pytest.mark.parametrize(
    ("victim", "failure"),
    [
        pytest.param(r"harness\.twin start", "device_lost", id="device"),
        pytest.param(r"proxy_process", "proxy_died", id="proxy"),
        pytest.param(r"adb .*nodaemon", "adb_failed", id="adb-server"),
    ],
)
def test_a_part_that_is_killed_is_a_typed_failure(victim, failure, harness, sample_apk, tmp_path):
    out = tmp_path / "run"
    check = start(harness, sample_apk, out)
    ports = listening(check.processes())
    assert ports
    os.kill(pid_of(check, victim), signal.SIGKILL)
    ended_well(check, out, ports, 4, failure)
    again = harness("judge", out, "--json")
    assert again.run(60) in (1, 3)


def test_an_app_that_dies_is_never_clear(harness, sample_apk, tmp_path):
    out = tmp_path / "run"
    check = start(harness, sample_apk, out)
    ports = listening(check.processes())
    os.kill(pid_of(check, r"twin\.Zygote"), signal.SIGKILL)
    assert check.wait(90) == 3, check.stderr[-3000:]
    verdict = json.loads((out / "verdict.json").read_text())
    assert {c["id"]: c["outcome"] for c in verdict["checks"]}["PB-T01"] == "inconclusive"
    assert not check.processes() and ports


def test_ctrl_c_ends_the_run_and_keeps_what_was_seen(harness, sample_apk, tmp_path):
    out = tmp_path / "run"
    check = start(harness, sample_apk, out)
    ports = listening(check.processes())
    os.killpg(check.process.pid, signal.SIGINT)
    ended_well(check, out, ports, 4, "interrupted")


def test_what_was_proved_before_the_failure_stands(harness, sample_apk, tmp_path):
    out = tmp_path / "run"
    check = start(harness, sample_apk, out, app="eager")
    ports = listening(check.processes())
    os.kill(pid_of(check, r"harness\.twin start"), signal.SIGKILL)
    verdict = ended_well(check, out, ports, 4, "device_lost")
    assert verdict["outcome"] == "violation"


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small file system needs root")
def test_a_full_disk_is_a_typed_failure(harness, sample_apk, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(disk)], check=True)
    try:
        out = disk / "run"
        check = start(harness, sample_apk, out)
        with (disk / "filler").open("wb", buffering=0) as filler:
            try:
                while True:
                    filler.write(b"\0" * 4096)
            except OSError:
                pass
        assert check.wait(90) == 4, check.stderr[-3000:]
        (disk / "filler").unlink()
        facts = json.loads((out / "run.json").read_text())
        assert facts["failure"] is None or facts["failure"]["kind"] == "disk_full"
        assert "disk" in check.stderr.lower()
        assert not check.processes()
        assert harness("judge", out, "--json").run(60) in (1, 3)
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.mark.parametrize("kind", ["text", "zip", "missing"])
def test_a_file_that_is_no_apk_is_the_users_error_in_one_line(kind, harness, tmp_path):
    path = tmp_path / "x.apk"
    if kind == "text":
        path.write_text("hello")
    elif kind == "zip":
        import zipfile

        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("a.txt", "a")
    check = harness("check", path, "--out", tmp_path / "run")
    assert check.run(30) == 2
    assert len(check.stderr.strip().splitlines()) == 1 and "x.apk" in check.stderr
    assert not (tmp_path / "run").exists()
