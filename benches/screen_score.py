"""How well screens are read: `python benches/screen_score.py tests/screen/round_1.txt…`.

Of every file: answers found, named wrongly (with a point to touch) and left alone; look-alikes that fired; kinds told.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests/screen"))

from unseen_screens import read

from harness.screen.dialogs import CONSENT_KINDS, classify

ASKING = CONSENT_KINDS | {"login_agreement_dialog", "basic_mode_confirm"}
AGREE = {"agree", "agree_login"}
REFUSE = {"refuse", "refuse_exit", "basic_mode", "exit", "cancel", "later"}
TOUCHED = AGREE | {"refuse", "refuse_exit", "basic_mode"}


def main(paths: list[str]) -> None:
    for path in paths:
        score: Counter[str] = Counter()
        for screen in read(Path(path)):
            reading = classify(screen.xml())
            labelled: dict[str, set[str]] = {}
            for label, role in screen.labelled():
                labelled.setdefault(label, set()).add(role)
                family = next((name for name, kin in FAMILIES.items() if role in kin), "other")
                named = {one.role for one in reading.elements if one.text == label}
                score[f"{family} labelled"] += 1
                if named & (FAMILIES.get(family) or {role}):
                    score[f"{family} found"] += 1
                else:
                    print(
                        f"{screen.name} {screen.kind}: {label!r} is {role}, read as {sorted(named)} in {reading.kind}"
                    )
            for one in reading.elements:
                kin = next((kin for kin in FAMILIES.values() if one.role in kin), set())
                if one.role in TOUCHED and one.tap and not labelled.get(one.text, set()) & kin:
                    score["wrong element"] += 1
                    print(f"{screen.name} {screen.kind}: WRONG {one.role} {one.text!r} in {reading.kind}")
            if screen.kind not in ASKING and reading.kind in ASKING:
                score["look-alike fired"] += 1
                print(f"{screen.name} {screen.kind}: FIRED {reading.kind} ({reading.why})")
            alike = reading.kind == screen.kind or {reading.kind, screen.kind} == {"negative", "other"}
            score["kind told" if alike else "kind not told"] += 1
            if not alike:
                print(f"{screen.name}: {screen.kind} read as {reading.kind} ({reading.why})")
        print(f"== {path}: " + ", ".join(f"{name} {score[name]}" for name in sorted(score)))


FAMILIES = {"agree": AGREE, "refuse": REFUSE}

if __name__ == "__main__":
    main(sys.argv[1:])
