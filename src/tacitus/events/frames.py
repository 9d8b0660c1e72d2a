"""Argument frames: which grammatical slots hold the actor and the recipient of an entry.

Written `actors > recipients`, or `parties <> parties` for reciprocal events, each side a list of alternatives: the first slot that is
filled counts. ``subj > obj | at`` reads: the subject acts; the object, else the phrase with "at", is acted upon.
"""

from __future__ import annotations

from dataclasses import dataclass

from tacitus.errors import DataError

SLOTS = frozenset(
    [
        "subj",
        "obj",
        "obj_party",
        "iobj",
        "comp",
        "complement",
        "content",
        "poss",
        "poss_agent",
        "mod",
        "about",
        "across",
        "against",
        "along",
        "among",
        "around",
        "as",
        "at",
        "behind",
        "between",
        "by",
        "for",
        "from",
        "in",
        "inside",
        "into",
        "near",
        "of",
        "off",
        "on",
        "outside",
        "over",
        "regarding",
        "round",
        "throughout",
        "to",
        "toward",
        "towards",
        "under",
        "upon",
        "with",
    ]
)
"""subj/obj are the deep ones (a passive is turned round); comp: subject of the complement clause; complement: recipients of the governed
event; content: any party named in what is governed; poss_agent: a possessor beside an "of" phrase ("Israel's killing of …"); mod: a
modifier that names a party; the rest are prepositions."""


@dataclass(frozen=True, slots=True)
class Frame:
    """`actors` and `recipients` are alternatives in order of preference. In a reciprocal frame everybody is an actor."""

    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    reciprocal: bool


def parse_frame(text: str, *, where: str) -> Frame:
    """Raises DataError, naming `where`, for a frame that has not two sides or names an unknown slot."""
    sign = "<>" if "<>" in text else ">"
    left, found, right = text.partition(sign)
    if not found:
        raise DataError(f"{where}: the frame {text!r} needs '>' or '<>'")
    sides = [tuple(slot.strip() for slot in side.split("|") if slot.strip()) for side in (left, right)]
    unknown = [slot for side in sides for slot in side if slot not in SLOTS]
    if unknown:
        raise DataError(f"{where}: the frame {text!r} names unknown slots {unknown}")
    return Frame(sides[0], sides[1], sign == "<>")
