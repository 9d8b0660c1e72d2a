"""`tacitus tension`, `tacitus storylines`, `tacitus alerts`: how things develop."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from tacitus.analysis import Incident
    from tacitus.analysis.storylines import Storyline
    from tacitus.analysis.tension import Tension
    from tacitus.analysis.watching import Alert

DAY = click.DateTime(formats=["%Y-%m-%d"])
DB = click.option(
    "--db", required=True, type=click.Path(dir_okay=False, path_type=Path), help="Database made by `tacitus code --db`."
)


@click.command()
@click.argument("first", metavar="SIDE")
@click.argument("second", metavar="OTHER")
@DB
@click.option("--unit", type=click.Choice(["day", "week"]), default="week", show_default=True, help="Of the series.")
@click.option("--since", type=DAY, help="First day.")
@click.option("--until", type=DAY, help="Last day.")
def tension(first: str, second: str, db: Path, unit: str, since: datetime | None, until: datetime | None) -> None:
    """Show how two sides stand to each other over time: sums of PLOVER's scores over incidents, who acts, and where the level changes.

    SIDE and OTHER are codes of countries or other sides, as in the report's table of dyads.

    \b
    Example:
      tacitus tension RUS UKR --db world.duckdb --unit week
    """
    from tacitus.analysis.tension import tension as read_tension
    from tacitus.store import open_store

    with open_store(db, read_only=True) as store:
        found = read_tension(
            store,
            first,
            second,
            unit=unit,
            since=since.date() if since else None,
            until=until.date() if until else None,
        )
    click.echo(_tension(found))


@click.command()
@DB
@click.option("--actor", metavar="CODE|NAME", help="Only incidents that this actor has part in.")
@click.option("--since", type=DAY, help="First day.")
@click.option("--until", type=DAY, help="Last day.")
@click.option("--least", default=3, show_default=True, type=click.IntRange(min=2), help="Only with so many incidents.")
@click.option(
    "--limit", default=20, show_default=True, type=click.IntRange(min=1), help="At most so many, the longest."
)
def storylines(
    db: Path, actor: str | None, since: datetime | None, until: datetime | None, least: int, limit: int
) -> None:
    """Show what led to what: incidents linked by parties, place and reference, each with what links it to the one before.

    \b
    Example:
      tacitus storylines --db world.duckdb --actor SDN
    """
    from tacitus.analysis.storylines import storylines as read_storylines
    from tacitus.store import Query, open_store

    query = Query(actor=actor, since=since.date() if since else None, until=until.date() if until else None)
    with open_store(db, read_only=True) as store:
        found = read_storylines(store, query, least=least)
    click.echo("\n\n".join(_storyline(line, n) for n, line in enumerate(found[:limit], 1)))


@click.command()
@click.argument("rules", metavar="RULES.toml", type=click.Path(dir_okay=False, path_type=Path))
@DB
@click.option(
    "--since", default=1, show_default=True, type=click.IntRange(min=1), metavar="RUN", help="First run to look at."
)
@click.option("--format", "format_", type=click.Choice(["text", "jsonl"]), default="text", show_default=True)
def alerts(rules: Path, db: Path, since: int, format_: str) -> None:
    """Tell which watch rules were met by what came in since a run. The rules stand in a TOML file; docs/incidents.md says how.

    \b
    Example:
      tacitus alerts rules.toml --db world.duckdb --since 12 --format jsonl
    """
    from tacitus.analysis.watching import evaluate, read_rules
    from tacitus.store import open_store

    watched = read_rules(rules)
    with open_store(db, read_only=True) as store:
        found = evaluate(watched, store, since)
    for alert in found:
        click.echo(_alert(alert) if format_ == "text" else json.dumps(alert_record(alert), ensure_ascii=False))


def alert_record(alert: Alert) -> dict[str, object]:
    """An alert as plain JSON values."""
    return {
        "rule": alert.rule,
        "run": alert.run,
        "change": alert.change,
        "why": alert.why,
        "incidents": [
            {
                "incident": incident.id,
                "type": incident.type,
                "day": incident.day.isoformat() if incident.day else None,
                "place": incident.place,
                "score": incident.score,
                "what": incident.clause,
                "documents": incident.documents,
                "independent": incident.independent,
                "cited": [citation._asdict() for citation in incident.citations],
            }
            for incident in alert.incidents
        ],
    }


def _alert(alert: Alert) -> str:
    return "\n".join([f"{alert.rule}: {alert.why}", *(f"  {_told(incident)}" for incident in alert.incidents)])


def _told(incident: Incident) -> str:
    place = f" ({incident.place})" if incident.place and incident.place not in incident.clause else ""
    pages = f"{incident.documents} pages, {incident.independent} independent"
    return f"{incident.day or 'undated'}  {incident.clause}{place} · {pages} · {incident.id}"


def _tension(found: Tension) -> str:
    if not found.steps:
        return f"no incidents between {found.first} and {found.second}"
    lines = [f"{found.unit:10}  incidents  score  {found.first} acts  {found.second} acts  share of all"]
    for step in found.steps:
        share = f"{step.share:.0%}" if step.share is not None else "·"
        lines.append(
            f"{step.first}  {len(step.incidents):9}  {step.score:+5.1f}  {step.there:+{len(found.first) + 5}.1f}"
            f"  {step.back:+{len(found.second) + 5}.1f}  {share:>12}"
        )
    lines.append("")
    lines += [f"{type_:9} {there:4} there {back:4} back" for type_, (there, back) in found.types.items()]
    if found.asymmetry is not None:
        lines.append(
            f"asymmetry of conflict {found.asymmetry:+.2f} (+1: all of it by {found.first}, -1: all by {found.second})"
        )
    for change in found.changes:
        lines.append(
            f"from {change.first} the mean a {found.unit} is {change.after:+.1f} instead of {change.before:+.1f}:"
        )
        lines += [f"  {_told(incident)}" for incident in change.incidents]
    return "\n".join(lines)


def _storyline(line: Storyline, number: int) -> str:
    lines = [f"{number}. {line.first} to {line.last}, {len(line.steps)} incidents"]
    for n, step in enumerate(line.steps):
        lines.append(f"  {n + 1:2} {_told(step.incident)}")
        if step.follows is not None and step.comparison is not None:
            why = ", ".join(f"{f.feature} {f.weight:+.1f}: {f.detail}" for f in step.comparison.features)
            lines.append(f"       follows {step.follows + 1} ({why})")
    return "\n".join(lines)
