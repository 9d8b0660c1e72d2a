"""Build data/web/land.tsv, the outlines of land for the reading room's map, from Natural Earth's 1:50m land.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python -m tools.build_land package/land-50m.json

One ring a line, points as "lon lat" in hundredths of a degree. No borders: what is drawn says nothing about whose land it is.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

TARGET = Path(__file__).resolve().parents[1] / "src/tacitus/data/web/land.tsv"
HALF = 180_00  # hundredths of a degree: half way round the world
HEAD = (
    "# Land, one ring a line, points as lon lat in hundredths of a degree. Natural Earth 4.1, 1:50m, public domain,\n"
    "# by tools/build_land.py from npm's world-atlas 2.0.2 (ISC). Holes (lakes, inland seas) are rings of their own.\n"
    "ring\n"
)


def rings(topology: dict[str, Any]) -> Iterator[list[tuple[int, int]]]:
    """The rings of all polygons of the one object `land`."""
    arcs = [list(_decoded(arc, topology["transform"])) for arc in topology["arcs"]]
    for geometry in topology["objects"]["land"]["geometries"]:
        polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
        for polygon in polygons:
            for ring in polygon:
                yield list(_unwrapped(_joined(ring, arcs)))


def _decoded(arc: list[list[int]], transform: dict[str, list[float]]) -> Iterator[tuple[int, int]]:
    """TopoJSON counts each point from the one before it, in steps of the transform."""
    x = y = 0
    for dx, dy in arc:
        x, y = x + dx, y + dy
        lon, lat = (v * s + t for v, s, t in zip((x, y), transform["scale"], transform["translate"], strict=True))
        yield round(lon * 100), round(lat * 100)


def _joined(ring: list[int], arcs: list[list[tuple[int, int]]]) -> Iterator[tuple[int, int]]:
    """The points of a ring, equal neighbours once; a negative index is an arc run backwards."""
    last = None
    for index in ring:
        for point in arcs[index] if index >= 0 else reversed(arcs[~index]):
            if point != last:
                yield point
            last = point


def _unwrapped(ring: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The ring without jumps from one edge of the world to the other: it runs on beyond 180 degrees, round a pole along its edge."""
    turn, first, last = 0, None, None
    for lon, lat in ring:
        if last is not None and abs(lon + turn - last[0]) > HALF:
            turn += 2 * HALF if lon + turn < last[0] else -2 * HALF
        last = (lon + turn, lat)
        first = first or last
        yield last
    if first and last and abs(first[0] - last[0]) > HALF:
        pole = -90_00 if last[1] < 0 else 90_00
        yield last[0], pole
        yield first[0], pole


def main() -> None:
    topology = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    lines = [",".join(f"{lon} {lat}" for lon, lat in ring) for ring in rings(topology)]
    TARGET.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} rings")


if __name__ == "__main__":
    main()
