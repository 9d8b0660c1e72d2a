"""Who said what: claims by speaker with the page's own words, and what is alleged inside them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tacitus.analysis.basis import standing_of
from tacitus.analysis.incidents import Citation, Incident, fold, group_of
from tacitus.analysis.parties import identity_of, speaker_keys
from tacitus.analysis.wording import Phrases
from tacitus.store import ClaimRow, EventRow, PartyRow
from tacitus.text import one_line

WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A claim in the page's own words. `kind`: direct (the speaker's words) · indirect (the page's rendering) · mixed.

    `pieces` are what stands together in the page; where there are several, a quotation is interrupted. `stance`: see `records.Claim`.
    `published` is the day of the first page that has it; `tells_events` whether the claim tells of events that were coded. `citations`
    are all places where the speaker says the same words, in order of time.
    """

    kind: str
    pieces: tuple[str, ...]
    cue: str | None
    stance: str | None
    published: date | None
    tells_events: bool
    citations: tuple[Citation, ...]

    @property
    def words(self) -> str:
        """The pieces with dots between them."""
        return " … ".join(self.pieces)


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """All claims of one speaker across the documents, the newest first; `code` is None where nobody could be identified."""

    name: str
    code: str | None
    statements: tuple[Statement, ...]

    def foremost(self, number: int) -> list[Statement]:
        """At most so many statements, the newest first; direct speech goes before the rest, then what tells of events, then the longest."""
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


def allegations(
    told: Sequence[EventRow],
    own_voice: Iterable[EventRow],
    denials: Iterable[EventRow],
    *,
    phrases: Phrases,
    worded: bool = True,
) -> list[Allegation]:
    """Actual events inside claims, folded like incidents. The parties' names play no part in their standing."""
    stated = {group_of(event) for event in own_voice}
    return [
        _allegation(incident, is_reported=any(group_of(event) in stated for event in incident.events))
        for incident in fold(told, phrases=phrases, denials=denials, worded=worded)
    ]


def _allegation(incident: Incident, *, is_reported: bool) -> Allegation:
    return Allegation(
        incident=incident,
        standing=standing_of(incident.events),
        is_own_account=all(_tells_of_himself(event) for event in incident.events),
        is_reported=is_reported,
    )


def _tells_of_himself(event: EventRow) -> bool:
    return event.speaker is not None and {party.actor for party in event.actors} == {event.speaker.actor}


def _speaker(group: Sequence[tuple[ClaimRow, PartyRow]], phrases: Phrases) -> Speaker:
    names = Counter(phrases.name(speaker) for _, speaker in group)
    longest = max(names, key=lambda name: (len(phrases.bare(name).split()), names[name]))
    same: dict[tuple[str, ...], list[ClaimRow]] = defaultdict(list)
    for claim, _ in sorted(group, key=lambda pair: pair[0].published or date.max):
        same[_wording(claim)].append(claim)
    statements = [_statement(claims) for claims in same.values()]
    return Speaker(
        name=longest,
        code=group[0][1].code,
        statements=tuple(sorted(statements, key=_newest_first)),
    )


def _wording(claim: ClaimRow) -> tuple[str, ...]:
    """What makes two claims of one speaker the same: the words, whatever marks and capitals a page gives them."""
    return tuple(WORD.findall(" ".join(claim.content_texts).lower()))


def _newest_first(statement: Statement) -> int:
    return -(statement.published or date.min).toordinal()


def _statement(claims: Sequence[ClaimRow]) -> Statement:
    """One statement of claims with the same words, in order of time. The first that quotes them directly gives the wording."""
    claim = next((claim for claim in claims if claim.kind == "direct"), claims[0])
    return Statement(
        kind=claim.kind,
        pieces=tuple(one_line(text) for text in claim.content_texts if text.strip()),
        cue=one_line(claim.cue_text) if claim.cue_text else None,
        stance=claim.stance,
        published=claims[0].published,
        tells_events=any(claim.events for claim in claims),
        citations=tuple(dict.fromkeys(Citation(claim.document, claim.sentence + 1) for claim in claims)),
    )
