"""Batches of events as the agent packs them, and as the contract (harness/capture/messages.py) has them.

A batch is JSON text beside its message: `{"t": "events", "site": [names], "row": [names], "sites": [...],
"stacks": [...], "rows": [...]}`. What calls of one place have in common stands once, in a site; each different stack
stands once. A row is the numbers of its site and its stack, and then its own values.
"""

from __future__ import annotations

import json
from typing import Any, Final

MAX_BYTES: Final = 64 * 1024 * 1024
"""Far above a batch of the longest events the contract allows in practice; the app shares the sender's process."""


def unpacked(data: bytes) -> dict[str, Any]:
    """The message as the contract has it. Raises ValueError for bytes that are no batch; what the events hold is
    for the contract to judge."""
    if len(data) > MAX_BYTES:
        raise ValueError(f"a batch of {len(data)} bytes")
    try:
        packed = json.loads(data)
        site_names, row_names = tuple(packed["site"]), tuple(packed["row"])
        sites = [dict(zip(site_names, site, strict=True)) for site in packed["sites"]]
        stacks = packed["stacks"]
        events = [
            {
                **dict(zip(row_names, row[2:], strict=True)),
                **_at(sites, row[0]),
                "stack": _at(stacks, row[1]),
            }
            for row in packed["rows"]
        ]
        return {"t": packed["t"], "events": events}
    except (KeyError, IndexError, TypeError, RecursionError) as error:
        raise ValueError(f"no batch of events: {type(error).__name__}: {error}") from error


def _at(items: Any, number: object) -> Any:
    """A negative number would count from the end, and True is 1."""
    if type(number) is not int or number < 0:
        raise IndexError(f"{number!r} is no number of a site or stack")
    return items[number]
