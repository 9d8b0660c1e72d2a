"""Sources: what a file is follows from its content; order is kept; failures are articles; streams stay streams."""

from __future__ import annotations

import gzip
import io
import json
import os
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tacitus.ingest import read_sources
from tacitus.ingest.kinds import kind_of
from tests.ingest import pages

DOCUMENT = {"id": "a1", "text": "Troops  crossed the river.\r\n", "published": "2024-05-08"}


def lines(*documents: object) -> bytes:
    return b"".join(json.dumps(document).encode() + b"\n" for document in documents)


def packed(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


@pytest.fixture
def put(tmp_path: Path) -> Callable[[str, bytes], str]:
    def write(name: str, data: bytes) -> str:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return str(path)

    return write


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"<!doctype html><html><body><p>x</p></body></html>", "x", "html"),
        (b"<div>fragment</div>", "page.txt", "html"),
        (b"\xef\xbb\xbf<html></html>", "x", "html"),
        (b"Troops crossed the river.", "x.html.bak", "text"),
        (b'{"id": "1", "text": "a"}\n{"id": "2"}\n', "x.txt", "jsonl"),
        (b'{\n "id": "1",\n "text": "a"\n}', "x", "json"),
        (b'[{"id": "1"}]', "x", "json"),
        (b"[Reuters] Troops crossed the river.", "x", "text"),
        (b"not json\n", "x.jsonl", "jsonl"),
        (b"\x1f\x8b\x08", "x", "gzip"),
        (b"PK\x03\x04", "x", "zip"),
        (b"", "x", "empty"),
        (b" \n\t", "x", "empty"),
        (b"WARC/1.0\r\nWARC-Type: response", "x", "warc"),
        (b"<?xml version='1.0'?><rss version='2.0'><channel>", "x", "feed"),
        (b"id,title,text\n1,a,b\n", "x", "csv"),
        (b"id\ttext\n1\tb\n", "x", "csv"),
        (b"PAR1....", "x.jsonl", "parquet"),
        (b"%PDF-1.7", "x.txt", "a PDF document"),
    ],
)
def test_kind_follows_from_content(data: bytes, name: str, kind: str) -> None:
    assert kind_of(data, name=name) == kind


def test_json_lines_text_stands_as_it_is(put: Callable[[str, bytes], str]) -> None:
    (article,) = read_sources([put("a.jsonl", lines(DOCUMENT))])
    assert (article.id, article.text) == ("a1", DOCUMENT["text"])
    assert (article.published, article.published_basis) == ("2024-05-08", "input")


def test_bad_lines_are_errors_with_file_and_line_and_the_run_goes_on(put: Callable[[str, bytes], str]) -> None:
    path = put(
        "a.jsonl",
        lines(DOCUMENT)
        + b"{broken\n\n[1]\n"
        + b'{"text": "\xff"}\n{"text": 7}\n{"id": "x"}\n'
        + lines({"text": "Last."}),
    )
    articles = list(read_sources([path]))
    assert [article.error.kind if article.error else None for article in articles] == [
        None,
        "json",
        "json",
        "encoding",
        "json",
        "json",
        None,
    ]
    places = [article.error.message.split(": ")[0] for article in articles if article.error]
    assert places == [f"{path}:{number}" for number in (2, 4, 5, 6, 7)]
    assert articles[5].id == "x"


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        (json.dumps(DOCUMENT, indent=1).encode(), [DOCUMENT["text"]]),
        (json.dumps([DOCUMENT, {"text": "Second."}]).encode(), [DOCUMENT["text"], "Second."]),
        (gzip.compress(lines(DOCUMENT)), [DOCUMENT["text"]]),
        (gzip.compress(b"Troops crossed the river."), ["Troops crossed the river."]),
        (packed({"b.txt": b"Second came.", "a.jsonl": lines({"text": "First."})}), ["First.", "Second came."]),
        (packed({"in/a.jsonl.gz": gzip.compress(lines({"text": "First."})), "__MACOSX/x": b"no"}), ["First."]),
        ("\ufeffTroops crossed.".encode("utf-16-le"), ["Troops crossed."]),
    ],
)
def test_containers_and_json_forms(put: Callable[[str, bytes], str], data: bytes, texts: list[str]) -> None:
    assert [article.text for article in read_sources([put("source", data)])] == texts
    assert [article.text for article in read_sources(["-"], stdin=io.BytesIO(data))] == texts


def test_folder_and_glob_are_sorted_and_hidden_files_left_out(put: Callable[[str, bytes], str], tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", ".hidden.txt", "c/z.txt", "c/.git/x.txt"):
        put(name, f"Report from {name}.".encode())
    expected = ["Report from a.txt.", "Report from b.txt.", "Report from c/z.txt."]
    assert [article.text for article in read_sources([str(tmp_path)])] == expected
    assert [article.text for article in read_sources([f"{tmp_path}/*.txt"])] == expected[:2]
    assert [article.text for article in read_sources([f"{tmp_path}/**/*.txt"])][-1] == expected[2]


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.html", b" \n\n", "empty"),
        ("zeros.bin", b"\0" * 100_000, "empty"),
        ("noise.txt", bytes(range(256)) * 20, "binary"),
        ("news.warc", b"WARC/1.0\r\n", "warc"),
        ("news.csv", b"id,title\n1,a\n", "table"),
        ("feed.xml", b"<rss><channel>&&<", "feed"),
        ("page.pdf", b"%PDF-1.7", "unsupported"),
        ("cut.gz", gzip.compress(b"Troops crossed the river." * 99)[:-9], "archive"),
        ("bad.zip", b"PK\x03\x04 no archive", "archive"),
        ("bad.json", b'{\n "id": 1,\n oops', "json"),
        ("none.json", b"[]", "empty"),
    ],
)
def test_what_cannot_be_read_is_an_error_naming_it(
    put: Callable[[str, bytes], str], name: str, data: bytes, kind: str
) -> None:
    path = put(name, data)
    first, last = read_sources([path, put("good.txt", b"Troops crossed the river.")])
    assert first.error is not None and first.text == ""
    assert first.error.kind == kind
    assert path.removesuffix(".gz") in first.error.message
    assert last.text == "Troops crossed the river."


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("ftp://example.org/a", "network"),
        ("no/such/file", "not-found"),
        ("no/*.such", "not-found"),
        ("bad\0name", "not-found"),
        ("-", "not-found"),
    ],
)
def test_sources_that_are_not_there(source: str, kind: str) -> None:
    (article,) = read_sources([source])
    assert article.error is not None and article.error.kind == kind
    assert source in article.error.message


def test_html_file(put: Callable[[str, bytes], str]) -> None:
    (article,) = read_sources([put("page", pages.HTML.encode())])
    assert article.text == pages.BODY


class Endless(io.RawIOBase):
    """Standard input that never ends, and counts what was taken from it."""

    def __init__(self) -> None:
        self.taken = 0
        self.rest: Iterator[bytes] = iter(lambda: lines({"id": "n", "text": "Troops crossed the river."}), None)

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        self.taken += 1
        return next(self.rest)


def test_json_lines_are_read_as_a_stream() -> None:
    stdin = Endless()
    articles = read_sources(["-"], stdin=stdin)  # type: ignore[arg-type]
    assert [next(articles).id for _ in range(3)] == ["n", "n", "n"]
    before = stdin.taken
    for _ in range(5000):
        next(articles)
    assert stdin.taken - before < 6000


def test_a_line_is_coded_before_the_pipe_gives_the_next() -> None:
    reader, writer = os.pipe()
    with os.fdopen(reader, "rb") as stdin, os.fdopen(writer, "wb", buffering=0) as pipe:
        pipe.write(lines({"id": "1", "text": "Troops crossed the river."}))
        articles = read_sources(["-"], stdin=stdin)
        assert next(articles).id == "1"
        pipe.write(lines({"id": "2", "text": "They came back."}))
        assert next(articles).id == "2"
