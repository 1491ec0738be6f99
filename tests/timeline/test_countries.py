"""The country of an address, with the date of what says so."""

from __future__ import annotations

from harness.timeline.countries import country_of_address, place_of, source


def test_addresses_of_both_kinds_have_a_country():
    assert country_of_address("223.5.5.5") == "CN"
    assert country_of_address("8.8.8.8") == "US"
    assert country_of_address("2400:3200::1") == "CN"
    assert country_of_address("::ffff:223.5.5.5") == "CN"


def test_an_address_of_no_country_has_none():
    for address in ("10.0.0.1", "127.0.0.1", "203.0.113.1", "::1", "fe80::1", "", "no address"):
        assert country_of_address(address) is None


def test_the_source_carries_its_date_and_what_it_tells():
    assert source().startswith("registration of the address") and "October 2026" in source()


def test_without_an_address_the_seat_of_the_owner_stands_in_and_is_said_to_be_that():
    place = place_of("api.jpush.cn", None)
    assert (place.country, place.basis) == ("CN", "operator") and "seat of Aurora" in place.source
    assert place_of("api.jpush.cn", "8.8.8.8").basis == "address"
    assert place_of("nobody.example", None) is None
    assert place_of("nobody.example", "127.0.0.1") is None
