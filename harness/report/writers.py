"""Reports by name, for `harness report` and `harness check --format`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from harness.capture.har import HAR, write_har
from harness.model.errors import InputError
from harness.model.result import Verdict
from harness.model.run_folder import RunFolder
from harness.report.html import REPORT, html_report
from harness.timeline.store import load

FORMATS: Final = ("html", "json", "har")
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
    try:
        target.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(f"--out {target}: cannot be written: {error.strerror or error}") from error
    return target


def read_verdict(folder: RunFolder) -> Verdict:
    """InputError when the run was not judged or the file is not of format 1."""
    path = folder.path / VERDICT
    if not path.is_file():
        raise InputError(f"{path}: missing; run `harness judge {folder.path}` first")
    try:
        return Verdict.model_validate_json(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise InputError(f"{path}: not a verdict of format 1: {error}") from error
