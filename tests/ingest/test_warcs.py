"""WARC files: pages come out one by one; damage costs the record it stands in and is named."""

from __future__ import annotations

import gzip
import io
import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tacitus.ingest import read_sources
from tacitus.records import Article

pytest.importorskip("fastwarc", reason="the extra `warc` is not installed")

PROSE = "The council of {place} met on Tuesday to discuss the new bridge over the river. Members from both sides spoke for hours. "
INFO = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 5\r\n\r\nhello\r\n\r\n"


def record(
    number: int,
    body: bytes | None = None,
    *,
    kind: str = "response",
    status: int = 200,
    headers: str = "Content-Type: text/html",
) -> bytes:
    html = (
        body
        or f"<html><body><article><p>{PROSE.format(place=f'Town{number}') * 3}</p></article></body></html>".encode()
    )
    block = f"HTTP/1.1 {status} OK\r\n{headers}\r\n\r\n".encode() + html if kind == "response" else html
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:0-{number}>\r\n"
        f"WARC-Target-URI: https://news.example/{number}\r\nContent-Type: "
        f"{'application/http; msgtype=response' if kind == 'response' else 'text/plain'}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


RECORDS = [INFO, *(record(number) for number in range(5))]


def read(data: bytes) -> list[Article]:
    return list(read_sources(["-"], stdin=io.BytesIO(data)))


def found(articles: list[Article]) -> list[str]:
    """The ids of what was read, and "!" for each failure."""
    return ["!" if article.error else article.id for article in articles]


def packed(records: list[bytes]) -> bytes:
    return b"".join(map(gzip.compress, records))


@pytest.mark.parametrize(
    "data", [b"".join(RECORDS), packed(RECORDS), gzip.compress(b"".join(RECORDS))], ids=["plain", "gz", "one gz"]
)
def test_the_pages_of_a_file(data: bytes) -> None:
    articles = read(data)
    assert found(articles) == [f"0-{number}" for number in range(5)]
    assert articles[3].url == "https://news.example/3" and "Town3" in articles[3].text


@pytest.mark.parametrize(
    ("extra", "ids"),
    [
        (record(9, status=404), []),
        (record(9, b"\x89PNG", headers="Content-Type: image/png"), []),
        (record(9, kind="request"), []),
        (record(9, PROSE.encode() * 4, kind="conversion"), ["0-9"]),
        (
            record(
                9,
                gzip.compress(b"<p>" + PROSE.encode() * 4),
                headers="Content-Type: text/html\r\nContent-Encoding: gzip",
            ),
            ["0-9"],
        ),
        (
            record(9, f"<p>Café {PROSE * 3}".encode("latin-1"), headers="Content-Type: text/html; charset=iso-8859-1"),
            ["0-9"],
        ),
        (record(9, b""), ["0-9"]),
    ],
    ids=["not found", "image", "request", "plain text", "encoded", "charset", "default"],
)
def test_what_is_a_page(extra: bytes, ids: list[str]) -> None:
    articles = read(packed([RECORDS[1], extra, RECORDS[2]]))
    assert found(articles) == ["0-0", *ids, "0-1"]
    assert all("Town" in article.text or "council" in article.text for article in articles)


def damaged(packed_record: bytes) -> bytes:
    return packed_record[:30] + b"\xff" * 30 + packed_record[60:]


def changed(old: bytes, new: bytes) -> bytes:
    """The file with another header in its second page."""
    return b"".join([*RECORDS[:2], RECORDS[2].replace(old, new), *RECORDS[3:]])


PACKED = [gzip.compress(item) for item in RECORDS]


@pytest.mark.parametrize(
    ("data", "ids"),
    [
        (b"".join([*PACKED[:2], damaged(PACKED[2]), *PACKED[3:]]), ["0-0", "!", "0-2", "0-3", "0-4"]),
        (b"".join([*PACKED[:2], damaged(PACKED[2]), damaged(PACKED[3]), *PACKED[4:]]), ["0-0", "!", "!", "0-3", "0-4"]),
        (b"".join([damaged(PACKED[1]), *PACKED[2:]]), ["!"]),
        (b"".join(PACKED)[:-40], ["0-0", "0-1", "0-2", "0-3", "!"]),
        (b"".join(RECORDS)[:-90], ["0-0", "0-1", "0-2", "0-3", "!"]),
        (b"".join([*RECORDS[:2], b"XX\n" + RECORDS[2], *RECORDS[3:]]), ["0-0", "!", "0-1", "0-2", "0-3", "0-4"]),
        (changed(b"Content-Length: ", b"Content-Length: 9"), ["0-0", "!", "0-2", "0-3", "0-4"]),
        (changed(b"Content-Length: ", b"Content-Length: -"), ["0-0", "!", "0-2", "0-3", "0-4"]),
        (changed(b"WARC-Type", b"WARC-Typ"), ["0-0", "0-2", "0-3", "0-4"]),
    ],
    ids=["member", "two members", "first member", "cut gz", "cut", "junk", "too long", "no length", "no type"],
)  # fmt: skip
def test_damage_costs_one_record(data: bytes, ids: list[str]) -> None:
    articles = read(data)
    assert found(articles) == ids
    for article in articles:
        assert article.error is None or (
            article.error.kind in ("warc", "archive") and "standard input" in article.error.message
        )


def test_the_failure_names_the_record() -> None:
    failure = read(b"".join([RECORDS[1], RECORDS[2][:-60], RECORDS[3]]))[1]
    assert failure.error is not None and "https://news.example/1" in failure.error.message


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 3000), st.binary(min_size=1, max_size=40), st.booleans())
def test_any_damage_is_survived(place: int, junk: bytes, is_packed: bool) -> None:
    data = packed(RECORDS[:4]) if is_packed else b"".join(RECORDS[:4])
    place %= len(data)
    articles = read(data[:place] + junk + data[place + len(junk) :])
    assert len(articles) <= 12
    assert all(article.error is None or "standard input" in article.error.message for article in articles)


PADDED = b"<script>%s</script><p>%s</p>" % (b"x" * 100_000, PROSE.encode() * 4)


class Endless(io.RawIOBase):
    """A packed WARC file of any length, made as it is read."""

    def __init__(self, count: int) -> None:
        self.rest: Iterator[bytes] = (gzip.compress(record(number, PADDED), 1) for number in range(count))
        self.waiting = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if not self.waiting:
            self.waiting = next(self.rest, b"")
        piece, self.waiting = self.waiting[: len(buffer)], self.waiting[len(buffer) :]
        buffer[: len(piece)] = piece
        return len(piece)


def test_memory_does_not_grow_with_the_file() -> None:
    articles = read_sources(["-"], stdin=Endless(45))  # type: ignore[arg-type]
    for _ in range(15):
        next(articles)
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    assert sum(1 for _ in articles) == 30
    after = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert after - before < 2**20, "3 MB of pages later there is no megabyte more"
