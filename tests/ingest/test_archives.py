"""GZ and ZIP: what can be read is read, damage is named, and a small file never unpacks without end."""

from __future__ import annotations

import gzip
import io
import json
import tracemalloc
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tacitus.ingest import read_sources
from tacitus.ingest.archives import FREE, GzipStream
from tacitus.records import Article


def read(data: bytes) -> list[Article]:
    return list(read_sources(["-"], stdin=io.BytesIO(data)))


def kinds(articles: Iterable[Article]) -> list[str | None]:
    return [article.error.kind if article.error else None for article in articles]


def lines(count: int) -> bytes:
    return b"".join(json.dumps({"id": str(n), "text": f"Report {n} came."}).encode() + b"\n" for n in range(count))


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def nested(data: bytes, depth: int) -> bytes:
    for _ in range(depth):
        data = gzip.compress(data)
    return data


def test_of_a_cut_gz_what_stands_before_the_cut_is_read() -> None:
    packed = gzip.compress(lines(5000), compresslevel=1)
    articles = read(packed[: len(packed) // 2])
    assert 1500 < len(articles) < 4000
    assert kinds(articles[:-1]) == [None] * (len(articles) - 1)
    assert articles[-1].error is not None and articles[-1].error.kind == "archive"
    assert "standard input" in articles[-1].error.message and "cut off" in articles[-1].error.message


def test_members_in_a_row_and_padding_are_one_stream() -> None:
    data = b"".join(map(gzip.compress, (b"ab", b"", b"cd"))) + b"\0" * 100
    assert io.BufferedReader(GzipStream(io.BytesIO(data), name="x")).read() == b"abcd"


def test_reading_goes_on_after_a_damaged_member() -> None:
    members = [gzip.compress(bytes([65 + n]) * 50 + str(n).encode() * 200) for n in range(4)]
    damaged = members[1][:12] + b"\xff" * 8 + members[1][20:]
    stream = GzipStream(io.BytesIO(members[0] + damaged + members[2] + members[3]), name="x")
    found, errors = b"", 0
    while True:
        try:
            piece = stream.read(64)
        except zlib.error:
            errors += 1
            continue
        if not piece:
            break
        found += piece
    assert errors == 1
    assert b"A" * 50 in found and b"C" * 50 in found and b"D" * 50 in found


@pytest.mark.parametrize("depth", [3, 4, 9])
def test_archives_in_archives_have_an_end(depth: int) -> None:
    articles = read(nested(lines(1), depth))
    assert kinds(articles) == ([None] if depth <= 3 else ["archive"])


@pytest.mark.parametrize(
    "pack", [gzip.compress, lambda data: zipped({"a.txt": data}), lambda data: zipped({"z.gz": gzip.compress(data)})]
)
def test_a_bomb_is_given_up(pack: object) -> None:
    bomb = pack(b"\n" * (5 * FREE))  # type: ignore[operator]
    tracemalloc.start()
    articles = read(bomb)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kinds(articles) == ["archive"]
    assert articles[0].error is not None and "times its size" in articles[0].error.message
    assert peak < 2**26


def test_members_share_the_budget() -> None:
    bomb = zipped({f"{n:02}.jsonl": (b"a" * 2**20 + b"\n") * 4 for n in range(12)})
    found = kinds(read(bomb))
    assert found[0] == "json" and "archive" in found and len(found) < 48


def test_a_damaged_member_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": b"First came.", "b.txt": b"Second came." * 40, "c.txt": b"Third came."}))
    place = data.index(b"b.txt") + len("b.txt") + 4
    data[place : place + 6] = b"\xff" * 6
    path = tmp_path / "x.zip"
    path.write_bytes(bytes(data))
    articles = list(read_sources([str(path)]))
    assert kinds(articles) == [None, "archive", None]
    assert articles[1].error is not None and f"{path}/b.txt" in articles[1].error.message


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 200), st.integers(0, 255))
def test_any_damage_is_an_error_and_no_crash(data: bytes, place: int, byte: int) -> None:
    packed = bytearray(gzip.compress(b"Troops crossed the river. " + data))
    packed[place % len(packed)] = byte
    for article in read(bytes(packed)):
        assert article.error is None or "standard input" in article.error.message
