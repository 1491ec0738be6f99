"""What everything that crosses a boundary is made of."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Fact(BaseModel):
    """Frozen, and no field that is not declared: a boundary does not guess."""

    model_config = ConfigDict(frozen=True, extra="forbid")
