"""frida-server as the harness sees it on a phone, with the twin's real processes behind it.

The real one gates every process of its machine (tried: on this one too, where it holds the compiler and the shell of
everybody), so the twin's zygote holds them here; attaching is frida's own.
"""

import threading
from types import SimpleNamespace

import frida

from harness.capture import inject


class TwinAsPhone:
    """frida's device manager and the one device on it. `calls` is what was asked of it."""

    def __init__(self, phone):
        self._twin = inject.TwinGate(phone)
        self._local = frida.get_local_device()
        self._handlers = {}
        self._held = {}
        self._lock = threading.Lock()
        self.calls = []

    def add_remote_device(self, address):
        self.calls.append(f"remote {address.partition(':')[0]}")
        return self

    def remove_remote_device(self, address):
        self.calls.append("removed")

    def on(self, name, handler):
        self._handlers[name] = handler

    def enable_spawn_gating(self):
        self.calls.append("gating")
        self._twin.open(
            inject.Listener(self._spawned, lambda pid, cause: None, lambda reason: self._handlers["lost"]())
        )

    def disable_spawn_gating(self):
        self.calls.append("no gating")
        self._twin.close()

    def enumerate_pending_spawn(self):
        with self._lock:
            return list(self._held.values())

    def attach(self, pid):
        return self._local.attach(pid)

    def resume(self, pid):
        with self._lock:
            if self._held.pop(pid, None) is None:
                raise frida.InvalidArgumentError(f"{pid} is not held")
        self._twin.release(pid)

    def kill(self, pid):
        self._local.kill(pid)

    def _spawned(self, started):
        spawn = SimpleNamespace(pid=started.pid, identifier=started.process)
        with self._lock:
            self._held[started.pid] = spawn
        self._handlers["spawn-added"](spawn)


def as_on_a_phone(monkeypatch, phone):
    """From here on the harness takes the twin for a phone with frida-server on it."""
    server = TwinAsPhone(phone)
    monkeypatch.setattr(inject, "TWIN_PROPERTY", "ro.no.twin")
    monkeypatch.setattr(inject.frida, "get_device_manager", lambda: server)
    return server
