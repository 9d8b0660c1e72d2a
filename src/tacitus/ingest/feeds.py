"""RSS and Atom feeds: each item is a document. feedparser reads them, whatever their dialect.

The pages of a feed that was fetched are fetched too: an item's text is mostly its first lines. Where that is not wanted (`--feed-text`),
and in a feed that is a file on disk, the text in the feed is the document.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator
from typing import Any

from tacitus.errors import SourceError
from tacitus.ingest.documents import article_from_dict, failed
from tacitus.records import Article
from tacitus.text import stable_hash

MAX_FEED = 16 * 2**20
"""Bytes of a feed that are read; the items in them are kept, what comes after is a failure."""

ReadPage = Callable[[str, dict[str, Any]], Iterator[Article]]
"""Gives the article of a URL; what the feed says of the page (title, published, publisher) goes with it."""


def read_feed(data: bytes, *, name: str, url: str | None, read_page: ReadPage | None) -> Iterator[Article]:
    """The items of a feed, in its order. `read_page` fetches their pages; without it their text in the feed is taken.

    Raises SourceError when the bytes are no feed, or more than `MAX_FEED` (after what was readable).
    """
    import feedparser

    found = feedparser.parse(io.BytesIO(data[:MAX_FEED]), response_headers={"content-location": url or ""})
    if not found.entries and found.bozo:
        raise SourceError("feed", f"{name}: cannot be read as a feed: {found.bozo_exception}")
    publisher = (found.feed.get("title") or "").strip() or None
    for number, entry in enumerate(found.entries, 1):
        yield from _item(entry, name=f"{name}[{number}]", publisher=publisher, read_page=read_page)
    if len(data) > MAX_FEED:
        raise SourceError("too-large", f"{name}: the feed is longer than {MAX_FEED:,} bytes; read no further")


def _item(entry: Any, *, name: str, publisher: str | None, read_page: ReadPage | None) -> Iterator[Article]:
    link = (entry.get("link") or "").strip() or None
    known = {"title": entry.get("title") or None, "published": _published(entry), "publisher": publisher}
    if read_page is not None and link is not None and link.startswith(("http://", "https://")):
        yield from read_page(link, known)
        return
    html = _content(entry)
    if not html:
        yield failed(SourceError("empty", f"{name}: the item holds no text and no link to a page"), name=name)
        return
    identifier = link or entry.get("id") or stable_hash(html, known["title"])
    yield article_from_dict({"id": identifier, "url": link, "html": f"<article>{html}</article>", **known}, name=name)


def _content(entry: Any) -> str:
    """The longest text the item holds."""
    texts = [part.get("value") or "" for part in entry.get("content", ())]
    return max([*texts, entry.get("summary") or ""], key=len).strip()


def _published(entry: Any) -> str | None:
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", moment) if moment else None
