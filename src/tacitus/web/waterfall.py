"""How a confidence came about, factor by factor: bars that each begin where the one before ended, with the figures beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import exp

from markupsafe import Markup

from tacitus.records import Factor

LEAST = 0.05  # log odds; what moves less is put together in one row
WIDTH, HEIGHT = 160, 14
BAR = Markup(
    '<svg class="fall" viewBox="0 0 {w} {h}" aria-hidden="true"><line class="even" x1="{even:.1f}" x2="{even:.1f}" y1="0" y2="{h}"/>'
    '<line class="link" x1="{start:.1f}" x2="{start:.1f}" y1="0" y2="{h}"/>'
    '<rect class="{kind}" x="{x:.1f}" y="3" width="{wide:.1f}" height="{high}"/></svg>'
)


@dataclass(frozen=True, slots=True)
class Row:
    """A factor in words, what it adds in log odds, and the confidence once it is counted, 0 to 1."""

    words: str
    weight: float
    reached: float
    bar: Markup


def waterfall(factors: Sequence[Factor], *, told: Callable[[str], str]) -> list[Row]:
    """The rows; none where the record gives no factors. The first starts at even odds."""
    parts = [
        (told(factor.name), factor.weight) for n, factor in enumerate(factors) if not n or abs(factor.weight) >= LEAST
    ]
    small = sum(factor.weight for factor in factors[1:] if abs(factor.weight) < LEAST)
    if small:
        parts.append(("smaller things together", small))
    levels = [0.0]
    for _, weight in parts:
        levels.append(levels[-1] + weight)
    low, high = min(levels), max(levels)
    scale = (WIDTH - 4) / ((high - low) or 1.0)
    return [
        Row(words, weight, 1 / (1 + exp(-end)), _bar(start, end, low, scale))
        for (words, weight), start, end in zip(parts, levels[:-1], levels[1:], strict=True)
    ]


def _bar(start: float, end: float, low: float, scale: float) -> Markup:
    """Filled where confidence rises, hollow where it falls: told apart without colour."""
    return BAR.format(
        w=WIDTH,
        h=HEIGHT,
        even=2 - low * scale,
        start=2 + (start - low) * scale,
        kind="rise" if end >= start else "drop",
        x=2 + (min(start, end) - low) * scale,
        wide=max(1.0, abs(end - start) * scale),
        high=HEIGHT - 6,
    )
