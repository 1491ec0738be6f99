"""Services that give data called directly, from settings to the place: what is allowed, what is refused in which
words, and the dummies."""

from __future__ import annotations

import asyncio

import pytest
from data_app import APP, DUMMY_MAC

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
