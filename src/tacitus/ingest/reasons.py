"""Why a piece was taken out of a page: the fixed set of reasons of `removed`, and the choice among them.

title             the headline and its repeats; it is kept in `title`
byline, dateline  who wrote it, when it was published; kept in `byline` and `published`
caption           of pictures and videos, with their credits
navigation        menus, section names, skip links
breadcrumb        the path to the page: "Home » World » ..."
account           log in, subscribe, become a member
cookie-notice     consent, privacy, ad-blocker and browser notices
share             share bars, follow us
newsletter        prompts to sign up or to get the app
related           teasers of other articles, "read more"
advertisement     and affiliate notices
comments          of readers, and the form for them
footer            imprint, copyright, terms, contact
repeated          stands on the page already
outside-article   none of the above: before, between or after what reads as the article
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tacitus.ingest.credits import byline_of, is_byline_lead
from tacitus.ingest.dates import is_date_line
from tacitus.ingest.features import key_of
from tacitus.ingest.phrases import CATEGORIES, Phrases
from tacitus.records import Removed

REASONS = ("title", "breadcrumb", *CATEGORIES, "repeated", "outside-article")
_CRUMB = re.compile(r"^\s*(?:home|homepage|news|start|front page|you are here:?)\b.{0,20}?[»›>/|→].+", re.IGNORECASE)
_STRENGTH = {"whole": 0, "start": 1, "within": 2}
_LASTING = ("comments", "related", "footer")
"""Headings of these kinds speak for the unmarked pieces that follow them below the article."""


def explain_removed(
    pieces: Sequence[str], kept: Sequence[bool], *, title: str | None, phrases: Phrases
) -> tuple[Removed, ...]:
    """Every piece that is not kept, in order, with its reason."""
    last = max((i for i, keep in enumerate(kept) if keep), default=-1)
    first = next((i for i, keep in enumerate(kept) if keep), len(pieces))
    title_key = key_of(title or "")
    body = {key_of(piece) for piece, keep in zip(pieces, kept, strict=True) if keep}
    seen: set[str] = set()
    heading, removed = None, []
    for i, (piece, keep) in enumerate(zip(pieces, kept, strict=True)):
        if keep:
            continue
        key = key_of(piece)
        reason = reason_of(piece, title_key=title_key, phrases=phrases)
        if reason in _LASTING and i > last and len(key.split()) <= 6:
            heading = reason
        if reason is None and key and (key in body or key in seen):
            reason = "repeated"
        if reason is None:
            reason = (
                heading
                if i > last and heading
                else "navigation"
                if i < first and len(key.split()) <= 4
                else "outside-article"
            )
        seen.add(key)
        removed.append(Removed(text=piece, reason=reason))
    return tuple(removed)


def reason_of(piece: str, *, title_key: str, phrases: Phrases) -> str | None:
    """The reason that the piece itself shows, or None."""
    key = key_of(piece)
    if title_key and (
        key == title_key or (title_key in key and len(key) <= len(title_key) + 60 and not _CRUMB.match(piece))
    ):
        return "title"
    if _CRUMB.match(piece):
        return "breadcrumb"
    if is_date_line(piece):
        return "dateline"
    if byline_of(piece) is not None or is_byline_lead(piece):
        return "byline"
    hits = sorted(phrases.hits(piece), key=lambda hit: (_STRENGTH[hit.match], CATEGORIES.index(hit.category)))
    return hits[0].category if hits else None
