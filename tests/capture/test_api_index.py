"""A hook's target exists: in Android's public API at some level, or on the reviewed list with a source."""

import pytest

from harness.capture.agent_build import hook_facts, write_all
from harness.capture.agent_data import TargetFacts
from harness.capture.agent_data import hook_facts as built_facts
from harness.capture.api_index import (
    FOLDER,
    HIDDEN,
    INDEX,
    LEVELS,
    Targets,
    load_hidden,
    load_index,
    read_types,
)
from harness.model.errors import InputError


@pytest.fixture(scope="module")
def known():
    return Targets(load_index(), load_hidden())


def test_every_java_target_exists_and_says_on_which_levels():
    for fact in built_facts():
        for target in fact.targets:
            if target.layer == "java":
                assert target.levels, f"{fact.id}: {target.class_name}.{target.method}"
                assert target.levels[0].isdigit() or target.levels in ("hidden", "vendor", "library")


def test_levels_are_those_of_the_public_api(known):
    assert known.levels("android.telephony.TelephonyManager", "getImei") == "26-"
    assert known.levels("android.telephony.TelephonyManager", "getDeviceId") == "17-"
    assert known.levels("android.view.accessibility.AccessibilityEvent", "getText") == "17-", "inherited"
    assert known.levels("android.app.ApplicationPackageManager", "getInstallSourceInfo") == "30-"
    assert known.levels("android.app.ApplicationPackageManager", "getInstallSourceInf") is None
    assert known.levels("android.app.job.JobScheduler", "schedule") == "21-"


@pytest.mark.parametrize(("level", "there"), [(20, False), (21, True), (32, True), (33, False), (35, True)])
def test_a_span_of_levels_is_read(level, there):
    target = TargetFacts(
        class_name="a.A",
        method="b",
        layer="java",
        overload=None,
        data_type="other",
        kind="read",
        levels="21-32,34-",
    )
    assert target.applies(level) is there


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ('method: "getSimSerialNumber"', 'method: "getSimSerialNumer"', "did you mean getSimSerialNumber"),
        (
            "android.telephony.UiccCardInfo",
            "android.telephony.UicCardInfo",
            "did you mean android.telephony.UiccCardInfo",
        ),
    ],
)
def test_a_misspelt_target_fails_the_build_and_names_the_nearest(sources, tmp_path, right, wrong, told):
    file = sources / "src/observe/identifiers/iccid.ts"
    text = file.read_text()
    assert right in text
    file.write_text(text.replace(right, wrong))
    with pytest.raises(InputError, match=told) as caught:
        write_all(sources, tmp_path / "data")
    assert "iccid.ts" in str(caught.value)
    assert not (tmp_path / "data" / "agent.js").exists()


def test_a_reviewed_target_that_no_hook_has_any_more_fails_the_build(sources, tmp_path):
    with (sources / HIDDEN).open("a") as file:
        file.write("com.example.Gone\tgetId\tvendor\tseen somewhere\n")
    with pytest.raises(InputError, match=r"com\.example\.Gone is no hook's target"):
        write_all(sources, tmp_path / "data")


def test_a_reviewed_target_without_a_source_is_refused(tmp_path):
    path = tmp_path / HIDDEN
    path.write_text("class\tmethods\tlevels\tsource\na.B\tc\tvendor\t \n")
    with pytest.raises(InputError, match=f"{HIDDEN}:2"):
        load_hidden(path)


def test_declarations_are_read_by_level(tmp_path):
    text = """declare module android {
	export module telephony {
		export class Sample extends java.lang.Object {
			public static class: java.lang.Class<android.telephony.Sample>;
			public getOne(): string;
			public constructor(param0: number);
		}
		export module Sample {
			export class Inner {
				public getTwo(): string;
			}
		}
	}
}
"""
    for level in LEVELS:
        package = "types9" if level == LEVELS[-1] else "types8"
        path = tmp_path / package / "lib/android" / f"android-platform-{level}.d.ts"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace("getOne", "getOne" if level >= 30 else "getNone"))
    known = Targets(read_types(tmp_path), [])
    assert known.levels("android.telephony.Sample", "getOne") == "30-"
    assert known.levels("android.telephony.Sample", "getNone") == "17-29"
    assert known.levels("android.telephony.Sample$Inner", "getTwo") == "17-"
    assert known.levels("android.telephony.Sample", "$init") == "17-"


def test_the_shipped_index_holds_every_level():
    index = load_index(FOLDER / INDEX)
    assert len(index) > 4000
    assert index["android.telephony.TelephonyManager"].levels == set(LEVELS)


def test_the_built_list_is_that_of_the_sources(sources, tmp_path):
    write_all(sources, tmp_path / "data")
    assert {fact.id for fact in hook_facts(sources)} >= {"imei", "oaid"}
