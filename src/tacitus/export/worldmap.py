"""A map of where things happened: plain land without borders, cut to the places, and a dot for each; the page puts a table beside it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from html import escape
from typing import NamedTuple

from tacitus.analysis.spots import Spot
from tacitus.export.plain_text import clean
from tacitus.resources import data_path, load_tsv

WIDTH, HEIGHT = 760, 400
MARGIN = 0.18  # of the extent, on each side
LEAST = 4.0  # degrees: a single place is shown with its surroundings
DETAIL = 3  # half pixels; a finer outline is not seen
CURRENT = ' aria-current="true"'
DOT, MOST = 5.0, 17.0  # radius in pixels of one incident and of the largest dot


class Ring(NamedTuple):
    """An outline, with the box round it (degrees)."""

    west: float
    south: float
    east: float
    north: float
    points: tuple[tuple[float, float], ...]


class View(NamedTuple):
    """What is shown: the north-western corner in degrees, pixels for a degree of latitude, and how much a degree of longitude shrinks."""

    west: float
    north: float
    scale: float
    squeeze: float

    def place(self, lon: float, lat: float) -> tuple[float, float]:
        """The pixel of a point."""
        return (lon - self.west) * self.scale * self.squeeze, (self.north - lat) * self.scale


@cache
def land() -> tuple[Ring, ...]:
    """All outlines."""
    rings = []
    for row in load_tsv(data_path("web", "land.tsv"), ["ring"]):
        pairs = (pair.split() for pair in row["ring"].split(","))
        points = tuple((int(lon) / 100, int(lat) / 100) for lon, lat in pairs)
        lons, lats = [p[0] for p in points], [p[1] for p in points]
        rings.append(Ring(min(lons), min(lats), max(lons), max(lats), points))
    return tuple(rings)


@cache
def thinned(level: int) -> tuple[Ring, ...]:
    """The outlines less the points that fall together where a degree has at most 2 to the power of `level` pixels."""
    least = DETAIL / 4 / 2**level  # degrees: half of what is told apart
    return tuple(ring._replace(points=tuple(_apart(ring.points, least))) for ring in land())


def _apart(points: Iterable[tuple[float, float]], least: float) -> Iterable[tuple[float, float]]:
    last: tuple[float, float] | None = None
    for point in points:
        if last is None or abs(point[0] - last[0]) + abs(point[1] - last[1]) >= least:
            last = point
            yield point


def worldmap(spots: Sequence[Spot], *, href: Callable[[Spot], str] | None = None, chosen: str | None = None) -> str:
    """The map as SVG; nothing for no place. Larger dots lie under smaller ones, so that each can be reached.

    `href`: where a dot leads, if anywhere; `chosen`: the place in view.
    """
    if not spots:
        return ""
    view = view_of(spots)
    most = max(spot.count for spot in spots)
    dots = [_linked(spot, _dot(spot, view, most), href, chosen) for spot in sorted(spots, key=lambda spot: -spot.count)]
    role = "group" if href else "img"
    label = f"Map of {len(spots)} places; the table after it lists them"
    return (
        f'<svg class="map" viewBox="0 0 {WIDTH} {HEIGHT}" role="{role}" aria-label="{label}">'
        f'<rect class="sea" width="{WIDTH}" height="{HEIGHT}"/>'
        f'<path class="land" transform="scale(.5)" d="{"".join(_outlines(view))}"/>{"".join(dots)}</svg>'
    )


def _linked(spot: Spot, dot: str, href: Callable[[Spot], str] | None, chosen: str | None) -> str:
    if href is None:
        return dot
    return (
        f'<a href="{_safe(href(spot))}" aria-label="{_label(spot)}"{CURRENT if spot.name == chosen else ""}>{dot}</a>'
    )


def view_of(spots: Sequence[Spot]) -> View:
    """The section of the world that has all the places in it, in the proportions of the picture."""
    west, east = min(s.lon for s in spots), max(s.lon for s in spots)
    south, north = min(s.lat for s in spots), max(s.lat for s in spots)
    middle = (south + north) / 2
    squeeze = max(0.2, math.cos(math.radians(middle)))
    high = max((north - south) * (1 + 2 * MARGIN), LEAST)
    wide = max((east - west) * (1 + 2 * MARGIN), LEAST / squeeze)
    scale = min(HEIGHT / high, WIDTH / (wide * squeeze))
    return View((west + east) / 2 - WIDTH / scale / squeeze / 2, middle + HEIGHT / scale / 2, scale, squeeze)


def _outlines(view: View) -> Iterable[str]:
    """Those rings that can be seen, in pixels, without points that fall together. The world goes round."""
    east, south = view.west + WIDTH / view.scale / view.squeeze, view.north - HEIGHT / view.scale
    for turn in (-360, 0, 360):
        for ring in thinned(math.ceil(math.log2(view.scale))):
            if (
                ring.east + turn >= view.west
                and ring.west + turn <= east
                and ring.north >= south
                and ring.south <= view.north
            ):
                yield _path(ring, view, turn)


def _path(ring: Ring, view: View, turn: int) -> str:
    """A ring as a path in steps of half a pixel. What lies far outside is drawn at the edge; a ring too small for the scale is a dot."""
    parts: list[str] = []
    last: tuple[int, int] | None = None
    for lon, lat in ring.points:
        x, y = view.place(lon + turn, lat)
        point = round(min(max(x, -WIDTH), 2 * WIDTH) * 2), round(min(max(y, -HEIGHT), 2 * HEIGHT) * 2)
        if last is None:
            parts.append(f"M{point[0]} {point[1]}l")
        elif abs(point[0] - last[0]) + abs(point[1] - last[1]) >= DETAIL:
            parts.append(f"{point[0] - last[0]} {point[1] - last[1]}")
        else:
            continue
        last = point
    if len(parts) > 3:
        return parts[0] + " ".join(parts[1:]).replace(" -", "-") + "z"
    return parts[0][:-1] + "h2v2h-2z"


def _dot(spot: Spot, view: View, most: int) -> str:
    """Conflict as a disc, cooperation as a ring: told apart without colour."""
    x, y = view.place(spot.lon, spot.lat)
    radius = DOT + (MOST - DOT) * math.sqrt((spot.count - 1) / max(most - 1, 1))
    kind = "conflict" if spot.score < 0 else "cooperation"
    return f'<g><title>{_label(spot)}</title><circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/></g>'


def _label(spot: Spot) -> str:
    number = f"{spot.count:,} incident{'s' if spot.count > 1 else ''}"
    return _safe(f"{spot.name}: {number}, mean score {spot.score:+.1f}".replace("-", "−"))


def _safe(text: str) -> str:
    return escape(clean(text), quote=True)
