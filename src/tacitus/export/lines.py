"""Lines that several sections of a report share: an incident with its date, words, figures and citations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tacitus.analysis import Citation, Incident
from tacitus.export.blocks import Block, Line, Paragraph, Run, line
from tacitus.export.days import day

MAX_CITATIONS = 4
MAX_DENIERS = 3


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
        f" {_reports(incident)}" if incident.documents > 1 else "",
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


def _reports(incident: Incident) -> str:
    by = f" by {count(len(incident.publishers), 'publisher')}" if len(incident.publishers) > 1 else ""
    copies = f", {incident.independent} of them independent" if incident.independent < incident.documents else ""
    return f"Reported in {incident.documents} pages{by}{copies}."


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
