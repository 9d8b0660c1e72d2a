"""What people say about the machine's coding: verdicts on events, actors and places, kept apart from it and laid over it.

`entries` are the words of one person on one fact; `anchoring` finds that fact again after its page was coded anew, `additions` events
that a person added; `applying` makes the record that readers see; `agreement` and `annotations` tell what was learnt.
"""

from tacitus.review.applying import Mark, Reviewed, review_record, with_added
from tacitus.review.entries import Anchor, Entry, added_entry, in_force, new_entry
from tacitus.review.facts import ActorFacts, Count, EventFacts, Party, Spot

__all__ = [
    "ActorFacts",
    "Anchor",
    "Count",
    "Entry",
    "EventFacts",
    "Mark",
    "Party",
    "Reviewed",
    "Spot",
    "added_entry",
    "in_force",
    "new_entry",
    "review_record",
    "with_added",
]
