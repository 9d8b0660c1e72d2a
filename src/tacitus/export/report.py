"""The situation in words: which sections a report has, and what stands at its head. Every line names its sources."""

from __future__ import annotations

from datetime import date

from tacitus.analysis import Incident, Interval, Situation
from tacitus.export.blocks import Block, Bullets, Heading, Line, Paragraph, line
from tacitus.export.days import day, period
from tacitus.export.figures import dyads_section, intensity_section, places_section, sources_section
from tacitus.export.lines import Labels, count, incident_line
from tacitus.export.sections import allegations_section, incidents_section, questions_section, speakers_section


def compose(situation: Situation) -> list[Block]:
    """The whole report."""
    labels = Labels({source.id: source.label for source in situation.sources})
    return [
        Heading(1, _title(situation)),
        *_volume(situation),
        *_summary(situation, labels),
        *incidents_section(situation.incidents, labels),
        *allegations_section(situation.allegations, labels),
        *speakers_section(situation.speakers, labels),
        *dyads_section(situation.dyads, labels),
        *intensity_section(situation.intervals, labels),
        *places_section(situation.incidents),
        *questions_section(situation.questions, labels),
        *sources_section(situation, labels),
    ]


def _title(situation: Situation) -> str:
    query = situation.query
    parties = " and ".join(party for party in (query.actor, query.with_) if party)
    dates = period(query.since, query.until) if query.since or query.until else ""
    return ": ".join(
        part for part in ("Situation report", ", ".join(part for part in (parties, dates) if part)) if part
    )


def _volume(situation: Situation) -> list[Block]:
    volume = situation.volume
    if not volume.documents and not volume.failed:
        return [Paragraph(line("The database holds no page that meets the request."))]
    dates = f", dated {period(volume.first, volume.last)}" if volume.first else ", none of them dated"
    publishers = f" by {count(volume.publishers, 'publisher')}" if volume.publishers else ""
    failed = f" {count(volume.failed, 'page')} could not be coded." if volume.failed else ""
    left_out = (
        f" {count(volume.left_out, 'event')} of a confidence under {volume.min_confidence:g} {_is(volume.left_out)} left out."
        if volume.left_out
        else ""
    )
    return [
        Paragraph(
            line(
                f"{count(volume.documents, 'page')}{publishers}{dates}, {volume.words:,} words.{failed} "
                f"Of {count(volume.events, 'coded event')}, {volume.actual_own_voice:,} happened according to the pages themselves and "
                f"{volume.actual_claimed:,} according to somebody they quote; the others are announced, possible, denied or background. "
                f"{count(volume.claims, 'statement')} {_is(volume.claims)} attributed.{left_out}"
            )
        )
    ]


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def _summary(situation: Situation, labels: Labels) -> list[Block]:
    """The most frequent dyad, the heights of conflict and cooperation, and the last thing that happened."""
    lines: list[Line] = []
    if situation.dyads:
        top = situation.dyads[0]
        back = next((d for d in situation.dyads if (d.actor, d.recipient) == (top.recipient, top.actor)), None)
        other_way = f", and {back.count} the other way, mean {back.score:+.1f}" if back else ""
        lines.append(
            line(
                f"Most of what passed between two sides was from {top.actor} to {top.recipient}: {count(top.count, 'incident')}, "
                f"mean score {top.score:+.1f}{other_way}; the weightiest: {top.gravest.clause}",
                labels.cite(top.gravest.citations[:1]),
                ".",
            )
        )
    if len(situation.intervals) > 1:
        worst = min(situation.intervals, key=lambda interval: interval.conflict)
        best = max(situation.intervals, key=lambda interval: interval.cooperation)
        lines += [_peak("Conflict", worst, worst.conflict, worst.worst, labels)] if worst.conflict else []
        lines += [_peak("Cooperation", best, best.cooperation, best.best, labels)] if best.cooperation else []
    until = situation.volume.last or date.max
    dated = [
        (incident.day, incident)
        for incident in situation.incidents
        if incident.day is not None and incident.day <= until
    ]
    if dated:
        _, last = max(dated, key=lambda item: (item[0], item[1].prominence))
        lines.append(line("The last incident: ", incident_line(last, labels)))
    return [Heading(2, "In short"), Bullets(tuple(lines))] if lines else []


def _peak(what: str, interval: Interval, total: float, foremost: Incident | None, labels: Labels) -> Line:
    told = line(f"; foremost: {foremost.clause}", labels.cite(foremost.citations[:1])) if foremost else ()
    return line(f"{what} was strongest {_when(interval)}, with scores that sum to {total:+.0f}", told, ".")


def _when(interval: Interval) -> str:
    return (
        f"on {day(interval.first)}"
        if interval.first == interval.last
        else f"in the days {period(interval.first, interval.last)}"
    )
