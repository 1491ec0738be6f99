"""The film comes in pieces and is named by the phone's clock; a phone that cannot film says why."""

from __future__ import annotations

import errno
import json
import socket
import threading
import time

import pytest

import harness.scenario.film as film_module
from harness.device.phone import ShellResult
from harness.model.errors import RunFailure
from harness.model.run_folder import RunFolder
from harness.scenario.film import Film
from harness.scenario.record import Recorder


class Camera:
    """A phone whose screenrecord ends when its limit is over or it is interrupted."""

    def __init__(self, lasts=0.0, says="", film=b"film"):
        self.lasts, self.says, self.film = lasts, says, film
        self.lines, self.interrupted = [], threading.Event()

    def stream(self, command):
        self.lines.append(command)
        ours, theirs = socket.socketpair()
        threading.Thread(target=self._record, args=(theirs,), daemon=True).start()
        return ours

    def _record(self, output):
        output.sendall(b"8123.45 100.00\n4711\n" + self.says.encode())
        self.interrupted.wait(self.lasts)
        output.close()

    def shell(self, command, timeout=30):
        self.lines.append(command)
        if command == "kill -2 4711":
            self.interrupted.set()
        return ShellResult("", "", 0)

    def pull(self, remote):
        if self.film is None:
            raise FileNotFoundError(remote)
        return self.film


@pytest.fixture
def recorded(tmp_path):
    def run(camera, seconds=0.3):
        folder = RunFolder.create(tmp_path / "run")
        film = Film(camera, Recorder(folder), "SC01")
        film.start()
        time.sleep(seconds)
        film.stop()
        folder.close()
        lines = [json.loads(line) for line in (tmp_path / "run/raw/ui.jsonl").read_text().splitlines()]
        return [(line, line["event"]) for line in lines]

    return run


def test_the_film_is_whole_and_named_by_the_phones_boot_clock(recorded, tmp_path):
    camera = Camera(lasts=60)
    [(line, event)] = recorded(camera)
    assert event["path"] == "video/SC01-0008123450.mp4" and event["detail"] == ""
    assert (tmp_path / "run" / event["path"]).read_bytes() == b"film"
    assert 250 < line["host_hi_ms"] - line["host_lo_ms"] < 5000
    # An end by anything but SIGINT leaves a file without its index.
    assert "kill -2 4711" in camera.lines and camera.lines[-1].startswith("rm -f")


@pytest.mark.parametrize(
    ("camera", "why"),
    [
        (Camera(says="/system/bin/sh: screenrecord: inaccessible or not found\n"), "inaccessible"),
        (Camera(lasts=60, film=None), "kept no film"),
        (Camera(lasts=60, film=b""), "empty"),
    ],
    ids=["no-command", "no-file", "empty"],
)
def test_a_phone_that_cannot_film_is_told_once_with_the_reason(recorded, camera, why):
    [(_, event)] = recorded(camera)
    assert event["path"] is None and why in event["detail"]


def test_a_phone_that_goes_away_ends_the_film_and_nothing_else(recorded):
    camera = Camera(lasts=60)

    def gone(remote):
        raise RunFailure("device_lost", "went away")

    camera.pull = gone
    [(_, event)] = recorded(camera)
    assert event["path"] is None and "went away" in event["detail"]


def test_a_full_disk_is_raised_where_the_scenario_ends(recorded, monkeypatch):
    def full(path, data):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(film_module, "_write", full)
    with pytest.raises(OSError, match="No space left"):
        recorded(Camera(lasts=60))


def test_a_long_scenario_is_filmed_piece_after_piece(recorded):
    class Long(Camera):
        def _record(self, output):
            output.sendall(f"{8123 + len(self.lines)}.45 1.00\n4711\n".encode())
            self.interrupted.wait(1.2)
            output.close()

    events = recorded(Long(), seconds=1.5)
    assert len(events) == 2 and len({event["path"] for _, event in events}) == 2
