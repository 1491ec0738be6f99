"""A device path never leads out of the device's folder."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from harness.twin.files import Files


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path / "root")


@pytest.mark.parametrize(
    "path", ["/", "/..", "/../../etc", "/data/../../..", "//a/./b", "relative", "/sdcard/../../../x"]
)
def test_no_path_leaves_the_root(files: Files, path: str) -> None:
    assert files.host_path(path).is_relative_to(files.root)


def test_a_link_to_the_host_leads_to_the_device(files: Files, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("host")
    (files.root / "data/local/tmp/l").symlink_to(tmp_path / "secret")
    (files.root / "data/local/tmp/up").symlink_to("../../../../../../..")
    assert files.host_path("/data/local/tmp/l").is_relative_to(files.root)
    assert not files.host_path("/data/local/tmp/l").exists()
    assert files.resolve("/data/local/tmp/up/data/local") == "/data/local"


def test_device_links_are_followed_on_the_device(files: Files) -> None:
    assert files.resolve("/sdcard/Download") == "/storage/emulated/0/Download"
    assert files.resolve("/data/data/com.x") == "/data/user/0/com.x"


def test_links_in_a_circle_are_an_error(files: Files) -> None:
    (files.root / "data/local/tmp/a").symlink_to("b")
    (files.root / "data/local/tmp/b").symlink_to("a")
    with pytest.raises(OSError) as caught:
        files.resolve("/data/local/tmp/a/x")
    assert caught.value.errno == errno.ELOOP


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/system/x", errno.EROFS),
        ("/x", errno.EROFS),
        ("/data/x", errno.EACCES),
        ("/data/user/0/com.x/f", errno.EACCES),
    ],
)
def test_the_shell_user_may_not_write_there(files: Files, path: str, code: int) -> None:
    with pytest.raises(OSError) as caught:
        files.check_write(path)
    assert caught.value.errno == code


def test_the_shell_user_may_write_where_adb_clients_do(files: Files) -> None:
    for path in ("/data/local/tmp/x", "/sdcard/x", "/data/misc/user/0/cacerts-added/0.0"):
        assert files.check_write(path).is_relative_to(files.root)


def test_private_data_is_closed_except_to_its_owner(files: Files) -> None:
    with pytest.raises(PermissionError):
        files.check_read("/data/data/com.x/shared_prefs")
    with files.as_owner("/data/user/0/com.x"):
        files.check_read("/data/data/com.x/shared_prefs")
        with pytest.raises(PermissionError):
            files.check_read("/data/data/com.y")
