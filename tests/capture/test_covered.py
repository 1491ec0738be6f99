"""Each known way of reading personal data has a hook that watches it or a reason why none can."""

from dataclasses import replace

import pytest

from harness.capture.agent_data import hook_facts
from harness.capture.covered import PAGE, load, page, problems
from harness.model.errors import InputError


def test_every_row_has_a_hook_that_watches_it_or_a_reason():
    assert list(problems(load(), hook_facts())) == []


def test_the_page_is_that_of_the_table():
    assert PAGE.read_text() == page(load()), "run python -m harness.capture.covered"


def test_the_table_holds_the_known_ways():
    rows = load()
    assert len({(row.class_name, row.method) for row in rows if row.scope in ("privacy", "gap")}) > 260
    assert {"ActivityResult launcher", "com.tencent.mmkv.MMKV", "androidx.work.WorkManager"} <= {
        row.class_name for row in rows if row.scope == "beyond"
    }


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"hook": "", "because": ""}, "neither a hook nor a reason"),
        ({"hook": "imie"}, "there is no hook imie"),
        ({"target": "android.telephony.TelephonyManager.getMeid"}, "imei does not watch"),
        ({"method": "getImie"}, "imei does not watch"),
        ({"data_type": "shoe_size"}, "is no data type"),
        ({"scope": "maybe"}, "is no scope"),
    ],
)
def test_a_row_that_nothing_answers_for_is_told(change, told):
    row = next(row for row in load() if row.hook == "imei" and row.method == "getImei")
    assert [one for one in problems([replace(row, **change)], hook_facts()) if told in one]


def test_a_row_with_a_column_too_few_is_refused(tmp_path):
    (tmp_path / "coverage.tsv").write_text("scope\tclass\nprivacy\ta.B\n")
    with pytest.raises(InputError, match="by tabs"):
        load(tmp_path / "coverage.tsv")
