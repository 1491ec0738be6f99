"""Minutes of sixteen threads that read in a tight loop: nothing crashes, nothing grows, every number is there."""

import os
import re
import threading
import time
from pathlib import Path

import pytest

from harness.capture import hooks
from harness.capture.hooks import HookCapture
from harness.device.adb_server import AdbServer
from harness.device.local_twin import LocalTwin
from harness.model.run_folder import HOOKS, RunFolder
from harness.twin.build import build_apk

PACKAGE = "com.example.reader"
READER = Path(__file__).parents[1] / "capture" / "reader"
SECONDS = int(os.environ.get("HARNESS_SOAK_SECONDS", "300"))


class Forgetful(RunFolder):
    """Keeps everything but the agent's messages, of which five minutes would fill gigabytes."""

    def append(self, name, record):
        return 0 if name == HOOKS else super().append(name, record)


def resident_mb(pid):
    return int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())[1]) / 1024


@pytest.mark.soak
@pytest.mark.twin
@pytest.mark.timeout(SECONDS + 240)
def test_sixteen_threads_for_minutes(tmp_path, monkeypatch):
    monkeypatch.setattr(hooks, "MAX_EVENTS", 1 << 40)
    apk = build_apk(READER, tmp_path / "reader.apk")
    with LocalTwin() as twin, AdbServer() as adb:
        phone = adb.connect(twin.serial)
        phone.install(apk)
        capture = HookCapture(phone, Forgetful.create(tmp_path / "run"), PACKAGE)
        capture.start()
        try:
            phone.shell(f"am start -n {PACKAGE}/.Flood --ei threads 16 --ei seconds {SECONDS}")
            sizes: list[tuple[float, float]] = []
            over = threading.Event()
            end = time.monotonic() + SECONDS + 120
            while not over.is_set():
                time.sleep(2)
                for pid in list(capture._watched):
                    sizes.append((resident_mb(os.getpid()), resident_mb(pid)))
                said = re.search(r"flooded (\d+)", phone.shell("logcat -d").stdout)
                if said:
                    over.set()
                assert time.monotonic() < end
            capture.settle()
            time.sleep(2)
            [watched] = capture._watched.values()
            called = int(said[1])
            assert 0 <= watched.seq + watched.dropped - called < 100
            assert watched.gone is None
            assert [reason for reason in watched.troubles if "dropped by the agent" not in reason] == []
            assert watched.seq / SECONDS > 3000, "nearly everything was dropped"
            early, late = sizes[len(sizes) // 4], sizes[-1]
            assert late[0] - early[0] < 60, f"the harness grew: {early} to {late} MB"
            assert late[1] - early[1] < 200, f"the app grew: {early} to {late} MB"
            rate, peak = watched.seq / SECONDS, max(size for _, size in sizes)
            print(
                f"{called} calls, {rate:.0f} events/s received, {watched.dropped} dropped, app {peak:.0f} MB at most"
            )
        finally:
            phone.force_stop(PACKAGE)
            capture.stop()
