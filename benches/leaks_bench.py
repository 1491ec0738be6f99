"""Leak matching: the matcher against other ways to look for the same patterns, the whole search against
TrackHAR, and the cost of more values.

Ratios within one run; absolute figures belong to the machine. `python benches/leaks_bench.py [--json]`
The alternatives are no dependencies: pyahocorasick comes with the development packages, TrackHAR is installed
into build/ by npm. What is not there is said and left out.
"""

from __future__ import annotations

import base64
import json
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "timeline"))

from planted import KEY, SALT, body_entry, plant, profile, telemetry

from harness.capture.coding import undo_all
from harness.timeline.decode import Decoder
from harness.timeline.leaks import WatchedValue, Watcher

DOCUMENTS = 400
LEAKING = 7
"""One document in so many holds planted values, about as many as in captures of real apps."""
NO_BODY: Callable[[str], bytes] = lambda name: b""
BARS = {
    "matcher_vs_in_loop": "at least 1500",
    "matcher_vs_pyahocorasick": "at least 50",
    "cost_of_325_values_vs_25": "at most 1.2",
    "recall_vs_trackhar": "at least 5",
    "layered_vs_trackhar_requests_per_cpu_s": "at least 1.5",
}
ROUNDS = 3
"""Of both in turn; the middle one counts."""
TRACKHAR = Path(__file__).resolve().parent.parent / "build" / "trackhar"


def values(count: int) -> list[WatchedValue]:
    out: list[WatchedValue] = []
    seed = 0
    while len(out) < count:
        out.extend(profile(seed))
        seed += 1
    return out[:count]


def cpu(work: Callable[[], object], rounds: int = 3) -> float:
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def main() -> None:
    known = values(325)
    figures = matcher(known) | layered(known[:25], known)
    against, note = trackhar(known[:25])
    figures |= against
    if "--json" in sys.argv:
        print(json.dumps(figures))
    else:
        for name, figure in figures.items():
            bar = BARS.get(name)
            print(f"{name:40} {figure}" + (f"   (bar: {bar})" if bar else ""))
    if note:
        print(note, file=sys.stderr)


def matcher(known: list[WatchedValue]) -> dict[str, float]:
    """At about 8,000 patterns, over requests of an analytics SDK of about 9 KB, all matches wanted."""
    rng = random.Random(5)
    some = Watcher()
    for one in known:
        some.add([one])
        if some.pattern_count >= 8000:
            break
    some = Watcher(some.values)
    documents = [telemetry(rng, 9000) for _ in range(DOCUMENTS)]
    for at in range(0, DOCUMENTS, LEAKING):
        planted = plant(rng, rng.choice(some.values))
        documents[at] += b"".join(view.data for view in Decoder().views(planted.entry, NO_BODY))
    size = sum(map(len, documents)) / 1e6
    plain = [pattern.data for pattern in some._patterns]
    scan = cpu(lambda: [some.scan(one) for one in documents], rounds=15)
    few = documents[:6]
    naive = cpu(lambda: [[one for one in plain if one in document] for document in few])
    naive *= size / (sum(map(len, few)) / 1e6)
    figures = {
        "patterns": some.pattern_count,
        "matcher_mb_per_cpu_s": round(size / scan, 1),
        "matcher_vs_in_loop": round(naive / scan, 1),
    }
    try:
        import ahocorasick
    except ImportError:
        print("pyahocorasick is not installed: pip install pyahocorasick", file=sys.stderr)
        return figures
    automaton = ahocorasick.Automaton()
    for number, pattern in enumerate(plain):
        automaton.add_word(pattern.decode("latin-1"), number)
    automaton.make_automaton()
    texts = [document.decode("latin-1") for document in documents]
    other = cpu(lambda: [list(automaton.iter(one)) for one in texts])
    return figures | {"matcher_vs_pyahocorasick": round(other / scan, 1)}


def layered(few: list[WatchedValue], many: list[WatchedValue]) -> dict[str, float]:
    rng = random.Random(5)
    entries = [plant(rng, rng.choice(few)).entry for _ in range(DOCUMENTS)]
    watchers = {len(known): Watcher(known) for known in (few, many)}
    seconds: dict[int, list[float]] = {len(known): [] for known in (few, many)}
    for _ in range(5):
        for count, watcher in watchers.items():
            work = lambda watcher=watcher: [watcher.search(one, NO_BODY) for one in entries]
            seconds[count].append(cpu(work, rounds=1))
    middle = {count: statistics.median(all_) for count, all_ in seconds.items()}
    return {
        "layered_requests_per_cpu_s": round(DOCUMENTS / middle[len(few)], 1),
        "cost_of_325_values_vs_25": round(middle[len(many)] / middle[len(few)], 3),
    }


def trackhar(known: list[WatchedValue]) -> tuple[dict[str, float], str]:
    """The same HAR for both, bodies without their content coding because TrackHAR reads none. One request in
    `LEAKING` holds a planted value; the others are batches of an analytics SDK. Beside it the same for the
    requests with planted values alone, which no capture of an app looks like."""
    module, why = _trackhar_module()
    if module is None:
        return {}, f"TrackHAR is left out: {why}"
    rng = random.Random(11)
    planted = [plant(rng, rng.choice(known)) for _ in range(DOCUMENTS)]
    entries = [_decoded(one.entry) for one in planted]
    for number in range(DOCUMENTS * (LEAKING - 1)):
        body = telemetry(rng, (600, 2000, 9000)[number % 3])
        entries.append(_decoded(body_entry(rng, body, "json")))
    # TrackHAR names a value by a property; one each, so that its hits can be counted as ours are.
    indicators = {f"v{number}": value.value for number, value in enumerate(known)}
    watcher = Watcher(known, [KEY], [SALT])
    rates: dict[str, float] = {}
    their_hits = 0
    for name, some in (("", entries), ("planted_alone_", entries[:DOCUMENTS])):
        theirs, ours = [], []
        for _ in range(ROUNDS):
            said, why = _their_run(module, some, indicators)
            if said is None:
                return {}, f"TrackHAR is left out: it failed: {why}"
            theirs.append(said["cpu_ms"] / 1000)
            ours.append(cpu(lambda some=some: [watcher.search(one, NO_BODY) for one in some]))
        rates[f"{name}layered_vs_trackhar_requests_per_cpu_s"] = round(
            statistics.median(theirs) / statistics.median(ours), 2
        )
        their_hits = sum(
            f"v{known.index(one.value)}" in here
            for here, one in zip(said["hits"][:DOCUMENTS], planted, strict=True)
        )
    found = [watcher.search(one, NO_BODY).found for one in entries]
    hit = sum(
        any(value.data_type == one.value.data_type for value in here)
        for here, one in zip(found[:DOCUMENTS], planted, strict=True)
    )
    return {
        "planted": DOCUMENTS,
        "found": hit,
        "false_hits": sum(map(len, found[DOCUMENTS:])),
        "found_by_trackhar": their_hits,
        "recall_vs_trackhar": round(hit / max(1, their_hits), 1),
        **rates,
    }, ""


def _their_run(
    module: Path, entries: list[dict[str, Any]], indicators: dict[str, str]
) -> tuple[dict[str, Any] | None, str]:
    with tempfile.TemporaryDirectory() as folder:
        har, names = Path(folder) / "t.har", Path(folder) / "values.json"
        har.write_text(json.dumps({"log": {"version": "1.2", "entries": entries}}))
        names.write_text(json.dumps(indicators))
        run = subprocess.run(
            ["node", str(Path(__file__).with_name("trackhar.mjs")), str(module), str(har), str(names)],
            capture_output=True, text=True, timeout=300,
        )  # fmt: skip
    return (json.loads(run.stdout), "") if run.returncode == 0 else (None, run.stderr.strip()[-300:])


def _trackhar_module() -> tuple[Path | None, str]:
    module = TRACKHAR / "node_modules" / "trackhar" / "dist" / "index.js"
    if module.is_file():
        return module, ""
    if shutil.which("npm") is None or shutil.which("node") is None:
        return None, "node and npm are not installed"
    TRACKHAR.mkdir(parents=True, exist_ok=True)
    (TRACKHAR / "package.json").write_text('{"private": true}\n')
    try:
        done = subprocess.run(
            ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "trackhar@1.0.0"],
            cwd=TRACKHAR, capture_output=True, text=True, timeout=180,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return None, "npm install trackhar@1.0.0 took more than three minutes"
    if done.returncode or not module.is_file():
        return None, f"npm install trackhar@1.0.0 failed: {done.stderr.strip()[-300:]}"
    return module, ""


def _decoded(entry: dict[str, Any]) -> dict[str, Any]:
    request = dict(entry["request"])
    post = request.get("postData")
    coding = next((one["value"] for one in request["headers"] if one["name"] == "Content-Encoding"), "")
    if post and coding:
        body = base64.b64decode(post["text"]) if post.get("encoding") else post["text"].encode()
        body = undo_all(coding, body, 1 << 24).data
        request["headers"] = [one for one in request["headers"] if one["name"] != "Content-Encoding"]
        # TrackHAR takes the text as it stands: bytes as their Latin-1 text, as browsers export them.
        try:
            request["postData"] = {"mimeType": post["mimeType"], "text": body.decode()}
        except UnicodeDecodeError:
            request["postData"] = {"mimeType": post["mimeType"], "text": body.decode("latin-1")}
    return {
        "startedDateTime": "2026-01-01T00:00:00.000Z",
        "request": {"httpVersion": "HTTP/1.1", "cookies": [], "queryString": [], **request},
        "response": {"status": 200, "headers": [], "content": {}},
    }


if __name__ == "__main__":
    main()
