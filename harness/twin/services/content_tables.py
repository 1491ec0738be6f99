"""The rows of the system's content providers, made from the identity into one SQLite database each.

Android's providers are SQLite too, so selections, orders and limits that apps pass mean the same here.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Final

from harness.twin.identity import Identity

PHONE: Final = "vnd.android.cursor.item/phone_v2"
EMAIL: Final = "vnd.android.cursor.item/email_v2"
NAME: Final = "vnd.android.cursor.item/name"
MEDIA_TYPE: Final = {"image": 1, "audio": 2, "video": 3}

CONTACTS_SCHEMA: Final = """
CREATE TABLE raw_contacts (
    _id INTEGER PRIMARY KEY, contact_id INTEGER, account_name TEXT, account_type TEXT, display_name TEXT,
    starred INTEGER DEFAULT 0, times_contacted INTEGER DEFAULT 0, last_time_contacted INTEGER DEFAULT 0,
    deleted INTEGER DEFAULT 0, version INTEGER DEFAULT 1, contact_last_updated_timestamp INTEGER DEFAULT 0);
CREATE TABLE data (
    _id INTEGER PRIMARY KEY, raw_contact_id INTEGER, mimetype TEXT, is_primary INTEGER DEFAULT 0,
    data1 TEXT, data2 TEXT, data3 TEXT, data4 TEXT, data5 TEXT, data6 TEXT, data7 TEXT, data8 TEXT,
    data9 TEXT, data10 TEXT, data11 TEXT, data12 TEXT, data13 TEXT, data14 TEXT, data15 BLOB);
CREATE TRIGGER own_contact AFTER INSERT ON raw_contacts WHEN NEW.contact_id IS NULL BEGIN
    UPDATE raw_contacts SET contact_id = NEW._id WHERE _id = NEW._id; END;
CREATE TRIGGER own_name AFTER INSERT ON data WHEN NEW.mimetype = 'vnd.android.cursor.item/name' BEGIN
    UPDATE raw_contacts SET display_name = NEW.data1 WHERE _id = NEW.raw_contact_id; END;
CREATE TRIGGER own_data AFTER DELETE ON raw_contacts BEGIN
    DELETE FROM data WHERE raw_contact_id = OLD._id; END;
CREATE VIEW contacts AS SELECT
    r.contact_id AS _id, r.display_name AS display_name, r.display_name AS display_name_alt,
    r.display_name AS sort_key, r._id AS name_raw_contact_id, 'twin' || r.contact_id AS lookup,
    EXISTS (SELECT 1 FROM data d WHERE d.raw_contact_id = r._id AND d.mimetype LIKE '%/phone_v2')
        AS has_phone_number,
    NULL AS photo_id, NULL AS photo_uri, NULL AS photo_thumb_uri, r.starred AS starred,
    r.times_contacted AS times_contacted, r.last_time_contacted AS last_time_contacted,
    r.contact_last_updated_timestamp AS contact_last_updated_timestamp, 1 AS in_visible_group
    FROM raw_contacts r WHERE r.deleted = 0;
CREATE VIEW view_data AS SELECT d.*, r.contact_id AS contact_id, r.account_name AS account_name,
    r.account_type AS account_type, c.display_name AS display_name, c.display_name_alt AS display_name_alt,
    c.sort_key AS sort_key, c.lookup AS lookup, c.has_phone_number AS has_phone_number,
    c.photo_id AS photo_id,
    c.photo_uri AS photo_uri, c.photo_thumb_uri AS photo_thumb_uri, c.starred AS starred,
    c.times_contacted AS times_contacted, c.last_time_contacted AS last_time_contacted,
    c.contact_last_updated_timestamp AS contact_last_updated_timestamp
    FROM data d JOIN raw_contacts r ON r._id = d.raw_contact_id JOIN contacts c ON c._id = r.contact_id;
CREATE VIEW phone_lookup AS SELECT contact_id AS _id, contact_id, display_name, lookup, photo_uri, starred,
    has_phone_number, data1 AS number, data2 AS type, data3 AS label, data4 AS normalized_number
    FROM view_data WHERE mimetype LIKE '%/phone_v2';
CREATE TABLE groups (_id INTEGER PRIMARY KEY, title TEXT, account_name TEXT, account_type TEXT,
    deleted INTEGER DEFAULT 0);
"""

CALLS_SCHEMA: Final = """
CREATE TABLE calls (
    _id INTEGER PRIMARY KEY, number TEXT, presentation INTEGER DEFAULT 1, date INTEGER, duration INTEGER,
    type INTEGER, new INTEGER DEFAULT 0, name TEXT, numbertype INTEGER DEFAULT 2, numberlabel TEXT,
    countryiso TEXT, geocoded_location TEXT, is_read INTEGER DEFAULT 1,
    subscription_id TEXT, features INTEGER);
"""

SMS_SCHEMA: Final = """
CREATE TABLE sms (
    _id INTEGER PRIMARY KEY, thread_id INTEGER, address TEXT, person INTEGER, date INTEGER, date_sent INTEGER,
    protocol INTEGER, read INTEGER DEFAULT 1, status INTEGER DEFAULT -1, type INTEGER, subject TEXT,
    body TEXT,
    service_center TEXT, locked INTEGER DEFAULT 0, sub_id INTEGER DEFAULT 1, error_code INTEGER DEFAULT 0,
    creator TEXT, seen INTEGER DEFAULT 1);
"""

CALENDAR_SCHEMA: Final = """
CREATE TABLE calendars (
    _id INTEGER PRIMARY KEY, name TEXT, calendar_displayName TEXT, ownerAccount TEXT, account_name TEXT,
    account_type TEXT, visible INTEGER DEFAULT 1, calendar_color INTEGER, calendar_access_level INTEGER,
    sync_events INTEGER DEFAULT 1, calendar_timezone TEXT, isPrimary INTEGER DEFAULT 1);
CREATE TABLE events (
    _id INTEGER PRIMARY KEY, calendar_id INTEGER, title TEXT, description TEXT, eventLocation TEXT,
    dtstart INTEGER, dtend INTEGER, duration TEXT, eventTimezone TEXT, allDay INTEGER DEFAULT 0,
    organizer TEXT, rrule TEXT, hasAlarm INTEGER DEFAULT 0, eventStatus INTEGER DEFAULT 1,
    availability INTEGER DEFAULT 0, deleted INTEGER DEFAULT 0, visible INTEGER DEFAULT 1,
    calendar_displayName TEXT, account_name TEXT, account_type TEXT);
CREATE VIEW instances AS SELECT e.*, e._id AS event_id, e.dtstart AS begin, e.dtend AS end FROM events e;
CREATE TABLE reminders (_id INTEGER PRIMARY KEY, event_id INTEGER, minutes INTEGER, method INTEGER);
CREATE TABLE attendees (_id INTEGER PRIMARY KEY, event_id INTEGER, attendeeName TEXT, attendeeEmail TEXT);
"""

MEDIA_SCHEMA: Final = """
CREATE TABLE files (
    _id INTEGER PRIMARY KEY, media_type INTEGER DEFAULT 0, _data TEXT, _display_name TEXT, title TEXT,
    mime_type TEXT, _size INTEGER, date_added INTEGER, date_modified INTEGER, datetaken INTEGER,
    width INTEGER,
    height INTEGER, orientation INTEGER DEFAULT 0, duration INTEGER, resolution TEXT, relative_path TEXT,
    bucket_id INTEGER, bucket_display_name TEXT, owner_package_name TEXT, is_pending INTEGER DEFAULT 0,
    is_trashed INTEGER DEFAULT 0, volume_name TEXT DEFAULT 'external_primary', artist TEXT, album TEXT,
    is_music INTEGER, description TEXT, latitude REAL, longitude REAL);
"""


def contacts(identity: Identity) -> sqlite3.Connection:
    database = _open(CONTACTS_SCHEMA)
    account = identity.accounts[0]
    for contact in identity.contacts:
        _insert(
            database,
            "raw_contacts",
            ("_id", "account_name", "account_type"),
            [(contact.id, account.name, account.type)],
        )
        plus = f"+86{contact.number}"
        _insert(
            database,
            "data",
            ("raw_contact_id", "mimetype", "data1", "data2", "data4"),
            [
                (contact.id, NAME, contact.name, None, None),
                (contact.id, PHONE, contact.number, "2", plus),
                (contact.id, EMAIL, contact.email, "1", None),
            ],
        )
    return database


def calls(identity: Identity) -> sqlite3.Connection:
    database = _open(CALLS_SCHEMA)
    columns = ("_id", "number", "name", "type", "date", "duration", "countryiso")
    _insert(
        database,
        "calls",
        columns,
        [
            (each.id, each.number, each.name, each.type, each.date_ms, each.duration_s, "CN")
            for each in identity.calls
        ],
    )
    return database


def sms(identity: Identity) -> sqlite3.Connection:
    database = _open(SMS_SCHEMA)
    columns = ("_id", "thread_id", "address", "body", "type", "date", "date_sent")
    _insert(
        database,
        "sms",
        columns,
        [
            (each.id, each.id, each.address, each.body, each.type, each.date_ms, each.date_ms)
            for each in identity.sms
        ],
    )
    return database


def calendar(identity: Identity) -> sqlite3.Connection:
    database = _open(CALENDAR_SCHEMA)
    account = identity.accounts[0]
    _insert(
        database,
        "calendars",
        (
            "_id",
            "name",
            "calendar_displayName",
            "ownerAccount",
            "account_name",
            "account_type",
            "calendar_access_level",
        ),
        [(1, account.name, account.name, account.name, account.name, account.type, 700)],
    )
    columns = (
        *("_id", "calendar_id", "title", "eventLocation", "dtstart", "dtend", "eventTimezone", "organizer"),
        *("calendar_displayName", "account_name", "account_type"),
    )
    owner = (account.name, account.name, account.name, account.type)
    _insert(
        database,
        "events",
        columns,
        [
            (each.id, 1, each.title, each.location, each.start_ms, each.end_ms, "Asia/Shanghai", *owner)
            for each in identity.calendar
        ],
    )
    return database


def media(identity: Identity) -> sqlite3.Connection:
    database = _open(MEDIA_SCHEMA)
    columns = (
        *("_id", "media_type", "_data", "_display_name", "title", "mime_type", "_size", "date_added"),
        *(
            "date_modified",
            "datetaken",
            "width",
            "height",
            "relative_path",
            "bucket_id",
            "bucket_display_name",
        ),
    )
    rows = []
    for file in identity.media:
        folder = file.path.removeprefix("/storage/emulated/0/").rpartition("/")[0]
        shown = folder.rpartition("/")[2]
        size = (4000, 3000) if file.kind != "audio" else (None, None)
        title = file.name.rpartition(".")[0]
        seconds = file.date_added_s
        rows.append(
            (
                *(file.id, MEDIA_TYPE[file.kind], file.path, file.name, title, file.mime, file.size, seconds),
                *(seconds, seconds * 1000, *size, f"{folder}/", sum(folder.encode()), shown),
            )
        )
    _insert(database, "files", columns, rows)
    return database


def _open(schema: str) -> sqlite3.Connection:
    # Used from the host's loop only, which may run in another thread than the one that made the device.
    database = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    database.executescript(schema)
    # An app's expression must not eat the host's memory: zeroblob(1e9) is refused.
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 2_000_000)
    return database


def _insert(
    database: sqlite3.Connection, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    marks = ", ".join("?" * len(columns))
    database.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)
