"""The strings of a JSON document, in an order that can be walked again to find the way to one of them."""

from __future__ import annotations

import json
from typing import Any

from harness.timeline.view import pointer


def parse(text: str) -> object:
    """One document. Numbers stay as they were written: a coordinate's digits are the evidence."""
    document: object = json.loads(text, parse_float=str, parse_int=str)
    return document


def leaves(document: object, most: int) -> tuple[list[str], list[str], bool]:
    """(keys, values, whether that is all): strings and numbers with the key they stand under, "" in arrays.

    Keys of containers and of true, false and null come with an empty value. At most about `most` leaves.
    """
    keys: list[str] = []
    values: list[str] = []
    todo: list[tuple[str, Any]] = [("", document)]
    while todo:
        key, value = todo.pop()
        if isinstance(value, str):
            keys.append(key)
            values.append(value)
        elif isinstance(value, dict):
            if key:
                keys.append(key)
                values.append("")
            todo.extend(value.items())
        elif isinstance(value, list):
            if key:
                keys.append(key)
                values.append("")
            todo.extend([("", one) for one in value])
        elif key:
            keys.append(key)
            values.append("")
        if len(keys) > most:
            return keys, values, False
    return keys, values, True


def pointers(document: object) -> list[str]:
    """JSON pointers of what `leaves` gives, in its order."""
    out: list[str] = []
    todo: list[tuple[str, Any, tuple[str | int, ...]]] = [("", document, ())]
    while todo:
        key, value, path = todo.pop()
        if isinstance(value, str) or key:
            out.append(pointer(list(path)))
        if isinstance(value, dict):
            todo.extend((name, one, (*path, name)) for name, one in value.items())
        elif isinstance(value, list):
            todo.extend(("", one, (*path, index)) for index, one in enumerate(value))
    return out
