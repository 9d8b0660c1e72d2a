"""HTML markup: parsed whatever it is, and its visible text as a crude scraper leaves it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import lxml.html
from lxml import etree

from tacitus.ingest.normal import normalize
from tacitus.text import one_line

Element = Any
"""lxml gives no types."""
DROPPED = frozenset(("script", "style", "noscript", "template", "svg", "iframe", "object", "head"))
BLOCKS = frozenset(
    "address article aside blockquote body br button canvas caption center dd details dialog dir div dl dt fieldset figcaption "  # noqa: SIM905
    "figure footer form frame h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol optgroup option p pre section select "
    "summary table tbody td tfoot th thead title tr ul video audio input textarea img label".split()
)
"""Elements whose borders end a line; one string, since a list would take sixty lines."""


def parse_html(source: str) -> Element | None:
    """The tree of a page, or None when there is none in it."""
    try:
        tree = lxml.html.fromstring(source.encode("utf-8", "replace"), parser=lxml.html.HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    return tree if isinstance(tree.tag, str) else None


def block_lines(tree: Element) -> Iterator[str]:
    """The visible text of a page, a block on a line, as a crude scraper leaves it."""
    for line in normalize("".join(text_nodes(tree))).split("\n"):
        if line.strip():
            yield one_line(line)


def text_nodes(tree: Element) -> Iterator[str]:
    """The visible text nodes of a page in order, and a line end at each border of a block."""
    hidden = 0
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in BLOCKS and event in ("start", "end"):
            yield "\n"
        if event == "start":
            hidden += tag in DROPPED
            if element.text and not hidden:
                yield element.text
            continue
        hidden -= event == "end" and tag in DROPPED
        if element.tail and not hidden and element is not tree:
            yield element.tail
