"""The headline of a page and the publisher that page titles carry: "Troops cross river - Daily Post"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tacitus.ingest.features import WORD, key_of
from tacitus.ingest.phrases import Phrases

SEPARATOR = re.compile(r"\s+(?:[|»›·•:]+|[-–—]+|::|<|>)\s+|\s*[|»›]\s*")
MAX_PUBLISHER = 5
"""Words; what stands after the last separator and is longer is part of the headline."""
MAX_HEADLINE = 40
LONG_SENTENCE = 12
"""Words from which a piece that ends like a sentence is prose, even when it stands on the page twice."""
LOOK_AT = 5
"""Pieces at the top of a page that may hold its title; scrapers put the page title first."""


@dataclass(frozen=True, slots=True)
class Headline:
    """The headline as the page has it, and the publisher its title names, or None."""

    title: str
    publisher: str | None = None


BREADCRUMB = re.compile(r"[»›]|\bhome\b", re.IGNORECASE)
"""Signs that what stands beside a headline is the way to it, not its publisher."""


def find_headline(pieces: Sequence[str], *, phrases: Phrases) -> Headline | None:
    """The headline of a stripped page: the longest part of a piece at the top that stands on the page again, else the first line
    that reads as a page title. None when neither is there.
    """
    keys = [key_of(piece) for piece in pieces]
    tops = [i for i in range(min(LOOK_AT, len(pieces))) if _may_be_title(pieces[i], phrases=phrases)]
    best: tuple[int, Headline] | None = None
    for i in tops:
        for part, rest in _parts(pieces[i]):
            key = key_of(part)
            size = len(key.split())
            if size >= 3 and any(_stands(key, other) for other in keys[i + 1 :]) and (best is None or size > best[0]):
                best = (size, Headline(part, _publisher(rest)))
    if best is not None:
        return best[1]
    return split_title(pieces[0]) if len(pieces) > 1 and tops[:1] == [0] and not _is_sentence(pieces[0]) else None


def split_title(text: str) -> Headline:
    """A page title without the publisher at its end, and that publisher: short, capitalised, after a spaced separator."""
    parts = _parts(text)
    for part, rest in parts[1:]:
        publisher = _publisher(rest)
        if publisher and text.startswith(part) and len(WORD.findall(part)) >= 3:
            return Headline(part, publisher)
    return Headline(text.strip())


def _may_be_title(piece: str, *, phrases: Phrases) -> bool:
    size = len(WORD.findall(piece))
    if size >= LONG_SENTENCE and _is_sentence(piece):
        return False
    return 2 <= size <= MAX_HEADLINE and not any(hit.match != "within" for hit in phrases.hits(piece))


def _is_sentence(piece: str) -> bool:
    """Ends like one: the first line of an article without a title."""
    return piece.rstrip().endswith((".", ".”", '."', ":", ";", ","))


def _stands(key: str, other: str) -> bool:
    return other == key or (other.startswith(key + " ") and len(other) < len(key) + 60)


def _parts(text: str) -> list[tuple[str, str]]:
    """The text itself, and each of its halves at a separator with the other half: ("Headline", "Publisher")."""
    text = text.strip()
    halves = [(text, "")]
    borders = list(SEPARATOR.finditer(text))
    for border in reversed(borders):
        halves.append((text[: border.start()].strip(), text[border.end() :].strip()))
    for border in borders:
        halves.append((text[border.end() :].strip(), text[: border.start()].strip()))
    for left in borders:
        halves += [
            (text[left.end() : right.start()].strip(), text[right.end() :].strip())
            for right in borders
            if right.start() > left.end()
        ]
    return [half for half in halves if half[0]]


def _publisher(rest: str) -> str | None:
    """The last part of what stands beside the headline, when it looks like a name and no breadcrumb leads to it."""
    if BREADCRUMB.search(rest):
        return None
    last = SEPARATOR.split(rest)[-1].strip() if rest else ""
    words = WORD.findall(last)
    is_name = (
        1 <= len(words) <= MAX_PUBLISHER
        and last[:1].isupper() | last[:1].isdigit()
        and not last.endswith((".", "?", "!", ":"))
    )
    return last if is_name and last.lower() not in {"home", "homepage", "news", "start"} else None
