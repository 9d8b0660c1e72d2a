"""Alerts of `tacitus watch`: a few lines for people, a JSON object for programs."""

from __future__ import annotations

from typing import Any

from tacitus.analysis.incidents import Incident
from tacitus.analysis.watching import Alert


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
        day = incident.day.isoformat() if incident.day else "undated"
        cited = ", ".join(f"{citation.document}:{citation.sentence}" for citation in incident.citations)
        lines.append(f"  {day} {incident.type} {incident.clause} ({cited})")
    return "\n".join(lines)


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
        "documents": incident.documents,
        "independent": incident.independent,
        "publishers": list(incident.publishers),
        "citations": [
            {"document": citation.document, "sentence": citation.sentence} for citation in incident.citations
        ],
    }
