"""The whole span of the database as a strip of bars that each lead to their days, with the chosen period laid over: a period picker."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from markupsafe import Markup

from tacitus.export.days import day, period
from tacitus.store import Query

WIDTH, HEIGHT, FOOT = 1200, 74, 16
STEPS = {"day": 100, "week": 700}  # days up to which a bar is a day, a week; then it is a month
BAR = Markup(
    '<a href="{href}" aria-label="{label}"><title>{label}</title><rect class="hit" x="{x:.1f}" y="0" width="{w:.1f}" height="{all}"/>'
    '<rect class="cooperation" x="{bx:.1f}" y="{uy:.1f}" width="{bw:.1f}" height="{up:.1f}"/>'
    '<rect class="conflict" x="{bx:.1f}" y="{zero:.1f}" width="{bw:.1f}" height="{down:.1f}"/></a>'
)
Told = tuple[date, int, float, float]
"""A day, its number of incidents, the sums of their negative and of their positive scores."""


def strip(days: Sequence[Told], *, chosen: Query, href: Callable[[date, date], str]) -> Markup:
    """The strip; nothing where no day, or a single one, has incidents. Rare days far before the others are left out."""
    days = _without_stragglers(days)
    if len({told[0] for told in days}) < 2:
        return Markup("")
    steps = _steps(days)
    above, below = max(s[4] for s in steps), max(-s[3] for s in steps)
    scale = (HEIGHT - FOOT) / ((above + below) or 1.0)
    zero, wide = above * scale, WIDTH / len(steps)
    bars = [
        BAR.format(
            href=href(first, last),
            label=f"{day(first) if first == last else period(first, last)}: {number:,} incidents",
            x=n * wide, w=wide, all=HEIGHT - FOOT, bx=n * wide + wide * 0.1, bw=wide * 0.8,
            uy=zero - up * scale, up=up * scale, zero=zero, down=-down * scale,
        )
        for n, (first, last, number, down, up) in enumerate(steps)
    ]  # fmt: skip
    return Markup(
        '<svg viewBox="0 0 {w} {h}" role="group" aria-label="All days of the database; a bar leads to its days">{over}{bars}{ends}</svg>'
    ).format(w=WIDTH, h=HEIGHT, over=_over(steps, chosen, wide), bars=Markup("").join(bars), ends=_ends(steps))


def _without_stragglers(days: Sequence[Told]) -> list[Told]:
    """What pages recall from long ago: the first hundredth of the incidents goes where it would stretch the strip to twice its length."""
    total, seen, n = sum(told[1] for told in days), 0, 0
    while n < len(days) and (seen + days[n][1]) * 100 <= total:
        seen += days[n][1]
        n += 1
    kept = list(days[n:])
    long = kept and (kept[-1][0] - days[0][0]).days > 2 * max((kept[-1][0] - kept[0][0]).days, 1)
    return kept if long else list(days)


def _steps(days: Sequence[Told]) -> list[tuple[date, date, int, float, float]]:
    """First and last day, incidents, conflict and cooperation of each bar, empty ones included."""
    first, last = days[0][0], days[-1][0]
    bounds = _bounds(first, last)
    starts: dict[date, list[Told]] = defaultdict(list)
    n = 0
    for told in days:
        while n + 1 < len(bounds) and bounds[n + 1][0] <= told[0]:
            n += 1
        starts[bounds[n][0]].append(told)
    return [
        (a, b, sum(t[1] for t in starts[a]), sum(t[2] for t in starts[a]), sum(t[3] for t in starts[a]))
        for a, b in bounds
    ]


def _bounds(first: date, last: date) -> list[tuple[date, date]]:
    length = (last - first).days + 1
    if length <= STEPS["week"]:
        step = 1 if length <= STEPS["day"] else 7
        start = first - timedelta(days=first.weekday()) if step == 7 else first
        count = ((last - start).days // step) + 1
        return [(start + timedelta(days=n * step), start + timedelta(days=n * step + step - 1)) for n in range(count)]
    found, month = [], first.replace(day=1)
    while month <= last:
        following = (month + timedelta(days=32)).replace(day=1)
        found.append((month, following - timedelta(days=1)))
        month = following
    return found


def _over(steps: Sequence[tuple[date, date, int, float, float]], chosen: Query, wide: float) -> Markup:
    """The chosen period as a band behind the bars; nothing where none is chosen."""
    if chosen.since is None and chosen.until is None:
        return Markup("")
    inside = [
        n
        for n, (first, last, *_) in enumerate(steps)
        if (chosen.since is None or last >= chosen.since) and (chosen.until is None or first <= chosen.until)
    ]
    if not inside:
        return Markup("")
    band = Markup('<rect class="period" x="{x:.1f}" y="0" width="{w:.1f}" height="{h}"/>')
    return band.format(x=inside[0] * wide, w=len(inside) * wide, h=HEIGHT - FOOT)


def _ends(steps: Sequence[tuple[date, date, int, float, float]]) -> Markup:
    text = Markup('<text class="axis" x="{x}" y="{y}" text-anchor="{anchor}">{words}</text>')
    first = text.format(x=0, y=HEIGHT - 2, anchor="start", words=day(steps[0][0]))
    return first + text.format(x=WIDTH, y=HEIGHT - 2, anchor="end", words=day(steps[-1][1]))
