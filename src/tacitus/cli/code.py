"""`tacitus code`: pages in, records out."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

import tacitus
from tacitus.cli.progress import Progress
from tacitus.settings import BELOW_CONFIDENCE, Settings

if TYPE_CHECKING:
    from tacitus.records import Article, Record
    from tacitus.store import Store

FORMATS = ("jsonl", "parquet", "csv")


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
@click.option(
    "--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="File to write; standard output without it."
)
@click.option(
    "--format", "format_", type=click.Choice(FORMATS), help="Of the output; else by the file's ending, else jsonl."
)
@click.option(
    "--db", type=click.Path(dir_okay=False, path_type=Path), help="Database to write into; only what is new is coded."
)
@click.option("--recode", is_flag=True, help="With --db: code also what is stored already.")
@click.option(
    "--workers", default=1, show_default=True, type=click.IntRange(min=1), help="Processes that code side by side."
)
@click.option(
    "--min-confidence",
    default=0.0,
    show_default=True,
    type=click.FloatRange(0, 1),
    help="Leave out events that are less sure; the record's flags and the summary say how many.",
)
@click.option(
    "--actors",
    multiple=True,
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Actors of your own (TOML), which count before the package's; may be given again.",
)
@click.option(
    "--ontology",
    multiple=True,
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Types, modes and contexts of your own (TOML), beside PLOVER's; may be given again.",
)
@click.option("--quiet", "-q", is_flag=True, help="No progress and no summary; errors are still told.")
def code(
    sources: tuple[str, ...],
    output: Path | None,
    format_: str | None,
    db: Path | None,
    recode: bool,
    workers: int,
    min_confidence: float,
    actors: tuple[Path, ...],
    ontology: tuple[Path, ...],
    quiet: bool,
) -> None:
    """Code pages into event data.

    SOURCE is a file, a folder, a glob, or - for standard input: HTML pages, plain text, JSON Lines ({"id", "text", "published", ...}),
    and ZIP or GZ of these; the content decides, not the name. One record a document, in input order. Exit status 1 when some failed.

    \b
    Examples:
      tacitus code pages/ --db world.duckdb
      tacitus code 'archive/*.html' --output events.jsonl --workers 2
      cat articles.jsonl | tacitus code - | jq .events
    """
    from tacitus.ingest import read_sources

    settings = Settings(workers=workers, min_confidence=min_confidence, actors=actors, ontology=ontology)
    tally = Tally()
    with ExitStack() as stack:
        progress = stack.enter_context(Progress(quiet=quiet))
        articles: Iterable[Article] = read_sources(sources, stdin=sys.stdin.buffer)
        if db is not None:
            records = _into_store(
                stack, articles, db=db, sources=sources, recode=recode, settings=settings, tally=tally
            )
        else:
            records = _code(articles, settings)
        if db is None or output is not None:
            from tacitus.export import write_records

            counted = _counted(records, tally, progress)
            write_records(counted, output, format=format_ or _format_of(output))
        else:
            for _ in _counted(records, tally, progress):
                pass
    for message in tally.failures[:20] if not quiet else tally.failures:
        click.echo(f"failed: {message}", err=True)
    if not quiet:
        click.echo(str(tally), err=True)
    if tally.failures:
        raise click.exceptions.Exit(1)


def _code(articles: Iterable[Article], settings: Settings) -> Iterator[Record]:
    from tacitus.engines import code_in_processes, code_serially

    engine = code_serially if settings.workers == 1 else code_in_processes
    return engine(articles, settings=settings)


def _into_store(
    stack: ExitStack,
    articles: Iterable[Article],
    *,
    db: Path,
    sources: tuple[str, ...],
    recode: bool,
    settings: Settings,
    tally: Tally,
) -> Iterator[Record]:
    """Code what is new and store it, a batch to a transaction; yields what has been stored."""
    from tacitus.store import open_store

    store = stack.enter_context(open_store(db))
    new = articles if recode else _new(articles, store, settings.batch, tally)
    run = store.start_run(program=f"tacitus {tacitus.__version__}", sources=sources)
    batch: list[Record] = []
    for record in _code(new, settings):
        batch.append(record)
        if len(batch) >= settings.batch:
            store.add(batch, run=run)
            yield from batch
            batch = []
    store.add(batch, run=run)
    yield from batch
    store.finish_run(run)


def _new(articles: Iterable[Article], store: Store, size: int, tally: Tally) -> Iterator[Article]:
    """The articles that are not stored with the same content; looks them up a batch at a time."""
    from tacitus.pipeline import batches
    from tacitus.store import digest

    for batch in batches(articles, size=size):
        digests = {a.id: digest(text=a.text, title=a.title, published=a.published) for a in batch}
        known = store.known(digests)
        tally.skipped += sum(article.id in known for article in batch)
        yield from (article for article in batch if article.id not in known)


def _counted(records: Iterable[Record], tally: Tally, progress: Progress) -> Iterator[Record]:
    for record in records:
        tally.count(record)
        progress.advance(failures=len(tally.failures))
        yield record


def _format_of(output: Path | None) -> str:
    ending = output.suffix.lstrip(".").lower() if output else ""
    return ending if ending in FORMATS else "jsonl"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
