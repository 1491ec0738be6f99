"""To whom a request went: the app's own servers, a third party of the catalogue, or not known."""

from __future__ import annotations

from harness.model.event import Flow, OpaqueConnection
from harness.sdks.load import load_signatures
from harness.timeline.timeline import Events, Segment


def is_third_party(event: Flow | OpaqueConnection) -> bool:
    """Its host belongs to an SDK of the catalogue, or is certainly not the operator's own. A host that nobody is
    known to own counts for neither."""
    if event.actor.kind == "sdk":
        return True
    return isinstance(event, Flow) and event.destination.party == "third"


def to_third_parties(run: Segment) -> Events[Flow]:
    """Requests with personal data to third parties."""
    return run.carrying.where(is_third_party)


def company_of(sdk: str | None) -> str:
    """The catalogue's company for an SDK id; empty when nobody in particular stands behind it."""
    return next((one.company for one in load_signatures() if one.id == sdk), "")


def category_of(sdk: str | None) -> str:
    return next((one.category for one in load_signatures() if one.id == sdk), "")


def country_of(flow: Flow) -> str | None:
    """Two letters, where an address was seen and its place is known; None otherwise."""
    return flow.destination.country if flow.destination.country_basis == "address" else None
