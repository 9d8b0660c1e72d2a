"""Already stripped page text, as crude scrapers leave it: the article out of menus, notices, teasers and comments."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tacitus.ingest.credits import byline_of, dateline_agency, is_byline_lead, is_credit, names_of
from tacitus.ingest.dates import find_date, is_date_line
from tacitus.ingest.features import key_of, page_features, size_of
from tacitus.ingest.gaps import GapModel, load_gap_model
from tacitus.ingest.headline import Headline, find_headline
from tacitus.ingest.layout import load_layout_model
from tacitus.ingest.phrases import Phrases, load_phrases
from tacitus.ingest.reasons import explain_removed
from tacitus.ingest.segments import RUNNING_LINE, Segment, cut_page
from tacitus.records import Removed

CREDIT_REACH = 6
"""Pieces around the start of the article in which byline and date are looked for."""
HEADLINE_REACH = 60
"""Pieces above the article in which its headline is looked for; share bars and galleries come between."""
NEVER_BODY = frozenset(("advertisement", "share", "newsletter", "cookie-notice", "related", "comments", "account"))
"""A piece inside the article that is wholly one of their phrases ("Read more", "Advertisement") is taken out in any case."""
SHORT_TEXT = 60
"""Words; a text up to this size in which nothing marks furniture is taken as it is."""
_DATE_LEAD = re.compile(
    r"\b(?:published|posted|issued|first published|originally published|updated|modified)\b", re.IGNORECASE
)
_CLOSING = re.compile(r"^[,.;:!?)\]”’…%]")


@dataclass(frozen=True, slots=True)
class Outline:
    """A page cut into pieces, each with its features, and its headline."""

    segments: Sequence[Segment]
    headline: Headline | None
    features: list[list[str]]

    @property
    def pieces(self) -> list[str]:
        return [segment.text for segment in self.segments]

    @property
    def sizes(self) -> list[int]:
        """Words of each piece."""
        return [size_of(segment.text) for segment in self.segments]


@dataclass(frozen=True, slots=True)
class Extract:
    """What was found on a page. `published` is ISO; every piece that is not in `text` is in `removed`."""

    text: str
    title: str | None
    byline: str | None
    published: str | None
    publisher: str | None
    removed: tuple[Removed, ...]


def lay_out(text: str, *, phrases: Phrases, gaps: GapModel) -> Outline:
    """Cut the page and describe its pieces."""
    segments = cut_page(text, phrases=phrases, gaps=gaps)
    pieces = [segment.text for segment in segments]
    headline = find_headline(pieces, phrases=phrases)
    running = max((len(line) for line in text.split("\n")), default=0) >= RUNNING_LINE and text.count("\n") < 10
    features = page_features(pieces, title=headline.title if headline else None, running=running, phrases=phrases)
    return Outline(segments=segments, headline=headline, features=features)


def extract_stripped(text: str) -> Extract:
    """The article of a stripped page. `text` must be normalised (see `normal`)."""
    phrases = load_phrases()
    outline = lay_out(text, phrases=phrases, gaps=load_gap_model())
    pieces = outline.pieces
    title = outline.headline.title if outline.headline else None
    model = load_layout_model()
    chances = model.body_chances(outline.features, outline.sizes)
    kept = choose_body(pieces, chances, threshold=model.threshold, title=title, phrases=phrases)
    places = credit_places(pieces, kept, title=title)
    body = join_segments(outline.segments, kept)
    publisher = outline.headline.publisher if outline.headline else None
    return Extract(
        text=body,
        title=title,
        byline=find_byline(pieces, places),
        published=find_published(pieces, places, title=title),
        publisher=publisher or dateline_agency(body),
        removed=explain_removed(pieces, kept, title=title, phrases=phrases),
    )


def choose_body(
    pieces: Sequence[str], chances: Sequence[float], *, threshold: float, title: str | None, phrases: Phrases
) -> list[bool]:
    """For each piece, whether it is part of the article. `chances`: the layout model's; rules see to the clear cases."""
    sure = _is_short_text(pieces, phrases=phrases)
    kept = [sure or chance >= threshold for chance in chances]
    kept = [keep and not _never_body(piece, phrases=phrases) for piece, keep in zip(pieces, kept, strict=True)]
    _drop_head(pieces, kept, title=key_of(title or ""))
    left = [piece for piece, keep in zip(pieces, kept, strict=True) if keep]
    is_notice = sum(map(size_of, left)) <= SHORT_TEXT and all(phrases.hits(piece) for piece in left)
    return [keep and not is_notice for keep in kept]


def credit_places(pieces: Sequence[str], kept: Sequence[bool], *, title: str | None) -> list[int]:
    """Where byline and date may stand: the pieces taken out between the headline and the article, around its start, right after its end."""
    body = [i for i, keep in enumerate(kept) if keep]
    if not body:
        return list(range(min(len(kept), 2 * CREDIT_REACH)))
    title_key = key_of(title or "")
    heads = [
        i for i in range(max(0, body[0] - HEADLINE_REACH), body[0]) if title_key and key_of(pieces[i]) == title_key
    ]
    start = min([max(0, body[0] - CREDIT_REACH), *heads[:1]])
    near = range(start, min(len(kept), body[0] + CREDIT_REACH))
    return [
        i for i in (*near, *range(body[-1] + 1, min(len(kept), body[-1] + 4))) if not kept[i] and i not in heads[:-1]
    ]


def find_byline(pieces: Sequence[str], places: Sequence[int]) -> str | None:
    """The first byline among the pieces at `places`."""
    for i in places:
        if is_byline_lead(pieces[i]) and i + 1 in places and (names := names_of(pieces[i + 1])):
            return names
        if found := byline_of(pieces[i]):
            return found
    return None


def find_published(pieces: Sequence[str], places: Sequence[int], *, title: str | None) -> str | None:
    """The date of publication among the pieces at `places`: those that say "published" first, then bare date lines.

    A date above the headline may be the day of the visit and counts only with such a word.
    """
    title_key = key_of(title or "")
    heads = [i for i in places if title_key and key_of(pieces[i]) == title_key]
    spoken = [i for i in places if len(pieces[i].split()) <= 25 and _DATE_LEAD.search(pieces[i])]
    spoken.sort(key=lambda i: bool(re.search("updated|modified", pieces[i], re.IGNORECASE)))
    bare = [
        i
        for i in places
        if (not heads or i > heads[-1]) and (is_date_line(_without_title(pieces[i], title)) or byline_of(pieces[i]))
    ]
    for i in (*spoken, *bare):
        if found := find_date(pieces[i]) or (find_date(pieces[i + 1]) if i in spoken and i + 1 in places else None):
            return found
    return None


def _without_title(piece: str, title: str | None) -> str:
    """What stands behind the headline on its own line; another piece as it is."""
    return piece.removeprefix(title) if title else piece


def join_segments(segments: Sequence[Segment], kept: Sequence[bool]) -> str:
    """The kept pieces as paragraphs; sentences cut out of one line stay in one paragraph until something was taken out between them."""
    paragraphs: list[str] = []
    before = False
    for segment, keep in zip(segments, kept, strict=True):
        if keep:
            text = join_lines(segment.parts)
            if paragraphs and before and not segment.paragraph:
                paragraphs[-1] += " " + text
            else:
                paragraphs.append(text)
        before = keep
    return "\n\n".join(paragraphs)


def join_lines(lines: Sequence[str]) -> str:
    """The lines of one sentence or paragraph, without a blank before closing punctuation."""
    text = ""
    for line in lines:
        glue = "" if not text or _CLOSING.match(line) or text.endswith(("(", "“", "[")) else " "
        text += glue + line
    return text


def _drop_head(pieces: Sequence[str], kept: list[bool], *, title: str) -> None:
    """Take the headline and the credits out of the first and last pieces that were kept (changes `kept`)."""
    body = [i for i, keep in enumerate(kept) if keep]
    for i in body[:4]:
        lead = i > 0 and is_byline_lead(pieces[i - 1]) and names_of(pieces[i]) is not None
        if lead or is_byline_lead(pieces[i]) or is_credit(pieces[i]) or (title and key_of(pieces[i]) == title):
            kept[i] = False
    for i in body[-2:]:
        if is_credit(pieces[i]):
            kept[i] = False


def _never_body(piece: str, *, phrases: Phrases) -> bool:
    return any(hit.match == "whole" and hit.category in NEVER_BODY for hit in phrases.hits(piece))


def _is_short_text(pieces: Sequence[str], *, phrases: Phrases) -> bool:
    return sum(len(piece.split()) for piece in pieces) <= SHORT_TEXT and not any(
        phrases.hits(piece) for piece in pieces
    )
