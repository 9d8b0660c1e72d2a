"""`tacitus tension`, `tacitus storylines`, `tacitus alerts`: how things develop."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tacitus.cli.options import DB, NEW_FILE, SINCE, UNTIL

if TYPE_CHECKING:
    from tacitus.analysis.storylines import Storyline
    from tacitus.analysis.tension import Change, Part, Tension


@click.command()
@click.argument("first", metavar="SIDE")
@click.argument("second", metavar="OTHER")
@DB
@click.option("--unit", type=click.Choice(["day", "week"]), default="week", show_default=True, help="Of the series.")
@SINCE
@UNTIL
def tension(first: str, second: str, db: Path, unit: str, since: date | None, until: date | None) -> None:
    """Show how two sides stand to each other over time: sums of PLOVER's scores over incidents, who acts, and where the level changes.

    SIDE and OTHER are codes of countries or other sides, as in the report's table of dyads.

    \b
    Example:
      tacitus tension RUS UKR --db world.duckdb --unit week
    """
    from tacitus.analysis.reviewing import open_reviewed
    from tacitus.analysis.tension import tension as read_tension

    with open_reviewed(db) as store:
        found = read_tension(
            store,
            first,
            second,
            unit=unit,
            since=since,
            until=until,
        )
    click.echo(_tension(found))


@click.command()
@DB
@click.option("--actor", metavar="CODE|NAME", help="Only incidents that this actor has part in.")
@SINCE
@UNTIL
@click.option("--least", default=3, show_default=True, type=click.IntRange(min=2), help="Only with so many incidents.")
@click.option(
    "--limit", default=20, show_default=True, type=click.IntRange(min=1), help="At most so many, the longest."
)
def storylines(db: Path, actor: str | None, since: date | None, until: date | None, least: int, limit: int) -> None:
    """Show what led to what: incidents linked by parties, place and reference, each with what links it to the one before.

    \b
    Example:
      tacitus storylines --db world.duckdb --actor SDN
    """
    from tacitus.analysis.reviewing import open_reviewed
    from tacitus.analysis.storylines import storylines as read_storylines
    from tacitus.store import Query

    query = Query(actor=actor, since=since, until=until)
    with open_reviewed(db) as store:
        found = read_storylines(store, query, least=least)
    click.echo("\n\n".join(_storyline(line, n) for n, line in enumerate(found[:limit], 1)))


@click.command()
@click.argument("rules", metavar="RULES.toml", type=NEW_FILE)
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
    from tacitus.analysis.reviewing import open_reviewed
    from tacitus.analysis.watching import evaluate, read_rules
    from tacitus.export.alerts import alert_to_dict, alert_to_text

    watched = read_rules(rules)
    with open_reviewed(db) as store:
        found = evaluate(watched, store, since)
    for alert in found:
        click.echo(alert_to_text(alert) if format_ == "text" else json.dumps(alert_to_dict(alert), ensure_ascii=False))


def _tension(found: Tension) -> str:
    if not found.steps:
        return f"no incidents between {found.first} and {found.second}"
    there, back = f"{found.first} acts", f"{found.second} acts"
    lines = [
        f"{'':10}  {'stated by pages':{27 + len(there) + len(back)}}  only as said by somebody",
        f"{found.unit:10}  incidents  score  {there}  {back}  share of all  incidents  score  {there}  {back}",
    ]
    for step in found.steps:
        share = f"{step.share:.0%}" if step.share is not None else "·"
        widths = len(there), len(back)
        lines.append(f"{step.first}  {_figures(step.stated, widths)}  {share:>12}  {_figures(step.claimed, widths)}")
    for what, types, asymmetry in (
        ("stated by pages", found.types, found.asymmetry),
        ("only as said by somebody", found.claimed_types, found.claimed_asymmetry),
    ):
        if types:
            lines += ["", f"{what}:"]
        lines += [f"  {type_:9} {there_:4} there {back_:4} back" for type_, (there_, back_) in types.items()]
        if asymmetry is not None:
            lines.append(
                f"  asymmetry of conflict {asymmetry:+.2f} (+1: all of it by {found.first}, -1: all by {found.second})"
            )
    lines += _changes(found, found.changes, "")
    lines += _changes(found, found.claimed_changes, ", by what is only said by somebody,")
    return "\n".join(lines)


def _figures(part: Part, widths: tuple[int, int]) -> str:
    return f"{len(part.incidents):9}  {part.score:+5.1f}  {part.there:+{widths[0]}.1f}  {part.back:+{widths[1]}.1f}"


def _changes(found: Tension, changes: Iterable[Change], voice: str) -> list[str]:
    from tacitus.export.alerts import incident_to_text

    lines = []
    for change in changes:
        lines.append(
            f"from {change.first} the mean a {found.unit}{voice} is {change.after:+.1f} instead of {change.before:+.1f}:"
        )
        lines += [f"  {incident_to_text(incident)}" for incident in change.incidents]
    return lines


def _storyline(line: Storyline, number: int) -> str:
    from tacitus.export.alerts import incident_to_text

    lines = [f"{number}. {line.first} to {line.last}, {len(line.steps)} incidents"]
    for n, step in enumerate(line.steps):
        lines.append(f"  {n + 1:2} {incident_to_text(step.incident)}")
        if step.follows is not None and step.comparison is not None:
            why = ", ".join(f"{f.feature} {f.weight:+.1f}: {f.detail}" for f in step.comparison.features)
            lines.append(f"       follows {step.follows + 1} ({why})")
    return "\n".join(lines)
