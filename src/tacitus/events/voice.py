"""In whose words an event stands."""

from __future__ import annotations

from collections.abc import Sequence

from tacitus.records import Claim, Span


def innermost_claim(claims: Sequence[Claim], trigger: Span) -> Claim | None:
    """The claim with the shortest stretch of content that holds the trigger; None where the page itself speaks."""
    holding = [
        (span.end - span.start, claim.id, claim) for claim in claims for span in claim.content if span.contains(trigger)
    ]
    return min(holding, key=lambda entry: entry[:2])[2] if holding else None
