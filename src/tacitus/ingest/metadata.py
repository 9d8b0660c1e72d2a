"""What an HTML page says about itself: headline, writers, publisher, address, date of publication. Nothing is guessed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from tacitus.ingest.credits import byline_of
from tacitus.ingest.dates import find_date, is_date_line, parse_iso
from tacitus.ingest.features import key_of
from tacitus.ingest.headline import split_title
from tacitus.ingest.markup import Element
from tacitus.ingest.normal import normalize
from tacitus.text import one_line

_URL_DATE = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?:/|-|$)")
_META_AUTHORS = frozenset(("author", "byl", "parsely-author", "sailthru.author", "dc.creator", "article:author_name"))
_META_DATES = (
    "article:published_time",
    "datepublished",
    "date.published",
    "publishdate",
    "publish-date",
    "pubdate",
    "article.published",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.created",
    "article_date_original",
    "cxenseparse:recs:publishtime",
    "og:published_time",
    "originalpublicationdate",
    "dc.date",
    "date",
)
NEAR = 8
"""Blocks above the article in which a printed date line or byline is looked for."""
LONG = 8
"""Words from which a block is taken for a paragraph of the article."""


def title_of(tree: Element) -> str | None:
    """The headline: the one `h1` that the page title repeats, else what the page declares, else the page title without publisher."""
    shown = page_title(tree)
    declared = _meta(tree, "og:title")
    heads = [one_line(normalize(head.text_content())) for head in tree.iter("h1")]
    known = f"{key_of(shown or '')} {key_of(declared or '')}"
    for head in heads:
        if len(key_of(head).split()) >= 3 and key_of(head) in known:
            return head
    best = declared or shown
    return split_title(best).title if best else next((head for head in heads if head), None)


def url_of(tree: Element) -> str | None:
    """The address that the page gives for itself."""
    links = (link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical")
    address = next(filter(None, links), None) or _meta(tree, "og:url")
    return address if address and address.startswith(("http://", "https://")) else None


def publisher_of(tree: Element) -> str | None:
    """The name of the site, else the name at the end of the page title."""
    shown = page_title(tree)
    name = _meta(tree, "og:site_name")
    if name and "://" not in name:
        return name
    return split_title(shown).publisher if shown else None


def byline_in(tree: Element, blocks: Sequence[str], *, text: str) -> str | None:
    """The writers: as the page marks them, else a byline among the blocks that were taken out."""
    declared = [name for data in _linked_data(tree) for name in _names(data.get("author"))]
    declared = declared or [
        m.get("content") or "" for m in tree.iter("meta") if (m.get("name") or "").lower() in _META_AUTHORS
    ]
    names = [one_line(normalize(name)) for name in dict.fromkeys(declared)]
    names = [
        byline_of(name) or name
        for name in names
        if name and "/" not in name and "@" not in name and len(name.split()) <= 8
    ]
    if names:
        return ", ".join(names)
    body = {key_of(line) for line in text.split("\n") if line}
    return next(
        (who for block in blocks if key_of(block) not in body and (who := byline_of(block)) and block != who), None
    )


def _names(author: Any) -> Iterator[str]:
    """The names in the `author` of a JSON-LD object: a string, an object with a name, or a list of these."""
    if isinstance(author, str):
        yield author
    elif isinstance(author, dict):
        yield from _names(author.get("name"))
    elif isinstance(author, list):
        for item in author:
            yield from _names(item)


def page_title(tree: Element) -> str | None:
    element = next(tree.iter("title"), None)
    return one_line(normalize(element.text_content())) or None if element is not None else None


def published_of(tree: Element, blocks: Sequence[str], *, text: str, url: str | None) -> tuple[str | None, str | None]:
    """Date of publication and its basis: what the page declares, then a printed date line, then the address. Never a guess."""
    for value in _declared_dates(tree):
        date = parse_iso(value) or find_date(value)
        if date:
            return date, "page"
    body = {key_of(line) for line in text.split("\n") if line}
    first = next(
        (i for i, block in enumerate(blocks) if key_of(block) in body and len(block.split()) > LONG), len(blocks)
    )
    for block in reversed(blocks[max(0, first - NEAR) : first]):
        if (is_date_line(block) or byline_of(block)) and (date := find_date(block)):
            return date, "page"
    match = _URL_DATE.search(url or "")
    if match:
        return parse_iso(f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"), "url"
    return None, None


def _meta(tree: Element, name: str) -> str | None:
    values = (m.get("content") for m in tree.iter("meta") if (m.get("property") or m.get("name") or "").lower() == name)
    return next((one_line(normalize(value)) for value in values if value and value.strip()), None)


def _declared_dates(tree: Element) -> Iterator[str]:
    """Dates that the page gives for itself: JSON-LD, meta elements, `time` marked as the publication."""
    for data in _linked_data(tree):
        if isinstance(data.get("datePublished"), str):
            yield data["datePublished"]
    metas = [
        ((m.get("property") or m.get("name") or m.get("itemprop") or "").lower(), m.get("content") or "")
        for m in tree.iter("meta")
    ]
    for name in _META_DATES:
        yield from (content for key, content in metas if key == name)
    for time in tree.iter("time"):
        marks = f"{time.get('itemprop') or ''} {time.get('class') or ''} {time.get('pubdate') is not None and 'pubdate'}".lower()
        if "publi" in marks or "pubdate" in marks or "entry-date" in marks:
            yield time.get("datetime") or time.text_content()


def _linked_data(tree: Element) -> Iterator[dict[str, Any]]:
    """The JSON-LD objects of the page that describe an article."""
    for script in tree.iter("script"):
        if (script.get("type") or "").lower() != "application/ld+json" or not script.text:
            continue
        try:
            data = json.loads(script.text, strict=False)
        except (ValueError, RecursionError):
            continue  # a broken annotation is the page's fault and costs only itself
        graph = data.get("@graph") if isinstance(data, dict) else None
        items = graph if isinstance(graph, list) else data if isinstance(data, list) else [data]
        yield from (
            item
            for item in items
            if isinstance(item, dict) and re.search("Article|Posting|Report", str(item.get("@type")))
        )
