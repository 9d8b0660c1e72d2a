"""The situation in words: which sections a report has and what each line says. Every line names its sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tacitus.analysis import (
    KINDS,
    QUADS,
    STANDINGS,
    Allegation,
    Citation,
    Dyad,
    Incident,
    Interval,
    Question,
    Situation,
    Speaker,
    unit,
)
from tacitus.export.blocks import Block, Bullets, Chart, Heading, Line, Paragraph, Run, Table, line
from tacitus.export.days import day, period

MAX_INCIDENTS = 15
MAX_ALLEGATIONS = 15
MAX_SPEAKERS = 12
MAX_STATEMENTS = 5
MAX_DYADS = 20
MAX_QUESTIONS = 8
MAX_CITATIONS = 4
QUOTATION_MARKS = "“”\"' ,"
BAR_HEADER = "conflict│cooper."
BAR = 8  # characters on each side of a bar's zero; the score's 10 points


@dataclass(frozen=True)
class Labels:
    """How documents are cited: id to label ("d12")."""

    by_id: Mapping[str, str]

    def cite(self, citations: Sequence[Citation]) -> Line:
        """The first few places in brackets, each once, and how many more there are."""
        runs: list[Run] = []
        for citation in citations[:MAX_CITATIONS]:
            runs += [Run(" "), Run(f"{self.by_id[citation.document]} s{citation.sentence}", "cite")]
        more = len(citations) - MAX_CITATIONS
        return (*runs, Run(f" and {more} more", "muted")) if more > 0 else tuple(runs)


def compose(situation: Situation) -> list[Block]:
    """The whole report."""
    labels = Labels({source.id: source.label for source in situation.sources})
    return [
        Heading(1, _title(situation)),
        *_volume(situation),
        *_summary(situation, labels),
        *_incidents(situation.incidents, labels),
        *_allegations(situation.allegations, labels),
        *_speakers(situation.speakers, labels),
        *_dyads(situation.dyads, labels),
        *_intensity(situation.intervals, labels),
        *_questions(situation.questions, labels),
        *_sources(situation, labels),
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
    publishers = f" by {_count(volume.publishers, 'publisher')}" if volume.publishers else ""
    failed = f" {_count(volume.failed, 'page')} could not be coded." if volume.failed else ""
    return [
        Paragraph(
            line(
                f"{_count(volume.documents, 'page')}{publishers}{dates}, {volume.words:,} words.{failed} "
                f"Of {_count(volume.events, 'coded event')}, {volume.actual_own_voice:,} happened according to the pages themselves and "
                f"{volume.actual_claimed:,} according to somebody they quote; the others are announced, possible, denied or background. "
                f"{_count(volume.claims, 'statement')} {'is' if volume.claims == 1 else 'are'} attributed."
            )
        )
    ]


def _summary(situation: Situation, labels: Labels) -> list[Block]:
    """The most frequent dyad, the heights of conflict and cooperation, and the last thing that happened."""
    lines: list[Line] = []
    if situation.dyads:
        top = situation.dyads[0]
        back = next((d for d in situation.dyads if (d.actor, d.recipient) == (top.recipient, top.actor)), None)
        other_way = f", and {back.count} the other way, mean {back.score:+.1f}" if back else ""
        lines.append(
            line(
                f"Most of what passed between two sides was from {top.actor} to {top.recipient}: {_count(top.count, 'incident')}, "
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
        lines.append(line("The last incident: ", _incident(last, labels)))
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


def _incidents(incidents: Sequence[Incident], labels: Labels) -> list[Block]:
    if not incidents:
        return []
    blocks: list[Block] = [
        Heading(2, "What happened"),
        Paragraph(line("In the pages' own voice; the most severe and most reported first.")),
    ]
    for title, quads in (("Conflict", (3, 4)), ("Cooperation", (1, 2))):
        group = [incident for incident in incidents if incident.quad in quads]
        if group:
            blocks += [
                Heading(3, title),
                Bullets(tuple(_incident(incident, labels) for incident in group[:MAX_INCIDENTS])),
            ]
            blocks += _left_out(len(group) - MAX_INCIDENTS, "incident")
    return blocks


def _incident(incident: Incident, labels: Labels) -> Line:
    return line(
        Run(_date(incident) + " ", "strong"),
        _sentence(incident.clause, incident),
        _figures(incident),
        f" {_reports(incident)}" if incident.documents > 1 else "",
        labels.cite(incident.citations),
    )


def _date(incident: Incident) -> str:
    if incident.day is None:
        return "Undated."
    return f"{'Reported ' if incident.day_basis == 'published' else ''}{day(incident.day)}."


def _sentence(clause: str, incident: Incident) -> Line:
    """The clause with the page's words behind it, where they say more than the clause."""
    first = clause[:1].upper() + clause[1:]
    place = f" ({incident.place})" if incident.place else ""
    if incident.words is None or incident.words in clause:
        return line(f"{first}{place}.")
    return line(f"{first}{place}: ", Run(incident.words, "words"), ".")


def _figures(incident: Incident) -> str:
    figures = [
        f"{name}: {_range(*bounds)}"
        for name, bounds in (("Dead", incident.dead), ("Injured", incident.injured))
        if bounds is not None
    ]
    return f" {'; '.join(figures)}." if figures else ""


def _range(low: int | None, high: int | None) -> str:
    if low is None:
        return f"at most {high:,}"
    if high is None:
        return f"at least {low:,}"
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def _reports(incident: Incident) -> str:
    by = f" by {_count(len(incident.publishers), 'publisher')}" if len(incident.publishers) > 1 else ""
    return f"Reported in {incident.documents} pages{by}."


def _allegations(allegations: Sequence[Allegation], labels: Labels) -> list[Block]:
    """Grouped by standing; what a page states itself as well is listed under the incidents and left out here."""
    open_ = [allegation for allegation in allegations if not allegation.is_reported]
    if not open_:
        return []
    blocks: list[Block] = [
        Heading(2, "What is said to have happened"),
        Paragraph(line("Events that the pages do not state themselves but report as said by somebody.")),
    ]
    for standing, gloss in STANDINGS.items():
        group = sorted((a for a in open_ if a.standing == standing), key=lambda a: -a.incident.prominence)
        if group:
            blocks += [
                Heading(3, gloss[0].upper() + gloss[1:]),
                Bullets(tuple(_allegation(a, labels) for a in group[:MAX_ALLEGATIONS])),
            ]
            blocks += _left_out(len(group) - MAX_ALLEGATIONS, "event")
    return blocks


def _allegation(allegation: Allegation, labels: Labels) -> Line:
    incident = allegation.incident
    if allegation.is_own_account:
        by = "by their own account, "
    else:
        by = f"according to {_listed(allegation.said_by)}, " if allegation.said_by else ""
    return line(
        Run(_date(incident) + " ", "strong"),
        _sentence(by + incident.clause, incident),
        _figures(incident),
        labels.cite(incident.citations),
    )


def _speakers(speakers: Sequence[Speaker], labels: Labels) -> list[Block]:
    if not speakers:
        return []
    blocks: list[Block] = [Heading(2, "Who said what")]
    for speaker in speakers[:MAX_SPEAKERS]:
        code = f" ({speaker.code})" if speaker.code else ""
        blocks.append(
            Heading(
                3, f"{speaker.name[0].upper()}{speaker.name[1:]}{code}: {_count(len(speaker.statements), 'statement')}"
            )
        )
        lines = [
            line(
                Run(f"{day(statement.published)}. " if statement.published else "", "strong"),
                _said(statement.kind, statement.cue, statement.words),
                labels.cite([statement.citation]),
            )
            for statement in speaker.foremost(MAX_STATEMENTS)
        ]
        blocks += [Bullets(tuple(lines)), *_left_out(len(speaker.statements) - MAX_STATEMENTS, "statement")]
    return [*blocks, *_left_out(len(speakers) - MAX_SPEAKERS, "speaker")]


def _said(kind: str, cue: str | None, words: str) -> Line:
    """Direct speech in quotation marks; indirect speech after its cue, in the page's words and without marks."""
    if kind == "direct":
        return (Run(words.strip(QUOTATION_MARKS), "words"),)
    return line(Run(f"{cue or 'said'}: ", "muted"), words)


def _dyads(dyads: Sequence[Dyad], labels: Labels) -> list[Block]:
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
        *_left_out(len(dyads) - MAX_DYADS, "pair"),
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


def _intensity(intervals: Sequence[Interval], labels: Labels) -> list[Block]:
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


def _questions(questions: Sequence[Question], labels: Labels) -> list[Block]:
    if not questions:
        return []
    blocks: list[Block] = [Heading(2, "Open questions")]
    for kind, title in KINDS.items():
        group = [question for question in questions if question.kind == kind]
        if group:
            lines = tuple(_question(question, labels) for question in group[:MAX_QUESTIONS])
            blocks += [Heading(3, title), Bullets(lines), *_left_out(len(group) - MAX_QUESTIONS, "case")]
    return blocks


def _question(question: Question, labels: Labels) -> Line:
    incident = question.incident
    told = next((event.speaker for event in incident.events if event.speaker is not None), None)
    by = f", according to {told.name}" if told is not None else ""
    what = incident.clause if question.kind in ("threat", "promise") else f"{incident.noun}{by}"
    return line(Run(_date(incident) + " ", "strong"), _sentence(what, incident), labels.cite(incident.citations))


def _sources(situation: Situation, labels: Labels) -> list[Block]:
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


def _left_out(number: int, noun: str) -> list[Block]:
    return (
        [Paragraph((Run(f"{_count(number, noun)} more; narrow the report by actor or period to see them.", "muted"),))]
        if number > 0
        else []
    )


def _abbreviated(quad: str) -> str:
    """Verbal cooperation as "v.coop."."""
    kind, sign = quad.split()
    return f"{kind[0]}.{sign[:4]}."


def _listed(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
