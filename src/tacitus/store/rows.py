"""What the store gives back: rows for reports, joined with the page and the parties they belong to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Which facts to read. All conditions hold together; None asks for nothing.

    `actor`, `with_`: a PLOVER code or its beginning ("ISR", "ISRMIL"), or part of a name, in any case; an event passes when one party
    meets `actor` and another one `with_`. `since`, `until`: days, inclusive, of the event, else of the page.
    """

    actor: str | None = None
    with_: str | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """A page, or a failure where `error_kind` is set."""

    id: str
    title: str | None
    url: str | None
    publisher: str | None
    byline: str | None
    published: date | None
    flags: tuple[str, ...]
    error_kind: str | None
    error_message: str | None
    words: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingRow:
    """All pages of a period in figures: how many were coded, and of those publishers, words, first and last day; and how many `failed`."""

    documents: int
    failed: int
    publishers: int
    words: int
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyRow:
    """An actor as it takes part: `actor` is its id in the document, `text` the words in the event or claim."""

    actor: str
    name: str
    code: str | None
    country: str | None
    sectors: tuple[str, ...]
    kind: str
    reference: str | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """An event with its parties, its page, and who says so when it stands inside a claim.

    `sentence` counts from 0. Without a date of its own an event has the page's, with `day_basis` "published". `incident` is the one that
    the event reports or denies, None for what is announced, possible or background; `origin` the page that its page is a copy of, itself
    when it is none; `review` says that a person looked at it (`records.REVIEWS`).
    `number` is that of its row in the store as it is now.
    """

    document: str
    event: str
    type: str
    mode: str | None
    status: str
    quad: int | None
    score: float | None
    goldstein: float | None
    cameo: str | None
    confidence: float | None
    contexts: tuple[str, ...]
    claim: str | None
    speaker: PartyRow | None
    sentence: int
    sentence_text: str
    trigger_text: str
    day_from: date | None
    day_to: date | None
    day_basis: str | None
    place: str | None
    country_of_place: str | None
    lat: float | None
    lon: float | None
    dead_low: int | None
    dead_high: int | None
    injured_low: int | None
    injured_high: int | None
    size_low: int | None
    size_high: int | None
    actors: tuple[PartyRow, ...]
    recipients: tuple[PartyRow, ...]
    title: str | None
    publisher: str | None
    url: str | None
    published: date | None
    incident: str | None = None
    origin: str | None = None
    review: str | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """A claim with its speaker and its page. `content_texts` are the page's own words, unaltered; `events` those told inside it.

    `stance`: what the speaker does with the content (one of `records.STANCES`), where the cue makes it clear.
    """

    document: str
    claim: str
    speaker: PartyRow | None
    speaker_text: str | None
    cue_text: str | None
    content_texts: tuple[str, ...]
    kind: str
    sentence: int
    sentence_text: str
    embedded_in: str | None
    stance: str | None
    events: tuple[str, ...]
    title: str | None
    publisher: str | None
    url: str | None
    published: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownActorRow:
    """A name that stands for nobody the knowledge base has, over all pages. `code` is the most frequent one, from the pages' own words."""

    name: str
    kind: str
    code: str | None
    documents: int
    mentions: int
    example: str | None
