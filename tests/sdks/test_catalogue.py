"""The catalogue is refused as a whole, with every fault of every file."""

from __future__ import annotations

import time

import pytest

from harness.model.errors import InputError
from harness.sdks.load import catalogue_sha256, load_signatures

GOOD = """
id: {id}
name: One
name_zh: 一
company: ''
category: push
prefixes: [{{prefix: {prefix}, because: Made up}}]
"""


def test_the_catalogue_is_large_and_read_fast():
    load_signatures.cache_clear()
    began = time.process_time()
    signatures = load_signatures()
    assert time.process_time() - began < 0.3
    assert len([one for one in signatures if one.category not in ("other_library", "platform")]) >= 300


def test_every_fault_of_every_file_is_told_at_once_with_the_nearest_valid_word(tmp_path):
    (tmp_path / "one.yaml").write_text(GOOD.format(id="one", prefix="com.one") + "colour: red\n")
    (tmp_path / "two.yaml").write_text(GOOD.format(id="two", prefix="com.two").replace("push", "pusch"))
    (tmp_path / "six.yaml").write_text(GOOD.format(id="six", prefix="com.six") + "hostes: []\n")
    (tmp_path / "three.yaml").write_text("a: [")
    (tmp_path / "four.yaml").write_text(GOOD.format(id="fore", prefix="com.four"))
    (tmp_path / "five.yaml").write_text("id: five\n")
    with pytest.raises(InputError) as caught:
        load_signatures(tmp_path)
    told = str(caught.value)
    assert "one.yaml: colour: no such field" in told
    assert "two.yaml: category: 'pusch' is not one of" in told and "did you mean push?" in told
    assert "six.yaml: hostes: no such field; did you mean hosts?" in told
    assert "three.yaml: not YAML" in told
    assert "four.yaml: id: 'fore' must be the file's name, 'four'" in told
    assert "five.yaml: prefixes: is missing" in told


def test_two_files_may_not_claim_the_same(tmp_path):
    (tmp_path / "one.yaml").write_text(GOOD.format(id="one", prefix="com.same"))
    (tmp_path / "two.yaml").write_text(GOOD.format(id="two", prefix="com.same"))
    with pytest.raises(InputError, match=r"two.yaml: prefix com.same: one claims it already"):
        load_signatures(tmp_path)


def test_the_hash_of_the_catalogue_changes_with_any_file(tmp_path):
    (tmp_path / "one.yaml").write_text(GOOD.format(id="one", prefix="com.one"))
    before = catalogue_sha256(tmp_path)
    (tmp_path / "one.yaml").write_text(GOOD.format(id="one", prefix="com.won"))
    assert catalogue_sha256(tmp_path) != before
