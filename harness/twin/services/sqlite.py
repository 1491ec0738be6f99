"""Apps' own databases. The JVM has no SQLite, so an app's files are opened here, one handle each."""

from __future__ import annotations

import asyncio
import base64
import sqlite3
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from harness.twin.binder import BinderError, Call, service
from harness.twin.device import TwinDevice
from harness.twin.processes import AppProcess
from harness.twin.services.guard import PerDevice

PACKAGE: Final = "android.database.sqlite."
HANDLES: Final = 64
"""Databases one process may have open."""
STEPS: Final = 50_000_000
"""SQLite instructions one statement may take (seconds)."""
ROWS: Final = 20_000
ANSWER_CHARS: Final = 3_000_000
"""An answer must fit into one line of the binder channel."""


@dataclass
class Opened:
    connection: sqlite3.Connection
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Statements of one database follow each other, whichever threads of the app they come from."""


class Databases:
    def __init__(self, device: TwinDevice) -> None:
        self._open: dict[tuple[int, int], Opened] = {}
        self._last = 0
        device.processes.on_death.append(self._process_died)

    def add(self, pid: int, opened: Opened) -> int:
        if sum(key[0] == pid for key in self._open) >= HANDLES:
            raise _error("SQLiteCantOpenDatabaseException", "unable to open database file (code 14)")
        self._last += 1
        self._open[pid, self._last] = opened
        return self._last

    def get(self, pid: int, handle: int) -> Opened:
        opened = self._open.get((pid, handle))
        if opened is None:
            raise BinderError(
                "java.lang.IllegalStateException",
                "attempt to re-open an already-closed object: SQLiteDatabase",
            )
        return opened

    def close(self, pid: int, handle: int) -> None:
        opened = self._open.pop((pid, handle), None)
        if opened is not None:
            opened.connection.close()

    def _process_died(self, process: AppProcess, cause: str) -> None:
        for pid, handle in [key for key in self._open if key[0] == process.pid]:
            self.close(pid, handle)


DATABASES = PerDevice(Databases)


@service("sqlite.open")
def open_database(call: Call, path: str, writable: bool, create: bool) -> int:
    """A number that names the open database. Only files of the app itself can be opened."""
    if path != ":memory:":
        root = call.device.packages.require(call.process.package).data_dir.resolve()
        if not Path(path).resolve().is_relative_to(root):
            raise _error("SQLiteCantOpenDatabaseException", f"unable to open database file (code 14): {path}")
    mode = "rwc" if create else "rw" if writable else "ro"
    try:
        if path == ":memory:":
            connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        else:
            uri = f"{Path(path).resolve().as_uri()}?mode={mode}"
            connection = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
    except sqlite3.Error as error:
        raise _error("SQLiteCantOpenDatabaseException", f"{error} (code 14): {path}") from error
    connection.set_authorizer(_authorize)
    return DATABASES.of(call.device).add(call.process.pid, Opened(connection))


@service("sqlite.run")
async def run(call: Call, handle: int, sql: str, args: list[Any]) -> dict[str, Any]:
    opened = DATABASES.of(call.device).get(call.process.pid, handle)
    async with opened.turn:
        return await asyncio.to_thread(_run, opened.connection, sql, [_value(each) for each in args])


@service("sqlite.close")
def close(call: Call, handle: int) -> None:
    DATABASES.of(call.device).close(call.process.pid, handle)


def _authorize(action: int, file: str | None, *_: object) -> int:
    """Everything but other files; VACUUM itself attaches a nameless one."""
    outside = action == sqlite3.SQLITE_ATTACH and file not in ("", ":memory:")
    return sqlite3.SQLITE_DENY if outside else sqlite3.SQLITE_OK


def _run(connection: sqlite3.Connection, sql: str, args: list[Any]) -> dict[str, Any]:
    connection.set_progress_handler(lambda: 1, STEPS)
    try:
        cursor = connection.execute(sql, args)
        columns = [each[0] for each in cursor.description or ()]
        rows: list[list[Any]] = []
        size = 0
        for row in cursor:
            rows.append([_json(each) for each in row])
            size += sum(len(each) if isinstance(each, str | bytes) else 8 for each in row)
            if len(rows) > ROWS or size > ANSWER_CHARS:
                raise _error(
                    "SQLiteBlobTooBigException", f"Row too big to fit into CursorWindow: {size} bytes"
                )
        return {"columns": columns, "rows": rows, "changed": cursor.rowcount, "inserted": cursor.lastrowid}
    except sqlite3.IntegrityError as error:
        raise _error("SQLiteConstraintException", f"{error} (code 19)") from error
    except sqlite3.OperationalError as error:
        kind = "SQLiteReadOnlyDatabaseException" if "readonly" in str(error) else "SQLiteException"
        raise _error(kind, f"{error} (code 1), while compiling: {sql}") from error
    except sqlite3.Error as error:
        raise _error("SQLiteException", f"{error}, while compiling: {sql}") from error
    finally:
        connection.set_progress_handler(None, 0)


def _value(value: Any) -> Any:
    return base64.b64decode(value["$blob"]) if isinstance(value, dict) else value


def _json(value: Any) -> Any:
    return {"$blob": base64.b64encode(value).decode()} if isinstance(value, bytes) else value


def _error(kind: str, message: str) -> BinderError:
    return BinderError(PACKAGE + kind, message)
