"""A million inputs, guided by coverage, into the request decoder. Needs `pip install atheris` (Linux, macOS)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

RUNS = int(os.environ.get("HARNESS_SOAK_INPUTS", "1000000"))


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_a_million_inputs_neither_crash_nor_hang_nor_outgrow_the_decoder(tmp_path):
    pytest.importorskip("atheris")
    done = subprocess.run(
        [
            sys.executable, str(Path(__file__).with_name("fuzz_decoders.py")),
            f"-runs={RUNS}", "-timeout=15", f"-artifact_prefix={tmp_path}/",
        ],
        capture_output=True, text=True, timeout=3500,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    assert f"Done {RUNS} runs" in done.stderr
