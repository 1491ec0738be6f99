"""The built-in scenarios that use an app as its user does, end to end on one twin: what was done and what the app
did then is on the timeline. Where a step needs a person, this test is the person."""

from __future__ import annotations

import json
import re

import pytest

from harness.run import Options, check
from harness.scenario import walk
from harness.twin.host import TwinHost
from harness.twin.u2_methods import Methods

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(900)]
TOURS, DWELLS = 0.08, 0.005
"""Pace of the scenarios that go through the app, and of those that mostly wait."""
LOG_IN = ["设置", "登录", "进入"]


class PersonAtTheTwin:
    """Sits at the terminal and touches what the prompt says, by its words."""

    def __init__(self, host, device, ways):
        self._host, self._device, self._methods = host, device, Methods(device)
        self._ways = ways

    def present(self):
        return True

    def ask(self, en, zh, seconds):
        way = next(way for words, way in self._ways.items() if words in en)
        for label in way:
            if label.isascii():
                self._host.run(self._device.windows.input.text(label))
            else:
                self._host.run(self._methods.click(*self._point(label)))

    def answer(self):
        return ""

    def _point(self, label):
        for _ in range(40):
            xml = self._host.run(self._methods.dumpWindowHierarchy(False))
            found = re.search(rf'text="{label}"[^>]*bounds="\[(\d+),(\d+)\]\[(\d+),(\d+)\]"', xml)
            if found:
                left, top, right, bottom = map(int, found.groups())
                return (left + right) / 2, (top + bottom) / 2
        raise AssertionError(f"{label!r} is not on the screen: {xml[:2000]}")


class Run:
    def __init__(self, folder):
        self.events = [json.loads(line) for line in (folder / "timeline.jsonl").read_text().splitlines()]
        self.facts = json.loads((folder / "run.json").read_text())
        self.checks = {one["id"]: one for one in json.loads((folder / "verdict.json").read_text())["checks"]}

    def of(self, scenario):
        marks = [one for one in self.events if one["kind"] == "scenario" and one["scenario"] == scenario]
        begin, end = marks[0]["t_lo"], marks[-1]["t_hi"]
        return Part([one for one in self.events if begin <= one["t_lo"] <= end], scenario)


class Part:
    """One scenario's events."""

    def __init__(self, events, scenario):
        self.events = sorted(events, key=lambda one: (one["t_lo"], one["id"]))
        steps = [one for one in self.kind("scenario") if one["scenario"] == scenario]
        self.steps = [(one["step"], one["confirmed"]) for one in steps if one["action"] == "step"]
        self.end = steps[-1]

    def kind(self, *kinds):
        return [one for one in self.events if one["kind"] in kinds]

    def step(self, words, which=0):
        return [one for one in self.kind("scenario") if one["step"].startswith(words)][which]

    def after(self, words, which=0):
        at = self.step(words, which)["t_hi"]
        return [one for one in self.events if one["t_lo"] >= at]

    def processes(self):
        return [one["action"] for one in self.kind("process")]

    def acts(self):
        return [one["act"] for one in self.kind("user_act") if one["act"] != "opened_feature"]

    def permissions(self):
        return [one["action"] for one in self.kind("permission")]


@pytest.fixture(scope="module")
def walked(tmp_path_factory):
    """Checks an app with a person at the terminal who knows the ways; all on one twin."""
    with TwinHost() as host, pytest.MonkeyPatch.context() as patch:
        twin = host.add(seed=11)

        def play(apk, scenarios, pace, ways):
            folder = tmp_path_factory.mktemp("run") / "run"
            patch.setattr(walk, "Terminal", lambda: PersonAtTheTwin(host, twin.device, ways))
            check(apk, Options(folder, scenarios, device=twin.serial, pace=pace), lambda line: None)
            run = Run(folder)
            assert run.facts["failure"] is None, run.facts["failure"]
            return run

        yield play


def _went_well(part, scenario):
    assert [words for words, confirmed in part.steps if not confirmed] == []
    assert part.end["action"] == "end" and part.end["confirmed"]
    agreed = scenario not in ("SC02", "SC04")
    states = {one["state"] for one in part.kind("consent_changed")}
    assert states == {"asked", "granted"} if agreed else "granted" not in states


def each(run, *claims):
    """Every scenario is asserted for itself: one that fails hides no other."""
    wrong = []
    for claim in claims:
        scenario = claim.__name__[:4].upper()
        try:
            _went_well(run.of(scenario), scenario)
            claim(run)
        except AssertionError as error:
            wrong.append(f"{claim.__name__}: {error}")
    assert not wrong, "\n".join(wrong)


def sc02_reads_both_documents_of_the_notice_and_agrees_to_nothing(run):
    part = run.of("SC02")
    kept = {one["document"]: one["text"] for one in part.kind("policy_text")}
    assert "运营者：样例有限公司" in kept["policy"] and "优量汇SDK" in kept["sdk_list"]
    assert {one["role"] for one in part.kind("tap")} == {"policy_link", "vendor_list", "back", "scroll"}
    assert not part.kind("api_call")


def sc06_opens_the_features_and_denies_what_they_ask_for(run):
    part = run.of("SC06")
    features = {one["text"] for one in part.kind("user_act") if one["act"] == "opened_feature"}
    assert "我的照片" in features
    assert part.permissions() == ["requested", "denied"]
    deaths = [one for one in part.kind("process") if one["action"] == "death"]
    assert all(one["t_hi"] >= part.end["t_lo"] for one in deaths), "it goes on to the end"


def sc07_starts_the_app_six_times_and_it_asks_no_more(run):
    part = run.of("SC07")
    assert [words for words, _ in part.steps if "relaunch" in words] == ["relaunch cold"] * 3 + [
        "relaunch warm"
    ] * 3
    assert part.processes().count("start") == 4, "the first start and three cold ones"
    assert part.permissions() == ["requested", "denied"]
    assert run.checks["PB-P05"]["outcome"] != "violation", run.checks["PB-P05"]


def sc08_grants_what_a_feature_asks_for(run):
    part = run.of("SC08")
    assert part.permissions() == ["requested", "granted"]
    assert [one["text"] for one in part.kind("tap") if one["role"].startswith("allow")]


def sc09_touches_nothing_while_it_watches(run):
    part = run.of("SC09")
    assert not [one for one in part.after("tap agree") if one["kind"] == "tap"]
    assert part.step("observe 600")["confirmed"]


def sc10_goes_to_the_background_and_turns_the_screen_off(run):
    part = run.of("SC10")
    order = [words for words, _ in part.steps][-5:]
    assert order == ["press home", "observe 600", "press screen_off", "observe 600", "press screen_on"]
    home = part.step("press home")["t_lo"]
    assert [one for one in part.kind("process") if one["action"] == "background" and one["t_hi"] >= home]


def sc11_ends_the_app_as_a_user_does_and_nothing_starts_it_again(run):
    part = run.of("SC11")
    assert [one["action"] for one in part.after("observe 10") if one["kind"] == "process"].count("death") >= 1
    assert "start" not in [one["action"] for one in part.after("end swipe") if one["kind"] == "process"]
    assert {words for words, _ in part.steps if words.startswith("trigger")} >= {
        "trigger connectivity", "trigger unlock", "trigger power", "trigger time", "trigger boot",
    }  # fmt: skip


def sc15_sends_nothing_of_the_account_once_the_person_has_logged_out(run):
    part = run.of("SC15")
    assert part.acts() == ["logged_in", "logged_out"]
    assert [one["role"] for one in part.kind("tap") if one["role"] in ("person", "logout", "confirm")][-2:] == [
        "logout", "confirm",
    ]  # fmt: skip
    sent = [one["path"] for one in part.kind("flow") if one["host"].startswith("api.")]
    assert any("phone=139" in path for path in sent), "it was sent before"
    later = [
        one["path"]
        for one in part.after("use logout")
        if one["kind"] == "flow" and one["host"].startswith("api.")
    ]
    assert not any("phone=139" in path for path in later)


def sc16_ends_with_an_account_that_is_gone(run):
    part = run.of("SC16")
    assert part.acts() == ["logged_in", "cancelled_account"]
    assert part.step("goto account_deletion")["detail"].startswith("1 taps")
    assert not [one for one in part.after("await_human Cancel") if one["kind"] in ("flow", "api_call")]
    assert run.checks["PB-R03"]["outcome"] != "violation", run.checks["PB-R03"]


def sc19_gives_an_age_of_ten_and_meets_the_minors_mode(run):
    part = run.of("SC19")
    assert part.acts() == ["said_age"]
    shown = {element["text"] for one in part.kind("screen") for element in one["elements"]}
    assert "未成年人模式" in shown
    assert not part.kind("api_call") and not [one for one in part.kind("flow") if not one["selftest"]]


def sc04_uses_the_app_after_it_was_refused_behind_the_banners_settings(run):
    part = run.of("SC04")
    assert [one["text"] for one in part.kind("tap")][:3] == ["Manage settings", "Reject all", "New biscuits"]
    assert [one["state"] for one in part.kind("consent_changed")] == ["asked", "refused"]
    assert "New biscuits" in {one["text"] for one in part.kind("user_act")}
    assert not part.kind("api_call")


def sc20_walks_the_app_in_german(run):
    part = run.of("SC20")
    assert part.steps[0] == ("locale de-DE", True) and part.end["confirmed"]
    assert {one["language"] for one in part.kind("screen") if one["screen_kind"] == "cmp_banner"} == {"de"}
    assert [one["text"] for one in part.kind("tap")][:2] == ["Alle akzeptieren", "Neue Kekse"]
    assert [one["state"] for one in part.kind("consent_changed")] == ["asked", "granted"]
    assert [one["data_type"] for one in part.kind("api_call")] == ["android_id"]


def test_scenarios_that_go_through_the_app(walked, sample_apk):
    run = walked(sample_apk("orderly"), ("SC06", "SC07", "SC08"), TOURS, {})
    each(
        run,
        sc06_opens_the_features_and_denies_what_they_ask_for,
        sc07_starts_the_app_six_times_and_it_asks_no_more,
        sc08_grants_what_a_feature_asks_for,
    )


def test_scenarios_that_read_wait_and_need_a_person(walked, sample_apk):
    ways = {"Log in with the test": LOG_IN, "Cancel the test": ["注销账号", "确认注销"], "Try to log in": []}
    scenarios = ("SC02", "SC09", "SC10", "SC11", "SC15", "SC16")
    run = walked(sample_apk("orderly"), scenarios, DWELLS, ways)
    each(
        run,
        sc02_reads_both_documents_of_the_notice_and_agrees_to_nothing,
        sc09_touches_nothing_while_it_watches,
        sc10_goes_to_the_background_and_turns_the_screen_off,
        sc11_ends_the_app_as_a_user_does_and_nothing_starts_it_again,
        sc15_sends_nothing_of_the_account_once_the_person_has_logged_out,
        sc16_ends_with_an_account_that_is_gone,
    )


def test_the_scenario_for_minors(walked, sample_apk):
    ways = {"Say at the age question": ["年龄", "10", "确定"]}
    each(
        walked(sample_apk("teenager"), ("SC19",), DWELLS, ways),
        sc19_gives_an_age_of_ten_and_meets_the_minors_mode,
    )


def test_scenarios_after_a_refusal_and_in_another_language(walked, sample_apk):
    each(
        walked(sample_apk("cookie-shop"), ("SC04", "SC20"), TOURS, {}),
        sc04_uses_the_app_after_it_was_refused_behind_the_banners_settings,
        sc20_walks_the_app_in_german,
    )
