"""Lines that several sections of a report share: an incident with its date, words, figures and citations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tacitus.analysis import Citation, Incident
from tacitus.export.blocks import Block, Line, Paragraph, Run, line
from tacitus.export.days import day

MAX_CITATIONS = 4
MAX_DENIERS = 3
MAX_SPEAKERS = 3


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


def incident_line(incident: Incident, labels: Labels) -> Line:
    return line(
        Run(date_of(incident) + " ", "strong"),
        sentence(incident.clause, incident),
        figures(incident),
        f" Told {pages_of(incident)}." if incident.documents > 1 else "",
        f" Denied by {listed(incident.denied_by[:MAX_DENIERS])}." if incident.denied_by else "",
        labels.cite(incident.citations),
    )


def date_of(incident: Incident) -> str:
    if incident.day is None:
        return "Undated."
    return f"{'Reported ' if incident.day_basis == 'published' else ''}{day(incident.day)}."


def sentence(clause: str, incident: Incident) -> Line:
    """The clause with the page's words behind it, where they say more than the clause."""
    first = clause[:1].upper() + clause[1:]
    place = f" ({incident.place})" if incident.place and incident.place not in clause else ""
    if incident.words is None or incident.words in clause:
        return line(f"{first}{place}.")
    return line(f"{first}{place}: ", Run(incident.words, "words"), ".")


def figures(incident: Incident) -> str:
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


def pages_of(incident: Incident) -> str:
    """How many pages tell of it; where some state it themselves and others only report somebody saying so, both figures."""
    told = told_in(incident.documents, publishers=len(incident.publishers), independent=incident.independent)
    if not incident.stated or not incident.claimed:
        return told
    return f"{told}; {incident.stated} in {'its' if incident.stated == 1 else 'their'} own voice, {incident.claimed} as said by somebody"


def told_in(pages: int, *, publishers: int, independent: int) -> str:
    """How widely something is told: "in 14 pages, 9 publishers, of which 11 copies". `independent` pages are no copies of one another."""
    by = f", {count(publishers, 'publisher')}" if publishers and pages > 1 else ""
    copies = pages - independent
    which = f", of which {copies:,} {'copy' if copies == 1 else 'copies'}" if copies > 0 else ""
    return f"in {count(pages, 'page')}{by}{which}"


def on_whose_word(incident: Incident) -> str:
    """Who says so, where no page states it in its own voice: "as Mali and Chad said"; else nothing."""
    if incident.stated:
        return ""
    names = list(incident.said_by[:MAX_SPEAKERS]) or ["a source that is not identified"]
    more = len(incident.said_by) - MAX_SPEAKERS
    return f"as {listed([*names, f'{more} more'] if more > 0 else names)} said"


def left_out(number: int, noun: str) -> list[Block]:
    return (
        [Paragraph((Run(f"{count(number, noun)} more; narrow the report by actor or period to see them.", "muted"),))]
        if number > 0
        else []
    )


def listed(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
