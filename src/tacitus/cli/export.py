"""`tacitus export`: what the database holds, in the shapes that other programs read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from tacitus.cli.options import DB, FOLDER, SINCE, UNTIL

FORMATS = ("csv", "parquet", "jsonl", "geojson")
SHAPES = ("tacitus", "gdelt", "polecat", "icews", "plover", "acled", "ucdp")


@click.command()
@DB
@click.option("--as", "shape", type=click.Choice(SHAPES), default="tacitus", show_default=True, help="The shape.")
@click.option("--format", "format_", type=click.Choice(FORMATS), help="Of the files; else the shape's usual one.")
@click.option("--output", "-o", required=True, type=FOLDER, help="Folder to write into.")
@click.option(
    "--min-confidence", default=0.0, show_default=True, type=click.FloatRange(0, 1), help="Leave out what is less sure."
)
@click.option("--own-voice", is_flag=True, help="Leave out what pages only report somebody saying.")
@click.option("--actor", metavar="CODE|NAME", help="Only what this actor has part in.")
@click.option("--with", "with_", metavar="CODE|NAME", help="Only what it has to do with this other one.")
@SINCE
@UNTIL
def export(
    db: Path,
    shape: str,
    format_: str | None,
    output: Path,
    min_confidence: float,
    own_voice: bool,
    actor: str | None,
    with_: str | None,
    since: date | None,
    until: date | None,
) -> None:
    """Write events and incidents as files in the shape of a known data set. The columns are its, the data are not: files say so by name.

    What cannot be known stays empty. Shapes that cannot say that something did not happen get actual events only; what is left out is
    counted on standard error.

    \b
    Examples:
      tacitus export --db world.duckdb --output out/
      tacitus export --db world.duckdb --as gdelt --output out/
      tacitus export --db world.duckdb --as acled --format geojson --since 2024-05-01 --output map/
    """
    from tacitus.analysis.reviewing import open_reviewed
    from tacitus.export.shapes import write_shape
    from tacitus.store import Query
    from tacitus.store.units import Choice

    query = Query(actor=actor, with_=with_, since=since, until=until)
    wanted = Choice(query=query, min_confidence=min_confidence, own_voice=own_voice)
    with open_reviewed(db) as store:
        done = write_shape(store, output, shape=shape, format=format_, wanted=wanted)
    for file in done.files:
        click.echo(f"{file.path}: {file.rows:,} rows", err=True)
    for reason, number in sorted(done.left_out.items()):
        click.echo(f"left out, {reason}: {number:,}", err=True)
