"""Activities, services, broadcasts and alarms move as on Android 13."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from life import PACKAGE, Life, living

pytestmark = pytest.mark.twin

HOME = "com.android.launcher3"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Life]:
    with living(tmp_path_factory.mktemp("life")) as life:
        yield life


@pytest.fixture
def life(shared: Life) -> Iterator[Life]:
    yield shared
    shared.run(shared.device.activities.force_stop(PACKAGE))
    shared.run(shared.device.activities.home())


def test_starting_says_what_happened(life: Life) -> None:
    first = life.start()
    assert (first.component, first.status, first.launch, first.complete) == (
        f"{PACKAGE}/.Main", "started", "COLD", True
    )  # fmt: skip
    assert life.start().status == "delivered"
    life.run(life.device.activities.home())
    launcher = {
        "action": "android.intent.action.MAIN",
        "categories": ["android.intent.category.LAUNCHER"],
        "package": PACKAGE,
        "class": f"{PACKAGE}.Main",
    }
    again = life.run(life.device.activities.start(launcher))
    assert (again.status, again.launch) == ("to_front", "HOT")
    assert life.device.activities.resumed == f"{PACKAGE}/.Main"


def test_what_does_not_exist_cannot_be_started(life: Life) -> None:
    with pytest.raises(LookupError):
        life.run(life.device.activities.start({"package": PACKAGE, "class": f"{PACKAGE}.Nothing"}))
    life.start("nowhere")
    assert "No Activity found to handle Intent { act=no.such.ACTION" in life.wait_log("caught ")


def test_home_stops_the_activity_and_a_start_brings_it_back(life: Life) -> None:
    life.start()
    life.run(life.device.activities.home())
    life.wait_log("Main.onStop")
    assert life.logs()[-2:] == ["Main.onPause", "Main.onStop"]
    assert life.device.activities.foreground_package() == HOME
    life.start()
    life.wait_log("Main.onResume")
    assert life.logs() == ["Main.onStart", "Main.onResume"]


def test_a_result_comes_before_the_resume_of_who_waits_for_it(life: Life) -> None:
    life.start("second")
    life.wait_log("Second.onResume")
    assert "Second.onCreate hello" in life.logs()
    life.wait_log("Main.onStop")
    life.from_entry = life.device.logcat.last
    life.run(life.device.activities.back())
    life.wait_log("Main.onResume")
    life.wait_log("Second.onDestroy")
    logs = life.logs()
    assert logs.index("result 7 -1 42") < logs.index("Main.onResume")


def test_back_on_the_root_keeps_the_app_but_leaves_the_screen(life: Life) -> None:
    launcher = {
        "action": "android.intent.action.MAIN",
        "categories": ["android.intent.category.LAUNCHER"],
        "package": PACKAGE,
        "class": f"{PACKAGE}.Main",
    }
    life.run(life.device.activities.start(launcher))
    life.run(life.device.activities.back())
    life.wait(lambda: life.device.activities.foreground_package() == HOME)
    life.wait_log("Main.onStop")
    assert "Main.onDestroy" not in life.logs()
    assert life.pid() is not None


def test_a_finished_activity_is_destroyed_and_the_home_screen_shows(life: Life) -> None:
    life.start()
    life.start("finish")
    life.wait_log("Main.onDestroy")
    assert life.logs()[-3:] == ["Main.onPause", "Main.onStop", "Main.onDestroy"]
    assert life.device.activities.foreground_package() == HOME


def test_finishing_in_on_create_shows_nothing(life: Life) -> None:
    life.start("finish")
    life.wait_log("Main.onDestroy")
    assert "Main.onStart" not in life.logs()
    life.wait(lambda: life.device.activities.foreground_package() == HOME)


def test_what_is_in_front_is_in_the_event_log(life: Life) -> None:
    life.start()
    life.run(life.device.activities.home())
    fronts = [line.split(",")[1] for line in life.logs("wm_set_resumed_activity", "events")]
    assert fronts[0] == f"{PACKAGE}/.Main" and fronts[-1].startswith(HOME)
    assert life.wait_log("[0,", "am_proc_start", "events").split(",")[3] == PACKAGE


def test_a_stopped_app_has_no_process_and_gets_no_broadcast(life: Life) -> None:
    life.start()
    life.run(life.device.activities.force_stop(PACKAGE))
    assert life.pid() is None
    boot = {"action": "android.intent.action.BOOT_COMPLETED"}
    assert life.run(life.device.activities.broadcast(boot)) == 0
    life.start()
    assert life.run(life.device.activities.broadcast(boot)) == 1
    life.wait_log("Boot.onReceive android.intent.action.BOOT_COMPLETED")


def test_only_the_system_says_that_the_boot_is_complete(life: Life) -> None:
    life.start("boot")
    assert life.wait_log("caught ").startswith("caught Permission Denial: not allowed to send broadcast")


def test_an_implicit_broadcast_does_not_wake_an_app_for_android_8_and_later(life: Life) -> None:
    life.start()
    assert life.run(life.device.activities.broadcast({"action": "org.harness.life.WAKE"})) == 0
    named = {"action": "org.harness.life.WAKE", "package": PACKAGE}
    assert life.run(life.device.activities.broadcast(named)) == 1
    life.wait_log("Boot.onReceive org.harness.life.WAKE")


def test_a_binding_gives_the_services_own_object(life: Life) -> None:
    life.start("bind")
    assert life.wait_log("bound ") == "bound from the service"
    life.wait_log("Local.onDestroy")


def test_a_sticky_service_comes_back_after_its_process_died(life: Life) -> None:
    life.start("push", word="die")
    life.wait_log("Push.onStartCommand die")
    life.wait_log("Push.onStartCommand again")
    life.run(life.device.activities.force_stop(PACKAGE))
    life.from_entry = life.device.logcat.last
    assert life.device.activities.background.services(PACKAGE) == []


def test_an_alarm_wakes_the_app_after_its_process_has_gone(life: Life) -> None:
    life.start("alarm")
    life.wait(lambda: life.pid() is not None)
    life.device.processes.named(PACKAGE).kill("low memory")
    life.wait_log("Boot.onReceive org.harness.life.WAKE")
    assert life.logs().count("App.<clinit>") == 2
    assert life.device.activities.foreground_package() == HOME


def test_a_link_that_no_app_takes_opens_the_phones_browser(life: Life) -> None:
    life.start("browse", url="https://policy.example/p")
    life.wait_log("Main.onStop")
    assert life.device.activities.resumed == "com.android.browser/.BrowserActivity"
    assert life.node("https://policy.example/p")
    life.from_entry = life.device.logcat.last
    life.run(life.device.windows.key("back"))
    life.wait_log("Main.onResume")
    assert life.device.activities.resumed == f"{PACKAGE}/.Main"


def test_home_leaves_a_system_screen_too(life: Life) -> None:
    life.start("browse", url="https://policy.example/p")
    life.wait(lambda: life.device.activities.resumed.startswith("com.android.browser"))
    life.run(life.device.activities.home())
    life.wait(lambda: life.device.activities.resumed.startswith(HOME))
    life.wait(lambda: life.node("https://policy.example/p") is None)


def test_an_app_that_left_the_screen_long_ago_starts_no_activity(
    life: Life, monkeypatch: pytest.MonkeyPatch
) -> None:
    life.start()
    life.run(life.device.activities.home())
    monkeypatch.setattr("harness.twin.activities.START_GRACE_S", 0.0)
    process = life.device.processes.named(PACKAGE)
    intent = {"package": PACKAGE, "class": f"{PACKAGE}.Second"}

    async def start() -> None:
        life.device.activities.start_from(process, intent, None, None)

    life.host.run(start())
    life.run(life.device.activities.home())
    assert life.device.activities.foreground_package() == HOME
    assert life.device.journal.of("background_start_refused")


def test_an_app_can_be_started_while_its_process_is_leaving(life: Life) -> None:
    for _ in range(3):
        life.start()
        life.start("leave")
        life.wait_log("[0,", "wm_finish_activity", "events")
        assert life.start().complete
        life.wait_log("Main.onResume")
        assert life.device.activities.resumed == f"{PACKAGE}/.Main"
