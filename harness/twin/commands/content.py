"""content: the shell's way into the content providers, as the shell user."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, cast

from harness.twin.binder import BinderError, Call
from harness.twin.command import Options, Run, Usage, command
from harness.twin.processes import AppProcess
from harness.twin.services import content as providers

_WORDS: Final = ("--uri", "--user", "--projection", "--where", "--sort", "--bind", "--method", "--arg")
MEDIA_ROUTES: Final = {"image": "images", "video": "video", "audio": "audio"}

SHARED: Final = "/storage/emulated/0/"


@dataclass(frozen=True, slots=True)
class _ShellCaller:
    """What a provider asks of a calling process."""

    pid: int = 0
    uid: int = 2000
    name: str = "com.android.shell"
    package: str = "com.android.shell"


@command("content")
async def content(run: Run) -> int:
    """content query|insert|update|delete --uri URI [--projection A:B] [--where W] [--sort S] [--bind N:T:V]…
    content call --uri content://media --method scan_file --arg PATH"""
    options = run.options(valued_words=_WORDS)
    uri = options.value("uri")
    if len(options.rest) != 1 or not uri:
        raise Usage("[ERROR] content takes query, insert, update or delete, and --uri URI")
    call = Call(run.device, cast(AppProcess, _ShellCaller()))
    where = options.value("where") or None
    try:
        match options.rest[0]:
            case "query":
                await _query(run, call, uri, options, where)
            case "insert":
                providers.insert(call, uri, _bound(options))
            case "update":
                providers.update(call, uri, _bound(options), where, None)
            case "delete":
                providers.delete(call, uri, where, None)
            case "call" if uri == "content://media" and options.value("method") == "scan_file":
                await _scan(run, call, options.value("arg"))
            case other:
                raise Usage(f"[ERROR] Unsupported operation: {other}")
    except BinderError as error:
        # Android prints the trace and ends with 0; only its first lines matter to a reader.
        return await run.fail(f"Error while accessing provider:{uri}\n{error}", 0)
    return 0


async def _scan(run: Run, call: Call, path: str) -> None:
    """Take one file of the shared storage into the media store, as its scanner does; a file once."""
    kind = (mimetypes.guess_type(path)[0] or "").partition("/")[0]
    route = MEDIA_ROUTES.get(kind)
    if route is None or not path.startswith(SHARED) or not run.device.files.host_path(path).is_file():
        await run.line("Result: Bundle[{uri=null}]")
        return
    uri = f"content://media/external/{route}/media"
    known = providers.query(call, uri, ["_id"], "_data = ?", [path], None)
    if not known or not known["rows"]:
        folder, _, name = path.removeprefix(SHARED).rpartition("/")
        facts = {
            "_data": path, "_display_name": name, "title": name.rpartition(".")[0], "relative_path": f"{folder}/",
            "mime_type": mimetypes.guess_type(path)[0], "_size": run.device.files.host_path(path).stat().st_size,
            "bucket_display_name": folder.rpartition("/")[2],
        }  # fmt: skip
        providers.insert(call, uri, facts)
    await run.line(f"Result: Bundle[{{uri={uri}}}]")


async def _query(run: Run, call: Call, uri: str, options: Options, where: str | None) -> None:
    columns = options.value("projection").split(":") if "projection" in options else None
    found = providers.query(call, uri, columns, where, None, options.value("sort") or None)
    if found is None:
        await run.fail(f"[ERROR] Unsupported content provider: {uri}", 0)
        return
    if not found["rows"]:
        await run.line("No result found.")
    for number, row in enumerate(found["rows"]):
        cells = zip(found["columns"], row, strict=True)
        text = ", ".join(f"{name}={'NULL' if value is None else value}" for name, value in cells)
        await run.line(f"Row: {number} {text}")


def _bound(options: Options) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for bind in options.values.get("bind", []):
        name, kind, value = (*bind.split(":", 2), "", "")[:3]
        make = _MAKE.get(kind)
        if make is None:
            raise Usage(f"[ERROR] Unsupported type: {kind}")
        try:
            out[name] = make(value)
        except ValueError as error:
            raise Usage(f"[ERROR] {error}") from error
    return out


_MAKE: Final[dict[str, Callable[[str], Any]]] = {
    "s": str,
    "i": int,
    "l": int,
    "f": float,
    "d": float,
    "b": lambda value: value == "true",
    "n": lambda value: None,
}
