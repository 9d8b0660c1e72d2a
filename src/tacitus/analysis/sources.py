"""The pages behind a report: numbered sources, and what weakens them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tacitus.store import ClaimRow, DocumentRow, EventRow

FLAGS = {
    "undated": "without a date; what is reported there is placed in time only where the text gives a date",
    "no-byline": "without an author's name",
    "no-named-source": "in which no named source speaks",
    "not-english": "in another language, not coded",
    "duplicate-of": "that copy the text of a page read before",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A page, with the short label under which the report cites it ("d12")."""

    label: str
    id: str
    title: str | None
    publisher: str | None
    published: date | None
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Caveat:
    """Something that limits the report, with the documents it holds for (ids)."""

    text: str
    documents: tuple[str, ...]


def sources(documents: Sequence[DocumentRow], events: Iterable[EventRow], claims: Iterable[ClaimRow]) -> list[Source]:
    """Coded pages by date, undated ones last, then those that only events or claims refer to. Failed pages are caveats, no sources."""
    pages: dict[str, DocumentRow | EventRow | ClaimRow] = {
        page.id: page for page in documents if page.error_kind is None
    }
    for event in events:
        pages.setdefault(event.document, event)
    for claim in claims:
        pages.setdefault(claim.document, claim)
    ordered = sorted(pages.items(), key=lambda item: (item[1].published or date.max, item[0]))
    return [
        Source(
            label=f"d{n}", id=id_, title=page.title, publisher=page.publisher, published=page.published, url=page.url
        )
        for n, (id_, page) in enumerate(ordered, 1)
    ]


def caveats(documents: Sequence[DocumentRow], events: Sequence[EventRow], claims: Sequence[ClaimRow]) -> list[Caveat]:
    """Failures first, then what is missing from pages, repeated pages, and events whose day is only that of the page."""
    failed: dict[str, list[str]] = defaultdict(list)
    for page in documents:
        if page.error_kind is not None:
            failed[(page.error_message or page.error_kind).removeprefix(f"{page.id}: ")].append(page.id)
    found = [
        Caveat(text=f"{_pages(len(ids))} could not be coded: {message}", documents=tuple(ids))
        for message, ids in failed.items()
    ]
    flagged: dict[str, list[str]] = defaultdict(list)
    for page in documents:
        for flag in page.flags:
            flagged[flag.partition(":")[0]].append(page.id)
    found += [
        Caveat(text=f"{_pages(len(ids))} {FLAGS.get(flag, f'flagged {flag}')}", documents=tuple(ids))
        for flag, ids in sorted(
            flagged.items(), key=lambda item: (list(FLAGS).index(item[0]) if item[0] in FLAGS else len(FLAGS), item[0])
        )
    ]
    dated_by_page = sum(event.day_basis == "published" for event in events)
    if dated_by_page:
        found.append(
            Caveat(
                text=f"{dated_by_page} of {len(events)} events bear the date of the page that reports them",
                documents=(),
            )
        )
    nobody = sum(claim.speaker is None for claim in claims)
    if nobody:
        found.append(
            Caveat(text=f"{nobody} of {len(claims)} claims have a speaker who could not be identified", documents=())
        )
    return found


def _pages(number: int) -> str:
    return "1 page" if number == 1 else f"{number} pages"
