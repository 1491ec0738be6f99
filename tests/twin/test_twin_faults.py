"""Faults do what they say, when they say."""

from __future__ import annotations

import asyncio
import time

import pytest

from harness.model.errors import InputError
from harness.twin.faults import Fault, Faults, JavaError


def test_words_become_faults() -> None:
    assert Fault.parse("hang=5@2.5") == Fault("hang", "5", 2.5)
    assert Fault.parse("offline=1") == Fault("offline", "1", 0.0)
    assert Fault.parse("rpc_error=click:java.lang.X:a: b") == Fault(
        "rpc_error", "click:java.lang.X:a: b", 0.0
    )


@pytest.mark.parametrize("text", ["", "hang", "nope=1", "hang=x", "hang=1@soon", "rpc_error=x"])
def test_wrong_words_are_told(text) -> None:
    with pytest.raises(InputError, match="--fault"):
        Fault.parse(text)


def test_a_fault_waits_for_its_time() -> None:
    async def run():
        faults = Faults()
        told = []
        faults.listeners.append(told.append)
        faults.apply(Fault.parse("disk_full=1@0.05"))
        faults.apply(Fault.parse("rpc_error=click:java.lang.X:why"))
        assert not faults.disk_full and faults.rpc_errors == {"click": JavaError("java.lang.X", "why")}
        await asyncio.sleep(0.1)
        assert faults.disk_full and told == ["rpc_error", "disk_full"]
        with pytest.raises(OSError, match="No space left"):
            faults.check_disk()

    asyncio.run(run())


def test_a_gate_waits_out_hang_and_slowness() -> None:
    async def run():
        faults = Faults()
        began = time.monotonic()
        await faults.gate()
        assert time.monotonic() - began < 0.05
        faults.slow_ms = 50
        faults.hang(0.1)
        assert faults.hanging
        await faults.gate()
        assert time.monotonic() - began > 0.1 and not faults.hanging

    asyncio.run(run())
