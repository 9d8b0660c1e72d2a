"""From sources to documents: files, folders, globs, URLs and standard input; archives are opened; what is long is read as a stream.

Everything that cannot be read becomes an Article with `error`, in its place in the order; the run goes on.
"""

from __future__ import annotations

import glob
import io
import os
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from tacitus.errors import SourceError
from tacitus.ingest.archives import PIECE, GzipStream, documents_of, open_member, open_zip
from tacitus.ingest.decode import decode
from tacitus.ingest.documents import (
    MAX_BYTES,
    article_from_dict,
    article_from_html,
    article_from_text,
    check_size,
    failed,
)
from tacitus.ingest.jsonl import read_json, read_lines
from tacitus.ingest.kinds import HEAD, READ, kind_of
from tacitus.ingest.reading import Reading
from tacitus.records import Article

MAX_DEPTH = 3
"""Archives inside archives."""
DAMAGES = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
"""What the readers of archives raise when one is damaged or locked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where a stream comes from. `name` for messages; `depth`: archives around it; `url` and `charset` when it was fetched; `known`: what
    is known of the page beforehand; `is_item`: it is the page of a feed's item.
    """

    name: str
    reading: Reading
    depth: int = 0
    url: str | None = None
    charset: str | None = None
    known: dict[str, Any] = field(default_factory=dict)
    is_item: bool = False


def read_sources(
    sources: Iterable[str], *, stdin: BinaryIO | None = None, reading: Reading | None = None
) -> Iterator[Article]:
    """Every document of the sources, in order, lazily. A source is a file, a folder (recursive, sorted, hidden files left out), a glob,
    a URL, or "-" (`stdin`). Never raises on bad input: each failure is an Article with `error`.
    """
    sources = list(sources)
    with _fetching(sources, reading or Reading()) as reading:
        for source in sources:
            if is_url(source):
                yield from _read_url(source, reading=reading)
                continue
            try:
                yield from _read_source(source, stdin=stdin, reading=reading)
            except SourceError as err:
                yield failed(err, name=source)


def is_url(source: str) -> bool:
    """Whether a source is an address in the web and no file."""
    return source.lower().startswith(("http://", "https://", "ftp://"))


@contextmanager
def _fetching(sources: Sequence[str], reading: Reading) -> Iterator[Reading]:
    """One fetcher for the whole run, where one is needed: it keeps the pauses and the rules of each host."""
    if reading.fetcher is not None or not any(map(is_url, sources)):
        yield reading
        return
    from tacitus.ingest.web import Fetcher, Manners

    fetcher = Fetcher(Manners(allow_private=reading.allow_private))
    try:
        yield replace(reading, fetcher=fetcher)
    finally:
        fetcher.close()


def _read_source(source: str, *, stdin: BinaryIO | None, reading: Reading) -> Iterator[Article]:
    path = Path(source)
    if source == "-":
        if stdin is None:
            raise SourceError("not-found", "-: there is no standard input to read")
        yield from _read_stream(stdin, _Place(name="standard input", reading=reading))
    elif _is_dir(path):
        yield from _read_folder(path, reading=reading)
    elif _exists(path):
        yield from _read_file(path, reading=reading)
    elif glob.has_magic(source):
        yield from _read_glob(source, reading=reading)
    else:
        raise SourceError("not-found", f"{source}: no such file or folder")


def _read_url(url: str, *, reading: Reading, known: dict[str, Any] | None = None) -> Iterator[Article]:
    """The documents at an address; `known`: what a feed says of the page, when a feed named it."""
    assert reading.fetcher is not None
    is_item = known is not None
    try:
        with reading.fetcher.open(url, conditional=reading.conditional and not is_item) as answer:
            if answer.body is not None:
                place = _Place(name=url, reading=reading, url=answer.url, charset=answer.charset, is_item=is_item)
                for article in _read_stream(answer.body, replace(place, known={"id": url, **(known or {})})):
                    yield replace(article, id=url) if article.error is not None and is_item else article
    except SourceError as err:
        yield failed(err, name=url, identifier=url)


def _read_item(url: str, known: dict[str, Any], *, reading: Reading) -> Iterator[Article]:
    """The page of a feed's item, unless it is known."""
    if not reading.is_known(url):
        yield from _read_url(url, reading=reading, known=known)


def _read_glob(pattern: str, *, reading: Reading) -> Iterator[Article]:
    matches = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - a glob may be absolute, which Path.glob refuses
    if not matches:
        raise SourceError("not-found", f"{pattern}: no file matches")
    for match in matches:
        if not _is_dir(Path(match)):
            yield from _read_file(Path(match), reading=reading)


def _read_folder(folder: Path, *, reading: Reading) -> Iterator[Article]:
    found = False
    for path in _walk(folder):
        found = True
        yield from _read_file(path, reading=reading)
    if not found:
        raise SourceError("empty", f"{folder}: the folder holds no file")


def _walk(folder: Path) -> Iterator[Path]:
    """Files below the folder, each level by name; hidden ones and links to folders are left out."""
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (
            Path(root, name) for name in sorted(names) if not name.startswith(".") and Path(root, name).is_file()
        )


def _read_file(path: Path, *, reading: Reading) -> Iterator[Article]:
    if reading.is_known(str(path)):
        return
    try:
        with path.open("rb") as file:
            yield from _read_stream(file, _Place(name=str(path), reading=reading))
    except OSError as err:
        yield failed(SourceError("unreadable", f"{path}: cannot be read: {err.strerror or err}"), name=str(path))


def _read_stream(stream: IO[bytes], place: _Place) -> Iterator[Article]:
    """The documents of one open stream; its failures as Articles."""
    try:
        yield from _dispatch(stream, place)
    except SourceError as err:
        yield failed(err, name=place.name)
    except DAMAGES as err:
        message = f"{place.name}: the archive is damaged or locked: {err}"
        yield failed(SourceError("archive", message), name=place.name)


def _dispatch(stream: IO[bytes], place: _Place) -> Iterator[Article]:
    columns = place.reading.columns
    head, rest = _peek(stream)
    kind = kind_of(head, name=place.name, columns=columns.values())
    if kind not in READ or (place.is_item and kind not in ("html", "text", "empty")):
        raise SourceError("unsupported", f"{place.name}: is {kind}, which is not read" + " here" * place.is_item)
    whole = stream if stream.seekable() else rest
    if kind in ("gzip", "zip"):
        if place.depth >= MAX_DEPTH:
            raise SourceError(
                "archive", f"{place.name}: archives are packed into one another more than {MAX_DEPTH} times"
            )
        yield from (_read_gzip(rest, place) if kind == "gzip" else _read_zip(whole, place))
    elif kind == "jsonl":
        yield from read_lines(rest, name=place.name)
    elif kind == "warc":
        from tacitus.ingest.warcs import read_warc

        yield from read_warc(rest, name=place.name)
    elif kind == "csv":
        from tacitus.ingest.tables import read_csv

        yield from read_csv(rest, name=place.name, columns=columns, head=head)
    elif kind == "parquet":
        from tacitus.ingest.tables import read_parquet

        yield from read_parquet(whole, name=place.name, columns=columns)
    elif kind == "feed":
        yield from _read_feed(rest, place)
    else:
        yield from _read_whole(rest, place, kind=kind)


def _read_feed(stream: IO[bytes], place: _Place) -> Iterator[Article]:
    from tacitus.ingest.feeds import MAX_FEED, read_feed

    data = _read_up_to(stream, MAX_FEED + 1)
    fetches = place.url is not None and not place.reading.feed_text
    read_page = partial(_read_item, reading=place.reading) if fetches else None
    yield from read_feed(data, name=place.name, url=place.url, read_page=read_page)


def _peek(stream: IO[bytes]) -> tuple[bytes, IO[bytes]]:
    """The first bytes, and a stream that begins with them. Of JSON Lines one line is enough: a pipe may be slow to give more."""
    head = b""
    broken: list[Exception] = []
    try:
        while len(head) < HEAD and (piece := _read_some(stream, HEAD - len(head))):
            head += piece
            if head.startswith(b"{") and b"\n" in head and kind_of(head, name="") == "jsonl":
                break
    except (*DAMAGES, SourceError) as err:
        broken.append(err)  # what came before the damage can be read; whoever reads on meets it
    return head, cast(IO[bytes], io.BufferedReader(_Chained(head, stream, broken)))


def _read_some(stream: IO[bytes], size: int) -> bytes:
    """What the stream has ready, at most `size` bytes; empty at its end."""
    read: Callable[[int], bytes] = getattr(stream, "read1", stream.read)
    return read(size)


class _Chained(io.RawIOBase):
    """Bytes already read, then the error met after them, if any, then the rest of their stream."""

    def __init__(self, head: bytes, stream: IO[bytes], broken: list[Exception]) -> None:
        self._head, self._stream, self._broken = head, stream, broken

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if not self._head and self._broken:
            raise self._broken.pop()
        piece = self._head[: len(buffer)] if self._head else _read_some(self._stream, len(buffer))
        self._head = self._head[len(piece) :]
        buffer[: len(piece)] = piece
        return len(piece)


def _read_gzip(stream: IO[bytes], place: _Place) -> Iterator[Article]:
    file = cast(IO[bytes], GzipStream(stream, name=place.name))
    yield from _read_stream(file, replace(place, name=place.name.removesuffix(".gz"), depth=place.depth + 1))


def _read_zip(stream: IO[bytes], place: _Place) -> Iterator[Article]:
    with open_zip(stream, name=place.name) as (archive, budget):
        for member in documents_of(archive, name=place.name):
            name = f"{place.name}/{member.filename}"
            try:
                with open_member(archive, member, name=name, budget=budget) as file:
                    yield from _read_stream(file, replace(place, name=name, depth=place.depth + 1, known={}))
            except SourceError as err:
                yield failed(err, name=name)


def _read_whole(stream: IO[bytes], place: _Place, *, kind: str) -> Iterator[Article]:
    """One page, or the documents of one JSON value."""
    name = place.name
    data = _read_up_to(stream, MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise SourceError("too-large", f"{name}: more than {MAX_BYTES:,} bytes; no page of news is so long")
    if kind == "empty" or not data:
        raise SourceError("empty", f"{name}: is empty")
    text = decode(data, name=name, charset=place.charset)
    check_size(text, name=name)
    if kind == "json":
        yield from read_json(text, name=name)
    elif kind == "html" and place.known:
        yield article_from_dict({"html": text, "url": place.url, **place.known}, name=name)
    elif kind == "html":
        yield article_from_html(text, name=name)
    else:
        page = article_from_text(text, name=name)
        yield replace(page, id=place.known.get("id") or page.id, url=place.url)


def _read_up_to(stream: IO[bytes], limit: int) -> bytes:
    """At most `limit` bytes, in pieces: asked for all at once, each layer of a stream would set so much memory aside."""
    pieces, count = [], 0
    while count < limit and (piece := stream.read(min(PIECE, limit - count))):
        pieces.append(piece)
        count += len(piece)
    return b"".join(pieces)


def _is_dir(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # a name with a null byte, or too long for the file system
        return False


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False
