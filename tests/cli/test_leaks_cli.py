from __future__ import annotations

import hashlib
import hmac
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

IMEI = "869753031234567"


def harness(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "harness.cli.main", "leaks", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    posts = ['{"a": 1}', json.dumps({"m": hashlib.md5(IMEI.encode()).hexdigest(), "e": "alice@mail.example"})]
    entries = [
        {
            "request": {
                "method": "POST",
                "url": "https://t.example/v1",
                "headers": [],
                "postData": {"text": text},
            }
        }
        for text in posts
    ]
    entries.append({"request": {"url": "https://u.example/"}, "_harness": {"body": "bodies/one"}})
    entries.append({"request": {"url": "https://u.example/"}, "_harness": {"body": "../secret"}})
    (tmp_path / "secret").write_text(IMEI)
    tmp_path = tmp_path / "in"
    (tmp_path / "bodies").mkdir(parents=True)
    (tmp_path / "bodies/one").write_bytes(b"id=" + IMEI.encode())
    (tmp_path / "t.har").write_text(json.dumps({"log": {"version": "1.2", "entries": entries}}))
    values = [{"type": "imei", "value": IMEI}, {"type": "email", "value": "alice@mail.example"}]
    (tmp_path / "v.json").write_text(json.dumps({"values": values}))
    return {"har": tmp_path / "t.har", "values": tmp_path / "v.json", "folder": tmp_path}


def test_each_hit_is_one_json_object(files: dict[str, Path]) -> None:
    done = harness(files["har"], "--values", files["values"], "--json")
    assert done.returncode == 0, done.stderr
    hits: list[dict[str, Any]] = [json.loads(line) for line in done.stdout.splitlines()]
    digest = hashlib.sha256(IMEI.encode()).hexdigest()
    wanted = {
        "entry": 1,
        "where": "body",
        "type": "imei",
        "value_digest": digest,
        "decodings": ["json:/m", "md5-hex"],
    }
    assert any(wanted.items() <= hit.items() for hit in hits)
    assert {(hit["entry"], hit["type"]) for hit in hits} == {(1, "imei"), (1, "email"), (2, "imei")}
    assert "../secret" in done.stderr, "a body outside the folder is not read, and that is said"


def test_keys_and_salts_of_hashes_may_be_given(files: dict[str, Path]) -> None:
    keyed, salted = (
        hmac.new(b"k3y", IMEI.encode(), "sha256").hexdigest(),
        hashlib.md5(b"na" + IMEI.encode()).hexdigest(),
    )
    request = {"url": f"https://t.example/?a={keyed}&b={salted}"}
    files["har"].write_text(json.dumps({"log": {"entries": [{"request": request}]}}))
    document = {"values": [{"type": "imei", "value": IMEI}], "keys": ["k3y"], "salts": ["na"]}
    files["values"].write_text(json.dumps(document))
    done = harness(files["har"], "--values", files["values"], "--json")
    assert [json.loads(line)["decodings"] for line in done.stdout.splitlines()] == [
        ["query:a", "hmac-sha256-hex"],
        ["query:b", "md5-hex", "salted"],
    ]


def test_people_get_a_table_and_no_hits_are_no_failure(files: dict[str, Path]) -> None:
    done = harness(files["har"], "--values", files["values"])
    assert done.returncode == 0 and "3 hits in 4 requests, 2 values watched" in done.stdout
    files["values"].write_text('{"values": [{"type": "imei", "value": "860000000012345"}]}')
    done = harness(files["har"], "--values", files["values"])
    assert done.returncode == 0 and "0 hits in 4 requests" in done.stdout


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ("nonsense", "not JSON"),
        ("[]", "expected"),
        (
            '{"values": [{"type": "advertisingid", "value": "x"}, {"type": "imei"}]}',
            "did you mean advertising_id",
        ),
        ('{"values": [{"type": "imei", "value": 5}]}', "values[0]"),
        ('{"values": [], "keys": "k"}', "keys: needs a list"),
    ],
)
def test_bad_values_are_refused_with_their_place(files: dict[str, Path], values: str, says: str) -> None:
    files["values"].write_text(values)
    done = harness(files["har"], "--values", files["values"])
    assert done.returncode == 2 and says in done.stderr and done.stdout == ""
    assert "Traceback" not in done.stderr


def test_bad_files_are_refused(files: dict[str, Path]) -> None:
    missing = harness(files["folder"] / "none.har", "--values", files["values"])
    assert missing.returncode == 2 and "none.har" in missing.stderr and "Traceback" not in missing.stderr
    wrong = harness(files["values"], "--values", files["values"])
    assert wrong.returncode == 2 and "HAR" in wrong.stderr
    folder = harness(files["folder"], "--values", files["values"])
    assert folder.returncode == 2 and "Traceback" not in folder.stderr


def test_values_too_common_to_search_for_are_named(files: dict[str, Path]) -> None:
    files["values"].write_text('{"values": [{"type": "imei", "value": "000000000000000"}]}')
    done = harness(files["har"], "--values", files["values"], "--json")
    assert done.returncode == 0 and done.stdout == "" and "too common" in done.stderr
