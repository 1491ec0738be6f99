"""docs/checks.md names every check as it is built and every parameter with its default."""

from __future__ import annotations

from pathlib import Path

from harness.rules.load import load_rules
from harness.rules.profile import Limits, profile_ids

TEXT = (Path(__file__).parents[2] / "docs" / "checks.md").read_text(encoding="utf-8")


def test_every_check_is_documented_with_its_logic_and_gates():
    for rule in load_rules():
        assert f"### {rule.id} {rule.title} / {rule.title_zh}\n\n{' '.join(rule.about.split())}" in TEXT, (
            rule.id
        )
        assert f"Scenarios {', '.join(rule.scenarios)}" in TEXT
        assert f"Gates {', '.join(rule.gates)}." in TEXT


def test_every_limit_and_profile_is_documented():
    for name, field in Limits.model_fields.items():
        assert f"| `{name}` | {field.default} |" in TEXT, name
    for name in profile_ids():
        assert f"| `{name}` |" in TEXT
