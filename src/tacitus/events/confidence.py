"""How sure an event is, from features of how it was found."""

from __future__ import annotations

from tacitus.events.lexicon import EventLexicon
from tacitus.events.proposal import Proposal


def confidence(proposal: Proposal, *, status: str, lexicon: EventLexicon) -> float:
    """First estimate."""
    value = 0.5
    entry = proposal.candidate.entry
    value += 0.15 if entry.part == "verb" else 0.0
    value += 0.1 if proposal.actors else -0.1
    value += 0.1 if proposal.recipients or len(proposal.actors) > 1 else -0.05
    value += 0.05 if entry.conditions or len(entry.pattern.words) > 1 else 0.0
    return round(min(0.99, max(0.01, value)), 3)
