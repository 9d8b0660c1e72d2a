"""HTML pages: main text through trafilatura, then our own pass; what the page says about itself; every other block with its reason."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from tacitus.ingest.credits import is_byline_lead, is_credit
from tacitus.ingest.features import WORD, key_of
from tacitus.ingest.markup import block_lines, parse_html
from tacitus.ingest.metadata import byline_in, page_title, published_of, publisher_of, title_of, url_of
from tacitus.ingest.normal import normalize
from tacitus.ingest.phrases import Phrases, load_phrases
from tacitus.ingest.reasons import explain_removed
from tacitus.ingest.stripped import NEVER_BODY, extract_stripped
from tacitus.records import Removed

logger = logging.getLogger("tacitus")

TOO_LITTLE = 40
"""Words; below it, what trafilatura gives is compared with the reading of the page's stripped text."""
MIN_MATCH = 4
"""Words from which a block that stands anywhere in the article counts as kept; a menu's "News" must match a paragraph."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a page gave. `published` is ISO, `published_basis` page · url · None."""

    text: str = ""
    title: str | None = None
    byline: str | None = None
    published: str | None = None
    published_basis: str | None = None
    publisher: str | None = None
    url: str | None = None
    removed: tuple[Removed, ...] = ()


def read_html(source: str, *, url: str | None = None) -> Page:
    """The article of an HTML page. Never raises on bad markup: what cannot be parsed is read as stripped text."""
    tree = parse_html(source)
    if tree is None:
        return read_stripped(source)
    blocks = list(block_lines(tree))
    found = _trafilatura(source, url=url)
    title = title_of(tree)
    paragraphs = tidy(
        [normalize(line).strip() for line in (found.text or "").split("\n")] if found else [], title=title
    )
    text = "\n\n".join(paragraphs)
    if len(WORD.findall(text)) < TOO_LITTLE:
        page = read_stripped("\n".join([page_title(tree) or "", *blocks]))
        if len(WORD.findall(page.text)) > 2 * len(WORD.findall(text)):
            text = page.text
    url = url or url_of(tree)
    published, basis = published_of(tree, blocks, text=text, url=url)
    return Page(
        text=text,
        title=title,
        byline=byline_in(tree, blocks, text=text),
        published=published,
        published_basis=basis,
        publisher=publisher_of(tree),
        url=url,
        removed=_removed(blocks, text=text, title=title),
    )


def read_stripped(text: str) -> Page:
    """The article of a stripped page, or a clean article, which passes nearly untouched."""
    found = extract_stripped(normalize(text))
    page = Page(
        text=found.text,
        title=found.title,
        byline=found.byline,
        published=found.published,
        publisher=found.publisher,
        removed=found.removed,
    )
    return replace(page, published_basis="page" if found.published else None)


def tidy(paragraphs: Sequence[str], *, title: str | None) -> list[str]:
    """Our pass over extracted paragraphs: headline and credits at the top, captions, furniture phrases and repeats are taken out."""
    phrases = load_phrases()
    title_key = key_of(title or "")
    kept: list[str] = []
    seen: set[str] = set()
    for paragraph in filter(None, paragraphs):
        key = key_of(paragraph)
        is_repeat = key in seen and len(key.split()) >= 8
        if (len(kept) < 3 and (key == title_key or is_credit(paragraph) or is_byline_lead(paragraph))) or is_repeat:
            continue
        if is_furniture(paragraph, phrases=phrases):
            continue
        seen.add(key)
        kept.append(paragraph)
    while kept and is_credit(kept[-1]):
        kept.pop()
    return kept


def is_furniture(paragraph: str, *, phrases: Phrases) -> bool:
    """Whether a paragraph inside an extracted article is no part of it: a phrase such as "Read more", a teaser, a prompt, a credit."""
    size = len(WORD.findall(paragraph))
    hits = phrases.hits(paragraph)
    if any(hit.match == "whole" and hit.category in NEVER_BODY | {"caption"} for hit in hits):
        return True
    starts = {hit.category for hit in hits if hit.match == "start"}
    within = {hit.category for hit in hits if hit.match == "within"}
    ends_open = not paragraph.rstrip().endswith((".", "!", "?", "”", '"'))
    return (
        (size <= 30 and bool(starts & {"related", "share"}) and (ends_open or ":" in paragraph[:25]))
        or (size <= 40 and "newsletter" in starts and "newsletter" in within)
        or (size <= 25 and "caption" in starts and "caption" in within)
        or (size <= 40 and "footer" in starts and "footer" in within)
        or (size <= 25 and "advertisement" in starts and ends_open)
    )


def _trafilatura(source: str, *, url: str | None) -> Any | None:
    """trafilatura's reading of the page, or None. Precision first: comments and teasers cost more here than a lost caption."""
    import trafilatura  # here, because it takes longer to import than all the rest of the package

    try:
        return trafilatura.bare_extraction(
            source,
            url=url,
            favor_precision=True,
            include_comments=False,
        )
    except Exception as err:  # foreign parser, hostile markup: the page is then read as stripped text; the log says why
        logger.info("trafilatura could not read a page (%s: %s)", type(err).__name__, err)
        return None


def _removed(blocks: Sequence[str], *, text: str, title: str | None) -> tuple[Removed, ...]:
    """The blocks of the page that are not in the article."""
    body = key_of(text)
    paragraphs = {key_of(line) for line in text.split("\n")}
    keys = [key_of(block) for block in blocks]
    kept = [key in paragraphs or (len(key.split()) >= MIN_MATCH and key in body) for key in keys]
    return explain_removed(blocks, kept, title=title, phrases=load_phrases())
