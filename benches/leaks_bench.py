"""Leak matching: the matcher against other ways to look for the same patterns, and the cost of more values.

Ratios within one run; absolute figures belong to the machine. `python benches/leaks_bench.py [--json]`
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "timeline"))

from planted import noise, plant, profile

from harness.timeline.decode import Decoder
from harness.timeline.leaks import WatchedValue, Watcher

DOCUMENTS = 400
NO_BODY: Callable[[str], bytes] = lambda name: b""


def values(count: int) -> list[WatchedValue]:
    out: list[WatchedValue] = []
    seed = 0
    while len(out) < count:
        out.extend(profile(seed))
        seed += 1
    return out[:count]


def cpu(work: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def main() -> None:
    rng = random.Random(5)
    known = values(325)
    entries = [plant(rng, rng.choice(known[:25])).entry for _ in range(DOCUMENTS)]
    documents = [b"".join(view.data for view in Decoder().views(entry, NO_BODY)) for entry in entries]
    # Ordinary bodies are larger: filled up to about 9 KB, half of it fields, half of it prose.
    prose = Path(json.__file__).read_bytes() + Path(json.__file__).with_name("decoder.py").read_bytes()
    documents = [
        one + json.dumps({f"field{n}": noise(rng) for n in range(125)}).encode() + prose[at % 9000 :][:4500]
        for at, one in enumerate(documents)
    ]
    size = sum(map(len, documents)) / 1e6

    some = Watcher(known[:44])
    plain = [pattern.data for pattern in some._patterns]
    scan = cpu(lambda: [some.scan(one) for one in documents])
    few = documents[:4]
    naive = (
        cpu(lambda: [[one for one in plain if one in document] for document in few])
        * len(documents)
        / len(few)
    )

    layered = {}
    for count in (25, 325):
        watcher = Watcher(known[:count])
        layered[count] = cpu(lambda watcher=watcher: [watcher.search(entry, NO_BODY) for entry in entries])
    figures = {
        "patterns": some.pattern_count,
        "matcher_mb_per_cpu_s": round(size / scan, 1),
        "matcher_vs_in_loop": round(naive / scan, 1),
        "layered_requests_per_cpu_s": round(DOCUMENTS / layered[25], 1),
        "cost_of_325_values_vs_25": round(layered[325] / layered[25], 3),
    } | _against_pyahocorasick(plain, documents, scan)
    if "--json" in sys.argv:
        print(json.dumps(figures))
    else:
        for name, figure in figures.items():
            print(f"{name:32} {figure}")


def _against_pyahocorasick(plain: list[bytes], documents: list[bytes], scan: float) -> dict[str, float]:
    """Only where it is installed: it is no dependency."""
    try:
        import ahocorasick
    except ImportError:
        return {}
    automaton = ahocorasick.Automaton()
    for number, pattern in enumerate(plain):
        automaton.add_word(pattern.decode("latin-1"), number)
    automaton.make_automaton()
    texts = [document.decode("latin-1") for document in documents]
    return {
        "matcher_vs_pyahocorasick": round(cpu(lambda: [list(automaton.iter(one)) for one in texts]) / scan, 1)
    }


if __name__ == "__main__":
    main()
