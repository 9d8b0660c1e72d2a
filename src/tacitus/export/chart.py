"""Conflict and cooperation over time as an inline SVG: bars above the line for cooperation, below it for conflict."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from tacitus.analysis import Interval
from tacitus.export.days import day, period

WIDTH, HEIGHT, TOP, SIDE = 720, 240, 14, 46
MAX_LABELS = 8


def svg(intervals: Sequence[Interval], *, unit: str) -> str:
    """The chart with a description for screen readers; colours come from the page's style sheet."""
    most = max((max(-i.conflict, i.cooperation) for i in intervals), default=0.0) or 1.0
    above = max((i.cooperation for i in intervals), default=0.0) / most
    below = max((-i.conflict for i in intervals), default=0.0) / most
    room = HEIGHT - 2 * TOP - 16
    scale = room / (above + below)
    zero = TOP + above * scale
    step = (WIDTH - SIDE - 8) / len(intervals)
    parts = [_bar(i, SIDE + n * step, step, zero, scale / most, unit) for n, i in enumerate(intervals)]
    every = -(-len(intervals) // MAX_LABELS)
    parts += [
        f'<text class="axis" x="{SIDE + n * step + step / 2:.1f}" y="{HEIGHT - 4}" text-anchor="middle">{escape(day(i.first)[:-5])}</text>'
        for n, i in enumerate(intervals)
        if n % every == 0
    ]
    parts += [
        f'<line class="zero" x1="{SIDE}" x2="{WIDTH - 8}" y1="{zero:.1f}" y2="{zero:.1f}"/>',
        _label(f"{above * most:+.0f}", TOP + 4) if above else "",
        _label("0", zero + 4),
        _label(f"{-below * most:.0f}", zero + below * scale) if below else "",
    ]
    text = f"Conflict and cooperation by {unit}, {period(intervals[0].first, intervals[-1].last)}; the table below has the figures."
    return (
        f'<figure><svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(text, quote=True)}">\n'
        + "\n".join(part for part in parts if part)
        + '\n</svg><figcaption><span class="key cooperation"></span> cooperation, above the line · <span class="key conflict"></span>'
        " conflict, below it (sums of scores)</figcaption></figure>"
    )


def _bar(interval: Interval, x: float, step: float, zero: float, scale: float, unit: str) -> str:
    up, down = interval.cooperation * scale, -interval.conflict * scale
    width = max(1.0, step - 2)
    when = day(interval.first) if unit == "day" else period(interval.first, interval.last)
    title = f"<title>{escape(when)}: cooperation {interval.cooperation:+.0f}, conflict {interval.conflict:.0f}</title>"
    return (
        f'<g>{title}<rect class="cooperation" x="{x + 1:.1f}" y="{zero - up:.1f}" width="{width:.1f}" height="{up:.1f}"/>'
        f'<rect class="conflict" x="{x + 1:.1f}" y="{zero:.1f}" width="{width:.1f}" height="{down:.1f}"/></g>'
    )


def _label(text: str, y: float) -> str:
    return f'<text class="axis" x="{SIDE - 6}" y="{y:.1f}" text-anchor="end">{text}</text>'
