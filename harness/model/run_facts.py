"""run.json: what was run, on what, with what."""

from __future__ import annotations

from typing import Literal

from harness.model.event import FORMAT, Fact
from harness.model.result import AppFacts


class DeviceFacts(Fact):
    serial: str
    brand: str
    model: str
    android: str
    sdk: int
    build: str
    android_id_sha256: str | None = None
    emulated: bool
    """True for the twin and emulators: never evidence about how a real phone behaves."""


class Failure(Fact):
    kind: str
    message: str
    scenario: str | None = None


class ScenarioFacts(Fact):
    id: str
    state: Literal["planned", "running", "done", "failed"] = "planned"
    detail: str = ""


class RunFacts(Fact):
    format: Literal[1] = FORMAT
    harness_version: str
    app: AppFacts
    device: DeviceFacts | None = None
    scenarios: list[ScenarioFacts]
    profile: str
    app_type: str | None = None
    """Id in harness/rules/app_types.yaml; None when nobody said."""
    for_children: bool = False
    """The user says that the app is made for children."""
    pace: float
    """Dwell times were multiplied by this; 1 is the full length."""
    network: Literal["sinkhole", "live"]
    intercept: Literal["proxy", "wireguard"] = "proxy"
    """How the app was to be led to the proxy; where no tunnel came up, raw/proxy.jsonl says so and why."""
    tools: dict[str, str] = {}
    catalogues: dict[str, str] = {}
    """SHA-256 of the agent, scenarios and SDK catalogue that were used."""
    seed: int = 0
    """Order of what was equally likely in searches and tours; the same seed on the same app goes the same way."""
    interventions: list[str] = []
    """Ids of what changed the app while it ran; see harness/capture/interveners.py."""
    started: str
    """UTC, ISO 8601."""
    ended: str | None = None
    failure: Failure | None = None
