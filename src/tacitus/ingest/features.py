"""What tells article from furniture: the features of each piece of a stripped page.

A feature is a name such as `words=5-7` or `share:whole`; each is either there or not. The weights stand in
`data/ingest/layout.tsv`. Features of the piece itself come first, then those of its neighbours and of its place in the page.
"""

from __future__ import annotations

import bisect
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from tacitus.ingest.phrases import CATEGORIES, Phrases

WORD = re.compile(r"\w+(?:['’]\w+)*")
_TERMINAL = re.compile(r"""[.!?…。！？।۔]["'”’»)\]]*\s*$""")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_TIME = re.compile(
    r"\b(?:\d{1,2}:\d{2}|\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d+ (?:min|hour|day|week|month|year)s? ago"
    rf"|{_MONTH} \d{{1,2}},? \d{{4}}|\d{{1,2}} {_MONTH} \d{{4}})\b",
    re.IGNORECASE,
)
_LINK = re.compile(r"https?://|www\.|\S@\S|(?:^|\s)@\w|\.com\b", re.IGNORECASE)
_QUOTE = re.compile(r"[\"“”«»]")
_SAID = re.compile(
    r"\b(?:said|says|told|added|according to|announced|reported|reports|asked|wrote|explained|noted|claimed|warned|accused)\b",
    re.IGNORECASE,
)
_FIRST_OR_SECOND = re.compile(r"\b(?:i|i'm|i've|my|me|you|your|we|our|us)\b", re.IGNORECASE)
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
WORD_STEPS = (1, 2, 3, 5, 8, 13, 21, 41, 81)
MASS_STEPS = (1, 10, 25, 50, 100, 200, 400)
SHARE_STEPS = (0.001, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 0.98, 0.9999)
STEM = 6
TOPIC_REACH, COHESION_REACH = 4, 10
"""Pieces to either side that count as the surroundings of a piece."""
MIN_TOPIC = 4
"""Words of the headline that the prose of a page must repeat before their place in the page means anything."""
PROSE_WORDS = 9
"""A piece of so many words that ends like a sentence counts as prose."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What one piece looks like by itself. `prose`: its words where it reads as prose, else 0; `content`: its content words."""

    text: str
    words: int
    prose: int
    features: tuple[str, ...]
    key: str
    content: frozenset[str]


def page_features(pieces: Sequence[str], *, title: str | None, running: bool, phrases: Phrases) -> list[list[str]]:
    """For each piece of the page, the names of its features. `running`: cut out of one line, where pieces are sentences."""
    shapes = [describe(piece, phrases=phrases) for piece in pieces]
    counts = Counter(shape.key for shape in shapes)
    title_key = key_of(title or "")
    prose = list(accumulate((shape.prose for shape in shapes), initial=0))
    words = list(accumulate((shape.words for shape in shapes), initial=0))
    heads = [i for i, shape in enumerate(shapes) if title_key and _is_title(shape.key, title_key)]
    topic = _topic(shapes, title or "", phrases=phrases)
    seen: set[str] = set()
    table = []
    for i, shape in enumerate(shapes):
        features = [*shape.features, *_neighbours(shapes, i)]
        features += _place(i, prose=prose, words=words, heads=heads) + topic[i]
        if counts[shape.key] > 1:
            features.append(
                f"repeated:{'again' if shape.key in seen else 'first'}:{'long' if shape.words > 4 else 'short'}"
            )
        seen.add(shape.key)
        features.append(f"title={_title_relation(shape.key, title_key)}")
        if running:
            features += [
                f"running:{feature}" for feature in shape.features if feature.startswith(("words", "end", "lower"))
            ]
            features.append("running")
        table.append(features)
    return table


def describe(text: str, *, phrases: Phrases) -> Shape:
    """The features of a piece by itself."""
    tokens = WORD.findall(text)
    ideographs = len(_IDEOGRAPH.findall(text))
    size = size_of(text)
    ends = bool(_TERMINAL.search(text))
    functions = sum(phrases.is_function_word(token) for token in tokens)
    lower = sum(token[0].islower() for token in tokens)
    hits = phrases.hits(text) if size <= 60 else frozenset()
    features = [
        "bias",
        f"words={_bin(size, WORD_STEPS)}",
        f"end={_end(text, ends)}",
        f"words={_bin(size, WORD_STEPS)}|end={ends:d}",
        f"start={_start(text)}",
        f"function={_tenth(functions, size)}",
        f"lower={_tenth(lower, len(tokens))}",
        f"words={_bin(size, WORD_STEPS)}|function={_tenth(functions, size, parts=4)}",
    ]
    short = "short" if size <= 12 else "long"
    features += [f"{hit.category}:{hit.match}:{short}" for hit in hits]
    if not hits:
        features.append(f"phrase=none:{short}")
    if any(character.isdigit() for character in text):
        features.append(f"digits={_tenth(sum(c.isdigit() for c in text), len(text), parts=4)}:{short}")
    patterns = {"time": _TIME, "link": _LINK, "quote": _QUOTE, "said": _SAID, "person": _FIRST_OR_SECOND}
    features += [f"has={name}:{short}" for name, pattern in patterns.items() if pattern.search(text)]
    features += [f"sign={sign}" for sign in "|»›•·©→/…+#" if sign in text]
    prose = (
        size
        if size >= PROSE_WORDS and (ends or size >= 3 * PROSE_WORDS) and functions + ideographs >= 0.15 * size
        else 0
    )
    content = content_words(text, phrases=phrases)
    return Shape(text=text, words=size, prose=prose, features=tuple(features), key=key_of(text), content=content)


def content_words(text: str, *, phrases: Phrases) -> frozenset[str]:
    """The words of a text that say what it is about: four letters or more, cut to six so that "rebel" meets "rebels"; no function words."""
    words = (word for word in WORD.findall(text.lower()) if len(word) >= 4 and not phrases.is_function_word(word))
    return frozenset(word[:STEM].removesuffix("s") for word in words)


def size_of(text: str) -> int:
    """The number of words; two ideographs or Hangul syllables count as one."""
    return max(len(WORD.findall(text)), len(_IDEOGRAPH.findall(text)) // 2)


def key_of(text: str) -> str:
    """The words of a text in one form, to see that two pieces are the same."""
    return " ".join(WORD.findall(text.lower().replace("’", "'")))


def _is_title(key: str, title_key: str) -> bool:
    return bool(key) and (key == title_key or (len(key.split()) >= 3 and title_key.startswith(key + " ")))


def _title_relation(key: str, title_key: str) -> str:
    if not title_key or not key:
        return "none"
    if key == title_key:
        return "same"
    if title_key in key:
        return "inside"
    if len(key) > 12 and key in title_key:
        return "part"
    mine, its = set(key.split()), set(title_key.split())
    overlap = len(mine & its) / len(its)
    return "like" if overlap >= 0.6 and len(mine) < 3 * len(its) else "other"


def _neighbours(shapes: Sequence[Shape], i: int) -> list[str]:
    features = []
    for offset in (-2, -1, 1, 2):
        j = i + offset
        if not 0 <= j < len(shapes):
            features.append(f"at{offset:+d}=edge")
            continue
        other = shapes[j]
        features.append(f"at{offset:+d}:words={_bin(other.words, WORD_STEPS)}|prose={other.prose > 0:d}")
        if abs(offset) == 1:
            features += [
                f"at{offset:+d}:{f}"
                for f in other.features
                if f.split(":")[0] in CATEGORIES or f.startswith("has=time")
            ]
    for reach in (3, 8):
        before = sum(shape.prose for shape in shapes[max(0, i - reach) : i])
        after = sum(shape.prose for shape in shapes[i + 1 : i + 1 + reach])
        features += [f"before{reach}={_bin(before, MASS_STEPS)}", f"after{reach}={_bin(after, MASS_STEPS)}"]
    furniture = sum(shape.prose == 0 for shape in shapes[max(0, i - 4) : i + 5])
    features.append(f"furniture={furniture}|prose={shapes[i].prose > 0:d}")
    return features


def _place(i: int, *, prose: Sequence[int], words: Sequence[int], heads: Sequence[int]) -> list[str]:
    total = prose[-1] or 1
    features = [
        f"prose-before={_bin(prose[i] / total, SHARE_STEPS)}",
        f"prose-after={_bin((total - prose[i + 1]) / total, SHARE_STEPS)}",
        f"place={10 * words[i] // (words[-1] or 1)}",
    ]
    after = bisect.bisect_left(heads, i)
    if after == 0:
        features.append("headline=ahead" if heads else "headline=none")
    else:
        features.append(
            f"since-headline={_bin(i - heads[after - 1], (1, 2, 3, 5, 10, 20, 50))}|more={after < len(heads):d}"
        )
    return features


def _topic(shapes: Sequence[Shape], title: str, *, phrases: Phrases) -> list[list[str]]:
    """How much each piece speaks of what the headline and its surroundings speak of: teasers and comments of other matters do not."""
    about = content_words(title, phrases=phrases)
    title_key = key_of(title)
    shared = [about & shape.content if shape.key != title_key else frozenset() for shape in shapes]
    mass = list(
        accumulate((len(words) * (shape.prose > 0) for words, shape in zip(shared, shapes, strict=True)), initial=0)
    )
    rows = []
    for i, shape in enumerate(shapes):
        near = frozenset().union(*shared[max(0, i - TOPIC_REACH) : i + TOPIC_REACH + 1])
        row = [f"cohesion={_cohesion(shapes, i)}"]
        if about:
            row.append(f"topic={min(3, len(shared[i]))}|prose={shape.prose > 0:d}")
            row.append(f"topic-near={_tenth(len(near), len(about), parts=5)}")
        if mass[-1] >= MIN_TOPIC:
            row.append(f"topic-before={_bin(mass[i] / mass[-1], SHARE_STEPS)}")
            row.append(f"topic-after={_bin(1 - mass[i + 1] / mass[-1], SHARE_STEPS)}")
        rows.append(row)
    return rows


def _cohesion(shapes: Sequence[Shape], i: int) -> str:
    """The share of content words that stand in the prose around too, in fifths; "-" for pieces with few such words."""
    shape = shapes[i]
    if len(shape.content) < 4:
        return "-"
    around = [*shapes[max(0, i - COHESION_REACH) : i], *shapes[i + 1 : i + 1 + COHESION_REACH]]
    words = frozenset[str]().union(*(other.content for other in around if other.prose and other.key != shape.key))
    return _tenth(len(shape.content & words), len(shape.content), parts=6)


def _end(text: str, ends: bool) -> str:
    last = text.rstrip()[-1:]
    return "terminal" if ends else last if last in ":,;…-|/" else "open"


def _start(text: str) -> str:
    first = text.lstrip()[:1]
    if first.isdigit():
        return "digit"
    if first.isalpha():
        return "lower" if first.islower() else "upper"
    return "quote" if first in "\"'“‘«" else "sign"


def _bin(value: float, steps: Sequence[float]) -> str:
    return str(bisect.bisect_right(steps, value))


def _tenth(part: int, whole: int, *, parts: int = 10) -> str:
    return str(min(parts, parts * part // whole)) if whole else "-"
