"""Which URIs the system's content providers serve, and what each of them needs and reads."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from harness.twin.identity import Identity
from harness.twin.services import content_tables as tables


@dataclass(frozen=True, slots=True)
class Route:
    """One shape of path. Groups of the pattern are arguments of `where`, in order."""

    pattern: str
    view: str
    where: str = "1"
    table: str | None = None
    """What insert, update and delete work on; None when the provider only reads here."""
    key: str = "_id"


@dataclass(frozen=True, slots=True)
class Provider:
    name: str
    """Its class, as refusals name it."""
    make: Callable[[Identity], sqlite3.Connection]
    routes: tuple[Route, ...]
    read: str
    write: str
    op: str


ANY_PHONE: Final = "mimetype = 'vnd.android.cursor.item/phone_v2'"
ANY_EMAIL: Final = "mimetype = 'vnd.android.cursor.item/email_v2'"
BY_NUMBER: Final = "(number = ?1 OR normalized_number = ?1 OR normalized_number = '+86' || ?1)"

PROVIDERS: Final = {
    "com.android.contacts": Provider(
        "com.android.providers.contacts.ContactsProvider2",
        tables.contacts,
        (
            Route("contacts", "contacts", table="raw_contacts", key="contact_id"),
            Route(r"contacts/(\d+)", "contacts", "_id = ?", "raw_contacts", "contact_id"),
            Route(r"contacts/lookup/([^/]+)(?:/\d+)?", "contacts", "lookup = ?"),
            Route("contacts/filter/(.+)", "contacts", "display_name LIKE '%' || ? || '%'"),
            Route(r"contacts/(\d+)/(?:data|entities)", "view_data", "contact_id = ?"),
            Route("raw_contacts", "raw_contacts", table="raw_contacts"),
            Route(r"raw_contacts/(\d+)", "raw_contacts", "_id = ?", "raw_contacts"),
            Route(r"raw_contacts/(\d+)/data", "view_data", "raw_contact_id = ?"),
            Route("data", "view_data", table="data"),
            Route(r"data/(\d+)", "view_data", "_id = ?", "data"),
            Route("data/phones", "view_data", ANY_PHONE, "data"),
            Route(r"data/phones/(\d+)", "view_data", f"_id = ? AND {ANY_PHONE}", "data"),
            Route(
                "data/phones/filter/(.+)",
                "view_data",
                f"{ANY_PHONE} AND (data1 LIKE ?1 || '%' OR display_name LIKE ?1 || '%')",
            ),
            Route("data/emails", "view_data", ANY_EMAIL, "data"),
            Route(r"data/emails/(\d+)", "view_data", f"_id = ? AND {ANY_EMAIL}", "data"),
            Route("data/emails/(?:lookup|filter)/(.+)", "view_data", f"{ANY_EMAIL} AND data1 = ?"),
            Route("phone_lookup/(.+)", "phone_lookup", BY_NUMBER),
            Route("groups", "groups"),
            Route("profile(?:/.*)?", "contacts", "0"),
        ),
        "READ_CONTACTS",
        "WRITE_CONTACTS",
        "CONTACTS",
    ),
    "call_log": Provider(
        "com.android.providers.contacts.CallLogProvider",
        tables.calls,
        (
            Route("calls", "calls", table="calls"),
            Route(r"calls/(\d+)", "calls", "_id = ?", "calls"),
            Route("calls/filter/(.+)", "calls", "number = ?"),
        ),
        "READ_CALL_LOG",
        "WRITE_CALL_LOG",
        "CALL_LOG",
    ),
    "sms": Provider(
        "com.android.providers.telephony.SmsProvider",
        tables.sms,
        (
            Route("", "sms", table="sms"),
            Route(r"(\d+)", "sms", "_id = ?", "sms"),
            Route("inbox", "sms", "type = 1", "sms"),
            Route(r"inbox/(\d+)", "sms", "_id = ? AND type = 1", "sms"),
            Route("sent", "sms", "type = 2", "sms"),
            Route("draft", "sms", "type = 3", "sms"),
            Route("outbox", "sms", "type = 4", "sms"),
            Route("conversations", "sms", "_id IN (SELECT max(_id) FROM sms GROUP BY thread_id)"),
            Route(r"conversations/(\d+)", "sms", "thread_id = ?"),
        ),
        "READ_SMS",
        "READ_SMS",
        "SMS",
    ),
    "com.android.calendar": Provider(
        "com.android.providers.calendar.CalendarProvider2",
        tables.calendar,
        (
            Route("calendars", "calendars", table="calendars"),
            Route(r"calendars/(\d+)", "calendars", "_id = ?", "calendars"),
            Route("events", "events", "deleted = 0", "events"),
            Route(r"events/(\d+)", "events", "_id = ?", "events"),
            Route(r"instances/when/(\d+)/(\d+)", "instances", "end >= ? AND begin <= ?"),
            Route("reminders", "reminders", table="reminders"),
            Route("attendees", "attendees", table="attendees"),
        ),
        "READ_CALENDAR",
        "WRITE_CALENDAR",
        "CALENDAR",
    ),
    "media": Provider(
        "com.android.providers.media.MediaProvider",
        tables.media,
        (
            Route(r"(?:external|external_primary)/images/media", "files", "media_type = 1", "files"),
            Route(
                r"(?:external|external_primary)/images/media/(\d+)",
                "files",
                "_id = ? AND media_type = 1",
                "files",
            ),
            Route(r"(?:external|external_primary)/audio/media", "files", "media_type = 2", "files"),
            Route(
                r"(?:external|external_primary)/audio/media/(\d+)",
                "files",
                "_id = ? AND media_type = 2",
                "files",
            ),
            Route(r"(?:external|external_primary)/video/media", "files", "media_type = 3", "files"),
            Route(
                r"(?:external|external_primary)/video/media/(\d+)",
                "files",
                "_id = ? AND media_type = 3",
                "files",
            ),
            Route(r"(?:external|external_primary)/file", "files", table="files"),
            Route(r"(?:external|external_primary)/file/(\d+)", "files", "_id = ?", "files"),
            Route(r"internal/\w+/media", "files", "0"),
        ),
        "",
        "",
        "",
    ),
}
