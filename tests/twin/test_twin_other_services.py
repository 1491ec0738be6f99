"""Packages, accounts, clipboard, media, advertising and Bluetooth called directly."""

from __future__ import annotations

import asyncio

import pytest
from data_app import APP, DUMMY_MAC

from harness.twin.apk import Component, Filter, Queries

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
