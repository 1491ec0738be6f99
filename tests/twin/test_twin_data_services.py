"""Data services called directly: what is allowed, what is refused in which words, and the dummies."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from harness.twin.apk import Component, Filter, Queries
from harness.twin.binder import SERVICES, BinderError, Call, load_services
from harness.twin.device import TwinDevice
from harness.twin.packages import Package
from harness.twin.permission_table import is_install_time

APP = "com.x.app"
UID = 10_123
DUMMY_MAC = "02:00:00:00:00:00"
load_services()


@dataclass(eq=False)
class Process:
    pid: int = 4321
    name: str = APP
    package: str = APP
    uid: int = UID
    heard: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def post(self, event, args):
        self.heard.append((event, args))


class App:
    """One app on a real device object; nothing of it runs."""

    def __init__(self, root):
        self.device = TwinDevice(root, seed=1)
        self.identity = self.device.identity
        self.process = Process()
        self.device.processes.live = lambda: [self.process]  # type: ignore[method-assign]
        self.in_front(True)
        self.template = self.device.packages.require(self.identity.decoy_apps[0].package)

    def installed(self, *granted, target=33, declared=(), queries=None, **facts):
        """Install the app; runtime permissions named in `granted` are granted, all named ones declared."""
        names = tuple(each if "." in each else f"android.permission.{each}" for each in (*granted, *declared))
        package = replace(
            self.template,
            name=APP,
            uid=UID,
            target_sdk=target,
            permissions=names,
            queries=queries or Queries(),
            signer_sha256="ab" * 32,
            **facts,
        )
        self.install(package)
        for name in names[: len(granted)]:
            if not is_install_time(name) and target >= 23:
                self.device.permissions.grant(APP, name)
        return self

    def in_front(self, yes):
        self.device.activities.is_foreground = lambda package: yes  # type: ignore[method-assign]
        return self

    def install(self, package: Package):
        self.device.packages._installed[package.name] = package

    def call(self, name, *args):
        return SERVICES[name](Call(self.device, self.process), *args)

    def refusal(self, name, *args):
        with pytest.raises(BinderError) as caught:
            self.call(name, *args)
        return caught.value

    def ops(self):
        return {record.op for record in self.device.permissions.ops(APP)}


@pytest.fixture
def app(tmp_path):
    return App(tmp_path)


# ---- settings


def test_an_app_sees_its_own_android_id_by_every_road(app):
    app.installed()
    own = app.identity.ssaid(APP, "ab" * 32)
    assert own != app.identity.android_id
    assert app.call("settings.get", "secure", "android_id") == own
    assert app.call("content.call", "settings", "GET_secure", "android_id", {}) == {"value": own}
    rows = app.call("content.query", "content://settings/secure/android_id", ["value"], None, None, None)
    assert rows["rows"] == [[own]]


def test_the_bluetooth_address_in_settings_is_hidden(app):
    assert app.installed().call("settings.get", "secure", "bluetooth_address") is None


def test_secure_settings_are_not_written_by_apps(app):
    refusal = app.installed().refusal("settings.put", "secure", "android_id", "0")
    assert refusal.java_class == "java.lang.SecurityException"
    assert "android.permission.WRITE_SECURE_SETTINGS" in refusal.message


def test_system_settings_need_their_own_permission(app):
    assert (
        "was not granted  this permission"
        in app.installed().refusal("settings.put", "system", "x", "1").message
    )


def test_the_serial_number_is_no_property_for_apps(app):
    app.installed()
    assert app.call("properties.get", "ro.serialno") == ""
    assert app.call("properties.get", "ro.product.model") == app.identity.build.model


# ---- telephony

IDENTIFIERS = [
    ("telephony.imei", (0, "getImeiForSlot"), "getImeiForSlot"),
    ("telephony.meid", (0,), "getMeidForSlot"),
    ("telephony.subscriber_id", (1,), "getSubscriberIdForSubscriber"),
    ("telephony.sim_serial", (1,), "getIccSerialNumberForSubscriber"),
    ("build.serial", (), "getSerial"),
]


@pytest.mark.parametrize("service, args, words", IDENTIFIERS)
@pytest.mark.parametrize(
    "target, granted", [(33, ["READ_PHONE_STATE"]), (29, ["READ_PHONE_STATE"]), (28, [])]
)
def test_identifiers_are_refused_in_androids_words(app, service, args, words, target, granted):
    refusal = app.installed(*granted, target=target).refusal(service, *args)
    assert refusal.java_class == "java.lang.SecurityException"
    assert (
        refusal.message
        == f"{words}: The user 10123 does not meet the requirements to access device identifiers."
    )
    assert app.ops() == set()


@pytest.mark.parametrize("service, args, words", IDENTIFIERS)
def test_old_targets_with_the_permission_get_identifiers(app, service, args, words):
    values = {value for found in app.identity.values().values() for value in found}
    assert app.installed("READ_PHONE_STATE", target=28).call(service, *args) in values
    assert "READ_DEVICE_IDENTIFIERS" in app.ops()


def test_each_slot_has_its_own_imei_and_no_third_one(app):
    app.installed("READ_PHONE_STATE", target=28)
    read = [app.call("telephony.imei", slot, "getImeiForSlot") for slot in range(3)]
    assert read == [app.identity.sims[0].imei, app.identity.sims[1].imei, None]


@pytest.mark.parametrize(
    "target, granted, allowed",
    [
        (33, "READ_PHONE_STATE", False),
        (29, "READ_PHONE_STATE", True),
        (33, "READ_PHONE_NUMBERS", True),
        (33, "READ_SMS", True),
    ],
)
def test_the_own_number_needs_what_android_11_asks_for(app, target, granted, allowed):
    app.installed(granted, target=target)
    if allowed:
        assert app.call("telephony.line1_number", 1) == app.identity.sims[0].number
    else:
        assert app.refusal("telephony.line1_number", 1).message.startswith(
            "getLine1NumberForDisplay: Neither user 10123"
        )


def test_subscriptions_come_without_what_the_app_may_not_know(app):
    first = app.installed("READ_PHONE_STATE").call("subscription.list")[0]
    assert (first["iccid"], first["number"], first["carrier"]) == ("", "", "中国移动")
    first = app.installed("READ_PHONE_STATE", target=28).call("subscription.list")[0]
    assert (first["iccid"], first["number"]) == (app.identity.sims[0].iccid, app.identity.sims[0].number)
    assert "READ_PHONE_STATE" in app.installed().refusal("subscription.list").message


def test_the_operator_is_everybodys(app):
    assert app.installed().call("telephony.operator", 0x7FFFFFFF)["numeric"] == "46000"


def test_cells_are_a_place(app):
    assert (
        app.installed("ACCESS_COARSE_LOCATION").refusal("telephony.cells").message
        == "Not allowed to access cell info"
    )
    assert (
        app.installed("ACCESS_COARSE_LOCATION", target=28).call("telephony.cells")[0]["ci"]
        == app.identity.cells[0].cid
    )
    assert (
        app.installed("ACCESS_FINE_LOCATION").call("telephony.cell_location")["cid"]
        == app.identity.cells[0].cid
    )


# ---- Wi-Fi


def test_without_a_place_the_network_has_no_name_and_no_address(app):
    seen = app.installed("ACCESS_WIFI_STATE", "ACCESS_COARSE_LOCATION").call("wifi.connection")
    assert (seen["ssid"], seen["bssid"], seen["network_id"]) == ("<unknown ssid>", DUMMY_MAC, -1)
    assert seen["ip"] == app.identity.ip_v4


def test_with_the_place_the_network_is_named_but_the_own_mac_stays_a_dummy(app):
    seen = app.installed("ACCESS_WIFI_STATE", "ACCESS_FINE_LOCATION").call("wifi.connection")
    assert (seen["ssid"], seen["bssid"]) == (f'"{app.identity.hotspot.ssid}"', app.identity.hotspot.bssid)
    assert seen["mac"] == DUMMY_MAC


def test_scan_results_are_empty_without_the_place_and_not_refused(app):
    assert app.installed("ACCESS_WIFI_STATE").call("wifi.scan_results") == []
    found = app.installed("ACCESS_WIFI_STATE", "ACCESS_FINE_LOCATION").call("wifi.scan_results")
    assert [each["bssid"] for each in found] == [spot.bssid for spot in app.identity.scan]
    assert "WIFI_SCAN" in app.ops()


def test_wifi_needs_its_install_time_permission(app):
    words = "WifiService: Neither user 10123 nor current process has android.permission.ACCESS_WIFI_STATE."
    assert app.installed().refusal("wifi.connection").message == words


def test_the_active_network_tells_addresses_and_no_name(app):
    active = app.installed("ACCESS_NETWORK_STATE").call("connectivity.active")
    assert active["addresses"][0] == f"{app.identity.ip_v4}/24"
    assert active["wifi"]["ssid"] == "<unknown ssid>"
    assert (
        app.installed().refusal("connectivity.active").message.startswith("ConnectivityService: Neither user")
    )


# ---- location


def test_the_place_is_refused_exact_or_blurred(app):
    assert app.installed().refusal("location.last_known", "gps").message == (
        "uid 10123 does not have android.permission.ACCESS_COARSE_LOCATION"
        " or android.permission.ACCESS_FINE_LOCATION."
    )
    exact = app.installed("ACCESS_FINE_LOCATION").call("location.last_known", "gps")
    assert (exact["latitude"], exact["longitude"]) == (app.identity.latitude, app.identity.longitude)
    app.device.permissions.reset(APP)
    blurred = app.installed("ACCESS_COARSE_LOCATION").call("location.last_known", "gps")
    assert 0 < abs(blurred["latitude"] - app.identity.latitude) < 0.02
    assert blurred["accuracy"] == 2000
    assert app.ops() == {"FINE_LOCATION", "COARSE_LOCATION"}


def test_no_place_is_known_while_location_is_off(app):
    app.installed("ACCESS_FINE_LOCATION").device.settings.put("secure", "location_mode", "0")
    assert app.call("location.last_known", "gps") is None


def test_in_the_background_the_place_needs_a_permission_of_its_own(app):
    app.installed("ACCESS_FINE_LOCATION", "ACCESS_WIFI_STATE").in_front(False)
    assert app.call("location.last_known", "gps") is None
    assert app.call("wifi.connection")["ssid"] == "<unknown ssid>"
    app.installed("ACCESS_FINE_LOCATION", "ACCESS_BACKGROUND_LOCATION")
    assert app.call("location.last_known", "gps")["latitude"] == app.identity.latitude
    app.installed("ACCESS_FINE_LOCATION", target=28)
    assert app.call("location.last_known", "gps")["latitude"] == app.identity.latitude


def test_updates_come_until_they_are_removed(app):
    app.installed("ACCESS_FINE_LOCATION")

    async def listen():
        await app.call("location.request", 5, "gps", 0, False)
        await asyncio.sleep(0.3)
        app.call("location.remove", 5)
        heard = len(app.process.heard)
        await asyncio.sleep(0.3)
        return heard

    heard = asyncio.run(listen())
    updates = [args for event, args in app.process.heard if event == "location.update"]
    assert heard == len(updates) >= 2
    assert updates[0]["listener"] == 5 and updates[0]["location"]["latitude"] == app.identity.latitude


def test_updates_end_with_the_process(app):
    app.installed("ACCESS_FINE_LOCATION")

    async def listen():
        await app.call("location.request", 5, "gps", 0, False)
        await asyncio.sleep(0.05)
        app.device.processes.live = list
        await asyncio.sleep(0.5)

    asyncio.run(listen())
    assert len(app.process.heard) == 1


# ---- content


def rows(app, uri, projection=None, selection=None, args=None, order=None):
    return app.call("content.query", uri, projection, selection, args, order)["rows"]


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
    read = rows(app, uri, ["display_name", "data1"], order="_id")
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
    assert rows(app, "content://com.android.contacts/phone_lookup/14400000001", ["display_name"]) == [
        ["新来的"]
    ]
    assert ("content.changed", {"uri": data}) in app.process.heard
    assert app.call("content.delete", f"content://com.android.contacts/contacts/{number}", None, None) == 1
    assert rows(app, "content://com.android.contacts/phone_lookup/14400000001") == []


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
    assert rows(app.installed(permission), uri, [column], order="_id") == [
        [each] for each in values(app.identity)
    ]


def test_selections_orders_and_limits_of_apps_work(app):
    app.installed("READ_CALL_LOG")
    read = rows(app, "content://call_log/calls", ["number"], "duration > ?", ["0"], "date DESC LIMIT 1")
    newest = max(app.identity.calls, key=lambda each: each.date_ms)
    assert read == [[newest.number]]
    assert rows(app, "content://call_log/calls", ["count(*)"]) == [[4]]


def test_a_statement_cannot_do_more_than_read(app):
    app.installed("READ_CALL_LOG")
    for selection in ("1) UNION SELECT * FROM pragma_database_list --", "0); DELETE FROM calls --"):
        refusal = app.refusal("content.query", "content://call_log/calls", None, selection, None, None)
        assert refusal.java_class == "android.database.sqlite.SQLiteException"
    assert len(rows(app, "content://call_log/calls")) == 4


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
    assert len(rows(app, "content://sms")) == 3


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
    assert len(rows(app, IMAGES, ["_display_name"])) == seen


def test_an_app_sees_its_own_picture_and_reads_it(app):
    app.installed()
    uri = app.call("content.insert", IMAGES, {"_display_name": "mine.jpg", "mime_type": "image/jpeg"})
    assert rows(app, IMAGES, ["_display_name"]) == [["mine.jpg"]]
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


# ---- packages


def names(app):
    return {each["name"] for each in app.call("pm.list")}


def test_since_android_11_other_apps_are_hidden(app):
    decoys = {each.package for each in app.identity.decoy_apps}
    assert not names(app.installed()) & decoys
    assert decoys <= names(app.installed(target=29))
    assert decoys <= names(app.installed(declared=["QUERY_ALL_PACKAGES"]))
    assert "QUERY_ALL_PACKAGES" in app.ops()


def test_a_hidden_package_looks_like_none(app):
    hidden = app.identity.decoy_apps[0]
    app.installed()
    assert app.call("pm.info", hidden.package) is None
    assert app.call("pm.packages_for_uid", hidden.uid) == []


def test_queries_open_what_they_name(app):
    first, *others = [each.package for each in app.identity.decoy_apps]
    app.installed(queries=Queries(packages=(first,)))
    assert first in names(app) and not set(others) & names(app)
    launchers = Filter(
        actions=("android.intent.action.MAIN",), categories=("android.intent.category.LAUNCHER",)
    )
    assert {first, *others} <= names(app.installed(queries=Queries(intents=(launchers,))))


def test_the_launcher_query_finds_icons_and_a_hidden_icon_is_gone(app):
    activity = Component(
        kind="activity",
        name=f"{APP}.Main",
        process=APP,
        exported=True,
        filters=(
            Filter(actions=("android.intent.action.MAIN",), categories=("android.intent.category.LAUNCHER",)),
        ),
    )
    app.installed(target=29, activities=(activity,))
    intent = {"action": "android.intent.action.MAIN", "categories": ["android.intent.category.LAUNCHER"]}
    found = {each["application"]["name"] for each in app.call("pm.query", "activity", intent)}
    assert found == {APP, *(each.package for each in app.identity.decoy_apps)}
    app.call("pm.set_component_state", APP, f"{APP}.Main", 2)
    found = {each["application"]["name"] for each in app.call("pm.query", "activity", intent)}
    assert APP not in found
    assert app.call("pm.launcher", APP) is None


def test_components_of_others_are_not_switched(app):
    decoy = app.identity.decoy_apps[0].package
    assert (
        app.installed()
        .refusal("pm.set_component_state", decoy, "x", 2)
        .message.startswith("Permission Denial: attempt")
    )


# ---- the rest


def test_accounts_are_left_out_rather_than_refused(app):
    assert app.installed("GET_ACCOUNTS").call("accounts.list", None) == []
    assert len(app.installed("GET_ACCOUNTS", target=25).call("accounts.list", None)) == 2
    seen = app.installed("READ_CONTACTS").call("accounts.list", None)
    assert seen == [{"name": app.identity.accounts[0].name, "type": "com.google"}]


def test_the_clipboard_is_for_the_app_in_front(app):
    app.installed()
    assert app.call("clipboard.get") is None
    app.device.activities.foreground_package = lambda: APP
    assert app.call("clipboard.get")["items"][0]["text"] == app.identity.clipboard
    assert "READ_CLIPBOARD" in app.ops()
    app.call("clipboard.set", {"label": "l", "mimes": ["text/plain"], "items": [{"text": "new"}]})
    assert app.call("clipboard.get")["items"] == [{"text": "new"}]


def test_a_copy_is_told_to_whoever_listens(app):
    app.installed().call("clipboard.set", None)
    assert ("clipboard.changed", {}) in app.process.heard


def test_the_camera_refuses_in_the_way_of_each_of_its_apis(app):
    app.installed()
    assert app.refusal("camera.open", "0", 1).java_class == "java.lang.RuntimeException"
    assert app.refusal("camera.open", "0", 2).java_class == "java.lang.SecurityException"
    assert app.installed("CAMERA").call("camera.open", "0", 2) is None
    assert "CAMERA" in app.ops()


def test_the_camera_is_not_for_apps_in_the_background(app):
    app.installed("CAMERA").in_front(False)
    assert "from background" in app.call("camera.open", "0", 2)
    assert app.refusal("camera.open", "0", 1).message == "Fail to connect to camera service"
    assert app.ops() == set()


def test_the_microphone_opens_with_its_permission_only(app):
    assert app.installed().call("microphone.open") is False
    assert app.installed("RECORD_AUDIO").call("microphone.open") is True


def test_the_drm_id_needs_nothing(app):
    assert (
        app.installed().call("drm.device_id", "edef8ba9-79d6-4ace-a3c8-27dcd51d21ed") == app.identity.drm_id
    )


def test_the_advertising_id_reads_as_zeros_without_its_permission(app):
    assert app.installed().call("ads.google")["id"] == "00000000-0000-0000-0000-000000000000"
    assert app.installed(target=32).call("ads.google")["id"] == app.identity.gaid
    allowed = app.installed(declared=["com.google.android.gms.permission.AD_ID"])
    assert allowed.call("ads.google") == {"id": app.identity.gaid, "limited": False}


def test_the_vendors_ids_are_everybodys(app):
    assert app.installed().call("ads.vendor", "oaid") == app.identity.oaid


@pytest.mark.parametrize("target, permission", [(33, "BLUETOOTH_CONNECT"), (30, "BLUETOOTH")])
def test_bluetooth_gives_a_dummy_address_and_real_neighbours(app, target, permission):
    assert permission in app.installed(target=target).refusal("bluetooth.bonded").message
    app.installed(permission, target=target)
    assert app.call("bluetooth.address") == DUMMY_MAC
    assert app.call("bluetooth.bonded") == [app.identity.bluetooth_neighbours[0].address]


def test_a_bluetooth_scan_without_the_place_sees_nothing(app):
    assert app.installed("BLUETOOTH_SCAN").call("bluetooth.scan") == []
    found = app.installed("BLUETOOTH_SCAN", "ACCESS_FINE_LOCATION").call("bluetooth.scan")
    assert [each["address"] for each in found] == [each.address for each in app.identity.bluetooth_neighbours]


def test_steps_are_counted_for_those_who_may_know(app):
    async def register(kind):
        return await app.call("sensors.register", 1, kind, 200_000)

    app.installed()
    assert asyncio.run(register(19)) is False
    assert asyncio.run(register(1)) is True
    assert {each["name"] for each in app.call("sensors.list")} == {each.name for each in app.identity.sensors}
    assert asyncio.run(register(21)) is False
