"""Apps' databases: their own files only, typed errors, and nothing left open when a process dies."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace

import pytest

from harness.twin.binder import SERVICES, BinderError, Call, load_services
from harness.twin.device import TwinDevice

APP = "com.x.app"
COUNT = "SELECT 1 UNION ALL SELECT i + 1 FROM n"
load_services()


@dataclass(eq=False)
class Process:
    pid: int = 7
    name: str = APP
    package: str = APP
    uid: int = 10_123


class App:
    def __init__(self, root):
        self.device = TwinDevice(root, seed=1)
        decoy = self.device.packages.require(self.device.identity.decoy_apps[0].package)
        self.data = root / "data"
        self.data.mkdir()
        self.device.packages._installed[APP] = replace(decoy, name=APP, data_dir=self.data)
        self.process = Process()

    def call(self, name, *args):
        result = SERVICES[name](Call(self.device, self.process), *args)
        return asyncio.run(result) if asyncio.iscoroutine(result) else result

    def open(self, name="x.db"):
        return self.call("sqlite.open", str(self.data / name), True, True)

    def error(self, name, *args):
        with pytest.raises(BinderError) as caught:
            self.call(name, *args)
        return caught.value


@pytest.fixture
def app(tmp_path):
    return App(tmp_path)


def test_rows_come_back_with_their_types(app):
    handle = app.open()
    app.call("sqlite.run", handle, "CREATE TABLE t (a, b, c, d)", [])
    app.call("sqlite.run", handle, "INSERT INTO t VALUES (?, ?, ?, ?)", [1, "二", None, {"$blob": "Af8="}])
    app.call("sqlite.close", handle)
    rows = app.call("sqlite.run", app.open(), "SELECT * FROM t", [])["rows"]
    assert rows == [[1, "二", None, {"$blob": "Af8="}]]


@pytest.mark.parametrize("path", ["/etc/x.db", "../outside.db", "link/x.db"])
def test_files_of_others_are_not_opened(app, path, tmp_path):
    (app.data / "link").symlink_to(tmp_path)
    error = app.error("sqlite.open", str(app.data / path), True, True)
    assert error.java_class == "android.database.sqlite.SQLiteCantOpenDatabaseException"


def test_no_statement_reaches_another_file(app, tmp_path):
    handle = app.open()
    other = tmp_path / "other.db"
    for statement in (f"ATTACH '{other}' AS o", f"VACUUM INTO '{other}'"):
        assert "authoriz" in app.error("sqlite.run", handle, statement, []).message
    assert not other.exists()
    assert app.call("sqlite.run", handle, "VACUUM", [])["rows"] == []


def test_errors_have_their_java_classes(app):
    handle = app.open()
    app.call("sqlite.run", handle, "CREATE TABLE t (a UNIQUE)", [])
    app.call("sqlite.run", handle, "INSERT INTO t VALUES (1)", [])
    kinds = {
        "INSERT INTO t VALUES (1)": "SQLiteConstraintException",
        "SELECT nope FROM t": "SQLiteException",
        f"WITH RECURSIVE n(i) AS ({COUNT}) SELECT i FROM n": "SQLiteBlobTooBigException",
    }
    for statement, kind in kinds.items():
        found = app.error("sqlite.run", handle, statement, []).java_class
        assert found == f"android.database.sqlite.{kind}", statement
    assert app.error("sqlite.run", 99, "SELECT 1", []).java_class == "java.lang.IllegalStateException"


def test_a_process_has_so_many_databases_and_loses_them_when_it_dies(app):
    handles = [app.open(f"{number}.db") for number in range(64)]
    assert "unable to open" in app.error("sqlite.open", str(app.data / "one-more.db"), True, True).message
    for listener in app.device.processes.on_death:
        listener(app.process, "killed")
    assert "already-closed" in app.error("sqlite.run", handles[0], "SELECT 1", []).message
    assert app.open()
