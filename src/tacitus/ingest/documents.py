"""One document to an `Article`: a mapping of JSON Lines, an HTML page, a stripped page; failures become Articles with `error`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tacitus.errors import SourceError
from tacitus.ingest.dates import find_date, parse_iso
from tacitus.ingest.english import is_english
from tacitus.ingest.pages import Page, read_html, read_stripped
from tacitus.records import Article, Failure
from tacitus.text import one_line, stable_hash

MAX_TEXT = 20_000_000
"""Code points of one document."""
MAX_BYTES = 4 * MAX_TEXT
"""Bytes of one document (UTF-8 needs up to four for a code point), packed archives counted unpacked."""
MAX_PAGE = 1_000_000
"""Code points of one page of plain text: cleaning takes time and memory, and no page of news is so long."""
_OPTIONAL = ("title", "published", "url", "publisher", "language", "html", "text")
_HAS_WORD = re.compile(r"\w")


def article_from_dict(mapping: Mapping[str, Any], *, name: str = "document") -> Article:
    """One JSON Lines document. `text` is taken as it stands; without it `html` is cleaned as a page. Unknown fields are ignored.

    Never raises on bad content: what cannot be used becomes an Article with `error` whose message starts with `name`.
    """
    try:
        return _from_mapping(mapping, name=name)
    except SourceError as err:
        return failed(err, name=name, identifier=_usable_id(mapping))


def article_from_html(text: str, *, name: str, url: str | None = None) -> Article:
    """A page of HTML, cleaned.

    Raises SourceError when it is empty or too large.
    """
    check_size(text, name=name)
    return _from_page(read_html(text, url=url), identifier=stable_hash(text))


def article_from_text(text: str, *, name: str) -> Article:
    """A page of plain text, cleaned: a stripped page, or a clean article, which passes nearly untouched.

    Raises SourceError when it is empty or too large.
    """
    check_size(text, name=name, limit=MAX_PAGE)
    return _from_page(read_stripped(text), identifier=stable_hash(text))


def failed(error: SourceError, *, name: str, identifier: str | None = None) -> Article:
    """The Article of a document that could not be read."""
    return Article(id=identifier or stable_hash(name), error=Failure(kind=error.kind, message=str(error)))


def check_size(text: str, *, name: str, limit: int = MAX_TEXT) -> None:
    """Raise SourceError `empty` or `too-large`."""
    if not _HAS_WORD.search(text):
        raise SourceError("empty", f"{name}: holds no text")
    _check_limit(text, name=name, limit=limit)


def _check_limit(text: str, *, name: str, limit: int) -> None:
    if len(text) > limit:
        raise SourceError("too-large", f"{name}: {len(text):,} characters; at most {limit:,} are read as one document")


def _from_mapping(mapping: Mapping[str, Any], *, name: str) -> Article:
    fields = {field: _string(mapping, field, name=name) for field in _OPTIONAL}
    text, html = fields["text"], fields["html"]
    if text is None and html is None:
        raise SourceError("json", f"{name}: has neither a field `text` nor `html`")
    if text is None or (html and not _HAS_WORD.search(text)):
        check_size(html or "", name=name)
        page = read_html(html or "", url=fields["url"])
    else:
        _check_limit(text, name=name, limit=MAX_TEXT)
        page = Page(text=text)
    identifier = _identifier(mapping, name=name) or stable_hash(*(fields[field] for field in _OPTIONAL))
    return _from_page(page, identifier=identifier, given=fields)


def _from_page(page: Page, *, identifier: str, given: Mapping[str, str | None] | None = None) -> Article:
    """Join what the input says with what the page says; the input wins."""
    given = given or {}
    published, basis, flags = _published(given.get("published"), page)
    has_text = bool(_HAS_WORD.search(page.text))
    english = is_english(page.text, declared=given.get("language"))
    flags += [] if published else ["undated"]
    flags += [] if page.byline else ["no-byline"]
    flags += ["no-text"] if not has_text else ["not-english"] if english is False else []
    return Article(
        id=identifier,
        text=page.text,
        title=given.get("title") or page.title,
        published=published,
        published_basis=basis,
        url=given.get("url") or page.url,
        publisher=given.get("publisher") or page.publisher,
        byline=page.byline,
        language=given.get("language") or ("en" if english else None),
        removed=page.removed,
        flags=tuple(flags),
    )


def _published(given: str | None, page: Page) -> tuple[str | None, str | None, list[str]]:
    """Date, basis and flags; a given date that cannot be read is flagged and does not hide the one of the page."""
    if given and given.strip():
        date = parse_iso(given) or find_date(one_line(given))
        if date:
            return date, "input", []
        return page.published, page.published_basis, ["unreadable-date"]
    return page.published, page.published_basis, []


def _string(mapping: Mapping[str, Any], field: str, *, name: str) -> str | None:
    value = mapping.get(field)
    if value is None or isinstance(value, str):
        return _without_surrogates(value, field=field, name=name)
    raise SourceError("json", f"{name}: field `{field}` is {_json_type(value)}, not a string")


def _without_surrogates(value: str | None, *, field: str, name: str) -> str | None:
    """Half of a surrogate pair cannot be written to any file; JSON escapes can smuggle one in."""
    if value is not None and any("\ud800" <= character <= "\udfff" for character in value):
        raise SourceError("encoding", f"{name}: field `{field}` holds half of a surrogate pair (\\ud800 to \\udfff)")
    return value


def _identifier(mapping: Mapping[str, Any], *, name: str) -> str | None:
    value = mapping.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return (_string(mapping, "id", name=name) or "").strip() or None


def _usable_id(mapping: Mapping[str, Any]) -> str | None:
    try:
        return _identifier(mapping, name="")
    except SourceError:
        return None


def _json_type(value: Any) -> str:
    kinds = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}
    return kinds.get(type(value), type(value).__name__)
