"""Hostile input never crashes, and every failure names its document."""

from __future__ import annotations

import io
import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tacitus.ingest import article_from_dict, read_sources
from tacitus.ingest.documents import article_from_text
from tacitus.ingest.kinds import kind_of
from tacitus.ingest.pages import read_html

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
MARKS = [
    b"<",
    b">",
    b"<html>",
    b"<p>",
    b"</div>",
    b"{",
    b'{"text":',
    b'"}',
    b"[",
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\x1f\x8b\x08\0",
    b"PK\x03\x04",
    b"\n",
    b"id,text",
]
TAGS = [
    "<p>",
    "</p>",
    "<div",
    ">",
    "<table>",
    "<td>",
    "</html>",
    "<!--",
    "-->",
    "<a href='",
    "'>",
    "<time datetime=",
    "&#0;",
    "&#xd800;",
    "<![CDATA[",
    "<svg>",
    "text. ",
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
FIELDS = st.sampled_from(["id", "text", "html", "title", "published", "url", "publisher", "language", "other"])


@QUICK
@given(st.lists(st.sampled_from(MARKS) | st.binary(max_size=30), max_size=12).map(b"".join))
def test_random_bytes(data: bytes) -> None:
    kind_of(data, name="x")
    for article in read_sources(["-"], stdin=io.BytesIO(data)):
        assert article.id
        assert article.error is None or "standard input" in article.error.message
        article.text.encode()


@QUICK
@given(st.lists(st.sampled_from(TAGS) | st.text(max_size=20), max_size=20).map("".join))
def test_random_markup(source: str) -> None:
    found = read_html(source)
    found.text.encode()
    for item in found.removed:
        item.text.encode()


@QUICK
@given(st.lists(st.text(max_size=60), max_size=20).map("\n".join).filter(lambda text: any(c.isalnum() for c in text)))
def test_random_text(text: str) -> None:
    article_from_text(text, name="x").text.encode()


@QUICK
@given(st.dictionaries(FIELDS, JSON))
def test_random_json(mapping: dict[str, object]) -> None:
    article = article_from_dict(mapping, name="x")
    assert article.error is None or article.error.message.startswith("x: ")
    if article.error is None and isinstance(mapping.get("text"), str) and not mapping.get("html"):
        assert article.text == mapping["text"]
    (again,) = read_sources(["-"], stdin=io.BytesIO(json.dumps(mapping).encode() + b"\n"))
    assert (again.error is None) == (article.error is None)
