"""`harness rules`: which checks there are, what they need, and which clauses and notice categories they answer."""

from __future__ import annotations

import difflib
import json
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

import typer

from harness.model.errors import InputError
from harness.regulations.load import Cited, load_clauses
from harness.report.words import GATES_SHORT, SEEN, SEVERITIES
from harness.rules.load import load_rules
from harness.rules.profile import load_profile, profile_ids
from harness.rules.rule import Rule

WIDTH: Final = 100
"""Columns that a line takes at most."""
NOBODY: Final = ("no check: ", "无对应检查：")
group = typer.Typer(
    help="The checks, the clauses they rest on, and the categories of notices.", no_args_is_help=True
)
LANG: Final = typer.Option("en", help="en or zh.")
JSON: Final = typer.Option(False, "--json", help="As JSON.")


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="rules")


@group.command("list")
def list_rules(
    clause: str | None = typer.Option(None, help="Only checks that rest on this clause, e.g. CN191-3.1."),
    notice: str | None = typer.Option(
        None, help="Only checks that answer this category of notices, e.g. CVERC-08; `harness rules notices`."
    ),
    lang: str = LANG,
    json_output: bool = JSON,
) -> None:
    """Every check with its severity and scenarios; with --clause or --notice those that answer it."""
    zh = _is_zh(lang)
    wanted = [
        _cited(one, flag) for one, flag in ((clause, "--clause"), (notice, "--notice")) if one is not None
    ]
    if notice is not None and not _cited(notice, "--notice").is_notice:
        known = [one for one, cited in load_clauses().items() if cited.is_notice]
        raise InputError(f"--notice {notice!r}: a clause, but no category of notices{_near(notice, known)}")
    rules = [one for one in load_rules() if all(cited.clause.id in one.clauses for cited in wanted)]
    if json_output:
        print(json.dumps([_facts(one) for one in rules], ensure_ascii=False, indent=2))
        return
    for cited in wanted:
        _print(*_clause_lines(cited, zh))
        print()
    for one in rules:
        severity, title = SEVERITIES[one.severity][zh], one.title_zh if zh else one.title
        _print(*_wrapped(f"{one.id}  {_padded(severity, 8)}  ", f"{title} ({', '.join(one.scenarios)})"))
    if not rules:
        _print(*_wrapped("", NOBODY[zh] + "; ".join(_unseen(cited, zh) for cited in wanted)))
    if not wanted:
        _print(*_wrapped("口径: " if zh else "profiles: ", ", ".join(profile_ids())))


@group.command("notices")
def list_notices(lang: str = LANG, json_output: bool = JSON) -> None:
    """Every category that notices of CVERC, the MPS centre, MIIT and CAC use, with the checks that answer it; for
    those that no test of a running app can see, why."""
    zh = _is_zh(lang)
    rows = [(cited, checks_of(cited)) for cited in load_clauses().values() if cited.is_notice]
    if json_output:
        said = [
            {
                "id": cited.clause.id, "instrument": cited.instrument.id, "category": cited.clause.ref,
                "says": cited.clause.says, "says_zh": cited.clause.says_zh,
                "checks": [one.id for one in checks], "observable": cited.clause.observable,
                "unseen": cited.clause.unseen, "unseen_zh": cited.clause.unseen_zh,
            }
            for cited, checks in rows
        ]  # fmt: skip
        print(json.dumps(said, ensure_ascii=False, indent=2))
        return
    for cited, checks in rows:
        _print(*_wrapped(f"{cited.clause.id:10}", cited.clause.says_zh if zh else cited.clause.says))
        answer = ", ".join(one.id for one in checks)
        unseen = _unseen(cited, zh)
        if answer and unseen:
            answer += f"（{unseen}）" if zh else f" ({unseen})"
        _print(*_wrapped(" " * 10 + "-> ", answer or NOBODY[zh] + unseen))


@group.command("profiles")
def list_profiles(lang: str = LANG) -> None:
    """The profiles that ship: which checks count and how they are judged. A lab gives its own YAML file by path."""
    zh = _is_zh(lang)
    for name in profile_ids():
        one = load_profile(name)
        counted = ", ".join(one.checks) or ("全部检查" if zh else "all checks")
        _print(*_wrapped(f"{_padded(one.id, 12)}", f"{one.title_zh if zh else one.title}: {counted}"))


@group.command("show")
def show_rule(
    name: str = typer.Argument(..., metavar="ID", help="A check (PB-T01), a clause or a notice (CVERC-08)."),
    lang: str = LANG,
    json_output: bool = JSON,
) -> None:
    """One check: what it looks for, what it needs to say `clear`, and its clauses with how their text was seen.
    For a clause: its words and the checks that rest on it."""
    zh = _is_zh(lang)
    rules = {one.id: one for one in load_rules()}
    one, cited = rules.get(name.upper()), load_clauses().get(name.upper())
    if one is None and cited is None:
        near = _near(name.upper(), [*rules, *load_clauses()])
        raise InputError(
            f"{name!r} is neither a check nor a clause; `harness rules list` prints the checks{near}"
        )
    if one is not None:
        if json_output:
            print(json.dumps(_facts(one), ensure_ascii=False, indent=2))
        else:
            _print(*_check_lines(one, zh))
    elif cited is not None:
        if json_output:
            print(json.dumps(_clause_facts(cited), ensure_ascii=False, indent=2))
        else:
            _print(*_clause_lines(cited, zh), *_answers(cited, zh))


def checks_of(cited: Cited) -> Sequence[Rule]:
    """The checks that rest on a clause."""
    return [one for one in load_rules() if cited.clause.id in one.clauses]


def _check_lines(one: Rule, zh: bool) -> Iterator[str]:
    yield from _wrapped(f"{one.id}  ", f"{one.title} / {one.title_zh}")
    names = (
        ("严重程度", "场景", "前提", "观察窗口", "整改")
        if zh
        else ("severity", "scenarios", "gates", "window", "fix")
    )
    also = (
        (f"（另看{'、'.join(one.also)}）" if zh else f" (also looks at {', '.join(one.also)})")
        if one.also
        else ""
    )
    yield from _wrapped(_padded(names[0], 11), SEVERITIES[one.severity][zh])
    yield from _wrapped(_padded(names[1], 11), ", ".join(one.scenarios) + also)
    gates = [GATES_SHORT[gate] if zh else gate for gate in one.gates]
    yield from _wrapped(_padded(names[2], 11), ("、" if zh else ", ").join(gates))
    if one.idle_s or one.relaunches:
        idle = (f"静置{one.idle_s:g}秒" if zh else f"{one.idle_s:g} s idle") if one.idle_s else ""
        again = (
            (f"重启{one.relaunches}次" if zh else f"{one.relaunches} relaunches") if one.relaunches else ""
        )
        yield from _wrapped(_padded(names[3], 11), ", ".join(part for part in (idle, again) if part))
    yield ""
    yield from _wrapped("", " ".join(one.about.split()))
    yield ""
    for clause in one.clauses:
        yield from _clause_lines(load_clauses()[clause], zh)


def _clause_lines(cited: Cited, zh: bool) -> Iterator[str]:
    title = cited.instrument.title_zh if zh else cited.instrument.title
    yield from _wrapped(f"{cited.clause.id}  ", f"{title} {cited.clause.ref} [{SEEN[cited.clause.seen][zh]}]")
    yield from _wrapped("    ", cited.clause.says_zh if zh else cited.clause.says)


def _answers(cited: Cited, zh: bool) -> Iterator[str]:
    checks = checks_of(cited)
    for one in checks:
        yield from _wrapped(f"    -> {one.id}  ", one.title_zh if zh else one.title)
    if _unseen(cited, zh) or not checks:
        yield from _wrapped("    ", ("看不到：" if zh else "not seen: ") + _unseen(cited, zh))
    if cited.clause.enforced:
        yield from _wrapped("    ", ("执法情况：" if zh else "enforced: ") + cited.clause.enforced)
    yield from _wrapped("    ", ("来源：" if zh else "source: ") + cited.clause.source)


def _unseen(cited: Cited, zh: bool) -> str:
    return cited.clause.unseen_zh if zh else cited.clause.unseen


def _facts(one: Rule) -> dict[str, object]:
    return {
        "id": one.id, "title": one.title, "title_zh": one.title_zh, "severity": one.severity,
        "scenarios": list(one.scenarios), "also": list(one.also), "gates": list(one.gates),
        "idle_s": one.idle_s, "relaunches": one.relaunches, "about": one.about,
        "notices": [clause for clause in one.clauses if load_clauses()[clause].is_notice],
        "clauses": [
            {
                "id": clause, "instrument": load_clauses()[clause].instrument.title,
                "instrument_zh": load_clauses()[clause].instrument.title_zh,
                **load_clauses()[clause].clause.model_dump(exclude={"id"}),
            }
            for clause in one.clauses
        ],
    }  # fmt: skip


def _clause_facts(cited: Cited) -> dict[str, object]:
    return {
        "instrument": cited.instrument.model_dump(exclude={"clauses"}),
        **cited.clause.model_dump(),
        "is_notice": cited.is_notice,
        "checks": [one.id for one in checks_of(cited)],
    }


def _cited(name: str, flag: str) -> Cited:
    cited = load_clauses().get(name.upper())
    if cited is None:
        raise InputError(f"{flag} {name!r}: not known{_near(name.upper(), list(load_clauses()))}")
    return cited


def _is_zh(lang: str) -> bool:
    if lang not in ("en", "zh"):
        raise InputError(f"--lang {lang!r}: use en or zh")
    return lang == "zh"


def _print(*lines: str) -> None:
    for line in lines:
        print(line.rstrip())


def _wrapped(head: str, text: str) -> Iterator[str]:
    """Lines of at most WIDTH columns, where a Chinese sign takes two; later lines are set in under the first."""
    indent = " " * min(_columns(head), 24)
    line, room = head, WIDTH
    for word in _words(text):
        if _columns(line) + _columns(word.rstrip()) > room and line.strip():
            yield line
            line = indent
            word = word.lstrip()
        line += word
    yield line


def _words(text: str) -> Iterator[str]:
    """Pieces after which a line may end: words with their blank, and single wide signs."""
    piece = ""
    for sign in text:
        piece += sign
        if sign == " " or _columns(sign) == 2 or len(piece) >= WIDTH // 2:
            yield piece
            piece = ""
    if piece:
        yield piece


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _padded(text: str, columns: int) -> str:
    return text + " " * max(1, columns - _columns(text))


def _near(word: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(word, known, n=1)
    return f"; did you mean {near[0]}?" if near else ""
