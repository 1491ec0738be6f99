"""How strictly to judge: which law's reading, as data. A lab writes its own as a YAML file."""

from __future__ import annotations

import difflib
import functools
from pathlib import Path
from typing import Final, Literal

import yaml
from pydantic import Field, ValidationError

from harness.model.errors import InputError
from harness.model.event import Fact
from harness.model.result import Grade

PROFILES: Final = Path(__file__).parent / "profiles"


class Limits(Fact):
    """Numbers that no law sets, unless a field says so. They are ours, and a profile may change each."""

    policy_chars: int = 500
    """A shorter text is no policy."""
    policy_taps: int = 4
    """TC202A 1.3 and CN191 1.3 give this number."""
    glyph_sp: float = 9
    contrast: float = 3
    simplified_share: float = 0.6
    """Of the letters of a policy for mainland China."""
    prompts: int = 2
    """So many questions after a refusal within 48 hours are too many; TC202A 3.3 gives one as allowed."""
    relaunches: int = 3
    """A question at each of so many starts is too many."""
    bundle_gap_s: float = 5
    """Permission requests closer together are one bundle."""
    trigger_s: float = 3
    """A tap this shortly before is what an event answers."""
    purpose_s: float = 15
    """A purpose may stand on the screen this long before the permission window."""
    used_within_s: float = 60
    """A permission asked for is used within this time, when a feature needs it."""
    denial_s: float = 15
    """What the app does within this time after a denial is its answer to it."""
    loop_prompts: int = 3
    """The same permission window so often is a loop."""
    same_read_ms: float = 200
    """Calls of one stack closer together are one read."""
    reads_per_10_min: int = 10
    """More reads of a value that does not change are more than needed."""
    periodic_reads: int = 5
    periodic_gap_s: float = 30
    periodic_spread: float = 0.3
    """Coefficient of variation below which gaps are regular."""
    background_grace_s: float = 5
    idle_after_s: float = 60
    """Without input for so long the app is idle."""
    self_starts: int = 2
    broad_apps: int = 20
    """More entries, or more single probes within 10 s, are the list of apps."""
    release_s: float = 3
    """Camera and microphone must be let go this soon after their screen is left."""
    precise_fixes: int = 3
    """So many locations are a track."""
    withdrawal_grace_s: float = 5
    cancelled_grace_s: float = 60
    cancel_days: int = 15
    """Working days; TC202A 6.1 and the notices give this number."""
    windows_s: float = 10
    """A window without a way to close it must stay so long to count."""
    other_people: int = 1
    """So many other people's identity data in one response are too many."""


class Profile(Fact):
    id: str
    title: str
    title_zh: str
    jurisdictions: list[str]
    """Whose clauses reports show first."""
    attempts: Literal["inconclusive", "violation"]
    """What a read that obtained nothing (grade C) is worth when it stands alone."""
    exit_on_refusal: Literal["inconclusive", "violation"]
    """What an app that quits or blocks when refused is worth while its type is not known."""
    steps_must_be_equal: bool
    """Whether refusing may take no more steps than agreeing."""
    checks: list[str] = []
    """Ids of the checks that count; empty for all of them."""
    suffices: Grade = "C"
    """The weakest grade that is a violation: A counts only what left the app."""
    any_contact: bool = False
    """Whether an SDK that is contacted, reads or stores an identifier before consent is enough by itself."""
    told_background: Literal["clear", "violation"] = "clear"
    """What collection in the background is worth when the policy tells of it."""
    permission_is_consent: bool = False
    """Whether a permission window with a purpose text stands for separate consent."""
    guardian_before_ids: bool = False
    """Whether any lasting identifier to a third party before a parent agreed is a violation."""
    limits: Limits = Field(default_factory=Limits)

    def counts(self, check: str) -> bool:
        return not self.checks or check in self.checks


@functools.cache
def load_profile(name: str) -> Profile:
    """A shipped profile by its id, or a profile file by its path."""
    path = Path(name) if name.endswith((".yaml", ".yml")) else PROFILES / f"{name}.yaml"
    if not path.is_file():
        known = profile_ids()
        near = difflib.get_close_matches(name, known, n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        raise InputError(f"profile {name!r}: not known; use one of {', '.join(known)} or a YAML file{hint}")
    try:
        return Profile.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (yaml.YAMLError, ValidationError) as error:
        raise InputError(f"{path}: {error}") from error


def profile_ids() -> list[str]:
    return sorted(path.stem for path in PROFILES.glob("*.yaml"))
