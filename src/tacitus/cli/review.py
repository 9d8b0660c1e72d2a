"""`tacitus review`: what people said of the machine's coding: its log, agreement, and the same as training data and back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tacitus.cli.options import DB, FILE, JSONL, NEW_FILE
from tacitus.errors import DataError, SettingsError

if TYPE_CHECKING:
    from tacitus.review import Entry
    from tacitus.review.agreement import PairRow, Share, TypeRow
    from tacitus.store.review_queue import LogRow

STATES = ("applied", "superseded", "lost", "undone", "undo")


@click.group()
def review() -> None:
    """What people said of events, actors and places; `tacitus serve` shows the pages on which they say it.

    \b
    Examples:
      tacitus review agreement --db world.duckdb
      tacitus review log --db world.duckdb --state lost
      tacitus review export --db world.duckdb --with-text --output reviewed.jsonl
      tacitus review import reviewed.jsonl --db other.duckdb
    """


@review.command("log")
@DB
@click.option("--state", type=click.Choice(STATES), help="Only verdicts of which this became.")
@click.option("--who", help="Only what this person said.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(min=1), help="How many, the latest first.")
@JSONL
def show_log(db: Path, state: str | None, who: str | None, limit: int, as_json: bool) -> None:
    """List who said what, the latest first: entry, time, person, verdict, subject, words, and what became of it.

    "lost": the machine finds the event, actor or place no more since the page was coded anew; it is kept and tried again whenever that
    happens.
    """
    from tacitus.analysis.reviewing import open_reviewed
    from tacitus.store.review_queue import LogFilter

    with open_reviewed(db) as store:
        rows = store.review_queue.log(LogFilter(who=who, state=state), limit=limit)
    for row in rows:
        click.echo(json.dumps(row.to_dict(), ensure_ascii=False) if as_json else _line(row))


@review.command()
@click.argument("entry")
@DB
@click.option("--who", required=True, help="Who takes it back.")
def undo(entry: str, db: Path, who: str) -> None:
    """Take back the verdict ENTRY, an id of `tacitus review log` or its beginning. That can be undone too."""
    from tacitus.analysis.reviewing import bring_up_to_date, open_reviewed
    from tacitus.review.entries import undo_entry
    from tacitus.store.journal import Journal

    with open_reviewed(db) as store:
        found = store.review_queue.entry(entry)
    if found is None:
        raise SettingsError(f"{entry}: not one entry of the log begins so; see: tacitus review log --db {db}")
    Journal(db).add([undo_entry(found, who=who)])
    bring_up_to_date(db)
    click.echo(f"{found.id} is taken back")


@review.command()
@DB
@JSONL
def agreement(db: Path, as_json: bool) -> None:
    """Show, for each event type, how often the machine was accepted, corrected and rejected, and how far two people agree.

    Shares stand with their 95 % interval (Wilson). They tell of what was reviewed: who begins with the least sure events makes the machine
    look worse than it is.
    """
    from tacitus.analysis.reviewing import open_reviewed
    from tacitus.review.agreement import by_pair, by_type

    with open_reviewed(db) as store:
        marks = store.review_queue.marks(subject="event")
    types, pairs = by_type(marks), by_pair(marks)
    if as_json:
        for row in (*map(_plain_type, types), *map(_plain_pair, pairs)):
            click.echo(json.dumps(row, ensure_ascii=False))
        return
    if not types:
        click.echo(f"nothing was reviewed yet; begin with: tacitus serve --db {db}", err=True)
    for row_ in types:
        click.echo(_type_line(row_))
    for pair in pairs:
        sure = f", kappa {pair.kappa:.2f}" if pair.kappa is not None else ""
        click.echo(
            f"{pair.one} and {pair.other}: same type {_share(pair.same_type)}{sure}; all the same {_share(pair.same_all)}"
        )


@review.command()
@DB
@click.option(
    "--as", "form", type=click.Choice(["training", "log"]), default="training", show_default=True, help="Form."
)
@click.option("--with-text", is_flag=True, help="Put each sentence's text in its line, for pages others do not have.")
@click.option("--source", help="Name of the file that holds the texts, to stand in each line.")
@click.option("--output", "-o", type=NEW_FILE, help="File to write; else standard output.")
def export(db: Path, form: str, with_text: bool, source: str | None, output: Path | None) -> None:
    """Write what was reviewed as JSON Lines: `training`, a sentence a line with its events in stand-off form; or the bare `log`.

    Each line of either holds the log entries themselves: `tacitus review import` reads both. Only a sentence with "complete" is annotated
    completely; "rejected" are the machine's events that are none.
    """
    from tacitus.analysis.reviewing import open_reviewed
    from tacitus.export.reviews import log_rows, training_rows

    with open_reviewed(db) as store:
        rows = log_rows(store) if form == "log" else training_rows(store, source=source, with_text=with_text)
        written = _write(rows, output)
    click.echo(f"{written:,} lines", err=True)


@review.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=FILE)
@DB
def import_(files: tuple[Path, ...], db: Path) -> None:
    """Bring other people's reviews in: files of `tacitus review export` in either form.

    What is there already is not taken twice. Reviews of pages that this database does not have wait for them, and are listed as lost until
    then.
    """
    from tacitus.analysis.reviewing import bring_up_to_date
    from tacitus.store import open_store
    from tacitus.store.journal import Journal

    entries = [entry for file in files for entry in _read(file)]
    open_store(db, read_only=True).close()  # a journal beside a database that is not there would be lost
    new = Journal(db).add(entries)
    bring_up_to_date(db)
    click.echo(f"{len(entries):,} entries read, {new:,} of them new")


def _read(file: Path) -> Iterator[Entry]:
    """The entries of a file. Raises DataError naming file and line."""
    from tacitus.review import Entry

    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    row = json.loads(line)
                    given = row["review"] if isinstance(row, dict) and isinstance(row.get("review"), list) else [row]
                    yield from map(Entry.from_dict, given)
                except (ValueError, DataError) as err:
                    raise DataError(f"{file}:{number}: {err}") from err


def _write(rows: Iterable[dict[str, Any]], output: Path | None) -> int:
    written = 0
    try:
        with click.open_file(str(output or "-"), "w", encoding="utf-8") as file:
            for row in rows:
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
                written += 1
    except OSError as err:
        raise SettingsError(f"{output}: cannot be written: {err.strerror}") from err
    return written


def _line(row: LogRow) -> str:
    from tacitus.text import one_line

    entry = row.entry
    words = f"“{one_line(entry.anchor.words)}”" if entry.anchor else f"entry {(entry.undoes or '')[:8]}"
    changed = f" in {', '.join(entry.changed)}" if entry.changed else ""
    parts = [
        f"{entry.id[:8]}  {entry.at[:16]}  {entry.who}",
        f"{entry.verdict}{changed}",
        f"{entry.subject} {words} of {entry.document}",
        row.state + (f": {row.why}" if row.state == "lost" and row.why else ""),
    ]
    return " · ".join(parts)


def _type_line(row: TypeRow) -> str:
    corrected = ", ".join(f"{name} {number}" for name, number in sorted(row.corrected_in.items()))
    figures = f"{row.reviewed:5} reviewed, {row.accepted} accepted, {row.corrected} corrected, {row.rejected} rejected"
    missed = f"; {row.added} that it missed were added" if row.added else ""
    shares = f"all right {_share(row.right)}, type right {_share(row.type_right)}"
    return f"{row.type:10} {figures}; {shares}" + (f"; corrected in {corrected}" if corrected else "") + missed


def _share(share: Share) -> str:
    if share.value is None or share.bounds is None:
        return "unknown"
    low, high = share.bounds
    return f"{share.value:.0%} ({low:.0%} to {high:.0%}) of {share.total}"


def _plain_type(row: TypeRow) -> dict[str, Any]:
    return {
        "type": row.type,
        "reviewed": row.reviewed,
        "accepted": row.accepted,
        "corrected": row.corrected,
        "rejected": row.rejected,
        "added": row.added,
        "corrected_in": dict(row.corrected_in),
        "right": _plain_share(row.right),
        "type_right": _plain_share(row.type_right),
    }


def _plain_pair(row: PairRow) -> dict[str, Any]:
    shares = {"same_type": _plain_share(row.same_type), "same_all": _plain_share(row.same_all)}
    return {"people": [row.one, row.other], **shares, "kappa": row.kappa}


def _plain_share(share: Share) -> dict[str, Any]:
    return {"count": share.count, "total": share.total, "value": share.value, "bounds": share.bounds}
