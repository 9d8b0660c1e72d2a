"""Records written to a file or to standard output: JSON Lines, Parquet, CSV.

JSON Lines and Parquet hold whole records, CSV one row an event. Parquet is written by DuckDB.
"""

from __future__ import annotations

import csv
import json
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO, get_args, get_origin

from tacitus.errors import SettingsError
from tacitus.records import Actor, Event, Participant, Record, output_types

MAX_RECORD_BYTES = 512 * 1024 * 1024  # what DuckDB may read as one JSON line; a record is a few times its page

CSV_COLUMNS = (
    "document", "published", "publisher", "url", "event", "type", "mode", "contexts", "status", "claim", "speaker",
    "actor_codes", "actor_names", "recipient_codes", "recipient_names", "trigger", "sentence", "date_from", "date_to", "date_basis",
    "place", "place_country", "lat", "lon", "dead_low", "dead_high", "injured_low", "injured_high", "size_low", "size_high",
    "quad", "score", "cameo", "goldstein", "confidence",
)  # fmt: skip


def write_records(records: Iterable[Record], path: Path | None, *, format: str) -> None:
    """Write the records as they come, to `path` or to standard output.

    Raises SettingsError for Parquet without a path, for an unknown format, and when the file cannot be written.
    """
    if format == "parquet":
        if path is None:
            raise SettingsError("Parquet cannot go to standard output; name a file with --output")
        write_parquet(records, path)
        return
    writers = {"jsonl": _write_jsonl, "csv": _write_csv}
    if format not in writers:
        raise SettingsError(f"unknown format {format!r}; choose jsonl, parquet or csv")
    with _opened(path) as file:
        writers[format](records, file)


@contextmanager
def _opened(path: Path | None) -> Iterator[TextIO]:
    if path is None:
        yield sys.stdout
        sys.stdout.flush()
    else:
        try:
            with path.open("w", encoding="utf-8", newline="") as file:
                yield file
        except OSError as err:
            raise SettingsError(f"{path}: cannot be written: {err.strerror or err}") from err


def _write_jsonl(records: Iterable[Record], file: TextIO) -> None:
    for record in records:
        file.write(_json_line(record))


def _json_line(record: Record) -> str:
    line = json.dumps(record.to_dict(), ensure_ascii=False)
    try:
        line.encode()
    except UnicodeEncodeError:  # a lone surrogate in the input: UTF-8 cannot hold it, its escape can
        line = json.dumps(record.to_dict())
    return line + "\n"


def _write_csv(records: Iterable[Record], file: TextIO) -> None:
    writer = csv.DictWriter(file, CSV_COLUMNS, lineterminator="\n")
    writer.writeheader()
    for record in records:
        for event in record.events:
            writer.writerow({name: _cell(value) for name, value in _row(record, event).items()})


def _cell(value: Any) -> Any:
    """Line breaks and tabs inside a value become blanks; an absent value is an empty cell."""
    return " ".join(value.split()).encode("utf-8", "replace").decode() if isinstance(value, str) else value


def _row(record: Record, event: Event) -> dict[str, Any]:
    actors = {actor.id: actor for actor in record.actors}
    claim = next((claim for claim in record.claims if claim.id == event.claim), None)
    speaker = actors.get(claim.speaker) if claim and claim.speaker else None
    place = record.places[event.place] if event.place is not None else None
    return {
        "document": record.id,
        "published": record.published,
        "publisher": record.publisher,
        "url": record.url,
        "event": event.id,
        "type": event.type,
        "mode": event.mode,
        "contexts": ";".join(event.contexts),
        "status": event.status,
        "claim": event.claim,
        "speaker": speaker.name if speaker else None,
        "actor_codes": _codes(event.actors, actors),
        "actor_names": _names(event.actors, actors),
        "recipient_codes": _codes(event.recipients, actors),
        "recipient_names": _names(event.recipients, actors),
        "trigger": event.trigger.of(record.text),
        "sentence": record.sentences[event.sentence].of(record.text),
        **(
            {"date_from": event.date.from_, "date_to": event.date.to, "date_basis": event.date.basis}
            if event.date
            else {}
        ),
        **({"place": place.name, "place_country": place.country, "lat": place.lat, "lon": place.lon} if place else {}),
        **{f"{name}_low": q.low for name in ("dead", "injured", "size") if (q := getattr(event, name))},
        **{f"{name}_high": q.high for name in ("dead", "injured", "size") if (q := getattr(event, name))},
        "quad": event.quad,
        "score": event.score,
        "cameo": event.cameo,
        "goldstein": event.goldstein,
        "confidence": event.confidence,
    }


def _codes(parts: Iterable[Participant], actors: dict[str, Actor]) -> str:
    return ";".join(actors[part.actor].code or "" for part in parts)


def _names(parts: Iterable[Participant], actors: dict[str, Actor]) -> str:
    return ";".join(actors[part.actor].name for part in parts)


def write_parquet(records: Iterable[Record], path: Path) -> None:
    """Write whole records to a Parquet file, in bounded memory."""
    import duckdb

    columns = {name: _duckdb_type(hint) for name, hint in output_types(Record)}
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8", dir=path.parent) as lines:
        for record in records:
            lines.write(_json_line(record))
        lines.flush()
        with duckdb.connect() as connection:
            table = connection.read_json(
                lines.name, columns=columns, format="newline_delimited", maximum_object_size=MAX_RECORD_BYTES
            )
            table.write_parquet(str(path))


def _duckdb_type(hint: Any) -> str:
    """The column type of a record's field, so that files have one schema whatever is in them."""
    simple = {str: "VARCHAR", int: "BIGINT", float: "DOUBLE"}
    if hint in simple:
        return simple[hint]
    if get_origin(hint) is tuple:
        return _duckdb_type(get_args(hint)[0]) + "[]"
    if get_origin(hint) is Mapping:
        return "MAP(VARCHAR, VARCHAR)"
    fields = ", ".join(f'"{name}" {_duckdb_type(field)}' for name, field in output_types(hint))
    return f"STRUCT({fields})"
