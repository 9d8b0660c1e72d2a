"""A stripped page cut into the pieces that are kept or taken out: lines, re-joined sentences, sentences of a one-line page.

Crude scrapers leave pages in three forms. A block on a line: lines are pieces. Every text node on a line: links break sentences,
so lines that continue a sentence are joined. The whole page on one line: it is cut at sentence ends and where the gap model
(see `gaps`) sees the seam between two blocks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tacitus.ingest.gaps import GapModel
from tacitus.ingest.phrases import Phrases

RUNNING_LINE = 1500
"""Code points from which a line is cut into sentences; longer than nearly all paragraphs of news, and cut prose is joined again."""
_TERMINAL = re.compile(r"""[.!?…。！？:;]["'”’»)\]]*$""")
_CONTINUES = re.compile(r"""^(?:[,.;:!?)\]”’…%]|['’]s\b|[-–—]\s)""")
_WORD = re.compile(r"\w+")
MIN_STEM = 4
"""Words a line needs to count as the stump of a sentence: shorter ones are mostly menu entries."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the page. `paragraph`: a new paragraph begins with it; `parts`: the lines it was joined from."""

    text: str
    paragraph: bool = True
    parts: tuple[str, ...] = ()


def cut_page(text: str, *, phrases: Phrases, gaps: GapModel) -> list[Segment]:
    """The pieces of a stripped page, in order; joined by blanks they give back every word of it."""
    segments: list[Segment] = []
    for paragraph in _paragraphs(text, phrases=phrases):
        line = " ".join(paragraph)
        if len(line) < RUNNING_LINE:
            segments.append(Segment(line, parts=tuple(paragraph)))
            continue
        pieces = gaps.cut(line, phrases=phrases)
        segments.extend(Segment(piece, paragraph=number == 0, parts=(piece,)) for number, piece in enumerate(pieces))
    return segments


def _paragraphs(text: str, *, phrases: Phrases) -> list[list[str]]:
    """The lines of the page, those that continue a sentence put together."""
    lines = [(line.strip(), number) for number, line in enumerate(text.split("\n")) if line.strip()]
    wrapped = is_wrapped(text)
    groups: list[list[str]] = []
    last = -2
    for index, (line, number) in enumerate(lines):
        after = lines[index + 1][0] if index + 1 < len(lines) else ""
        adjacent = number == last + 1
        if groups and adjacent and (wrapped or _continues(groups[-1], line, after=after, phrases=phrases)):
            groups[-1].append(line)
        else:
            groups.append([line])
        last = number
    return groups


def is_wrapped(text: str) -> bool:
    """Whether paragraphs are hard-wrapped: blocks between blank lines, most of several lines of like width that end mid-sentence."""
    blocks = [block.strip().split("\n") for block in re.split(r"\n[ \t]*\n", text) if block.strip()]
    inner = [line.strip() for block in blocks for line in block[:-1]]
    if len(blocks) < 2 or len(inner) < 4:
        return False
    full = [line for line in inner if 45 <= len(line) <= 100]
    broken = [line for line in full if not _TERMINAL.search(line)]
    return len(full) >= 0.8 * len(inner) and len(broken) >= 0.6 * len(inner)


def _continues(group: list[str], line: str, *, after: str, phrases: Phrases) -> bool:
    """Whether `line` goes on with the sentence that the lines of `group` began."""
    previous = group[-1]
    if _CONTINUES.match(line):
        return _words(group) >= MIN_STEM or len(group) > 1
    if _TERMINAL.search(previous):
        return False
    stem, size = _words(group), len(_WORD.findall(line))
    starts_lower = line[0].islower()
    if starts_lower and (stem >= MIN_STEM or size >= MIN_STEM):
        return not phrases.hits(previous) or stem >= 2 * MIN_STEM
    last_word = _WORD.findall(previous)[-1:] or [""]
    hangs = last_word[0].islower() and phrases.is_function_word(last_word[0])
    if stem >= MIN_STEM and (previous.endswith(",") or hangs):
        return True
    goes_on = bool(after) and (after[0].islower() or bool(_CONTINUES.match(after)))
    return stem >= 2 * MIN_STEM and size <= 2 * MIN_STEM and goes_on


def _words(group: list[str]) -> int:
    return sum(len(_WORD.findall(line)) for line in group)
