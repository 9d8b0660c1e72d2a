"""GZ and ZIP as streams: unpacked piece by piece, with limits on what a small file may unpack to.

A damaged or cut archive is an error where the damage is; what stands before it is read. After a damaged member of a GZ file the stream
can be read on: it goes on with the next member, which in a WARC file is the next record.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import SpooledTemporaryFile
from typing import IO, cast

from tacitus.errors import SourceError

MAX_RATIO = 250
"""Bytes that one packed byte may become: text packs to a fifth, a page repeated over and over to a hundredth."""
FREE = 16 * 2**20
"""Unpacked bytes from which the ratio counts."""
SPOOL = 16 * 2**20
"""Bytes of a file without places (standard input, a member of an archive) that are kept in memory; more go to a temporary file."""
PIECE = 65536
_GZIP = b"\x1f\x8b\x08"
_KEEP_TRYING = zlib.MAX_WBITS | 16


class Budget:
    """How much an archive may still unpack to."""

    def __init__(self, *, name: str) -> None:
        self._name = name
        self.packed = 0
        self._unpacked = 0

    def spend(self, count: int) -> None:
        """Raise SourceError when the archive unpacks to much more than any text does."""
        self._unpacked += count
        if self._unpacked > FREE and self._unpacked > MAX_RATIO * self.packed:
            raise SourceError(
                "archive", f"{self._name}: unpacks to more than {MAX_RATIO} times its size; read no further"
            )


class GzipStream(io.RawIOBase):
    """The unpacked bytes of a GZ stream of any number of members.

    `read` raises zlib.error once for each damaged member and EOFError once when the stream is cut; reading may go on after either.
    """

    def __init__(self, packed: IO[bytes], *, name: str) -> None:
        self._packed = packed
        self._waiting = b""
        self._member = zlib.decompressobj(_KEEP_TRYING)
        self._open = False
        self._budget = Budget(name=name)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while True:
            if not self._waiting and not self._more():
                if self._open:
                    self._next_member(b"")
                    raise EOFError("the file is cut off before its end")
                return 0
            piece = self._unpack(len(buffer))
            if piece:
                self._budget.spend(len(piece))
                buffer[: len(piece)] = piece
                return len(piece)

    def _unpack(self, size: int) -> bytes:
        if not self._open and not self._waiting.strip(b"\0"):
            self._waiting = b""  # padding after the last member
            return b""
        self._open = True
        try:
            piece = self._member.decompress(self._waiting, size)
        except zlib.error:
            self._skip_damaged()
            raise
        if self._member.eof:
            self._next_member(self._member.unused_data)
        else:
            self._waiting = self._member.unconsumed_tail
        return piece

    def _more(self) -> bool:
        self._waiting = self._packed.read(PIECE)
        self._budget.packed += len(self._waiting)
        return bool(self._waiting)

    def _skip_damaged(self) -> None:
        """Go to where the next member seems to begin."""
        rest = self._waiting[1:]
        while (found := rest.find(_GZIP)) < 0:
            if not self._more():
                self._next_member(b"")
                return
            rest = rest[-2:] + self._waiting
        self._next_member(rest[found:])

    def _next_member(self, rest: bytes) -> None:
        self._waiting, self._open = rest, False
        self._member = zlib.decompressobj(_KEEP_TRYING)


class _Counted(io.RawIOBase):
    """A member of an archive whose bytes are counted."""

    def __init__(self, file: IO[bytes], budget: Budget) -> None:
        self._file, self._budget = file, budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        piece = self._file.read(len(buffer))
        self._budget.spend(len(piece))
        buffer[: len(piece)] = piece
        return len(piece)


@contextmanager
def open_zip(stream: IO[bytes], *, name: str) -> Iterator[tuple[zipfile.ZipFile, Budget]]:
    """The archive and its budget, which all members share: overlapping ones are no way round it.

    Raises SourceError, or what zipfile raises, when it cannot be opened.
    """
    with with_places(stream) as file, zipfile.ZipFile(file) as archive:
        budget = Budget(name=name)
        budget.packed = file.seek(0, io.SEEK_END)
        yield archive, budget


def documents_of(archive: zipfile.ZipFile, *, name: str) -> list[zipfile.ZipInfo]:
    """The files of the archive by name, hidden ones left out.

    Raises SourceError when there is none or the archive is itself a document.
    """
    members = sorted((member for member in archive.infolist() if not member.is_dir()), key=lambda m: m.filename)
    if {"[Content_Types].xml", "mimetype"} & {member.filename for member in members}:
        raise SourceError("unsupported", f"{name}: is an office document or e-book, which this version does not read")
    members = [m for m in members if not any(part.startswith((".", "__MACOSX")) for part in m.filename.split("/"))]
    if not members:
        raise SourceError("empty", f"{name}: the archive holds no file")
    return members


def open_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, *, name: str, budget: Budget) -> IO[bytes]:
    """One file of the archive, counted. Raises SourceError when it is damaged, locked or packed in a way unknown here."""
    try:
        return io.BufferedReader(_Counted(archive.open(member), budget))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as err:
        raise SourceError("archive", f"{name}: cannot be unpacked: {err}") from err


@contextmanager
def with_places(stream: IO[bytes]) -> Iterator[IO[bytes]]:
    """The same bytes in a file in which one can go to and fro: itself, or a temporary one, which is gone afterwards."""
    if stream.seekable():
        stream.seek(0)
        yield stream
        return
    with SpooledTemporaryFile(max_size=SPOOL) as spool:
        while piece := stream.read(PIECE):
            spool.write(piece)
        spool.seek(0)
        yield cast(IO[bytes], spool)
