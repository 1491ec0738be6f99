"""Scenarios from YAML. All mistakes of all files are told at once, with file, step and the valid words."""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import yaml
from pydantic import Field, ValidationError

from harness.model.errors import InputError
from harness.model.event import Fact
from harness.scenario.step import STEP_WORDS, AnyStep, allowed_seconds, dwell_seconds

MAX_BYTES: Final = 256 * 1024
_KEYS: Final = ("id", "title", "title_zh", "steps", "budget")


class Budget(Fact):
    """What a scenario may use up; beyond it the walk ends and says so."""

    seconds: float | None = Field(None, gt=0, le=4 * 3600)
    """None: what its steps may watch and wait for, with ten seconds a step."""
    taps: int = Field(900, ge=1, le=5000)


class ScenarioPlan(Fact):
    id: str
    """SC01, SC03 …: what checks name."""
    name: str
    """SC01-first-run: file stem."""
    title: str
    title_zh: str
    steps: list[AnyStep] = Field(min_length=1)
    sha256: str
    """Of the file."""
    source: str
    budget: Budget = Budget()

    def allowed_seconds(self, pace: float) -> float:
        return self.budget.seconds or allowed_seconds(self.steps, pace)

    def dwell_seconds(self, pace: float = 1.0) -> float:
        """How long it only watches, at most."""
        return dwell_seconds(self.steps, pace)


def load_scenarios(ids: Iterable[str] = ()) -> list[ScenarioPlan]:
    """Built-in scenarios by id (`SC01`) or name (`SC01-first-run`), or files by path; all by default."""
    known = builtin_scenarios()
    wanted = list(ids)
    if not wanted:
        return known
    plans = []
    for word in wanted:
        plan = next(
            (plan for plan in known if word.casefold() in (plan.id.casefold(), plan.name.casefold())), None
        )
        if plan is None and word.endswith((".yaml", ".yml")):
            plan = read_scenario(Path(word))
        if plan is None:
            names = [plan.id for plan in known]
            padded = re.sub(r"^SC(\d)$", r"SC0\1", word.upper())
            near = [padded] if padded in names else difflib.get_close_matches(word.upper(), names, 1)
            hint = f"did you mean {near[0]}? " if near else ""
            raise InputError(
                f"--scenario: {word!r} is unknown; {hint}one of {', '.join(names)}, or a .yaml file"
            )
        plans.append(plan)
    twice = {plan.id for plan in plans if sum(other.id == plan.id for other in plans) > 1}
    if twice:
        raise InputError(f"--scenario: {', '.join(sorted(twice))} is named more than once")
    return plans


def override(plans: list[ScenarioPlan], path: Path, package: str) -> list[ScenarioPlan]:
    """The plans with the steps that a lab keeps for one app: a file `{package: com.x, scenarios: {SC03: [steps]}}`.
    A scenario that is not planned is a mistake of the user's, and so is a file made for another app."""
    data = _mapping(_text(path), str(path))
    unknown = sorted(str(key) for key in data if key not in ("package", "scenarios"))
    if unknown:
        raise InputError(f"{path}: {unknown[0]}: not a field of a steps file; use package, scenarios")
    if data.get("package") != package:
        raise InputError(f"{path}: package: made for {data.get('package')!r}, the app is {package}")
    steps = data.get("scenarios")
    if not isinstance(steps, dict) or not steps:
        raise InputError(f"{path}: scenarios: a mapping of scenario ids to lists of steps")
    known = {plan.id: plan for plan in plans}
    strange = [str(key) for key in steps if key not in known]
    if strange:
        raise InputError(f"{path}: scenarios: {strange[0]}: is not planned; planned are {', '.join(known)}")
    changed = {
        name: parse_scenario(
            yaml.safe_dump(
                {
                    "id": known[name].name,
                    "title": known[name].title,
                    "title_zh": known[name].title_zh,
                    "steps": own,
                },
                allow_unicode=True,
            ),
            f"{path}: {name}",
        )
        for name, own in steps.items()
    }
    return [changed.get(plan.id, plan) for plan in plans]


def builtin_scenarios() -> list[ScenarioPlan]:
    """In the order of their ids."""
    plans, errors = [], []
    folder = files("harness.scenario") / "builtin"
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".yaml"):
            try:
                plans.append(parse_scenario(entry.read_text(encoding="utf-8"), entry.name))
            except InputError as error:
                errors.append(str(error))
    if errors:
        raise InputError("\n".join(errors))
    return plans


def read_scenario(path: Path) -> ScenarioPlan:
    return parse_scenario(_text(path), str(path))


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError(f"{path}: larger than {MAX_BYTES} bytes: no scenario")
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read as text: {error}") from error


def parse_scenario(text: str, source: str) -> ScenarioPlan:
    """Raises one InputError with a line for each mistake."""
    data = _mapping(text, source)
    unknown = sorted(str(key) for key in data if key not in _KEYS)
    if unknown:
        raise InputError(f"{source}: {unknown[0]}: not a field of a scenario; use {', '.join(_KEYS)}")
    name = str(data.get("id", ""))
    number, _, _ = name.partition("-")
    if not (number.startswith("SC") and number[2:].isdigit()):
        raise InputError(f"{source}: id: {name!r} must begin with SC and a number, as in SC03-refuse")
    digest = hashlib.sha256(text.encode()).hexdigest()
    plain = {
        "id": number,
        "name": name,
        "title_zh": data.get("title", ""),
        **data,
        "sha256": digest,
        "source": source,
    }
    try:
        return ScenarioPlan.model_validate({**plain, "id": number})
    except ValidationError as error:
        raise InputError("\n".join(_mistakes(error, source))) from error


def _mapping(text: str, source: str) -> dict[str, Any]:
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise InputError(f"{source}: not YAML: {' '.join(str(error).split())}") from error
    if not isinstance(data, dict):
        raise InputError(f"{source}: a scenario is a mapping with {', '.join(_KEYS)}")
    return data


def _mistakes(error: ValidationError, source: str) -> list[str]:
    return [f"{source}: {_place(detail['loc'])}: {_says(detail)}" for detail in error.errors()]


def _place(location: tuple[int | str, ...]) -> str:
    """steps.2.tap.if → step 3: if (the word of the step is said by pydantic as part of the way there)."""
    words = []
    for before, part in zip(("", *location), location, strict=False):
        if isinstance(part, int):
            words.append(f"step {part + 1}")
        elif part not in ("steps", "do") and not isinstance(before, int):
            words.append(str(part))
    return ": ".join(words) or "steps"


def _says(detail: Any) -> str:
    given = detail.get("input")
    match detail["type"]:
        case "union_tag_invalid" | "union_tag_not_found":
            if not isinstance(given, dict):
                return f"{given!r} is no step; a step is written as {{observe: 60}}"
            words = list(given)
            near = [found for word in words for found in difflib.get_close_matches(str(word), STEP_WORDS, 1)]
            hint = f"did you mean {near[0]!r}? " if near else ""
            return f"{', '.join(map(str, words))!r} names no step; {hint}use one of {', '.join(STEP_WORDS)}"
        case "literal_error":
            return f"{given!r} is not valid; use {detail['ctx']['expected']}"
        case "extra_forbidden":
            return "is not a field of this step"
        case "missing":
            return "is missing"
        case _:
            return f"{given!r}: {detail['msg']}"
