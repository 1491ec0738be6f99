"""Permissions are asked for, granted, refused and remembered as on Android 13."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from life import PACKAGE, Life, living

from harness.twin.permission_dialog import CONTROLLER, dialog
from harness.twin.permission_table import GROUPS, group_of, is_install_time

P = "android.permission."
CONTACTS = P + "READ_CONTACTS"
CAMERA = P + "CAMERA"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Life]:
    with living(tmp_path_factory.mktemp("life")) as life:
        yield life


@pytest.fixture
def life(shared: Life) -> Iterator[Life]:
    yield shared
    shared.run(shared.device.packages.clear(PACKAGE))
    shared.run(shared.device.activities.home())


def rids(life: Life) -> list[str]:
    found = []
    for _, root in life.device.windows.boxes():
        pending = [root]
        while pending:
            box = pending.pop(0)
            found.append(box.view.rid.rpartition("/")[2])
            pending.extend(box.children)
    return [each for each in found if each.startswith("permission_")]


@pytest.mark.twin
def test_a_request_becomes_a_dialog_and_an_answer(life: Life) -> None:
    life.start("ask", permission=CONTACTS)
    life.wait(lambda: rids(life))
    assert rids(life) == ["permission_message", "permission_allow_button", "permission_deny_button"]
    assert life.device.windows.focused.package == CONTROLLER
    assert life.device.activities.resumed.startswith(CONTROLLER)
    life.wait_log("Main.onPause")
    life.tap("允许")
    assert life.wait_log("permissions ") == f"permissions 3 [{CONTACTS}] [0]"
    assert life.device.permissions.check(PACKAGE, CONTACTS)
    logs = life.logs()
    life.wait(lambda: life.logs().count("Main.onResume") == 2)
    assert logs.index("Main.onPause") < logs.index(f"permissions 3 [{CONTACTS}] [0]")
    assert "Main.onStop" not in life.logs()


@pytest.mark.twin
def test_refused_twice_is_refused_for_good_without_a_dialog(life: Life) -> None:
    life.start("ask", permission=CONTACTS)
    life.tap("不允许")
    life.wait_log("permissions 3")
    assert life.device.permissions.state(PACKAGE, CONTACTS) == "denied"
    assert life.device.permissions.wants_rationale(PACKAGE, CONTACTS)
    life.start("ask", permission=CONTACTS)
    life.tap("不允许，且不再询问")
    life.wait_log("permissions 3")
    life.start("ask", permission=CONTACTS)
    assert life.wait_log("permissions ") == f"permissions 3 [{CONTACTS}] [-1]"
    assert rids(life) == []
    assert life.device.permissions.state(PACKAGE, CONTACTS) == "denied_forever"


@pytest.mark.twin
def test_only_this_time_ends_with_the_apps_last_process(life: Life) -> None:
    life.start("ask", permission=CAMERA)
    life.tap("仅限这一次")
    life.wait_log("permissions 3")
    assert life.device.permissions.check(PACKAGE, CAMERA)
    life.run(life.device.activities.force_stop(PACKAGE))
    assert not life.device.permissions.check(PACKAGE, CAMERA)
    assert life.device.permissions.state(PACKAGE, CAMERA) == "unasked"


@pytest.mark.twin
def test_several_groups_are_asked_one_after_the_other(life: Life) -> None:
    life.start("ask", permission=f"{CAMERA},{CONTACTS}")
    life.tap("仅在使用该应用时允许")
    life.tap("不允许")
    assert life.wait_log("permissions ").endswith("[0, -1]")


@pytest.mark.twin
def test_back_on_the_dialog_is_no_refusal(life: Life) -> None:
    life.start("ask", permission=CONTACTS)
    life.wait(lambda: rids(life))
    life.run(life.device.windows.key("back"))
    assert life.wait_log("permissions ").endswith("[-1]")
    assert life.device.permissions.state(PACKAGE, CONTACTS) == "unasked"


@pytest.mark.twin
def test_what_the_manifest_does_not_ask_for_is_refused_without_a_dialog(life: Life) -> None:
    life.start("ask", permission=P + "READ_SMS")
    assert life.wait_log("permissions ").endswith("[-1]")


@pytest.mark.twin
def test_the_dialog_goes_with_an_app_that_dies(life: Life) -> None:
    life.start("ask", permission=CONTACTS)
    life.wait(lambda: rids(life))
    life.device.processes.named(PACKAGE).kill("test")
    life.wait(lambda: not rids(life))
    life.wait(lambda: life.device.activities.resumed.startswith("com.android.launcher3"))


@pytest.mark.twin
def test_the_shell_grants_and_revoking_ends_the_app(life: Life) -> None:
    permissions = life.device.permissions
    life.start()
    permissions.grant(PACKAGE, CONTACTS)
    assert permissions.check(PACKAGE, CONTACTS) and life.pid() is not None
    life.run(permissions.revoke(PACKAGE, CONTACTS))
    assert not permissions.check(PACKAGE, CONTACTS) and life.pid() is None
    with pytest.raises(ValueError, match="has not requested"):
        permissions.grant(PACKAGE, P + "READ_SMS")
    with pytest.raises(ValueError, match="not a changeable"):
        permissions.grant(PACKAGE, P + "INTERNET")
    with pytest.raises(LookupError):
        permissions.grant("no.such.app", CONTACTS)


@pytest.mark.twin
def test_operations_are_counted_with_their_times(life: Life) -> None:
    permissions = life.device.permissions
    permissions.note_op(PACKAGE, "READ_CONTACTS")
    before = life.device.clock.boot_ms()
    permissions.note_op(PACKAGE, "READ_CONTACTS")
    (record,) = permissions.ops(PACKAGE)
    assert (record.op, record.times, record.allowed) == ("READ_CONTACTS", 2, False)
    assert before <= record.last_boot_ms <= life.device.clock.boot_ms()


def test_installing_grants_what_is_neither_dangerous_nor_special() -> None:
    assert is_install_time(P + "INTERNET")
    assert not is_install_time(CONTACTS)
    assert not is_install_time(P + "SYSTEM_ALERT_WINDOW")
    assert group_of(P + "ACCESS_COARSE_LOCATION") == group_of(P + "ACCESS_FINE_LOCATION") == "location"


def test_each_group_has_words_in_both_languages() -> None:
    for name in GROUPS:
        for language in ("zh", "en"):
            tree = dialog("App", name, False, language)
            assert "App" in tree["children"][0]["text"]
            assert all(child["text"] for child in tree["children"])


@pytest.mark.twin
def test_going_home_takes_the_dialog_away_and_is_no_refusal(life: Life) -> None:
    life.start("ask", permission=CONTACTS)
    life.wait(lambda: rids(life))
    life.run(life.device.windows.key("home"))
    life.wait(lambda: not rids(life))
    assert life.wait_log("permissions ").endswith("[-1]")
    assert life.device.permissions.state(PACKAGE, CONTACTS) == "unasked"
