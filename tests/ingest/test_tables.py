"""Tables: rows are documents, columns can be named, bad rows are told and the others are read."""

from __future__ import annotations

import io
import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tacitus.errors import SettingsError
from tacitus.ingest import Reading, parse_columns, read_sources
from tacitus.ingest.tables import SLICE
from tacitus.records import Article


def read(data: bytes, columns: dict[str, str] | None = None) -> list[Article]:
    return list(read_sources(["-"], stdin=io.BytesIO(data), reading=Reading(columns=columns or {})))


def parquet(path: Path, query: str) -> str:
    with duckdb.connect() as connection:
        connection.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)")
    return str(path)


@pytest.mark.parametrize(
    ("data", "columns"),
    [
        (b"id,text,published\n7,Troops came.,2024-05-08\n", {}),
        (b"ID\tText\tPublished\n7\tTroops came.\t2024-05-08\n", {}),
        (b'"id";"text";"published"\r\n"7";"Troops came.";"2024-05-08"\r\n', {}),
        (b"\xef\xbb\xbfid|text|published\n7|Troops came.|2024-05-08\n", {}),
        ("\ufeffid,text,published\n7,Troops came.,2024-05-08\n".encode("utf-16-le"), {}),
        (b"no,when,body,title\n7,2024-05-08,Troops came.,x\n", {"id": "no", "text": "BODY", "published": "when"}),
        (b"nr,inhalt,tag\n7,Troops came.,2024-05-08\n", {"id": "nr", "text": "inhalt", "published": "tag"}),
    ],
)  # fmt: skip
def test_forms_of_csv(data: bytes, columns: dict[str, str]) -> None:
    (article,) = read(data, columns)
    assert (article.id, article.text, article.published) == ("7", "Troops came.", "2024-05-08")


def test_quoted_cells_hold_lines_and_separators() -> None:
    (article,) = read(b'id,text\n1,"Troops, and more troops,\ncame. ""So it was."""\n')
    assert article.text == 'Troops, and more troops,\ncame. "So it was."'


@pytest.mark.parametrize("cell", ["Café opened.", "“Naïve” plan."])
def test_cells_in_windows_latin(cell: str) -> None:
    assert [article.text for article in read(b"id,text\n1," + cell.encode("cp1252") + b"\n2,Ok.\n")] == [cell, "Ok."]


def test_bad_rows_are_named_and_the_others_read() -> None:
    articles = read(b"id,text\n1,First.\n2,too,many,cells\n\n3\n4,Last.\n")
    assert [article.error.kind if article.error else article.text for article in articles] == [
        "First.",
        "table",
        "json",
        "Last.",
    ]
    assert "standard input:3" in articles[1].error.message and "quotation mark" in articles[1].error.message  # type: ignore[union-attr]
    assert "standard input:5" in articles[2].error.message  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("data", "columns", "message"),
    [
        (b"id,title,url\n1,a,b\n", {}, "--map text=COLUMN (columns: id, title, url)"),
        (b"id,text\n1,a\n", {"published": "when"}, "has no column 'when'"),
    ],
)
def test_a_table_without_the_column_says_which_there_are(data: bytes, columns: dict[str, str], message: str) -> None:
    (article,) = read(data, columns)
    assert article.error is not None and article.error.kind == "table" and message in article.error.message


def test_parquet_by_name_and_through_a_pipe(tmp_path: Path) -> None:
    query = "SELECT 7 AS id, 'Troops came.' AS body, DATE '2024-05-08' AS day UNION ALL SELECT 8, NULL, NULL ORDER BY 1"
    path = parquet(tmp_path / "a.parquet", query)
    reading = Reading(columns={"text": "body", "published": "day"})
    for articles in (
        list(read_sources([path], reading=reading)),
        read(Path(path).read_bytes(), {"text": "body", "published": "day"}),
    ):
        assert [(a.id, a.text, a.published) for a in articles] == [("7", "Troops came.", "2024-05-08"), ("8", "", None)]
        assert articles[1].error is not None and "[2]" in articles[1].error.message


def test_parquet_comes_in_slices_and_in_order(tmp_path: Path) -> None:
    path = parquet(tmp_path / "a.parquet", f"SELECT i AS id, 'Report ' || i AS text FROM range({2 * SLICE + 5}) t(i)")
    assert [article.id for article in read_sources([path])] == [str(n) for n in range(2 * SLICE + 5)]


def test_a_damaged_parquet_is_named(tmp_path: Path) -> None:
    path = Path(parquet(tmp_path / "a.parquet", "SELECT 'a' AS text"))
    path.write_bytes(path.read_bytes()[:-20])
    (article,) = read_sources([str(path)])
    assert article.error is not None and article.error.kind == "table" and str(path) in article.error.message


class Rows(io.RawIOBase):
    """A long table, made as it is read."""

    def __init__(self, count: int) -> None:
        rows = (f'{n},"Report {n} says: {"the boats stay in port. " * 400}",en\n'.encode() for n in range(count))
        self.rows: Iterator[bytes] = rows
        self.waiting = b"id,text,language\n"

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if not self.waiting:
            self.waiting = next(self.rows, b"")
        piece, self.waiting = self.waiting[: len(buffer)], self.waiting[len(buffer) :]
        buffer[: len(piece)] = piece
        return len(piece)


def test_memory_does_not_grow_with_the_table() -> None:
    articles = read_sources(["-"], stdin=Rows(330))  # type: ignore[arg-type]
    for _ in range(30):
        next(articles)
    tracemalloc.start()
    assert sum(1 for _ in articles) == 300
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2**20


@pytest.mark.parametrize(
    ("option", "columns"),
    [
        ("text=body,published=date", {"text": "body", "published": "date"}),
        (" text = my body ", {"text": "my body"}),
        ("", {}),
    ],
)
def test_the_option_map(option: str, columns: dict[str, Any]) -> None:
    assert parse_columns(option) == columns


@pytest.mark.parametrize("option", ["text", "text=", "txt=body", "=body", "text=a,b"])
def test_a_wrong_map_says_what_may_stand_there(option: str) -> None:
    with pytest.raises(SettingsError, match="FIELD=COLUMN"):
        parse_columns(option)


def test_a_table_in_a_zip_is_read(tmp_path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("in/a.csv", "id,text\n1,First.\n")
        archive.writestr("b.jsonl", json.dumps({"id": "2", "text": "Second."}))
        archive.write(parquet(tmp_path / "c.parquet", "SELECT 3 AS id, 'Third.' AS text"), "z.parquet")
    assert [article.text for article in read_sources([str(tmp_path / "a.zip")])] == ["Second.", "First.", "Third."]
