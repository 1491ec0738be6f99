"""The wire contract as TypeScript, made from harness/capture/messages.py at every build of the agent.

The agent is type-checked against it: a field that one side has and the other has not fails the build.
"""

from __future__ import annotations

import json
from typing import Any

from pydantic import TypeAdapter

from harness.capture.messages import MESSAGE


def message_types(messages: TypeAdapter[Any] = MESSAGE) -> str:
    """One interface a model. Fields with a default are there for old recordings: the agent gives every one."""
    schema = messages.json_schema(ref_template="{model}")
    models: dict[str, dict[str, Any]] = schema["$defs"]
    lines = [
        "// Made from harness/capture/messages.py by python -m harness.capture.agent_build. Do not edit."
    ]
    for name, model in sorted(models.items()):
        fields = [f"  readonly {field}: {_type(kind)};" for field, kind in model["properties"].items()]
        lines += [f"export interface {name} {{", *fields, "}"]
    union = " | ".join(one["$ref"] for one in schema["oneOf"])
    return "\n".join([*lines, f"export type AgentMessage = {union};", ""])


def _type(kind: dict[str, Any]) -> str:
    match kind:
        case {"$ref": str(name)}:
            return name
        case {"const": value}:
            return json.dumps(value)
        case {"enum": list(values)}:
            return " | ".join(json.dumps(value) for value in values)
        case {"anyOf": list(kinds)}:
            return " | ".join(_type(one) for one in kinds)
        case {"type": "array", "items": dict(items)}:
            return f"readonly ({_type(items)})[]"
        case {"type": "integer" | "number"}:
            return "number"
        case {"type": "string" | "boolean" | "null" as name}:
            return str(name)
    raise TypeError(f"no TypeScript for {kind}")
