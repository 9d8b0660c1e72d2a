"""On whose word an event stands: a page's own voice, the side that is to have done it, the side it was done to, or somebody else.

Two parties who are against each other and tell the same make an event agreed; what only the adversary tells is alleged. Sides are compared
by country or code, never by name, so exchanging two parties exchanges the bases and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable

from tacitus.analysis.parties import side_of, sides
from tacitus.store import EventRow

BASES = {
    "page": "stated by a page in its own voice",
    "actor": "said by the side that is to have done it",
    "recipient": "said by the side it is to have been done to",
    "third-party": "said by a third side",
    "unidentified": "said by a source that is not identified",
}
"""Who tells one report of an event."""

STANDINGS = {
    "stated": "stated by a page in its own voice",
    "agreed": "agreed: said by both sides",
    "admitted": "said by the side that is to have done it",
    "alleged": "alleged: said only by the other side",
    "third-party": "said by a third side",
    "unattributed": "said by a source that is not identified",
}
"""How far an event is borne out: who, of the parties to it, says that it happened."""


def basis_of(event: EventRow) -> str:
    """Who tells this report, seen from the parties of the event: a key of BASES. A party to a reciprocal event is one of its actors."""
    if event.claim is None:
        return "page"
    if event.speaker is None:
        return "unidentified"
    side = side_of(event.speaker)
    if side in sides(event.actors):
        return "actor"
    return "recipient" if side in sides(event.recipients) else "third-party"


def standing_of(reports: Iterable[EventRow]) -> str:
    """How far an event is borne out by all its reports together: a key of STANDINGS."""
    reports = list(reports)
    told = {basis_of(report) for report in reports}
    if "page" in told:
        return "stated"
    if {"actor", "recipient"} <= told or _is_told_mutually(reports):
        return "agreed"
    if "actor" in told:
        return "admitted"
    if "recipient" in told:
        return "alleged"
    return "third-party" if "third-party" in told else "unattributed"


def _is_told_mutually(reports: Iterable[EventRow]) -> bool:
    """Whether two of the parties that act on each other, without a recipient, both say so."""
    mutual = [report for report in reports if not report.recipients and report.speaker is not None]
    return len({side_of(r.speaker) for r in mutual if r.speaker is not None and basis_of(r) == "actor"}) > 1
