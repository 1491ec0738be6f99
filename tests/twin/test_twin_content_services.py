"""Content providers called directly: whose rows are seen, by which permission."""

from __future__ import annotations

import pytest


def test_contacts_are_read_with_the_permission_only(app):
    uri = "content://com.android.contacts/data/phones"
    refusal = app.installed().refusal("content.query", uri, None, None, None, None)
    assert refusal.message.startswith(
        "Permission Denial: opening provider com.android.providers.contacts.ContactsProvider2"
    )
    assert refusal.message.endswith(
        "requires android.permission.READ_CONTACTS or android.permission.WRITE_CONTACTS"
    )
    app.installed("READ_CONTACTS")
    read = app.rows(uri, ["display_name", "data1"], order="_id")
    assert read == [[each.name, each.number] for each in app.identity.contacts]
    assert "READ_CONTACTS" in app.ops()


def test_a_writer_of_contacts_is_no_reader(app):
    app.installed("WRITE_CONTACTS")
    uri = "content://com.android.contacts/contacts"
    refusal = app.refusal("content.query", uri, None, None, None, None)
    assert refusal.message.startswith(
        "Permission Denial: reading com.android.providers.contacts.ContactsProvider2 uri"
    )


def test_a_contact_that_an_app_adds_is_found_by_its_number(app):
    app.installed("READ_CONTACTS", "WRITE_CONTACTS")
    added = app.call("content.insert", "content://com.android.contacts/raw_contacts", {})
    number = int(added.rpartition("/")[2])
    data = "content://com.android.contacts/data"
    name = {"raw_contact_id": number, "mimetype": "vnd.android.cursor.item/name", "data1": "新来的"}
    phone = {"raw_contact_id": number, "mimetype": "vnd.android.cursor.item/phone_v2", "data1": "14400000001"}
    app.call("content.insert", data, name)
    app.call("content.insert", data, phone)
    assert app.rows("content://com.android.contacts/phone_lookup/14400000001", ["display_name"]) == [
        ["新来的"]
    ]
    assert ("content.changed", {"uri": data}) in app.process.heard
    assert app.call("content.delete", f"content://com.android.contacts/contacts/{number}", None, None) == 1
    assert app.rows("content://com.android.contacts/phone_lookup/14400000001") == []


@pytest.mark.parametrize(
    "uri, permission, column, values",
    [
        (
            "content://call_log/calls",
            "READ_CALL_LOG",
            "number",
            lambda who: [each.number for each in who.calls],
        ),
        ("content://sms", "READ_SMS", "body", lambda who: [each.body for each in who.sms]),
        ("content://sms/inbox", "READ_SMS", "address", lambda who: [each.address for each in who.sms]),
        (
            "content://com.android.calendar/events",
            "READ_CALENDAR",
            "title",
            lambda who: [each.title for each in who.calendar],
        ),
    ],
)
def test_each_provider_gives_the_identitys_rows_behind_its_permission(app, uri, permission, column, values):
    assert (
        f"android.permission.{permission}"
        in app.installed().refusal("content.query", uri, [column], None, None, None).message
    )
    assert app.installed(permission).rows(uri, [column], order="_id") == [
        [each] for each in values(app.identity)
    ]


def test_selections_orders_and_limits_of_apps_work(app):
    app.installed("READ_CALL_LOG")
    read = app.rows("content://call_log/calls", ["number"], "duration > ?", ["0"], "date DESC LIMIT 1")
    newest = max(app.identity.calls, key=lambda each: each.date_ms)
    assert read == [[newest.number]]
    assert app.rows("content://call_log/calls", ["count(*)"]) == [[4]]


def test_a_statement_cannot_do_more_than_read(app):
    app.installed("READ_CALL_LOG")
    for selection in ("1) UNION SELECT * FROM pragma_database_list --", "0); DELETE FROM calls --"):
        refusal = app.refusal("content.query", "content://call_log/calls", None, selection, None, None)
        assert refusal.java_class == "android.database.sqlite.SQLiteException"
    assert len(app.rows("content://call_log/calls")) == 4


def test_an_endless_selection_is_cut_off(app):
    app.installed("READ_CALL_LOG")
    endless = f"(SELECT count(*) FROM {', '.join(f'calls c{number}' for number in range(30))}) > 0"
    refusal = app.refusal("content.query", "content://call_log/calls", None, endless, None, None)
    assert refusal.message.startswith("interrupted")
    large = "length(zeroblob(1000000000)) > 0"
    assert (
        "too big" in app.refusal("content.query", "content://call_log/calls", None, large, None, None).message
    )


def test_a_column_that_is_not_there_is_named(app):
    app.installed("READ_SMS")
    for column in ("nope", "body; DROP"):
        assert (
            app.refusal("content.query", "content://sms", [column], None, None, None).message
            == f"Invalid column {column}"
        )


def test_messages_are_not_written_by_apps_that_are_no_messengers(app):
    app.installed("READ_SMS")
    assert app.call("content.insert", "content://sms/inbox", {"body": "x"}) == "content://sms/inbox/0"
    assert app.call("content.delete", "content://sms", None, None) == 0
    assert len(app.rows("content://sms")) == 3


def test_nobody_serves_an_unknown_authority(app):
    app.installed()
    assert not app.call("content.serves", "com.vivo.vms.IdProvider")
    assert app.call("content.query", "content://com.vivo.vms.IdProvider/OAID", None, None, None, None) is None


IMAGES = "content://media/external/images/media"


@pytest.mark.parametrize(
    "target, granted, seen",
    [
        (33, [], 0),
        (33, ["READ_EXTERNAL_STORAGE"], 0),
        (33, ["READ_MEDIA_IMAGES"], 3),
        (32, ["READ_EXTERNAL_STORAGE"], 3),
    ],
)
def test_pictures_are_seen_as_far_as_permissions_go_and_never_refused(app, target, granted, seen):
    app.installed(*granted, target=target)
    assert len(app.rows(IMAGES, ["_display_name"])) == seen


def test_an_app_sees_its_own_picture_and_reads_it(app):
    app.installed()
    uri = app.call("content.insert", IMAGES, {"_display_name": "mine.jpg", "mime_type": "image/jpeg"})
    assert app.rows(IMAGES, ["_display_name"]) == [["mine.jpg"]]
    assert app.call("content.read", uri).startswith("/9j/")
    assert app.call("content.read", f"{IMAGES}/{app.identity.media[0].id}") is None


def test_the_place_in_a_picture_is_cut_out_unless_it_may_be_known(app):
    uri = f"{IMAGES}/{app.identity.media[0].id}"
    tags = app.call("exif.read", app.installed("READ_MEDIA_IMAGES").call("content.read", uri))
    assert tags == {"Make": "Xiaomi", "Model": app.identity.build.model}
    tags = app.call(
        "exif.read", app.installed("READ_MEDIA_IMAGES", "ACCESS_MEDIA_LOCATION").call("content.read", uri)
    )
    assert (float(tags["latitude"]), float(tags["longitude"])) == (
        app.identity.latitude,
        app.identity.longitude,
    )
    assert tags["GPSLatitude"].startswith("33/1,48/1,")
    assert app.refusal("exif.read", "bm8=").java_class == "java.io.IOException"
