"""Who said what: claims by speaker with the page's own words, and what is alleged inside them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tacitus.analysis.incidents import Citation, Incident, Key, fold, key_of
from tacitus.analysis.parties import identity_of, side_of, sides, speaker_keys
from tacitus.analysis.wording import Phrases
from tacitus.store import ClaimRow, EventRow, PartyRow
from tacitus.text import one_line

STANDINGS = {
    "agreed": "said by both sides",
    "admitted": "said by the side that is to have done it",
    "alleged": "said only by the other side",
    "third-party": "said by a third side",
    "unattributed": "said by a source that is not identified",
}
"""How far an alleged event is borne out: who, of the parties to it, says that it happened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A claim in the page's own words. `kind`: direct (the speaker's words) · indirect (the page's rendering) · mixed.

    `published` is the day of the page; `tells_events` whether the claim tells of events that were coded.
    """

    kind: str
    words: str
    cue: str | None
    published: date | None
    tells_events: bool
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """All claims of one speaker across the documents, in order of time; `code` is None where nobody could be identified."""

    name: str
    code: str | None
    statements: tuple[Statement, ...]

    def foremost(self, number: int) -> list[Statement]:
        """At most so many statements, in order of time: direct speech before the rest, then what tells of events, then the longest."""
        ranks = [
            (statement.kind == "direct", statement.tells_events, len(statement.words), -place)
            for place, statement in enumerate(self.statements)
        ]
        chosen = {-rank[-1] for rank in sorted(ranks, reverse=True)[:number]}
        return [statement for place, statement in enumerate(self.statements) if place in chosen]


@dataclass(frozen=True, slots=True, kw_only=True)
class Allegation:
    """An event that somebody says happened. `standing` is a key of STANDINGS.

    `is_own_account`: who says so is the only one who did it. `is_reported`: a page also states it itself.
    """

    incident: Incident
    standing: str
    is_own_account: bool
    is_reported: bool


def speakers(claims: Sequence[ClaimRow], *, phrases: Phrases) -> list[Speaker]:
    """Identified speakers, those with most claims first. Claims inside other claims count; a claim without words does not."""
    said = [(claim, claim.speaker) for claim in claims if claim.speaker is not None and any(claim.content_texts)]
    keys = speaker_keys(((speaker, claim.document) for claim, speaker in said), phrases=phrases)
    groups: dict[str, list[tuple[ClaimRow, PartyRow]]] = defaultdict(list)
    for claim, speaker in said:
        groups[keys[identity_of(speaker, claim.document, phrases=phrases)]].append((claim, speaker))
    found = [_speaker(group, phrases) for group in groups.values()]
    return sorted(found, key=lambda speaker: -len(speaker.statements))


def allegations(told: Sequence[EventRow], own_voice: Iterable[EventRow], *, phrases: Phrases) -> list[Allegation]:
    """Actual events inside claims, folded like incidents. The parties' names play no part in their standing."""
    stated = {key_of(event) for event in own_voice}
    return [_allegation(incident, stated) for incident in fold(told, phrases=phrases)]


def standing_of(incident: Incident) -> str:
    """Who says so, seen from the parties of the event: a key of STANDINGS."""
    doers, others = set(sides(incident.events[0].actors)), set(sides(incident.events[0].recipients))
    if not others:  # reciprocal: each party faces all the others
        others = doers if len(doers) > 1 else others
    said_by = {side_of(event.speaker) for event in incident.events if event.speaker is not None}
    if not said_by:
        return "unattributed"
    if len(said_by & (doers | others)) > 1 and said_by & doers and said_by & others:
        return "agreed"
    if said_by & doers:
        return "admitted"
    return "alleged" if said_by & others else "third-party"


def _allegation(incident: Incident, stated: set[Key]) -> Allegation:
    return Allegation(
        incident=incident,
        standing=standing_of(incident),
        is_own_account=all(_tells_of_himself(event) for event in incident.events),
        is_reported=any(key_of(event) in stated for event in incident.events),
    )


def _tells_of_himself(event: EventRow) -> bool:
    return event.speaker is not None and {party.actor for party in event.actors} == {event.speaker.actor}


def _speaker(group: Sequence[tuple[ClaimRow, PartyRow]], phrases: Phrases) -> Speaker:
    names = Counter(phrases.name(speaker) for _, speaker in group)
    longest = max(names, key=lambda name: (len(phrases.bare(name).split()), names[name]))
    statements = [_statement(claim) for claim, _ in group]
    return Speaker(
        name=longest,
        code=group[0][1].code,
        statements=tuple(statements),
    )


def _statement(claim: ClaimRow) -> Statement:
    words = " … ".join(one_line(text) for text in claim.content_texts if text.strip())
    return Statement(
        kind=claim.kind,
        words=words,
        cue=one_line(claim.cue_text) if claim.cue_text else None,
        published=claim.published,
        tells_events=bool(claim.events),
        citation=Citation(claim.document, claim.sentence + 1),
    )
