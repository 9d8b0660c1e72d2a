"""Alerts of watch rules: a few lines for people, a JSON object for programs. Each says on whose word its incidents stand."""

from __future__ import annotations

from typing import Any

from tacitus.analysis.incidents import Incident
from tacitus.analysis.watching import Alert
from tacitus.export.lines import listed, on_whose_word, pages_of


def alert_to_dict(alert: Alert) -> dict[str, Any]:
    """The alert as plain JSON values; each incident with the documents and sentences that report it."""
    return {
        "rule": alert.rule,
        "run": alert.run,
        "change": alert.change,
        "why": alert.why,
        "incidents": [_incident(incident) for incident in alert.incidents],
    }


def alert_to_text(alert: Alert) -> str:
    """A line for the rule, and one for each incident with where it stands."""
    lines = [f"[{alert.rule}] {alert.change}: {alert.why}"]
    for incident in alert.incidents:
        cited = ", ".join(f"{citation.document}:{citation.sentence}" for citation in incident.citations)
        lines.append(f"  {incident_to_text(incident)} ({cited})")
    return "\n".join(lines)


def incident_to_text(incident: Incident) -> str:
    """Day, what happened and on whose word, where, who denies it, how widely it is told, and its id."""
    place = f" ({incident.place})" if incident.place and incident.place not in incident.clause else ""
    by = f", {said}" if (said := on_whose_word(incident)) else ""
    parts = [
        f"{incident.day or 'undated'} {incident.type} {incident.clause}{place}{by}",
        f"denied by {listed(incident.denied_by)}" if incident.denied_by else "",
        pages_of(incident),
        incident.id or "",
    ]
    return " · ".join(part for part in parts if part)


def _incident(incident: Incident) -> dict[str, Any]:
    return {
        "id": incident.id,
        "type": incident.type,
        "mode": incident.mode,
        "day": incident.day.isoformat() if incident.day else None,
        "clause": incident.clause,
        "words": incident.words,
        "score": incident.score,
        "place": incident.place,
        "voice": "page" if incident.stated else "claimed",
        "standing": incident.standing,
        "said_by": list(incident.said_by),
        "denied_by": list(incident.denied_by),
        "stated": incident.stated,
        "claimed": incident.claimed,
        "documents": incident.documents,
        "independent": incident.independent,
        "publishers": list(incident.publishers),
        "citations": [citation._asdict() for citation in incident.citations],
    }
