"""Dependency trees as one SVG picture: for each sentence its words in a row, arcs from governors to dependants over them.

The file stands alone: no script, no font or style from elsewhere, light background. Words come from pages and are escaped; characters that
XML does not allow are shown as U+FFFD.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from html import escape
from itertools import accumulate

from tacitus.export.plain_text import clean
from tacitus.language.document import ROOT, Parse, Sentence, Token
from tacitus.text import one_line

# Pixels. Letters are set in a monospaced font, for then their width is known without measuring.
LETTER, GAP, MARGIN = 9.0, 18.0, 24.0
LEVEL, WORDS, BETWEEN = (
    26.0,
    46.0,
    36.0,
)  # height of an arc above those under it, of the words' rows, of the room between sentences
ASIDE, HEAD = 6.0, 4.0  # how far beside the middle of its governor an arc begins; half the width of an arrow's head

FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
STYLE = """\
text { font-family: "DejaVu Sans Mono", Consolas, Menlo, monospace; text-anchor: middle; fill: #1b1f24 }
.word { font-size: 15px } .root { font-weight: bold }
.part { font-size: 11px; fill: #5d6670 }
.relation { font-size: 11px; fill: #27598f; stroke: #fff; stroke-width: 4px; paint-order: stroke }
.arc { fill: none; stroke: #7d8894; stroke-width: 1.3px }
.head { fill: #7d8894 }"""


def render_parse_svg(parse: Parse) -> str:
    """The picture of all sentences, one below the other."""
    drawings = []
    width, height = 2 * MARGIN, MARGIN
    for sentence in parse.sentences:
        title = one_line(sentence.span.of(parse.text))
        content, wide, high = _sentence(sentence)
        drawings.append(
            f'<g transform="translate({MARGIN:g} {height:g})">\n<title>{_safe(title)}</title>\n{content}\n</g>'
        )
        width, height = max(width, wide + 2 * MARGIN), height + high + BETWEEN
    body = "\n".join(drawings)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}" role="img" aria-label="Dependency trees">\n<style>\n{STYLE}\n</style>\n'
        f'<rect width="100%" height="100%" fill="#fff"/>\n{body}\n</svg>\n'
    )


def _sentence(sentence: Sentence) -> tuple[str, float, float]:
    """The elements of one drawing, its width and its height; the top left corner is (0, 0)."""
    arcs = [token for token in sentence.tokens if token.head not in (ROOT, token.index)]
    levels = _levels(arcs)
    widths = _widths(sentence.tokens, arcs)
    ends = list(accumulate(widths))
    middles = [end - width / 2 for end, width in zip(ends, widths, strict=True)]
    base = LEVEL * max(levels.values(), default=0) + 14
    parts = [_arc(token, middles, base, levels[token.index]) for token in arcs]
    parts += [_word(token, middle, base) for token, middle in zip(sentence.tokens, middles, strict=True)]
    return "\n".join(parts), ends[-1], base + WORDS


def _levels(arcs: Sequence[Token]) -> dict[int, int]:
    """How high the arc to each token runs: above all shorter ones with which it shares ground."""
    size = max((max(token.index, token.head) for token in arcs), default=0)
    reached = [0] * size  # per gap between two words, how high it is built over so far
    levels = {}
    for token in sorted(arcs, key=lambda token: (abs(token.index - token.head), token.index)):
        first, past = sorted((token.index, token.head))
        levels[token.index] = max(reached[first:past]) + 1
        reached[first:past] = [levels[token.index]] * (past - first)
    return levels


def _widths(tokens: Sequence[Token], arcs: Sequence[Token]) -> list[float]:
    """Room for each word; neighbours stand far enough apart for the relation written between them."""
    widths = [max(_letters(token.text), 0.75 * _letters(token.upos)) * LETTER + GAP for token in tokens]
    for token in arcs:
        if abs(token.index - token.head) == 1:
            lack = _letters(token.deprel) * 0.75 * LETTER + 2 * GAP - (widths[token.index] + widths[token.head]) / 2
            widths[token.index] += max(0.0, lack)
            widths[token.head] += max(0.0, lack)
    return widths


def _letters(text: str) -> int:
    """How many columns of a monospaced font the text fills."""
    return sum(
        0 if unicodedata.combining(letter) else 1 + (unicodedata.east_asian_width(letter) in "WF") for letter in text
    )


def _arc(token: Token, middles: Sequence[float], base: float, level: int) -> str:
    """From the governor's side to an arrow's head over the token; the relation is written on the top."""
    end = middles[token.index]
    begin = middles[token.head] + (ASIDE if token.head < token.index else -ASIDE)
    top = base - LEVEL * level
    control = base - (base - top) * 4 / 3  # a cubic curve reaches three quarters of the way to its control points
    return (
        f'<path class="arc" d="M{begin:g} {base:g} C{begin:g} {control:.1f} {end:g} {control:.1f} {end:g} {base - 6:g}"/>'
        f'<path class="head" d="M{end:g} {base:g} l{-HEAD:g} -8 h{2 * HEAD:g} z"/>'
        f'<text class="relation" x="{(begin + end) / 2:g}" y="{top + 4:.1f}">{_safe(token.deprel)}</text>'
    )


def _word(token: Token, middle: float, base: float) -> str:
    kind = "word root" if token.head == ROOT else "word"
    return (
        f'<text class="{kind}" x="{middle:g}" y="{base + 18:g}">{_safe(token.text)}</text>'
        f'<text class="part" x="{middle:g}" y="{base + 36:g}">{_safe(token.upos)}</text>'
    )


def _safe(text: str) -> str:
    return FORBIDDEN.sub("\ufffd", escape(clean(text), quote=True))
