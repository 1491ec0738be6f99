"""Reports by name, for `harness report` and `harness check --format`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from harness.capture.har import HAR, write_har
from harness.model.errors import InputError
from harness.model.result import Verdict
from harness.model.run_folder import RunFolder
from harness.report.html import REPORT, html_report, templates
from harness.report.sdk_view import sdk_lines, sdk_report
from harness.report.words import OUTCOMES
from harness.timeline.store import load

FORMATS: Final = ("html", "json", "har")
SDK_FORMATS: Final = ("console", "html", "json")
VERDICT: Final = "verdict.json"


def write_report(folder: RunFolder, name: str, out: Path | None = None) -> Path:
    """Write it to `out`, or into the run folder; returns where. InputError for an unknown name."""
    match name:
        case "html":
            text = html_report(folder, load(folder), read_verdict(folder))
            target = out or folder.path / REPORT
        case "json":
            text = (
                json.dumps(read_verdict(folder).model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n"
            )
            target = out or folder.path / VERDICT
        case "har":
            write_har(folder)
            text = (folder.path / HAR).read_text(encoding="utf-8")
            target = out or folder.path / HAR
        case _:
            raise InputError(f"--format {name!r}: use one of {', '.join(FORMATS)}")
    return write_text(target, text)


def write_text(target: Path, text: str) -> Path:
    """InputError when it cannot be written there."""
    try:
        target.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(f"--out {target}: cannot be written: {error.strerror or error}") from error
    return target


def sdk_text(folder: RunFolder, sdk: str, name: str, lang: str) -> str:
    """The report about one SDK. InputError for an unknown SDK or format."""
    report = sdk_report(load(folder), read_verdict(folder), sdk)
    match name:
        case "console":
            return "\n".join(sdk_lines(report, lang))
        case "json":
            return json.dumps(report.model_dump(mode="json"), ensure_ascii=False, indent=2)
        case "html":
            return templates().get_template("sdk.html.j2").render(r=report, outcomes=OUTCOMES)
        case _:
            raise InputError(f"--format {name!r}: with --sdk use one of {', '.join(SDK_FORMATS)}")


def read_verdict(folder: RunFolder) -> Verdict:
    """InputError when the run was not judged or the file is not of format 1."""
    path = folder.path / VERDICT
    if not path.is_file():
        raise InputError(f"{path}: missing; run `harness judge {folder.path}` first")
    try:
        return Verdict.model_validate_json(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise InputError(f"{path}: not a verdict of format 1: {error}") from error
