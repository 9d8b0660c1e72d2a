"""`tacitus code`: pages in, records out."""

from __future__ import annotations

import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tacitus.cli.options import ACTORS, FEED_TEXT, FILE, FOLDER, NEW_FILE, ONTOLOGY, WORKERS
from tacitus.cli.progress import Progress
from tacitus.errors import SettingsError
from tacitus.settings import BELOW_CONFIDENCE, ENGINES, Settings

if TYPE_CHECKING:
    from tacitus.engines import Summary
    from tacitus.ingest import Reading
    from tacitus.records import Article, Record

FORMATS = ("jsonl", "parquet", "csv")
MOST_NAMED = 20  # failures that a summary names; the records hold all of them


@dataclass
class Tally:
    """What a run did, for the closing line."""

    started: float = field(default_factory=time.monotonic)
    documents: int = 0
    events: int = 0
    claims: int = 0
    words: int = 0
    skipped: int = 0
    left_out: int = 0
    failures: list[str] = field(default_factory=list)

    def count(self, record: Record) -> None:
        self.documents += 1
        self.events += len(record.events)
        self.claims += len(record.claims)
        self.words += len(record.text.split())
        counts = (flag.removeprefix(BELOW_CONFIDENCE) for flag in record.flags if flag.startswith(BELOW_CONFIDENCE))
        self.left_out += sum(map(int, counts))
        if record.error is not None:
            self.failures.append(record.error.message)

    def add(self, summary: Summary) -> None:
        """What came of a part."""
        self.documents += summary.documents
        self.events += summary.events
        self.claims += summary.claims
        self.words += summary.words
        self.failures += summary.failures

    def __str__(self) -> str:
        seconds = max(time.monotonic() - self.started, 1e-6)
        parts = [
            _count(self.documents, "document"),
            _count(self.events, "event"),
            _count(self.claims, "claim"),
            f"{seconds:.1f} s",
            f"{self.words / seconds:,.0f} words/s",
        ]
        if self.left_out:
            parts.append(f"{_count(self.left_out, 'less sure event')} left out")
        if self.skipped:
            parts.append(f"{self.skipped} already stored")
        if self.failures:
            parts.append(_count(len(self.failures), "failure"))
        return " · ".join(parts)


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--output", "-o", type=NEW_FILE, help="File to write; standard output without it.")
@click.option(
    "--format", "format_", type=click.Choice(FORMATS), help="Of the output; else by the file's ending, else jsonl."
)
@click.option("--db", type=NEW_FILE, help="Database to write into; only what is new is coded.")
@click.option("--recode", is_flag=True, help="With --db: code also what is stored already.")
@WORKERS
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default="local",
    show_default=True,
    help="Processes of this machine, or Ray: here, or on the cluster of RAY_ADDRESS (pip install 'tacitus[ray]').",
)
@click.option(
    "--parts",
    type=FOLDER,
    metavar="FOLDER",
    help="With --engine ray: each source file gives one Parquet file there; what is finished is not done again.",
)
@click.option(
    "--min-confidence",
    default=Settings().min_confidence,
    show_default=True,
    type=click.FloatRange(0, 1),
    help="Leave out events that are less sure; the record's flags and the summary say how many.",
)
@ACTORS
@ONTOLOGY
@click.option(
    "--gazetteer",
    metavar="FILE",
    type=FILE,
    help="A larger gazetteer, made by `tacitus places build`.",
)
@click.option(
    "--places",
    multiple=True,
    metavar="FILE",
    type=FILE,
    help="Places of your own (CSV: name,lat,lon,...); may be given again.",
)
@click.option(
    "--map", "map_", default="", metavar="FIELD=COLUMN,...", help="Columns of a table: text=body,published=date."
)
@FEED_TEXT
@click.option("--allow-private", is_flag=True, help="Fetch also from private addresses (localhost, 10.0.0.0/8, ...).")
@click.option("--quiet", "-q", is_flag=True, help="No progress and no summary; errors are still told.")
def code(
    sources: tuple[str, ...],
    output: Path | None,
    format_: str | None,
    db: Path | None,
    recode: bool,
    workers: int,
    engine: str,
    parts: Path | None,
    min_confidence: float,
    actors: tuple[Path, ...],
    ontology: tuple[Path, ...],
    gazetteer: Path | None,
    places: tuple[Path, ...],
    map_: str,
    feed_text: bool,
    allow_private: bool,
    quiet: bool,
) -> None:
    """Code pages into event data.

    SOURCE is a file, a folder, a glob, a URL, or - for standard input: HTML pages, plain text, JSON Lines ({"id", "text", "published",
    ...}), CSV, TSV and Parquet tables, WARC files, RSS and Atom feeds, and ZIP or GZ of these; the content decides, not the name. One
    record a document, in input order; copies of a page read before bear the flag duplicate-of:ID. Exit status 1 when some failed.

    \b
    Examples:
      tacitus code pages/ --db world.duckdb
      tacitus code 'archive/*.html' --output events.jsonl --workers 2
      cat articles.jsonl | tacitus code - | jq .events
      tacitus code news.csv --map text=body,published=date --db world.duckdb
      tacitus code https://news.example/feed.xml --db world.duckdb
      tacitus code 'crawl/*.warc.gz' --engine ray --workers 64 --parts coded/
    """
    from tacitus.ingest import Reading, parse_columns

    settings = Settings(
        workers=workers,
        engine=engine,
        min_confidence=min_confidence,
        actors=actors,
        ontology=ontology,
        gazetteer=gazetteer,
        places=places,
    )
    if parts is not None and (db is not None or output is not None or engine != "ray"):
        raise SettingsError("--parts is the output, and needs --engine ray; leave out --db and --output")
    reading = Reading(columns=parse_columns(map_), feed_text=feed_text, allow_private=allow_private)
    tally = Tally()
    with ExitStack() as stack:
        progress = stack.enter_context(Progress(quiet=quiet))
        if parts is not None:
            _into_parts(sources, parts, settings=settings, reading=reading, tally=tally, progress=progress)
        elif db is not None:
            records = _into_store(stack, sources, db=db, recode=recode, settings=settings, reading=reading, tally=tally)
            _write(_counted(records, tally, progress), output, format_=format_, is_stored=True)
        else:
            records = _code(stack, sources, settings=settings, reading=reading)
            _write(_counted(records, tally, progress), output, format_=format_)
    _conclude(tally, quiet=quiet)


def _articles(sources: tuple[str, ...], reading: Reading) -> Iterable[Article]:
    from tacitus.ingest import read_sources

    return read_sources(sources, stdin=sys.stdin.buffer, reading=reading)


def _code(stack: ExitStack, sources: tuple[str, ...], *, settings: Settings, reading: Reading) -> Iterator[Record]:
    """Code without a store: copies are looked for within this run."""
    from tacitus.corpus.copies import CopyFinder, flag_copies
    from tacitus.engines import engine_of

    articles = flag_copies(_articles(sources, reading), stack.enter_context(CopyFinder()))
    return engine_of(settings)(articles, settings=settings)


def _into_parts(
    sources: tuple[str, ...], folder: Path, *, settings: Settings, reading: Reading, tally: Tally, progress: Progress
) -> None:
    """Code what is not finished yet, a file at a time on each worker."""
    from tacitus.engines import code_parts_on_ray, parts_of
    from tacitus.export import write_parquet

    folder.mkdir(parents=True, exist_ok=True)
    parts = parts_of(sources, folder.absolute())
    todo = [part for part in parts if not part.is_finished()]
    for summary in code_parts_on_ray(todo, settings=settings, write=write_parquet, reading=reading):
        tally.add(summary)
        progress.advance(failures=len(tally.failures), by=summary.documents)
    if len(todo) < len(parts):
        click.echo(f"{len(parts) - len(todo):,} of {_count(len(parts), 'part')} had been finished before", err=True)


def _into_store(
    stack: ExitStack,
    sources: tuple[str, ...],
    *,
    db: Path,
    recode: bool,
    settings: Settings,
    reading: Reading,
    tally: Tally,
) -> Iterator[Record]:
    """Code what is new and store it; yields what has been stored."""
    from tacitus.engines.storing import StoreCoder
    from tacitus.store import open_store

    def skipped(count: int) -> None:
        tally.skipped += count

    coder = stack.enter_context(StoreCoder(stack.enter_context(open_store(db)), settings))
    yield from coder.code(_articles(sources, reading), sources=sources, recode=recode, skipped=skipped)


def _counted(records: Iterable[Record], tally: Tally, progress: Progress) -> Iterator[Record]:
    for record in records:
        tally.count(record)
        progress.advance(failures=len(tally.failures))
        yield record


def _write(records: Iterable[Record], output: Path | None, *, format_: str | None, is_stored: bool = False) -> None:
    """Run through the records and write them; what is stored goes nowhere else unless a file is named."""
    if is_stored and output is None:
        deque(records, maxlen=0)
        return
    from tacitus.export import write_records

    write_records(records, output, format=format_ or _format_of(output))


def _conclude(tally: Tally, *, quiet: bool) -> None:
    """Tell what failed and what was done; exit status 1 where something failed."""
    for message in tally.failures[:MOST_NAMED] if not quiet else tally.failures:
        click.echo(f"failed: {message}", err=True)
    if not quiet:
        click.echo(str(tally), err=True)
    if tally.failures:
        raise click.exceptions.Exit(1)


def _format_of(output: Path | None) -> str:
    ending = output.suffix.lstrip(".").lower() if output else ""
    return ending if ending in FORMATS else "jsonl"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
