"""Conflict and cooperation over time as an inline drawing whose bars lead to their days; a table stands beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markupsafe import Markup

from tacitus.analysis import Interval
from tacitus.analysis.tension import Step, Tension
from tacitus.export.days import day, period

WIDTH, HEIGHT, TOP, LEFT, RIGHT, FOOT = 760, 230, 12, 40, 8, 22
MAX_LABELS = 7
BAR = Markup(
    '<a href="{href}" class="bar" aria-label="{label}"><title>{label}</title><rect class="hit" x="{x:.1f}" y="{top}" width="{step:.1f}" '
    'height="{all:.1f}"/><rect class="cooperation" x="{bx:.1f}" y="{uy:.1f}" width="{bw:.1f}" height="{up:.1f}"/>'
    '<rect class="conflict" x="{bx:.1f}" y="{zero:.1f}" width="{bw:.1f}" height="{down:.1f}"/></a>'
)
LABEL = Markup('<text class="axis" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{text}</text>')
CHANGE = Markup('<line class="change" x1="{x:.1f}" x2="{x:.1f}" y1="{top}" y2="{bottom}"/>')
PAIR_BAR = Markup('<rect class="{sign} {kind}" x="{x:.1f}" y="{y:.1f}" width="{w:.1f}" height="{h:.1f}"/>')
LINE = Markup('<line class="{kind}" x1="{left}" x2="{right}" y1="{y:.1f}" y2="{y:.1f}"/>')


def timeline(intervals: Sequence[Interval], *, unit: str, href: Callable[[Interval], str]) -> Markup:
    """Bars above the line for cooperation and below it for conflict (sums of scores); nothing for no interval."""
    if not intervals:
        return Markup("")
    above = max(i.cooperation for i in intervals)
    below = max(-i.conflict for i in intervals)
    scale = (HEIGHT - TOP - FOOT) / ((above + below) or 1.0)
    zero = TOP + above * scale
    step = (WIDTH - LEFT - RIGHT) / len(intervals)
    parts = [_grid(above, below, zero, scale)]
    parts += [_bar(i, LEFT + n * step, step, zero, scale, unit, href(i)) for n, i in enumerate(intervals)]
    every = -(-len(intervals) // MAX_LABELS)
    parts += [
        LABEL.format(x=LEFT + n * step + step / 2, y=HEIGHT - 5, anchor="middle", text=day(i.first).rsplit(" ", 1)[0])
        for n, i in enumerate(intervals)
        if n % every == 0
    ]
    what = f"Conflict and cooperation by {unit}, {period(intervals[0].first, intervals[-1].last)}"
    return Markup(
        '<svg class="timeline" viewBox="0 0 {w} {h}" role="group" aria-label="{what}; the table after it has the figures">{body}</svg>'
    ).format(w=WIDTH, h=HEIGHT, what=what, body=Markup("").join(parts))


def _grid(above: float, below: float, zero: float, scale: float) -> Markup:
    right = WIDTH - RIGHT
    levels = [(0.0, zero)]
    levels += [(above, zero - above * scale)] if above else []
    levels += [(-below, zero + below * scale)] if below else []
    lines = [LINE.format(kind="zero" if not v else "grid", left=LEFT, right=right, y=y) for v, y in levels]
    text = [
        LABEL.format(x=LEFT - 6, y=y + 4, anchor="end", text=f"{v:+.0f}".replace("-", "−") if v else "0")
        for v, y in levels
    ]
    return Markup("").join([*lines, *text])


def _bar(interval: Interval, x: float, step: float, zero: float, scale: float, unit: str, href: str) -> Markup:
    up, down = interval.cooperation * scale, -interval.conflict * scale
    when = day(interval.first) if unit == "day" else period(interval.first, interval.last)
    figures = f"conflict {interval.conflict:.0f}, cooperation {interval.cooperation:+.0f}".replace("-", "−")
    width = max(1.0, step - min(4.0, step * 0.25))
    return BAR.format(
        href=href,
        label=f"{when}: {figures}; {interval.count} incidents",
        x=x,
        step=step,
        top=TOP,
        all=HEIGHT - TOP - FOOT,
        bx=x + (step - width) / 2,
        bw=width,
        uy=zero - up,
        up=up,
        zero=zero,
        down=down,
    )


def tension_chart(series: Tension, *, names: tuple[str, str], href: Callable[[Step], str]) -> Markup:
    """Two bars a step, filled for what the first side does and hollow for what the second does; a line where the level changes."""
    if not series.steps:
        return Markup("")
    above = max(max(step.there, step.back, 0.0) for step in series.steps)
    below = max(max(-step.there, -step.back, 0.0) for step in series.steps)
    scale = (HEIGHT - TOP - FOOT) / ((above + below) or 1.0)
    zero = TOP + above * scale
    wide = (WIDTH - LEFT - RIGHT) / len(series.steps)
    starts = {change.first for change in series.changes}
    parts = [_grid(above, below, zero, scale)]
    every = -(-len(series.steps) // MAX_LABELS)
    for n, step in enumerate(series.steps):
        x = LEFT + n * wide
        parts.append(_pair_bars(step, x, wide, zero, scale, names, href(step)))
        if step.first in starts:
            parts.append(CHANGE.format(x=x, top=TOP, bottom=HEIGHT - FOOT))
        if n % every == 0:
            parts.append(
                LABEL.format(x=x + wide / 2, y=HEIGHT - 5, anchor="middle", text=day(step.first).rsplit(" ", 1)[0])
            )
    what = f"Scores of what passed between {names[0]} and {names[1]} by {series.unit}"
    return Markup(
        '<svg class="timeline" viewBox="0 0 {w} {h}" role="group" aria-label="{what}; the table after it has the figures">{body}</svg>'
    ).format(w=WIDTH, h=HEIGHT, what=what, body=Markup("").join(parts))


def _pair_bars(
    step: Step, x: float, wide: float, zero: float, scale: float, names: tuple[str, str], href: str
) -> Markup:
    width = max(1.0, wide * 0.36)
    bars = []
    for score, left, kind in ((step.there, x + wide * 0.12, "there"), (step.back, x + wide * 0.52, "back")):
        sign = "conflict" if score < 0 else "cooperation"
        y = zero if score < 0 else zero - score * scale
        bars.append(PAIR_BAR.format(kind=kind, sign=sign, x=left, y=y, w=width, h=abs(score) * scale))
    label = f"{period(step.first, step.last)}: by {names[0]} {step.there:+.0f}, by {names[1]} {step.back:+.0f}".replace(
        "-", "−"
    )
    hit = Markup('<rect class="hit" x="{x:.1f}" y="{y}" width="{w:.1f}" height="{h}"/>').format(
        x=x, y=TOP, w=wide, h=HEIGHT - TOP - FOOT
    )
    return Markup('<a href="{href}" class="bar" aria-label="{label}"><title>{label}</title>{body}</a>').format(
        href=href, label=label, body=hit + Markup("").join(bars)
    )
