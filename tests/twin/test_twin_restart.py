"""A device folder that is used again holds the same device: its apps, their data and their files."""

from __future__ import annotations

import pytest
from life import APPS

from harness.model.errors import InputError
from harness.twin.build import build_apk
from harness.twin.host import TwinHost

PACKAGE = "org.harness.life"


@pytest.fixture(scope="module")
def apk(tmp_path_factory):
    return build_apk(APPS / "life", tmp_path_factory.mktemp("apk") / "life.apk")


def test_apps_and_their_data_are_there_after_a_restart(apk, tmp_path):
    with TwinHost(tmp_path) as host:
        device = host.add(seed=3).device
        before = host.run(device.packages.install(apk, installer="com.store"))
        (before.data_dir / "files" / "note").write_text("kept")
    with TwinHost(tmp_path) as host:
        after = host.add(seed=3).device.packages.require(PACKAGE)
        assert (after.uid, after.apk_path, after.first_install_ms, after.installer) == (
            before.uid, before.apk_path, before.first_install_ms, "com.store",
        )  # fmt: skip
        assert after.classes_jar is not None and after.classes_jar.is_file()
        assert (after.data_dir / "files" / "note").read_text() == "kept"


def test_what_was_uninstalled_stays_away(apk, tmp_path):
    with TwinHost(tmp_path) as host:
        packages = host.add(seed=3).device.packages
        host.run(packages.install(apk))
        assert host.run(packages.uninstall(PACKAGE))
    with TwinHost(tmp_path) as host:
        assert host.add(seed=3).device.packages.get(PACKAGE) is None


def test_a_folder_of_something_else_is_told(tmp_path):
    (tmp_path / "twin-1").mkdir()
    (tmp_path / "twin-1" / "packages.json").write_text("[1]")
    with TwinHost(tmp_path) as host, pytest.raises(InputError, match="--root"):
        host.add()
