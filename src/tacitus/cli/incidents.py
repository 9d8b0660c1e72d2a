"""`tacitus incidents`: happenings with their reports; what joined them, what changed, and putting it right by hand."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import tacitus
from tacitus.cli.options import DAY, DB, JSONL
from tacitus.errors import SettingsError

if TYPE_CHECKING:
    from tacitus.corpus.features import Feature
    from tacitus.corpus.mentions import MentionId
    from tacitus.store import Store
    from tacitus.store.incident_rows import IncidentRow


@click.group()
def incidents() -> None:
    """What happened, each happening once, with the reports that tell of it.

    \b
    Examples:
      tacitus incidents list --db world.duckdb --since 12
      tacitus incidents show i3f09c1d2ab45 --db world.duckdb
      tacitus incidents merge i3f09c1d2ab45 i77b0d1c99e02 --db world.duckdb
    """


@incidents.command("list")
@DB
@click.option("--since", type=int, metavar="RUN", help="Only what is new, changed or withdrawn after this run.")
@click.option("--from", "from_", type=DAY, help="First day.")
@click.option("--to", type=DAY, help="Last day.")
@click.option(
    "--least", default=1, show_default=True, type=click.IntRange(min=1), help="Only with so many independent pages."
)
@JSONL
def list_incidents(db: Path, since: int | None, from_: date | None, to: date | None, least: int, as_json: bool) -> None:
    """List incidents by day: id, day, type, place, dead, and how many pages of how many publishers tell of each, copies told apart."""
    from tacitus.analysis.reviewing import open_reviewed

    with open_reviewed(db) as store:
        if since is not None:
            changes = {row.incident: row.change for row in store.incidents.changes(since=since)}
            rows = store.incidents.rows(changes)
        else:
            changes = {}
            rows = store.incidents.rows(since=from_, until=to)
        rows = [row for row in rows if row.independent >= least or row.withdrawn is not None]
        publishers = store.incidents.publishers([row.incident for row in rows])
    for row in rows:
        told_by, change = publishers.get(row.incident, 0), changes.get(row.incident)
        click.echo(
            json.dumps(_plain(row, told_by, change), ensure_ascii=False) if as_json else _line(row, told_by, change)
        )


@incidents.command("show")
@click.argument("incident", metavar="ID")
@DB
@JSONL
def show_incident(incident: str, db: Path, as_json: bool) -> None:
    """Show one incident: its facts, its reports, and for each the features and weights that joined it."""
    from tacitus.analysis.decisions import find_incident
    from tacitus.analysis.reviewing import open_reviewed

    with open_reviewed(db) as store:
        row = find_incident(store, incident)
        shown = _json(store, row) if as_json else _shown(store, row)
    click.echo(shown)


@incidents.command()
@click.argument("first", metavar="ID")
@click.argument("second", metavar="OTHER")
@DB
def merge(first: str, second: str, db: Path) -> None:
    """Merge OTHER into ID. The decision is kept and wins over the machine whenever the pages are read again."""
    from tacitus.analysis.decisions import merge_incidents
    from tacitus.store import open_store

    with open_store(db) as store:
        run = _start(store, f"incidents merge {first} {second}")
        merge_incidents(store, first, second, run=run)
        store.finish_run(run)
    click.echo(f"{second} is now a part of {first}")


@incidents.command()
@click.argument("incident", metavar="ID")
@click.argument("events", nargs=-1, required=True, metavar="DOCUMENT/EVENT...")
@DB
def split(incident: str, events: tuple[str, ...], db: Path) -> None:
    """Take reports out of an incident into a new one. `tacitus incidents show ID` names them: DOCUMENT/EVENT."""
    from tacitus.analysis.decisions import split_incident
    from tacitus.store import open_store

    with open_store(db) as store:
        run = _start(store, f"incidents split {incident}")
        new = split_incident(store, incident, [_mention(event) for event in events], run=run)
        store.finish_run(run)
    click.echo(f"{new} holds what was split from {incident}")


@incidents.command()
@DB
def update(db: Path) -> None:
    """Put what is not in incidents yet into them, and bring an older database up to date. `tacitus code --db` does so by itself."""
    from tacitus.analysis.grouping import update_incidents
    from tacitus.store import open_store

    with open_store(db) as store:
        run = _start(store, "incidents update")
        pages = update_incidents(store, run=run)
        store.finish_run(run)
        changes = len(store.incidents.changes(since=run - 1))
    click.echo(f"run {run}: {pages} pages read, {changes} incidents new, changed or withdrawn")


@incidents.command()
@DB
def stories(db: Path) -> None:
    """Write the pages of each story, those whose main subject is the same happening, as JSON Lines: {"incident", "documents"}."""
    from tacitus.analysis.reviewing import open_reviewed

    with open_reviewed(db) as store:
        for story, documents in store.stories.pages().items():
            click.echo(json.dumps({"incident": story, "documents": documents}, ensure_ascii=False))


def _start(store: Store, command: str) -> int:
    return store.start_run(program=f"tacitus {tacitus.__version__}", sources=[command])


def _mention(text: str) -> MentionId:
    from tacitus.corpus.mentions import MentionId

    document, slash, event = text.rpartition("/")
    if not slash or not document:
        raise SettingsError(f"{text}: write DOCUMENT/EVENT, as `tacitus incidents show` does")
    return MentionId(document, event)


def _line(row: IncidentRow, publishers: int, change: str | None = None) -> str:
    from tacitus.export.lines import told_in

    day = row.day_from.isoformat() if row.day_from else "undated   "
    dead = f" · dead {_range(row.dead_low, row.dead_high)}" if (row.dead_low, row.dead_high) != (None, None) else ""
    told = "denied only" if row.status == "negated" else "" if row.own_voice else "only as said by somebody"
    parts = [
        f"{row.incident}  {day}  {row.type:9} {row.place or '·'}{dead}",
        told_in(row.documents, publishers=publishers, independent=row.independent) if row.documents else "",
        told,
        change or "",
        f"now in {row.merged_into}" if row.merged_into else "",
    ]
    return " · ".join(part for part in parts if part)


def _range(low: int | None, high: int | None) -> str:
    if low == high:
        return str(low)
    return f"up to {high}" if low is None else f"{low} or more" if high is None else f"{low} to {high}"


def _plain(row: IncidentRow, publishers: int, change: str | None = None) -> dict[str, Any]:
    from dataclasses import asdict

    facts = {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in asdict(row).items()}
    return facts | {"publishers": publishers} | ({"change": change} if change else {})


def _json(store: Store, row: IncidentRow) -> str:
    reports = [
        {
            "document": report.id.document,
            "event": report.id.event,
            "denies": report.denies,
            "score": report.score,
            "to": f"{report.to.document}/{report.to.event}" if report.to else None,
            "because": [feature._asdict() for feature in report.because],
            "hand": report.hand,
        }
        for report in store.incidents.report_rows([row.incident])
    ]
    publishers = store.incidents.publishers([row.incident]).get(row.incident, 0)
    return json.dumps({**_plain(row, publishers), "reported_by": reports}, ensure_ascii=False)


def _shown(store: Store, row: IncidentRow) -> str:
    lines = [_line(row, store.incidents.publishers([row.incident]).get(row.incident, 0))]
    if row.withdrawn is not None:
        lines.append(
            f"withdrawn in run {row.withdrawn}" + (f", merged into {row.merged_into}" if row.merged_into else "")
        )
    told = store.incidents.sentences(row.incident)
    for report in store.incidents.report_rows([row.incident]):
        what = "denies" if report.denies else "reports"
        lines += ["", f"{report.id.document}/{report.id.event} {what}: {told.get(report.id, '')}"]
        if report.hand:
            lines.append("  put here by hand")
        if report.to is not None:
            lines.append(f"  joined {report.to.document}/{report.to.event}, probability {report.score:.2f}")
            lines += [_feature(feature) for feature in report.because]
    for change in store.incidents.history(row.incident):
        lines += ["", f"run {change.run}: {change.words}"]
    return "\n".join(lines)


def _feature(feature: Feature) -> str:
    return f"    {feature.feature:22} {feature.weight:+.2f}  {feature.detail}"
