"""`tacitus places`: look up names, and make a larger gazetteer from a dump of GeoNames."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tacitus.cli.options import FILE, NEW_FILE

if TYPE_CHECKING:
    from tacitus.places.dump import Dump
    from tacitus.places.entry import Entry, PlaceRow

SHOWN = 20  # places of one name


@click.group()
def places() -> None:
    """Look up place names, and extend the gazetteer with GeoNames' whole table or a file of your own.

    \b
    Examples:
      tacitus places find "Deir al-Balah"
      tacitus places build allCountries.zip --output my-places.sqlite
      tacitus code pages/ --gazetteer my-places.sqlite --places my.csv --db world.duckdb
    """


@places.command()
@click.argument("name")
@click.option("--gazetteer", metavar="FILE", type=FILE, help="A larger gazetteer, made by `tacitus places build`.")
@click.option("--places", "own", multiple=True, metavar="FILE", type=FILE, help="Places of your own (CSV) as well.")
def find(name: str, gazetteer: Path | None, own: tuple[Path, ...]) -> None:
    """List the places that bear NAME, the most populous first. Exit status 1 when there is none.

    One line a place, cells separated by tabs: name, feature, country, state or province, latitude, longitude, inhabitants, GeoNames id.

    \b
    Examples:
      tacitus places find Paris
      tacitus places find "Shuafat camp" --places my.csv
    """
    from tacitus.pipeline import load_gazetteer

    known = load_gazetteer(gazetteer, own=own)
    found = known.candidates(name) or known.homes(name)
    for entry in found[:SHOWN]:
        click.echo("\t".join(_cells(entry)))
    if len(found) > SHOWN:
        click.echo(f"and {len(found) - SHOWN} more", err=True)
    if not found:
        click.echo(f"{name}: no such place in the gazetteer", err=True)
        raise click.exceptions.Exit(1)


def _cells(entry: Entry) -> Sequence[str]:
    country = entry.country or ("claimed by " + ", ".join(entry.claimants) if entry.claimants else "")
    return (
        entry.name,
        entry.feature,
        country,
        entry.admin1 or "",
        f"{entry.lat:.3f}",
        f"{entry.lon:.3f}",
        str(entry.population or ""),
        str(entry.geonameid or ""),
    )


@places.command()
@click.argument("dump", type=FILE)
@click.option("--output", "-o", required=True, type=NEW_FILE, help="File to write (SQLite).")
@click.option("--quiet", "-q", is_flag=True, help="No progress and no summary.")
def build(dump: Path, output: Path, quiet: bool) -> None:
    """Make a gazetteer from DUMP, GeoNames' allCountries.zip or the file of one country (download.geonames.org/export/dump).

    For the whole world: some ten minutes, under 300 MB of memory, about 2 GB on disk. Settlements, districts, waters, mountains,
    bases, camps, crossings and the like are taken; shops, schools and wells are not. GeoNames' data is CC BY 4.0: credit it where
    you publish.

    \b
    Examples:
      tacitus places build allCountries.zip --output my-places.sqlite
      tacitus places build SD.zip --output sudan.sqlite
    """
    from tacitus.places.dump import Dump
    from tacitus.store import build_place_index

    source = Dump(dump)
    count, names = build_place_index(source if quiet else _watched(source), output)
    if not quiet:
        click.echo(f"{output}: {count:,} places, {names:,} names, of {source.lines:,} lines", err=True)


def _watched(dump: Dump) -> Iterator[tuple[PlaceRow, Sequence[str]]]:
    """The places of the dump, with a bar of how much of it has been read; none where standard error is no terminal."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=dump.size)
        for number, place in enumerate(dump):
            if number % 10_000 == 0:
                bar.update(task, completed=dump.read)
            yield place
        bar.update(task, completed=dump.size, description="sorting")
