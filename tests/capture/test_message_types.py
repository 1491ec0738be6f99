"""The agent and the harness have one contract: a field added on one side fails the build on the other."""

from typing import Annotated, Literal

import pytest
from pydantic import Field, TypeAdapter, create_model

from harness.capture.agent_build import build, write_generated
from harness.capture.message_types import message_types
from harness.capture.messages import Bye, Events, Heartbeat, Hello, Message, Observed, ObserverError, Targets
from harness.model.errors import InputError


@pytest.fixture
def written(sources):
    """The copy with what the build generates."""
    write_generated(sources)
    return sources


def test_the_contract_is_written_as_typescript():
    told = message_types()
    assert 'readonly t: "heartbeat";' in told
    assert "readonly exception: string | null;" in told
    assert "readonly events: readonly (Observed)[];" in told
    assert "export type AgentMessage = Hello | Targets | Events | ObserverError | Heartbeat | Bye;" in told


def test_a_field_that_only_the_harness_knows_fails_the_agents_build(written):
    more = create_model("Observed", __base__=Observed, battery=(int, ...))
    events = create_model("Events", __base__=Message, t=(Literal["events"], ...), events=(list[more], ...))
    union = Annotated[Hello | Targets | events | ObserverError | Heartbeat | Bye, Field(discriminator="t")]
    (written / "build/message-types.ts").write_text(message_types(TypeAdapter(union)))
    with pytest.raises(InputError, match="battery"):
        build(written)


def test_a_heartbeats_new_field_fails_it_too(written):
    more = create_model("Heartbeat", __base__=Heartbeat, battery=(int, ...))
    union = Annotated[Hello | Targets | Events | ObserverError | more | Bye, Field(discriminator="t")]
    (written / "build/message-types.ts").write_text(message_types(TypeAdapter(union)))
    with pytest.raises(InputError, match="heartbeat"):
        build(written)


@pytest.mark.parametrize(
    ("file", "right", "wrong"),
    [
        ("index.ts", '{ t: "heartbeat",', '{ t: "heartbeat", battery: 7,'),
        ("lib/install.ts", "status, reason:", "status, battery: 7, reason:"),
    ],
)
def test_a_field_that_only_the_agent_knows_fails_its_build(written, file, right, wrong):
    path = written / "src" / file
    text = path.read_text()
    assert right in text
    path.write_text(text.replace(right, wrong))
    with pytest.raises(InputError, match="battery"):
        build(written)
