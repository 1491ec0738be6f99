"""A million inputs into the request decoder, and as many again guided by coverage. Needs atheris (Linux)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

RUNS = int(os.environ.get("HARNESS_SOAK_INPUTS", "1000000"))


@pytest.mark.soak
@pytest.mark.timeout(4 * 3600)
@pytest.mark.parametrize("blind", ["1", ""], ids=["blind", "guided"])
def test_a_million_inputs_neither_crash_nor_hang_nor_outgrow_the_decoder(tmp_path, blind):
    pytest.importorskip("atheris")
    done = subprocess.run(
        [
            sys.executable, str(Path(__file__).with_name("fuzz_decoders.py")),
            f"-runs={RUNS}", "-max_len=256", "-timeout=15", f"-artifact_prefix={tmp_path}/",
        ],
        capture_output=True, text=True, timeout=4 * 3600, env={**os.environ, "HARNESS_SOAK_BLIND": blind},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    assert f"Done {RUNS} runs" in done.stderr
