"""Training pages: HTML pages stripped in the ways crude scrapers do, each word marked as article or not.

From each page of the development set (`html-dev.jsonl.gz` with its gold bodies) come: a block on a line, every text node on a
line, everything on one line, and the bare article under its title, so that a clean text is left alone.
The forms of one page always share a fold.
"""

from __future__ import annotations

import difflib
import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tacitus.ingest.markup import block_lines, parse_html, text_nodes
from tacitus.ingest.metadata import page_title
from tacitus.text import one_line

WORD = re.compile(r"\w+")
FORMS = ("blocks", "nodes", "line", "clean")


@dataclass(frozen=True)
class Page:
    """One form of a page. `is_body` marks each word (`WORD`) of the text; `source` numbers the page it was made from."""

    source: int
    form: str
    text: str
    is_body: bytes
    body: str


def read_pages(folder: Path) -> list[Page]:
    """Every form of every page under `folder` (the development set's `pages/`)."""
    with gzip.open(folder / "html-dev.jsonl.gz", "rt", encoding="utf-8") as file:
        documents = [json.loads(line) for line in file]
    bodies = {
        row["id"]: row["body"] for row in map(json.loads, (folder / "html-dev.gold.jsonl").open(encoding="utf-8"))
    }
    return [
        page for number, row in enumerate(documents) for page in _forms(number, row["html"], body=bodies[row["id"]])
    ]


def read_given(folder: Path) -> list[Page]:
    """The stripped pages of the development set as they are given (`text-dev/`), for measuring."""
    rows = [json.loads(line) for line in (folder / "text-dev.gold.jsonl").open(encoding="utf-8")]
    pages = []
    for number, row in enumerate(rows):
        text = (folder / row["file"]).read_text(encoding="utf-8")
        pages.append(Page(number, row["style"], text, mark_body(text, row["body"]), row["body"]))
    return pages


def mark_body(text: str, body: str) -> bytes:
    """For each word of `text`, 1 when the alignment puts it in the body, else 0."""
    words = WORD.findall(text)
    marks = bytearray(len(words))
    matcher = difflib.SequenceMatcher(None, words, WORD.findall(body), autojunk=False)
    for start, _, length in matcher.get_matching_blocks():
        marks[start : start + length] = b"\1" * length
    return bytes(marks)


def _forms(number: int, source: str, *, body: str) -> Iterator[Page]:
    tree = parse_html(source)
    title = page_title(tree) or ""
    blocks = "\n".join(filter(None, [title, *block_lines(tree)]))
    nodes = (one_line(node) for node in text_nodes(tree))
    texts = {
        "blocks": blocks,
        "nodes": "\n".join(filter(None, [title, *nodes])),
        "line": " ".join(blocks.split()),
        "clean": f"{title}\n\n{body}",
    }
    for form in FORMS:
        marks = mark_body(texts[form], body)
        if form == "clean":
            marks = bytes(len(WORD.findall(title))) + marks[len(WORD.findall(title)) :]
        yield Page(number, form, texts[form], marks, body)
