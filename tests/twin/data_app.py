"""An app of which nothing runs, to call the twin's data services as it would."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from harness.twin.apk import Queries
from harness.twin.binder import SERVICES, BinderError, Call, load_services
from harness.twin.device import TwinDevice
from harness.twin.packages import Package
from harness.twin.permission_table import is_install_time

APP = "com.x.app"
UID = 10_123
DUMMY_MAC = "02:00:00:00:00:00"
load_services()


@dataclass(eq=False)
class Process:
    pid: int = 4321
    name: str = APP
    package: str = APP
    uid: int = UID
    heard: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def post(self, event, args):
        self.heard.append((event, args))


class App:
    """One app on a real device object; nothing of it runs."""

    def __init__(self, root):
        self.device = TwinDevice(root, seed=1)
        self.identity = self.device.identity
        self.process = Process()
        self.device.processes.live = lambda: [self.process]  # type: ignore[method-assign]
        self.in_front(True)
        self.template = self.device.packages.require(self.identity.decoy_apps[0].package)

    def installed(self, *granted, target=33, declared=(), queries=None, **facts):
        """Install the app; runtime permissions named in `granted` are granted, all named ones declared."""
        names = tuple(each if "." in each else f"android.permission.{each}" for each in (*granted, *declared))
        package = replace(
            self.template,
            name=APP,
            uid=UID,
            target_sdk=target,
            permissions=names,
            queries=queries or Queries(),
            signer_sha256="ab" * 32,
            **facts,
        )
        self.install(package)
        for name in names[: len(granted)]:
            if not is_install_time(name) and target >= 23:
                self.device.permissions.grant(APP, name)
        return self

    def in_front(self, yes):
        self.device.activities.is_foreground = lambda package: yes  # type: ignore[method-assign]
        return self

    def install(self, package: Package):
        self.device.packages._installed[package.name] = package

    def call(self, name, *args):
        return SERVICES[name](Call(self.device, self.process), *args)

    def refusal(self, name, *args):
        with pytest.raises(BinderError) as caught:
            self.call(name, *args)
        return caught.value

    def ops(self):
        return {record.op for record in self.device.permissions.ops(APP)}

    def rows(self, uri, projection=None, selection=None, args=None, order=None):
        return self.call("content.query", uri, projection, selection, args, order)["rows"]
