"""From sources to documents: files, folders, globs and standard input; GZ and ZIP are opened; JSON Lines are read as a stream.

Everything that cannot be read becomes an Article with `error`, in its place in the order; the run goes on.
"""

from __future__ import annotations

import glob
import gzip
import io
import json
import os
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, BinaryIO, cast

from tacitus.errors import SourceError
from tacitus.ingest.decode import decode
from tacitus.ingest.documents import (
    MAX_TEXT,
    article_from_dict,
    article_from_html,
    article_from_text,
    check_size,
    failed,
)
from tacitus.ingest.kinds import HEAD, READ, kind_of
from tacitus.records import Article

MAX_BYTES = 4 * MAX_TEXT
"""Bytes of one document (UTF-8 needs up to four for a code point), packed archives counted unpacked."""
MAX_DEPTH = 3
"""Archives inside archives."""
SPOOL = 16 * 2**20
"""Bytes of a ZIP on standard input that are kept in memory; more go to a temporary file."""


def read_sources(sources: Iterable[str], *, stdin: BinaryIO | None = None) -> Iterator[Article]:
    """Every document of the sources, in order, lazily. A source is a file, a folder (recursive, sorted, hidden files left out), a glob,
    or "-" (`stdin`). Never raises on bad input: each failure is an Article with `error`.
    """
    for source in sources:
        try:
            yield from _read_source(source, stdin=stdin)
        except SourceError as err:
            yield failed(err, name=source)


def _read_source(source: str, *, stdin: BinaryIO | None) -> Iterator[Article]:
    if source == "-":
        yield from _read_stdin(stdin)
        return
    if source.lower().startswith(("http://", "https://", "ftp://")):
        raise SourceError(
            "unsupported", f"{source}: is a URL; this version reads files only. Save the page and give the file"
        )
    path = Path(source)
    if _is_dir(path):
        yield from _read_folder(path)
    elif _exists(path):
        yield from _read_file(path)
    elif glob.has_magic(source):
        yield from _read_glob(source)
    else:
        raise SourceError("not-found", f"{source}: no such file or folder")


def _read_stdin(stdin: BinaryIO | None) -> Iterator[Article]:
    if stdin is None:
        raise SourceError("not-found", "-: there is no standard input to read")
    yield from _read_stream(stdin, name="standard input", depth=0)


def _read_glob(pattern: str) -> Iterator[Article]:
    matches = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - a glob may be absolute, which Path.glob refuses
    if not matches:
        raise SourceError("not-found", f"{pattern}: no file matches")
    for match in matches:
        if _is_dir(Path(match)):
            continue
        yield from _read_file(Path(match))


def _read_folder(folder: Path) -> Iterator[Article]:
    found = False
    for path in _walk(folder):
        found = True
        yield from _read_file(path)
    if not found:
        raise SourceError("empty", f"{folder}: the folder holds no file")


def _walk(folder: Path) -> Iterator[Path]:
    """Files below the folder, each level by name; hidden ones and links to folders are left out."""
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (
            Path(root, name) for name in sorted(names) if not name.startswith(".") and Path(root, name).is_file()
        )


def _read_file(path: Path) -> Iterator[Article]:
    try:
        with path.open("rb") as file:
            yield from _read_stream(file, name=str(path), depth=0)
    except OSError as err:
        yield failed(SourceError("unreadable", f"{path}: cannot be read: {err.strerror or err}"), name=str(path))


def _read_stream(stream: IO[bytes], *, name: str, depth: int) -> Iterator[Article]:
    """The documents of one open stream; its failures as Articles."""
    try:
        yield from _dispatch(stream, name=name, depth=depth)
    except SourceError as err:
        yield failed(err, name=name)
    except (gzip.BadGzipFile, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as err:
        yield failed(SourceError("archive", f"{name}: the archive is damaged or locked: {err}"), name=name)


def _dispatch(stream: IO[bytes], *, name: str, depth: int) -> Iterator[Article]:
    head, rest = _peek(stream)
    kind = kind_of(head, name=name)
    if kind not in READ:
        raise SourceError("unsupported", f"{name}: is {kind}, which this version does not read")
    if kind in ("gzip", "zip"):
        if depth >= MAX_DEPTH:
            raise SourceError("archive", f"{name}: archives are packed into one another more than {MAX_DEPTH} times")
        yield from (_read_gzip if kind == "gzip" else _read_zip)(rest, name=name, depth=depth + 1)
    elif kind == "jsonl":
        yield from _read_lines(rest, name=name)
    else:
        yield from _read_whole(rest, kind=kind, name=name)


def _peek(stream: IO[bytes]) -> tuple[bytes, IO[bytes]]:
    """The first bytes, and a stream that begins with them. Of JSON Lines one line is enough: a pipe may be slow to give more."""
    head = b""
    while len(head) < HEAD and (piece := _read_some(stream, HEAD - len(head))):
        head += piece
        if head.startswith(b"{") and b"\n" in head and kind_of(head, name="") == "jsonl":
            break
    return head, io.BufferedReader(_Chained(head, stream))


def _read_some(stream: IO[bytes], size: int) -> bytes:
    """What the stream has ready, at most `size` bytes; empty at its end."""
    read: Callable[[int], bytes] = getattr(stream, "read1", stream.read)
    return read(size)


class _Chained(io.RawIOBase):
    """Bytes already read, then the rest of their stream."""

    def __init__(self, head: bytes, stream: IO[bytes]) -> None:
        self._head, self._stream = head, stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        piece = self._head[: len(buffer)] if self._head else _read_some(self._stream, len(buffer))
        self._head = self._head[len(piece) :]
        buffer[: len(piece)] = piece
        return len(piece)


def _read_gzip(stream: IO[bytes], *, name: str, depth: int) -> Iterator[Article]:
    with gzip.GzipFile(fileobj=stream, mode="rb") as file:
        yield from _read_stream(cast(IO[bytes], file), name=name.removesuffix(".gz"), depth=depth)


def _read_zip(stream: IO[bytes], *, name: str, depth: int) -> Iterator[Article]:
    with SpooledTemporaryFile(max_size=SPOOL) as spool:
        while piece := stream.read(HEAD):
            spool.write(piece)
        with zipfile.ZipFile(cast(IO[bytes], spool)) as archive:
            members = sorted((m for m in archive.infolist() if not m.is_dir()), key=lambda member: member.filename)
            names = {member.filename for member in members}
            if "[Content_Types].xml" in names or "mimetype" in names:
                raise SourceError(
                    "unsupported", f"{name}: is an office document or e-book, which this version does not read"
                )
            members = [
                m for m in members if not any(part.startswith((".", "__MACOSX")) for part in m.filename.split("/"))
            ]
            if not members:
                raise SourceError("empty", f"{name}: the archive holds no file")
            for member in members:
                yield from _read_member(archive, member, name=f"{name}/{member.filename}", depth=depth)


def _read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, *, name: str, depth: int) -> Iterator[Article]:
    try:
        file = archive.open(member)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as err:
        yield failed(SourceError("archive", f"{name}: cannot be unpacked: {err}"), name=name)
        return
    with file:
        yield from _read_stream(file, name=name, depth=depth)


def _read_whole(stream: IO[bytes], *, kind: str, name: str) -> Iterator[Article]:
    """One page, or the documents of one JSON value."""
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise SourceError("too-large", f"{name}: more than {MAX_BYTES:,} bytes; no page of news is so long")
    if kind == "empty" or not data:
        raise SourceError("empty", f"{name}: is empty")
    text = decode(data, name=name)
    check_size(text, name=name)
    if kind == "json":
        yield from _read_json(text, name=name)
    else:
        yield (article_from_html if kind == "html" else article_from_text)(text, name=name)


def _read_json(text: str, *, name: str) -> Iterator[Article]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as err:
        raise SourceError("json", f"{name}: not valid JSON: {err}") from err
    if not isinstance(value, list):
        yield _from_value(value, name=name)
        return
    if not value:
        raise SourceError("empty", f"{name}: the list holds no document")
    for number, item in enumerate(value, 1):
        yield _from_value(item, name=f"{name}[{number}]")


def _read_lines(stream: IO[bytes], *, name: str) -> Iterator[Article]:
    """JSON Lines, one at a time; empty lines are skipped."""
    number = 0
    while line := stream.readline(MAX_BYTES + 1):
        number += 1
        where = f"{name}:{number}"
        if len(line) > MAX_BYTES:
            yield failed(SourceError("too-large", f"{where}: the line is longer than {MAX_BYTES:,} bytes"), name=where)
            _skip_line(stream, line)
        elif line.strip(b"\r\n\t \xef\xbb\xbf\0"):
            yield _from_line(line, name=where)


def _skip_line(stream: IO[bytes], line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = stream.readline(HEAD)


def _from_line(line: bytes, *, name: str) -> Article:
    try:
        value = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as err:
        return failed(SourceError("encoding", f"{name}: not UTF-8 (byte {err.start + 1} of the line)"), name=name)
    except (ValueError, RecursionError) as err:
        return failed(SourceError("json", f"{name}: not valid JSON: {err}"), name=name)
    return _from_value(value, name=name)


def _from_value(value: object, *, name: str) -> Article:
    if not isinstance(value, dict):
        return failed(SourceError("json", f"{name}: a document must be a JSON object"), name=name)
    return article_from_dict(value, name=name)


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
