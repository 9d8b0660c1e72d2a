"""The plot of memory over documents, as SVG without any library."""

from __future__ import annotations

from pathlib import Path
from typing import Any

WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 720, 300, 70, 30, 20, 45
LINES = 5


def draw(figures: dict[str, Any], path: Path) -> None:
    """Draw what `benchmarks.scale memory` has measured."""
    points = figures["documents, MB"]
    most = max(memory for _, memory in points)
    top = -(-most // 500) * 500
    across, down = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM

    def x(documents: float) -> float:
        return LEFT + across * documents / figures["documents"]

    def y(memory: float) -> float:
        return TOP + down * (1 - memory / top)

    steps = [(figures["documents"] * n // LINES, top * n // LINES) for n in range(LINES + 1)]
    grid = "".join(
        f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(memory):.1f}" y2="{y(memory):.1f}" stroke="#ddd"/>'
        f'<text x="{LEFT - 8}" y="{y(memory) + 4:.1f}" text-anchor="end">{memory:,}</text>'
        f'<text x="{x(documents):.1f}" y="{HEIGHT - 22}" text-anchor="middle">{documents:,}</text>'
        for documents, memory in steps
    )
    line = " ".join(f"{x(documents):.1f},{y(memory):.1f}" for documents, memory in points)
    title = f"Memory of all processes, MB, over documents coded ({figures['workers']} workers, {figures['date']})"
    path.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="11" fill="#333">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/><text x="{LEFT}" y="16" font-size="13">{title}</text>{grid}'
        f'<polyline points="{line}" fill="none" stroke="#1f5fa8" stroke-width="2"/></svg>\n',
        encoding="utf-8",
    )
