"""Sections of a report in sentences: what happened, what is said to have happened, who said what, what is open."""

from __future__ import annotations

from collections.abc import Sequence

from tacitus.analysis import KINDS, STANDINGS, Allegation, Incident, Question, Speaker, Statement
from tacitus.export.blocks import Block, Bullets, Heading, Line, Paragraph, Run, line
from tacitus.export.days import day
from tacitus.export.lines import Labels, count, date_of, figures, incident_line, left_out, listed, sentence

MAX_INCIDENTS = 15
MAX_ALLEGATIONS = 15
MAX_SPEAKERS = 12
MAX_STATEMENTS = 5
MAX_QUESTIONS = 8
QUOTATION_MARKS = "“”„‟\"'‘’‚«»‹›「」『』` ,\xa0"


def incidents_section(incidents: Sequence[Incident], labels: Labels) -> list[Block]:
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
                Bullets(tuple(incident_line(incident, labels) for incident in group[:MAX_INCIDENTS])),
            ]
            blocks += left_out(len(group) - MAX_INCIDENTS, "incident")
    return blocks


def allegations_section(allegations: Sequence[Allegation], labels: Labels) -> list[Block]:
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
            blocks += left_out(len(group) - MAX_ALLEGATIONS, "event")
    return blocks


def _allegation(allegation: Allegation, labels: Labels) -> Line:
    incident = allegation.incident
    by = f"according to {listed(incident.said_by)}, " if incident.said_by else ""
    if allegation.is_own_account:
        by = "by their own account, "
    return line(
        Run(date_of(incident) + " ", "strong"),
        sentence(by + incident.clause, incident),
        figures(incident),
        labels.cite(incident.citations),
    )


def speakers_section(speakers: Sequence[Speaker], labels: Labels) -> list[Block]:
    if not speakers:
        return []
    blocks: list[Block] = [Heading(2, "Who said what")]
    for speaker in speakers[:MAX_SPEAKERS]:
        code = f" ({speaker.code})" if speaker.code else ""
        blocks.append(
            Heading(
                3, f"{speaker.name[0].upper()}{speaker.name[1:]}{code}: {count(len(speaker.statements), 'statement')}"
            )
        )
        lines = [
            line(
                Run(f"{day(statement.published)}. " if statement.published else "", "strong"),
                _said(statement),
                labels.cite(statement.citations),
            )
            for statement in speaker.foremost(MAX_STATEMENTS)
        ]
        blocks += [Bullets(tuple(lines)), *left_out(len(speaker.statements) - MAX_STATEMENTS, "statement")]
    return [*blocks, *left_out(len(speakers) - MAX_SPEAKERS, "speaker")]


def _said(statement: Statement) -> Line:
    """Direct speech in quotation marks, piece by piece: what stands between two marks stands so in the page. Indirect speech after its
    cue, in the page's words and without marks."""
    if statement.kind != "direct":
        return line(Run(f"{statement.cue or 'said'}: ", "muted"), statement.words)
    pieces = [piece for text in statement.pieces if (piece := text.strip(QUOTATION_MARKS))]
    runs = [part for piece in pieces for part in (Run(" … "), Run(piece, "words"))][1:]
    told = f" ({statement.stance})" if statement.stance not in (None, "asserts") else ""
    return line(*runs, Run(told, "muted"))


def questions_section(questions: Sequence[Question], labels: Labels) -> list[Block]:
    if not questions:
        return []
    blocks: list[Block] = [Heading(2, "Open questions")]
    for kind, title in KINDS.items():
        group = [question for question in questions if question.kind == kind]
        if group:
            lines = tuple(_question(question, labels) for question in group[:MAX_QUESTIONS])
            blocks += [Heading(3, title), Bullets(lines), *left_out(len(group) - MAX_QUESTIONS, "case")]
    return blocks


def _question(question: Question, labels: Labels) -> Line:
    incident = question.incident
    by = f", according to {listed(incident.said_by)}" if incident.said_by else ""
    what = incident.clause if question.kind in ("threat", "promise") else f"{incident.noun}{by}"
    return line(Run(date_of(incident) + " ", "strong"), sentence(what, incident), labels.cite(incident.citations))
