"""Soaks run for minutes: only when they are asked for by `-m soak` (`make soak`, nightly)."""

import pytest


def pytest_configure(config):
    config.addinivalue_line("markers", "soak: minutes of load; run only by -m soak")


def pytest_collection_modifyitems(config, items):
    if "soak" not in config.option.markexpr:
        for item in items:
            if item.get_closest_marker("soak"):
                item.add_marker(pytest.mark.skip(reason="a soak: run it by -m soak"))
