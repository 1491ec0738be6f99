"""What tests of the agent share: a copy of its sources, and the reader app on a twin."""

import shutil

import pytest
from reading import PACKAGE, Watch, built_reader, install

from harness.capture.agent_build import SOURCES, install_packages
from harness.device.adb_server import AdbServer
from harness.twin.host import TwinHost


@pytest.fixture
def sources(tmp_path):
    """With its packages and without anything built."""
    install_packages(SOURCES)
    copy = tmp_path / "hooks"
    shutil.copytree(SOURCES, copy, ignore=shutil.ignore_patterns("node_modules", "build"))
    (copy / "node_modules").symlink_to(SOURCES / "node_modules")
    return copy


@pytest.fixture(scope="session")
def phone(tmp_path_factory):
    apk = built_reader(tmp_path_factory.mktemp("calls"))
    with TwinHost() as host, AdbServer() as adb:
        twin = host.add(seed=1)
        phone = adb.connect(twin.serial)
        install(phone, apk)
        yield phone


@pytest.fixture
def watch(phone, tmp_path):
    phone.force_stop(PACKAGE)
    made = Watch(phone, tmp_path / "run")
    yield made
    phone.force_stop(PACKAGE)
    made.capture.stop()
