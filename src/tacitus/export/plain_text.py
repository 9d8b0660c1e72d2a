"""A report as plain text and as Markdown."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence

from tacitus.export.blocks import Block, Bullets, Chart, Heading, Line, Paragraph, Run, Table, WorldMap, plain

WIDTH = 110  # characters; the last column of a table takes what the others leave
LEAST_COLUMN = 24
GLUE = "\ue000"  # stands for the blank inside a citation while lines are broken
CITATION = re.compile(r"\[d\d+ s\d+\]")
UNDERLINES = {1: "=", 2: "-"}
SPECIAL = re.compile(r"([\\`*_\[\]<>|#~$&])")
CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]"
)  # would move the cursor or turn the line round


def as_text(blocks: Sequence[Block]) -> str:
    """Wrapped text for a terminal or a mail; ends in a line break."""
    parts = [text for block in blocks if (text := _text(block))]
    return "\n\n".join(parts) + "\n"


def as_markdown(blocks: Sequence[Block]) -> str:
    """CommonMark with tables; what pages say is escaped and cannot act as markup."""
    parts = [text for block in blocks if (text := _markdown(block))]
    return "\n\n".join(parts) + "\n"


def clean(text: str) -> str:
    """The text without control characters, which a hostile page could use against a terminal."""
    return CONTROL.sub("", text)


def _text(block: Block) -> str:
    match block:
        case Heading(level, title):
            title = clean(title)
            return f"{title}\n{UNDERLINES[level] * len(title)}" if level in UNDERLINES else title
        case Paragraph(line_):
            return _wrapped(plain(line_))
        case Bullets(lines):
            return "\n".join(_wrapped(plain(line_), first="- ", rest="  ") for line_ in lines)
        case Table():
            return _table(block)
        case Chart() | WorldMap():
            return ""


def _wrapped(text: str, *, first: str = "", rest: str = "", width: int = WIDTH) -> str:
    glued = CITATION.sub(lambda match: match.group().replace(" ", GLUE), clean(text))
    filled = textwrap.fill(
        glued, width, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )
    return filled.replace(GLUE, " ")


def _table(table: Table) -> str:
    rows = [table.header, *([clean(plain(cell)) for cell in row] for row in table.rows)]
    widths = [max(len(row[n]) for row in rows) for n in range(len(table.header))]
    widths = [min(width, 40) for width in widths[:-1]]
    last = max(LEAST_COLUMN, WIDTH - sum(width + 2 for width in widths))
    lines: list[str] = []
    for row in rows:
        cells = [
            _cell(text, width, right=n in table.right) for n, (text, width) in enumerate(zip(row, widths, strict=False))
        ]
        head = "  ".join(cells) + "  "
        rest = " " * len(head)
        lines.append(_wrapped(row[-1], first=head, rest=rest, width=len(head) + last) if row[-1] else head)
    return "\n".join(line.rstrip() for line in "\n".join(lines).split("\n"))


def _cell(text: str, width: int, *, right: bool) -> str:
    if len(text) > width:
        text = text[: width - 1] + "…"
    return text.rjust(width) if right else text.ljust(width)


def _markdown(block: Block) -> str:
    match block:
        case Heading(level, title):
            return f"{'#' * level} {_escaped(title)}"
        case Paragraph(line_):
            return _inline(line_)
        case Bullets(lines):
            return "\n".join(f"- {_inline(line_)}" for line_ in lines)
        case Table(header, rows, right):
            rule = "|".join("---:" if n in right else "---" for n in range(len(header)))
            body = ["|".join(_inline(cell) or " " for cell in row) for row in rows]
            return "\n".join(f"|{line}|" for line in ["|".join(_escaped(title) for title in header), rule, *body])
        case Chart() | WorldMap():
            return ""


def _inline(line_: Line) -> str:
    return "".join(_marked(run) for run in line_)


def _marked(run: Run) -> str:
    text = _escaped(run.text)
    match run.kind:
        case "words":
            return f"“{text}”"
        case "cite":
            return f"\\[{text}\\]"
        case "strong":
            return f"**{text.strip()}**" + (" " if text.endswith(" ") else "")
        case "muted":
            return f"*{text.strip()}*" + (" " if text.endswith(" ") else "") if text.strip() else text
        case _:
            return text


def _escaped(text: str) -> str:
    return SPECIAL.sub(r"\\\1", clean(text).replace("\n", " "))
