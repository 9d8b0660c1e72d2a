"""A report before it takes a form: headings, paragraphs, lists, tables and a chart, made of runs of text.

Situation ──> blocks ──> text · Markdown · HTML
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from tacitus.analysis import Interval
    from tacitus.analysis.spots import Spot


class Run(NamedTuple):
    """A stretch of a line. `words` are a page's own words; `cite` a label like "d12 s3", to be put in brackets."""

    text: str
    kind: Literal["plain", "words", "cite", "strong", "muted"] = "plain"


Line = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` 1 is the title of the report."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    line: Line


@dataclass(frozen=True, slots=True)
class Bullets:
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """`right` holds the indices of columns of figures; `anchors` a name for each row (the labels of sources), or nothing."""

    header: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]
    right: frozenset[int] = frozenset()
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """Conflict and cooperation by interval; text forms show the table that follows it instead."""

    intervals: tuple[Interval, ...]
    unit: str


@dataclass(frozen=True, slots=True)
class WorldMap:
    """Places on a map; text forms show the table that follows it instead."""

    spots: tuple[Spot, ...]


Block = WorldMap | Heading | Paragraph | Bullets | Table | Chart


def line(*parts: Run | str | Sequence[Run]) -> Line:
    """A line from runs, plain strings and lines."""
    runs: list[Run] = []
    for part in parts:
        if isinstance(part, str):
            runs.append(Run(part))
        elif isinstance(part, Run):
            runs.append(part)
        else:
            runs.extend(part)
    return tuple(run for run in runs if run.text)


def plain(line_: Line) -> str:
    """The line as unmarked text: words in quotation marks, citations in brackets."""
    marks = {"words": "“{}”", "cite": "[{}]"}
    return "".join(marks.get(run.kind, "{}").format(run.text) for run in line_)
