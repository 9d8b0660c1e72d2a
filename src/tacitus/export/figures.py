"""Sections of a report in tables: dyads, intensity over time, sources."""

from __future__ import annotations

from collections.abc import Sequence

from tacitus.analysis import QUADS, Dyad, Incident, Interval, Situation, unit
from tacitus.analysis.spots import spots
from tacitus.export.blocks import Block, Bullets, Chart, Heading, Line, Paragraph, Table, WorldMap, line
from tacitus.export.days import day
from tacitus.export.lines import MAX_CITATIONS, Labels, count, left_out

MAX_DYADS = 20
MAX_PLACES = 20
MAX_SPOTS = 150  # more dots cannot be told apart
BAR_HEADER = "conflict│cooper."
BAR = 8  # characters on each side of a bar's zero; the score's 10 points


def dyads_section(dyads: Sequence[Dyad], labels: Labels) -> list[Block]:
    if not dyads:
        return []
    header = (
        "From",
        "To",
        "Incidents",
        "Mean",
        BAR_HEADER,
        *(_abbreviated(name) for name in QUADS.values()),
        "Weightiest",
    )
    return [
        Heading(2, "Who is for and against whom"),
        Paragraph(
            line(
                "Incidents in the pages' own voice between two sides; mean of PLOVER's score, -10 (conflict) to +10 (cooperation). "
                "Columns: verbal and material cooperation, verbal and material conflict."
            )
        ),
        Table(header, tuple(_dyad(dyad, labels) for dyad in dyads[:MAX_DYADS]), right=frozenset((2, 3, 5, 6, 7, 8))),
        *left_out(len(dyads) - MAX_DYADS, "pair"),
    ]


def _dyad(dyad: Dyad, labels: Labels) -> tuple[Line, ...]:
    return (
        line(_headed(dyad.actor)),
        line(_headed(dyad.recipient)),
        line(str(dyad.count)),
        line(f"{dyad.score:+.1f}"),
        line(bar(dyad.score)),
        *(line(str(count) if count else "·") for count in dyad.quads),
        line(dyad.gravest.type, labels.cite(dyad.gravest.citations[:1])),
    )


def _headed(name: str) -> str:
    """A side's name as it stands at the head of a row: without article, with a capital."""
    name = name.removeprefix("the ")
    return name[:1].upper() + name[1:]


def bar(score: float) -> str:
    """A bar from the middle: to the left for conflict, to the right for cooperation."""
    length = min(BAR, round(abs(score) / 10 * BAR))
    left = "█" * length if score < 0 else ""
    right = "█" * length if score > 0 else ""
    return f"{left:>{BAR}}│{right:<{BAR}}"


def _abbreviated(quad: str) -> str:
    """Verbal cooperation as "v.coop."."""
    kind, sign = quad.split()
    return f"{kind[0]}.{sign[:4]}."


def intensity_section(intervals: Sequence[Interval], labels: Labels) -> list[Block]:
    if len(intervals) < 2:
        return []
    name = unit(intervals)
    rows = tuple(_interval(interval, labels) for interval in intervals)
    header = (name.capitalize(), "Incidents", "Conflict", "Cooperation", "Mean", BAR_HEADER, "Foremost")
    return [
        Heading(2, "Escalation and de-escalation"),
        Paragraph(line(f"Sums of negative and of positive scores by {name}, incidents in the pages' own voice.")),
        Chart(tuple(intervals), name),
        Table(header, rows, right=frozenset((1, 2, 3, 4))),
    ]


def places_section(incidents: Sequence[Incident]) -> list[Block]:
    found = spots(incidents)
    if not found:
        return []
    rows = tuple(
        (line(spot.name), line(spot.country or "·"), line(str(spot.count)), line(f"{spot.score:+.1f}"))
        for spot in found[:MAX_PLACES]
    )
    unplaced = len(incidents) - sum(spot.count for spot in found)
    return [
        Heading(2, "Where"),
        WorldMap(tuple(found[:MAX_SPOTS])),
        Table(("Place", "Country", "Incidents", "Mean"), rows, right=frozenset((2, 3))),
        *left_out(len(found) - MAX_PLACES, "place"),
        *([Paragraph(line(f"{count(unplaced, 'incident')} without a place."))] if unplaced else []),
    ]


def _interval(interval: Interval, labels: Labels) -> tuple[Line, ...]:
    mean, foremost = interval.mean, interval.foremost
    return (
        line(day(interval.first)),
        line(str(interval.count) if interval.count else "·"),
        line(f"{interval.conflict:.0f}" if interval.conflict else "·"),
        line(f"{interval.cooperation:+.0f}" if interval.cooperation else "·"),
        line(f"{mean:+.1f}" if mean is not None else "·"),
        line(bar(mean or 0.0)),
        line(foremost.clause[:1].upper() + foremost.clause[1:], labels.cite(foremost.citations[:1]))
        if foremost
        else line(""),
    )


def sources_section(situation: Situation, labels: Labels) -> list[Block]:
    if not situation.sources and not situation.caveats:
        return []
    blocks: list[Block] = [Heading(2, "Sources and caveats")]
    if situation.caveats:
        lines = [
            line(f"{caveat.text[0].upper()}{caveat.text[1:]}", _documents(caveat.documents, labels), ".")
            for caveat in situation.caveats
        ]
        blocks.append(Bullets(tuple(lines)))
    rows = tuple(
        (
            line(source.label),
            line(day(source.published) if source.published else "undated"),
            line(source.publisher or "·"),
            line(source.id),
            line(source.title or "·"),
        )
        for source in situation.sources
    )
    anchors = tuple(source.label for source in situation.sources)
    return (
        [*blocks, Table(("Label", "Date", "Publisher", "Document", "Title"), rows, anchors=anchors)] if rows else blocks
    )


def _documents(ids: Sequence[str], labels: Labels) -> str:
    names = [labels.by_id.get(id_, id_) for id_ in ids[: 2 * MAX_CITATIONS]]
    more = f" and {len(ids) - len(names)} more" if len(ids) > len(names) else ""
    return f" ({', '.join(names)}{more})" if names else ""
