"""Write `docs/quality.md` from the measured figures, the peers' figures and the notes beside them.

python -m benchmarks.quality            writes the page
python -m benchmarks.quality --check    exit status 1 when the page is not what the figures say
"""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
MANIFEST = HERE.parent / "src" / "tacitus" / "models" / "language.json"
PAGE = HERE.parent / "docs" / "quality.md"

HEAD = """# Measured quality

Written by `python -m benchmarks.quality` from `benchmarks/results.json` (`make gate`), the language model's manifest and
`benchmarks/speed.json` (`make bench`). All figures are on **development** sets; rules were written looking at parts of some of
them, so held-out figures will be somewhat lower. The scorers and sets lie beside the checkout and are not part of the repository.
m = measured with the same scorer, p = published.
"""


def main() -> None:
    """Write the page, or with --check only compare."""
    page = render()
    if "--check" in sys.argv[1:]:
        sys.exit(
            0
            if PAGE.read_text(encoding="utf-8") == page
            else "docs/quality.md is out of date: python -m benchmarks.quality"
        )
    PAGE.write_text(page, encoding="utf-8")


def render() -> str:
    """The whole page."""
    peers = tomllib.loads((HERE / "peers.toml").read_text(encoding="utf-8"))
    results = _read("results.json")
    notes = (HERE / "notes.md").read_text(encoding="utf-8") if (HERE / "notes.md").exists() else ""
    parts = [HEAD, "## Against the development sets\n", _results(results, peers), _language(), _speed(), notes]
    return "\n".join(part for part in parts if part).rstrip() + "\n"


def _results(results: dict[str, Any], peers: dict[str, Any]) -> str:
    lines = []
    for name, entry in results.items():
        lines += [
            f"### {name}",
            "",
            f"`{entry['command']}` · {entry['date']}",
            "",
            "| figure | Tacitus | peers |",
            "|---|---|---|",
        ]
        beside = peers.get(name, {})
        if "note" in beside:
            lines[-2:-2] = [beside["note"], ""]
        for figure, value in entry["figures"].items():
            told = beside.get(figure, "")
            where = f" (on: {beside['on']})" if told and "on" in beside else ""
            lines.append(f"| {figure} | {_number(value)} | {told}{where} |")
        lines.append("")
    return "\n".join(lines)


def _language() -> str:
    scores = json.loads(MANIFEST.read_text(encoding="utf-8"))["scores"]
    rows = []
    for name, parts in scores.items():
        cells = [f"{part.replace('_', ' ')}: {_cell(figures)}" for part, figures in parts.items()]
        rows += [f"| {name} | {cell} |" for cell in cells]
    command = "`python -m benchmarks.language FILE.conllu --part ewt|gum --names FILE.iob2` (EWT names: held-out quarter of the documents)"
    return f"## Language model\n\n{command}\n\n| set | figures |\n|---|---|\n" + "\n".join(rows) + "\n"


def _speed() -> str:
    figures = _read("speed.json")
    if not figures:
        return ""
    return "## Speed\n\n`python -m benchmarks.speed`, two cores of an Intel Xeon at 2.5 GHz (no VNNI)\n\n" + _table(
        figures
    )


def _table(figures: dict[str, Any]) -> str:
    rows = "\n".join(f"| {name} | {_cell(value)} |" for name, value in figures.items())
    return f"| figure | |\n|---|---|\n{rows}\n"


def _cell(value: Any) -> str:
    if isinstance(value, dict):
        return " · ".join(f"{key} {_cell(item)}" for key, item in value.items())
    return _number(value)


def _number(value: Any) -> str:
    if isinstance(value, float) and abs(value) <= 1.5:
        return f"{value:.3f}".replace("0.", ".", 1) if value < 1 else f"{value:.3f}"
    return f"{value:,}" if isinstance(value, int | float) else "–" if value is None else str(value)


def _read(name: str) -> dict[str, Any]:
    path = HERE / name
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


if __name__ == "__main__":
    main()
