"""A copy of the agent's sources, for tests that change them."""

import shutil

import pytest

from harness.capture.agent_build import SOURCES, install_packages


@pytest.fixture
def sources(tmp_path):
    """With its packages and without anything built."""
    install_packages(SOURCES)
    copy = tmp_path / "hooks"
    shutil.copytree(SOURCES, copy, ignore=shutil.ignore_patterns("node_modules", "build"))
    (copy / "node_modules").symlink_to(SOURCES / "node_modules")
    return copy
