"""Known senders: where in which SDK's requests which kind of data stands. Each file says why it is believed."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final

from pydantic import AfterValidator, Field

from harness.model.data_type import DataType
from harness.model.errors import InputError
from harness.model.event import Fact
from harness.sdks.load import load_signatures
from harness.sdks.yaml_data import near, read_all

SENDERS: Final = Path(__file__).parent / "senders"
_AT: Final = (
    r"^(query:[^>]+|header:[a-z0-9-]+|cookie:[^>]+|(form|multipart|json|json-lines|sentry):[^>]+)"
    r"(>(form|json|json-lines):[^>]+)*$"
)


def _expression(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"no regular expression: {error}") from None
    return text


class Datum(Fact):
    data_type: DataType
    at: str = Field(pattern=_AT)
    """`query:k`, `header:k`, `cookie:k`, or where in the body: `form:k`, `json:/a/*/b` (`*` is one step, `**`
    any number), documents in documents joined by `>`. Compressions and encodings on the way are not named."""
    because: str = ""
    """Where this place needs a reason of its own."""


class Sender(Fact):
    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    sdk: str
    """Id in the catalogue."""
    because: str = Field(min_length=1)
    hosts: list[str]
    """With their subdomains. Empty for servers of the customer's own: then the path and the marks tell."""
    path: Annotated[str, AfterValidator(_expression)]
    """A regular expression for the whole path, without the query."""
    marks: list[str] = []
    """Names that must all be there: `header:<name>`, `query:<name>`, `body:<name>`."""
    data: list[Datum] = Field(min_length=1)


@functools.cache
def load_senders(folder: Path = SENDERS) -> Sequence[Sender]:
    """Sorted by id. Every fault of every file is told in one InputError."""
    found, broken = read_all(folder, Sender)
    known = [one.id for one in load_signatures()]
    for path, sender in found:
        if sender.id != path.stem:
            broken.append(f"{path}: id: {sender.id!r} must be the file's name, {path.stem!r}")
        if sender.sdk not in known:
            broken.append(f"{path}: sdk: {sender.sdk!r} is not in the catalogue{near(sender.sdk, known)}")
        if not sender.hosts and sender.path in ("", ".*", "/.*"):
            broken.append(f"{path}: path: any path on any host would match; name hosts or the path")
    if broken:
        raise InputError("\n".join(broken))
    return tuple(sender for _, sender in found)
