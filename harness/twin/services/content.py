"""The system's content providers: contacts, call log, messages, calendar, media and settings."""

from __future__ import annotations

import base64
import re
import sqlite3
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from harness.twin.binder import BinderError, Call, security, service
from harness.twin.device import TwinDevice
from harness.twin.services.content_routes import PROVIDERS, Provider, Route
from harness.twin.services.guard import PerDevice, full, holds, illegal_argument, note, target_sdk
from harness.twin.services.pictures import picture
from harness.twin.services.settings import get_setting, put_setting
from harness.twin.settings import NAMESPACES

STEPS: Final = 2_000_000
"""SQLite instructions one statement may take: an app's selection must not stop the device."""
ROWS: Final = 10_000
COLUMN: Final = re.compile(
    r"(?:\w+\.)?(\w+|\*)(?:\s+as\s+\w+)?|(?:count|max|min|sum)\((?:\w+|\*)\)(?:\s+as\s+\w+)?", re.I
)


MEDIA_PERMISSIONS: Final = {1: "READ_MEDIA_IMAGES", 2: "READ_MEDIA_AUDIO", 3: "READ_MEDIA_VIDEO"}


def _databases(device: TwinDevice) -> dict[str, sqlite3.Connection]:
    return {authority: provider.make(device.identity) for authority, provider in PROVIDERS.items()}


DATABASES = PerDevice(_databases)


@dataclass(frozen=True, slots=True)
class Done:
    """What a statement gave."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    changed: int
    inserted: int | None


@dataclass(frozen=True, slots=True)
class Found:
    """Where a URI leads: the rows that the caller may touch there."""

    authority: str
    provider: Provider
    route: Route
    where: str
    args: tuple[str, ...]
    database: sqlite3.Connection


@service("content.serves")
def serves(call: Call, authority: str) -> bool:
    return authority in PROVIDERS or authority == "settings"


@service("content.query")
def query(
    call: Call,
    uri: str,
    projection: list[str] | None,
    selection: str | None,
    args: list[str] | None,
    order: str | None,
) -> dict[str, Any] | None:
    if urlsplit(uri).netloc == "settings":
        return _query_settings(call, uri, projection, selection, args)
    found = _find(call, uri, "read")
    if found is None:
        return None
    columns = _columns(projection)
    sql = f"SELECT {', '.join(columns) or '*'} FROM {found.route.view} WHERE ({found.where})"
    if selection:
        sql += f" AND ({selection})"
    if order:
        sql += f" ORDER BY {order}"
    done = _run(found.database, sql, (*found.args, *(args or ())), reading=True)
    return {
        "columns": projection or list(done.columns),
        "rows": [[_json(value) for value in row] for row in done.rows],
    }


@service("content.insert")
def insert(call: Call, uri: str, values: dict[str, Any]) -> str | None:
    if urlsplit(uri).netloc == "settings":
        namespace = _settings_path(uri)[0]
        put_setting(call, namespace, str(values["name"]), values.get("value"))
        return f"{uri}/{values['name']}"
    found = _find(call, uri, "write")
    if found is None or found.authority == "sms":
        # Only the default messaging app may write messages; Android pretends to others that it worked.
        return f"{uri}/0" if found else None
    given = dict(values)
    if found.authority == "media":
        given.setdefault("owner_package_name", call.process.package)
        given.setdefault("media_type", _kind_of(found.route))
    table = _writable(found, uri)
    names = [_name(each) for each in given]
    marks = ", ".join("?" * len(names))
    into = (
        f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})"
        if names
        else f"INSERT INTO {table} DEFAULT VALUES"
    )
    done = _run(found.database, into, tuple(given.values()))
    _changed(call, uri)
    return f"{uri.rstrip('/')}/{done.inserted}"


@service("content.update")
def update(
    call: Call, uri: str, values: dict[str, Any], selection: str | None, args: list[str] | None
) -> int:
    if urlsplit(uri).netloc == "settings":
        namespace, name = _settings_path(uri)
        put_setting(call, namespace, str(name or values["name"]), values.get("value"))
        return 1
    found = _find(call, uri, "write")
    if found is None or found.authority == "sms" or not values:
        return 0
    assignments = ", ".join(f"{_name(each)} = ?" for each in values)
    where, bound = _rows(found, selection, args)
    done = _run(
        found.database,
        f"UPDATE {_writable(found, uri)} SET {assignments} WHERE {where}",
        (*values.values(), *bound),
    )
    if done.changed:
        _changed(call, uri)
    return done.changed


@service("content.delete")
def delete(call: Call, uri: str, selection: str | None, args: list[str] | None) -> int:
    found = _find(call, uri, "write")
    if found is None or found.authority == "sms":
        return 0
    where, bound = _rows(found, selection, args)
    done = _run(found.database, f"DELETE FROM {_writable(found, uri)} WHERE {where}", bound)
    if done.changed:
        _changed(call, uri)
    return done.changed


@service("content.call")
def call_provider(
    call: Call, authority: str, method: str, arg: str | None, extras: dict[str, Any]
) -> dict[str, Any] | None:
    """`GET_secure` and its kin: a road to settings that passes by the Settings classes."""
    verb, _, namespace = method.partition("_")
    if authority != "settings" or namespace not in NAMESPACES or arg is None:
        return None
    if verb == "GET":
        return {"value": get_setting(call, namespace, arg)}
    if verb == "PUT":
        put_setting(call, namespace, arg, extras.get("value"))
    return None


@service("content.type")
def content_type(call: Call, uri: str) -> str | None:
    authority, path = _split(uri)
    found = _route(authority, path)
    if found is None:
        return None
    route, groups = found
    kind = "item" if groups and route.where.startswith("_id") else "dir"
    return f"vnd.android.cursor.{kind}/{route.view}"


@service("content.read")
def read(call: Call, uri: str) -> str | None:
    """The bytes of a picture that the caller may see, base64. The twin has pictures only."""
    rows = query(call, uri, ["_id", "mime_type"], None, None, None)
    if not rows or not rows["rows"] or rows["rows"][0][1] != "image/jpeg":
        return None
    with_place = holds(call, "ACCESS_MEDIA_LOCATION") or target_sdk(call) < 29
    return base64.b64encode(picture(call.device.identity, int(rows["rows"][0][0]), with_place)).decode()


@service("content.notify")
def notify(call: Call, uri: str) -> None:
    _changed(call, uri)


def _changed(call: Call, uri: str) -> None:
    for process in call.device.processes.live():
        process.post("content.changed", {"uri": uri})


def _find(call: Call, uri: str, way: str) -> Found | None:
    """None when nobody serves the authority. Refuses as Android does, first at the door, then at the rows."""
    authority, path = _split(uri)
    provider = PROVIDERS.get(authority)
    if provider is None:
        return None
    if provider.read:
        _permit(call, provider, uri, way)
    found = _route(authority, path)
    if found is None:
        raise illegal_argument(f"Unknown URL {uri}")
    route, groups = found
    where = route.where
    if authority == "media":
        where = f"({where}) AND {_visible_media(call, way)}"
    return Found(authority, provider, route, where, groups, DATABASES.of(call.device)[authority])


def _permit(call: Call, provider: Provider, uri: str, way: str) -> None:
    wanted = provider.read if way == "read" else provider.write
    if holds(call, wanted):
        note(call, f"{way.upper()}_{provider.op}")
        return
    process = call.process
    if not holds(call, provider.read, provider.write):
        record = f"ProcessRecord{{{process.pid:x} {process.pid}:{process.name}/u0a{process.uid - 10_000}}}"
        needed = full(provider.read) + (
            f" or {full(provider.write)}" if provider.write != provider.read else ""
        )
        raise security(
            f"Permission Denial: opening provider {provider.name} from {record} "
            f"(pid={process.pid}, uid={process.uid}) requires {needed}"
        )
    raise security(
        f"Permission Denial: {'reading' if way == 'read' else 'writing'} {provider.name} uri {uri} "
        f"from pid={process.pid}, uid={process.uid} requires {full(wanted)}, or grantUriPermission()"
    )


def _visible_media(call: Call, way: str) -> str:
    """An app sees its own files, and others' as its media permissions allow; it writes only its own."""
    own = f"owner_package_name = '{call.process.package}'"
    if way == "write":
        return f"({own})"
    if target_sdk(call) >= 33:
        kinds = [kind for kind, permission in MEDIA_PERMISSIONS.items() if holds(call, permission)]
        for kind in kinds:
            note(call, MEDIA_PERMISSIONS[kind])
    else:
        allowed = holds(call, "READ_EXTERNAL_STORAGE", "WRITE_EXTERNAL_STORAGE")
        kinds = list(MEDIA_PERMISSIONS) if allowed else []
        if allowed:
            note(call, "READ_EXTERNAL_STORAGE")
    listed = ", ".join(map(str, kinds)) or "NULL"
    return f"({own} OR media_type IN ({listed}))"


def _rows(found: Found, selection: str | None, args: list[str] | None) -> tuple[str, tuple[Any, ...]]:
    """The rows a write concerns, as a condition on the written table."""
    picked = f"SELECT _id FROM {found.route.view} WHERE ({found.where})" + (
        f" AND ({selection})" if selection else ""
    )
    return f"{found.route.key} IN ({picked})", (*found.args, *(args or ()))


def _writable(found: Found, uri: str) -> str:
    if found.route.table is None:
        raise BinderError(
            "java.lang.UnsupportedOperationException", f"the twin's provider does not write {uri}"
        )
    return found.route.table


def _run(database: sqlite3.Connection, sql: str, args: tuple[Any, ...], reading: bool = False) -> Done:
    """Run one statement of an app: it may read, or change rows, and nothing else, and only for so long."""
    allowed = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION}
    if not reading:
        allowed |= {sqlite3.SQLITE_INSERT, sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE}
    database.set_authorizer(
        lambda action, *_: sqlite3.SQLITE_OK if action in allowed else sqlite3.SQLITE_DENY
    )
    database.set_progress_handler(lambda: 1, STEPS)
    try:
        cursor = database.execute(sql, args)
        names = tuple(each[0] for each in cursor.description or ())
        return Done(names, cursor.fetchmany(ROWS), cursor.rowcount, cursor.lastrowid)
    except sqlite3.Error as error:
        missing = re.fullmatch(r"(?:no such column: |table \w+ has no column named )(\S+)", str(error))
        if missing:
            raise illegal_argument(f"Invalid column {missing[1]}") from error
        raise BinderError(
            "android.database.sqlite.SQLiteException", f"{error} (code 1), while compiling: {sql}"
        ) from error
    finally:
        database.set_authorizer(None)
        database.set_progress_handler(None, 0)


def _columns(projection: list[str] | None) -> list[str]:
    for each in projection or ():
        if not COLUMN.fullmatch(each):
            raise illegal_argument(f"Invalid column {each}")
    return list(projection or ())


def _name(column: str) -> str:
    if not re.fullmatch(r"\w+", column):
        raise illegal_argument(f"Invalid column {column}")
    return column


def _json(value: object) -> Any:
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def _split(uri: str) -> tuple[str, str]:
    parts = urlsplit(uri)
    return parts.netloc.rpartition("@")[2], unquote(parts.path).strip("/")


def _route(authority: str, path: str) -> tuple[Route, tuple[str, ...]] | None:
    provider = PROVIDERS.get(authority)
    for route in provider.routes if provider else ():
        match = re.fullmatch(route.pattern, path)
        if match:
            return route, match.groups()
    return None


def _kind_of(route: Route) -> int:
    match = re.search(r"media_type = (\d)", route.where)
    return int(match[1]) if match else 0


def _settings_path(uri: str) -> tuple[str, str | None]:
    namespace, _, name = _split(uri)[1].partition("/")
    if namespace not in NAMESPACES:
        raise illegal_argument(f"Invalid URI: {uri}")
    return namespace, name or None


def _query_settings(
    call: Call, uri: str, projection: list[str] | None, selection: str | None, args: list[str] | None
) -> dict[str, Any]:
    namespace, name = _settings_path(uri)
    name = name or _selected_setting(selection, args)
    names = [name] if name else list(call.device.settings.list(namespace))
    values = {each: get_setting(call, namespace, each) for each in names}
    rows = [
        {"_id": number, "name": each, "value": value}
        for number, (each, value) in enumerate(values.items(), 1)
        if value is not None
    ]
    columns = projection or ["_id", "name", "value"]
    if unknown := set(columns) - {"_id", "name", "value"}:
        raise illegal_argument(f"Invalid column {sorted(unknown)[0]}")
    return {"columns": columns, "rows": [[row[column] for column in columns] for row in rows]}


def _selected_setting(selection: str | None, args: list[str] | None) -> str | None:
    """The name that a selection asks for; Android's provider takes no other selection."""
    if not selection:
        return None
    match = re.fullmatch(r"\(?\s*name\s*=\s*(?:'([^']*)'|\"([^\"]*)\"|\?)\s*\)?", selection)
    if match is None:
        raise BinderError(
            "java.lang.UnsupportedOperationException", f"WHERE clause not supported: {selection}"
        )
    if match[1] is None and match[2] is None:
        return str(args[0]) if args else ""
    return match[1] or match[2]
