"""`tacitus report`: what is going on, from the database."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from tacitus.cli.options import DB, NEW_FILE, SINCE, UNTIL


@click.command()
@DB
@click.option(
    "--actor", metavar="CODE|NAME", help="Only what this actor has part in: ISR, ISRMIL, or a part of a name."
)
@click.option("--with", "with_", metavar="CODE|NAME", help="Only what it has to do with this other one.")
@SINCE
@UNTIL
@click.option(
    "--min-confidence",
    default=0.0,
    show_default=True,
    type=click.FloatRange(0, 1),
    help="Leave out events that are less sure; the report says how many.",
)
@click.option("--format", "format_", type=click.Choice(["text", "markdown", "html"]), default="text", show_default=True)
@click.option("--output", "-o", type=NEW_FILE, help="File to write; standard output without it.")
def report(
    db: Path,
    actor: str | None,
    with_: str | None,
    since: date | None,
    until: date | None,
    min_confidence: float,
    format_: str,
    output: Path | None,
) -> None:
    """Report the situation: what happened, who said what, who is for and against whom, what is open. Every line cites its source.

    \b
    Examples:
      tacitus report --db world.duckdb --since 2024-05-01
      tacitus report --db world.duckdb --actor ISR --with USA
      tacitus report --db world.duckdb --format html --output situation.html
    """
    from tacitus.analysis import situation
    from tacitus.analysis.reviewing import open_reviewed
    from tacitus.export import render_situation
    from tacitus.store import Query

    query = Query(actor=actor, with_=with_, since=since, until=until)
    with open_reviewed(db) as store:
        rendered = render_situation(situation(store, query, min_confidence=min_confidence), format=format_)
    if output is None:
        click.echo(rendered)
    else:
        output.write_text(rendered, encoding="utf-8")
