"""`harness leaks`: personal values in a HAR file, whoever recorded it."""

from __future__ import annotations

import difflib
import hashlib
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from harness.capture.har import Entry, HarError, read_har
from harness.model.data_type import DATA_TYPES, DataType
from harness.model.errors import InputError
from harness.model.event import FoundValue
from harness.timeline.leaks import WatchedValue, Watcher

VALUES = 'JSON: {"values": [{"type": "imei", "value": "…"}, …]}; also "keys" of HMACs, "salts" of hashes.'


def register(app: typer.Typer) -> None:
    app.command()(leaks)


def leaks(
    har: Path = typer.Argument(..., metavar="FILE.har", help="HAR 1.2, from harness or any other tool."),
    values: Path = typer.Option(..., help=VALUES),
    as_json: bool = typer.Option(False, "--json", help="One JSON object a hit."),
) -> None:
    """Find personal values in the requests of a HAR file, through every encoding and hash."""
    wanted = read_values(values)
    given = wanted.values
    try:
        entries = read_har(har)
    except OSError as error:
        raise InputError(f"{har}: {error.strerror or error}") from error
    except HarError as error:
        raise InputError(f"{har}: {error}; give a HAR 1.2 file") from error
    watcher = Watcher([one.watched for one in given], wanted.keys, wanted.salts)
    _say_unwatched(given, watcher)
    types = {
        hashlib.sha256(one.watched.value.encode("utf-8", "replace")).hexdigest(): one.type for one in given
    }
    hits: list[Hit] = []
    for index, entry in enumerate(entries):
        result = watcher.search(entry, lambda name: _load(har.parent, name))
        for text in result.errors:
            print(f"harness: entry {index}: {text}", file=sys.stderr)
        for found in result.found:
            known = found.data_type if found.data_type != "other" else types[found.value_digest]
            hits.append(Hit(index, _host(entry), known, found))
            if as_json:
                print(json.dumps(_object(hits[-1]), ensure_ascii=False))
    if not as_json:
        _table(hits, len(entries), len(watcher.values))


@dataclass(frozen=True, slots=True)
class Given:
    type: str
    """The user's word."""
    watched: WatchedValue


@dataclass(frozen=True, slots=True)
class Wanted:
    values: list[Given]
    keys: list[bytes]
    """Keys of HMACs that were seen in use."""
    salts: list[bytes]


@dataclass(frozen=True, slots=True)
class Hit:
    entry: int
    """0-based index in log.entries."""
    host: str
    type: str
    found: FoundValue


def read_values(path: Path) -> Wanted:
    """The values file; every mistake in it is said at once."""
    try:
        document = json.loads(path.read_bytes())
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: not JSON: {error}") from error
    values = document.get("values") if isinstance(document, dict) else None
    if not isinstance(values, list):
        raise InputError(f'{path}: expected {{"values": [{{"type": …, "value": …}}, …]}}')
    out: list[Given] = []
    wrong: list[str] = []
    for index, one in enumerate(values):
        word = one.get("type") if isinstance(one, dict) else None
        value = one.get("value") if isinstance(one, dict) else None
        if not isinstance(word, str) or not isinstance(value, str) or not value:
            wrong.append(f"{path}: values[{index}]: needs a text `type` and a non-empty text `value`")
        elif near := _misspelt(word):
            wrong.append(f"{path}: values[{index}].type: {word!r} is no data type; did you mean {near}?")
        else:
            out.append(Given(word, WatchedValue(_data_type(word), value)))
    secrets: dict[str, list[bytes]] = {}
    for name in ("keys", "salts"):
        listed = document.get(name, [])
        if not isinstance(listed, list) or not all(isinstance(one, str) and one for one in listed):
            wrong.append(f"{path}: {name}: needs a list of non-empty texts")
        else:
            secrets[name] = [one.encode("utf-8", "replace") for one in listed]
    if wrong:
        raise InputError("\n".join(wrong))
    return Wanted(out, secrets["keys"], secrets["salts"])


def _data_type(word: str) -> DataType:
    """Types that harness has no name for are searched too, as "other"; hits show the user's word."""
    return next((one for one in DATA_TYPES if one == word), "other")


def _misspelt(word: str) -> str:
    near = difflib.get_close_matches(word, DATA_TYPES, 1, 0.75)
    return near[0] if near and word not in DATA_TYPES else ""


def _say_unwatched(given: list[Given], watcher: Watcher) -> None:
    kept = set(watcher.values)
    for one in dict.fromkeys(given):
        if one.watched not in kept:
            value = one.watched.value
            print(f"harness: {one.type} {value!r} is too common to search for; left out", file=sys.stderr)


def _load(folder: Path, name: str) -> bytes:
    # The name comes from the file: it may only name a body beside it.
    parts = Path(name).parts
    if len(parts) != 2 or parts[0] != "bodies" or parts[1].startswith("."):
        raise FileNotFoundError(2, "not a body of this folder")
    return (folder / name).read_bytes()


def _object(hit: Hit) -> dict[str, str | int | list[str]]:
    return {
        "entry": hit.entry,
        "host": hit.host,
        "where": hit.found.where,
        "type": hit.type,
        "value_digest": hit.found.value_digest,
        "decodings": hit.found.decodings,
        "excerpt": hit.found.excerpt,
    }


def _host(entry: Entry) -> str:
    request = entry.get("request")
    url = request.get("url") if isinstance(request, dict) else None
    try:
        return urlsplit(url).hostname or "" if isinstance(url, str) else ""
    except ValueError:
        return ""


def _table(hits: list[Hit], entries: int, values: int) -> None:
    console = Console()
    if hits:
        table = Table("entry", "host", "data", "where", "through", "what stood there")
        for hit in hits:
            through = " > ".join(hit.found.decodings) or "plain"
            cells = [str(hit.entry), hit.host, hit.type, hit.found.where, through, hit.found.excerpt[:80]]
            table.add_row(*[escape(cell) for cell in cells])
        console.print(table)
    console.print(f"{len(hits)} hits in {entries} requests, {values} values watched", highlight=False)
