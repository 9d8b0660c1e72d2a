"""A report as one HTML file: no script, nothing loaded from elsewhere, light and dark, readable on a phone."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from tacitus.export.blocks import Block, Bullets, Chart, Heading, Line, Paragraph, Run, Table, WorldMap
from tacitus.export.chart import svg
from tacitus.export.plain_text import clean
from tacitus.export.worldmap import worldmap
from tacitus.resources import data_path

MAP_KEY = "disc: conflict on average · ring: cooperation · larger: more incidents; land is drawn without borders"
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def as_html(blocks: Sequence[Block]) -> str:
    """A whole page. Everything that comes from documents is escaped; citations link to the list of sources."""
    title = next((block.text for block in blocks if isinstance(block, Heading)), "Situation report")
    style = data_path("export", "report.css").read_text(encoding="utf-8")
    body = "\n".join(_block(block) for block in blocks)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        f"<title>{_safe(title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _block(block: Block) -> str:
    match block:
        case Heading(level, title):
            return f"<h{level}>{_safe(title)}</h{level}>"
        case Paragraph(line_):
            return f"<p>{_inline(line_)}</p>"
        case Bullets(lines):
            return "<ul>\n" + "\n".join(f"<li>{_inline(line_)}</li>" for line_ in lines) + "\n</ul>"
        case Table():
            return _table(block)
        case Chart(intervals, unit):
            return svg(intervals, unit=unit)
        case WorldMap(spots):
            return f"<figure>{worldmap(spots)}<figcaption>{MAP_KEY}</figcaption></figure>"


def _table(table: Table) -> str:
    sides = [' class="figure"' if n in table.right else "" for n in range(len(table.header))]
    head = "".join(
        f'<th scope="col"{side}>{_safe(title)}</th>' for side, title in zip(sides, table.header, strict=True)
    )
    rows = []
    for n, row in enumerate(table.rows):
        anchor = f' id="{_safe(table.anchors[n])}"' if table.anchors else ""
        rows.append(
            f"<tr{anchor}>"
            + "".join(f"<td{side}>{_inline(cell)}</td>" for side, cell in zip(sides, row, strict=True))
            + "</tr>"
        )
    return (
        f'<div class="table"><table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n'
        + "\n".join(rows)
        + "\n</tbody></table></div>"
    )


def _inline(line_: Line) -> str:
    return "".join(_run(run) for run in line_)


def _run(run: Run) -> str:
    text = _safe(run.text)
    match run.kind:
        case "words":
            return f"<q>{text}</q>"
        case "cite":
            return f'<a class="cite" href="#{_safe(run.text.split()[0])}">{text}</a>'
        case "strong":
            return f"<b>{text}</b>"
        case "muted":
            return f'<span class="muted">{text}</span>'
        case _:
            return f'<span class="bar">{text}</span>' if "│" in run.text else text


def _safe(text: str) -> str:
    return escape(clean(text), quote=True)
