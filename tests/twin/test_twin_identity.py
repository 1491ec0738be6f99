"""Identities are reproducible, unique and well-formed."""

from __future__ import annotations

import json
import re

import pytest

from harness.model.data_type import DATA_TYPES
from harness.twin.identity import Identity
from harness.twin.invent import with_check_digit

SHARED = {"carrier"}
"""Operators exist once; everything else must tell two twins apart."""
WITHOUT_VALUES = {"running_apps", "camera", "microphone", "screen_capture", "other"}


def test_the_same_seed_gives_the_same_identity():
    assert Identity.from_seed(7) == Identity.from_seed(7)


def test_no_two_seeds_share_an_identifying_value():
    seen: dict[str, int] = {}
    for seed in range(1, 60):
        for data_type, values in Identity.from_seed(seed).values().items():
            if data_type in SHARED or data_type == "contacts":
                continue
            for value in values:
                assert seen.setdefault(value, seed) == seed, (
                    f"{data_type} {value} of seeds {seen[value]} and {seed}"
                )


def test_every_data_type_that_has_values_has_some():
    assert set(Identity.from_seed(1).values()) == set(DATA_TYPES) - WITHOUT_VALUES


def test_no_value_stands_for_two_kinds_that_would_confuse_a_leak_search():
    kinds: dict[str, set[str]] = {}
    for data_type, values in Identity.from_seed(3).values().items():
        for value in values:
            kinds.setdefault(value, set()).add(data_type)
    assert {
        value: found for value, found in kinds.items() if len(found) > 1 and found != {"contacts", "call_log"}
    } == {}


@pytest.mark.parametrize("seed", range(1, 20))
def test_values_have_the_form_that_apps_and_regulators_expect(seed):
    identity = Identity.from_seed(seed)
    for sim in identity.sims:
        assert re.fullmatch(r"\d{15}", sim.imei) and with_check_digit(sim.imei[:-1]) == sim.imei
        assert re.fullmatch(r"8986\d{16}", sim.iccid) and with_check_digit(sim.iccid[:-1]) == sim.iccid
        assert re.fullmatch(r"460\d{12}", sim.imsi) and sim.imsi.startswith(sim.numeric)
        assert re.fullmatch(r"\+861440\d{7}", sim.number)
    assert re.fullmatch(r"[0-9a-f]{16}", identity.android_id)
    assert re.fullmatch(r"A[0-9A-F]{13}", identity.meid)
    for address in (identity.wifi_mac, identity.bluetooth_address, identity.hotspot.bssid):
        assert re.fullmatch(r"([0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}", address) and int(address[:2], 16) & 3 == 0
    assert len(bytes.fromhex(identity.drm_id)) == 32
    for degrees in (identity.latitude, identity.longitude):
        assert len(str(degrees).partition(".")[2]) >= 6


def test_a_known_check_digit_is_computed():
    assert with_check_digit("49015420323751") == "490154203237518"


def test_two_apps_of_one_signer_share_the_android_id_and_others_do_not():
    one, other = Identity.from_seed(1), Identity.from_seed(2)
    assert one.ssaid("com.a", "aa") == one.ssaid("com.b", "aa")
    assert one.ssaid("com.a", "aa") != one.ssaid("com.a", "bb")
    assert one.ssaid("com.a", "aa") != other.ssaid("com.a", "aa")
    assert one.ssaid("com.a", None) != one.ssaid("com.b", None)
    assert one.ssaid("com.a", "aa") != one.android_id
    assert one.ssaid("com.a", "aa") in one.values("com.a", "aa")["android_id"]


def test_the_identity_prints_as_json_with_its_values():
    shown = json.loads(json.dumps(Identity.from_seed(5).as_json()))
    assert shown["sims"][0]["imei"] in shown["values"]["imei"]
