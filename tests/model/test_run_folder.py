"""A run folder keeps what was written, whatever happens while it is written."""

from __future__ import annotations

import json
import os
import stat
import threading

import pytest

from harness.model.errors import InputError
from harness.model.run_folder import RESERVE, RESERVE_BYTES, RunFolder


def test_a_new_run_is_for_its_owner_only(tmp_path):
    folder = RunFolder.create(tmp_path / "run")
    assert stat.S_IMODE((folder.path).stat().st_mode) == 0o700
    assert stat.S_IMODE((folder.path / "raw").stat().st_mode) == 0o700


def test_a_folder_with_something_in_it_is_not_taken(tmp_path):
    (tmp_path / "mine").write_text("x")
    with pytest.raises(InputError, match="--out"):
        RunFolder.create(tmp_path)
    assert (tmp_path / "mine").read_text() == "x"


def test_a_folder_that_is_no_run_is_the_users_error(tmp_path):
    with pytest.raises(InputError, match=r"run\.json"):
        RunFolder.open(tmp_path)


def test_lines_are_numbered_across_threads_and_reopening(tmp_path):
    folder = RunFolder.create(tmp_path / "run")
    numbers: list[int] = []

    def write(who: int) -> None:
        numbers.extend(folder.append("raw/ui.jsonl", {"who": who, "n": n}) for n in range(50))

    threads = [threading.Thread(target=write, args=(who,)) for who in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    folder.close()
    assert sorted(numbers) == list(range(1, 201))
    assert RunFolder(folder.path).append("raw/ui.jsonl", {}) == 201
    assert len([json.loads(line) for line in (folder.path / "raw/ui.jsonl").read_text().splitlines()]) == 201


def test_a_torn_line_does_not_swallow_the_next_one(tmp_path):
    folder = RunFolder.create(tmp_path / "run")
    (folder.path / "raw/ui.jsonl").write_text('{"whole": 1}\n{"torn')
    folder.append("raw/ui.jsonl", {"after": 1})
    assert (folder.path / "raw/ui.jsonl").read_text().splitlines() == [
        '{"whole": 1}',
        '{"torn',
        '{"after":1}',
    ]


def test_a_json_file_is_replaced_whole(tmp_path):
    folder = RunFolder.create(tmp_path / "run")
    folder.write_json("verdict.json", {"a": "同意"})
    folder.write_json("verdict.json", {"b": 1})
    assert json.loads((folder.path / "verdict.json").read_text()) == {"b": 1}
    assert not list(folder.path.glob("*.tmp"))


def test_the_same_body_is_stored_once(tmp_path):
    folder = RunFolder.create(tmp_path / "run")
    assert folder.body(b"x" * 100) == folder.body(b"x" * 100) != folder.body(b"y")
    assert len(os.listdir(folder.path / "bodies")) == 2


def test_room_is_kept_for_the_last_words_of_a_full_disk(tmp_path):
    folder = RunFolder.create(tmp_path / "run")
    assert (folder.path / RESERVE).stat().st_blocks * 512 >= RESERVE_BYTES
    folder.release_reserve()
    assert not (folder.path / RESERVE).exists()
    folder.release_reserve()


def test_a_discarded_run_leaves_nothing(tmp_path):
    folder = RunFolder.create(tmp_path / "run")
    folder.append("raw/ui.jsonl", {})
    folder.discard()
    assert not (tmp_path / "run").exists()
