"""Tables: CSV and TSV row by row, Parquet a slice of rows at a time. A row is a document, its columns are the fields of JSON Lines."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from glob import has_magic
from tempfile import NamedTemporaryFile
from typing import IO, Any

from tacitus.errors import SourceError
from tacitus.ingest.decode import has_bom
from tacitus.ingest.documents import MAX_TEXT, article_from_dict, failed
from tacitus.records import Article

FIELDS = ("id", "text", "html", "title", "published", "url", "publisher", "language")
SLICE = 1000
"""Rows of a Parquet table held at once."""
_SEPARATORS = "\t,;|"


def read_csv(stream: IO[bytes], *, name: str, columns: Mapping[str, str], head: bytes) -> Iterator[Article]:
    """The rows of a CSV or TSV table as documents; a row that cannot be read is an Article with `error`, and the others go on.

    `columns`: field -> column of the table. `head`: the first bytes. Text is UTF-8, UTF-16 with a mark, or, row by row, Windows Latin.
    Raises SourceError when no column holds a text.
    """
    csv.field_size_limit(MAX_TEXT)
    encoding = "utf-16" if has_bom(head) and not head.startswith(b"\xef\xbb\xbf") else "utf-8-sig"
    text = io.TextIOWrapper(stream, encoding=encoding, errors="surrogateescape", newline="")
    rows = csv.reader(text, delimiter=_separator(head.decode(encoding, "replace")))
    try:
        header = [_latin(cell).strip() for cell in next(rows, [])]
    except (csv.Error, UnicodeError) as err:
        raise SourceError("table", f"{name}: the header cannot be read: {err}") from err
    places = _places(header, columns, name=name)
    while True:
        where = f"{name}:{rows.line_num + 1}"
        try:
            row = next(rows)
        except StopIteration:
            return
        except (csv.Error, UnicodeError) as err:
            yield failed(SourceError("table", f"{where}: the row cannot be read: {err}"), name=where)
            continue
        if len(row) > len(header):
            message = f"{where}: {len(row)} cells for {len(header)} columns; is a quotation mark missing?"
            yield failed(SourceError("table", message), name=where)
        elif any(row):
            cells = {field: _latin(row[place]) or None for field, place in places.items() if place < len(row)}
            yield _document(cells, name=where)


def read_parquet(stream: IO[bytes], *, name: str, columns: Mapping[str, str]) -> Iterator[Article]:
    """The rows of a Parquet table as documents. Raises SourceError when the table cannot be read or no column holds a text."""
    import duckdb

    with _path_of(stream) as path, duckdb.connect() as connection:
        try:
            table = connection.read_parquet(path, file_row_number=True)
            places = _places(table.columns, columns, name=name)
            for start, rows in _slices(table, places):
                for number, row in enumerate(rows, start + 1):
                    yield _document(dict(zip(places, map(_plain, row), strict=True)), name=f"{name}[{number}]")
        except duckdb.Error as err:
            reason = str(err).replace(path, name).split("\n")[0]
            raise SourceError("table", f"{name}: the table cannot be read: {reason}") from err


@contextmanager
def _path_of(stream: IO[bytes]) -> Iterator[str]:
    """A file that DuckDB can open by name: the stream's own, or a temporary copy."""
    own = getattr(stream, "name", None)
    if isinstance(own, str) and stream.seekable() and not has_magic(own):
        yield own
        return
    if stream.seekable():
        stream.seek(0)
    with NamedTemporaryFile(suffix=".parquet") as copy:
        shutil.copyfileobj(stream, copy)
        copy.flush()
        yield copy.name


def _slices(table: Any, places: Mapping[str, int]) -> Iterator[tuple[int, list[tuple[Any, ...]]]]:
    """The rows, some at a time: DuckDB would hold a whole result in memory."""
    from duckdb import ColumnExpression, ConstantExpression

    chosen = [ColumnExpression(table.columns[place]) for place in places.values()]
    number = ColumnExpression("file_row_number")
    start = 0
    while rows := (
        table.filter(number.between(ConstantExpression(start), ConstantExpression(start + SLICE - 1)))
        .select(*chosen)
        .fetchall()
    ):
        yield start, rows
        start += SLICE


def _document(cells: Mapping[str, Any], *, name: str) -> Article:
    return article_from_dict({field: value for field, value in cells.items() if value is not None}, name=name)


def _places(header: Sequence[str], columns: Mapping[str, str], *, name: str) -> dict[str, int]:
    """Field -> number of its column: the one that `columns` names, else the one called like the field, in any case."""
    folded = {column.casefold(): number for number, column in reversed(list(enumerate(header)))}
    places = {}
    for field in FIELDS:
        column = columns.get(field)
        if column is not None and column.casefold() not in folded:
            raise SourceError("table", f"{name}: has no column {column!r}; its columns: {', '.join(header)}")
        if (place := folded.get((column or field).casefold())) is not None:
            places[field] = place
    if not {"text", "html"} & places.keys():
        raise SourceError(
            "table",
            f"{name}: has no column `text`; say which one holds it: --map text=COLUMN (columns: {', '.join(header)})",
        )
    return places


def _separator(head: str) -> str:
    """The one that cuts the header into most cells."""
    header = head.lstrip("\ufeff").split("\n", 1)[0]
    return max(_SEPARATORS, key=header.count)


def _latin(cell: str) -> str:
    """The cell; when its bytes were not UTF-8, read as Windows Latin, which spreadsheets write."""
    try:
        cell.encode("utf-8")
    except UnicodeEncodeError:
        return cell.encode("utf-8", "surrogateescape").decode("cp1252", "replace")
    return cell


def _plain(value: Any) -> Any:
    """A cell as JSON Lines would give it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return value
