"""WARC files: each record of a page is a document. FastWARC reads a record; finding the next one after a damaged record is done here.

Pages are records of type response, resource or conversion (plain text of Common Crawl) with status 200 that hold HTML or plain text;
other records (requests, images, redirects) are no documents.
"""

from __future__ import annotations

import io
import logging
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import IO, Any

from tacitus.errors import SourceError
from tacitus.ingest.decode import decode
from tacitus.ingest.documents import MAX_PAGE, article_from_dict, article_from_text, failed
from tacitus.records import Article

logger = logging.getLogger("tacitus")

MAX_RECORD = 16 * MAX_PAGE
"""Bytes of one record; longer ones are films and archives."""
MAX_HEADER = 65536
PIECE = 65536
_START = re.compile(rb"\n(?=WARC/\d)")
_LENGTH = re.compile(rb"^Content-Length:[ \t]*(\d{1,15})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_TYPE = re.compile(rb"^WARC-Type:[ \t]*(?:response|resource|conversion)[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_NAME = re.compile(rb"^WARC-(?:Target-URI|Record-ID):[ \t]*(\S+)", re.IGNORECASE | re.MULTILINE)
_PAGES = ("text/html", "application/xhtml+xml", "text/plain", "")


@dataclass(frozen=True, slots=True)
class _Fault:
    """A place where no record could be read."""

    message: str


def read_warc(stream: IO[bytes], *, name: str) -> Iterator[Article]:
    """The pages of a WARC file, one at a time; each record that cannot be read is an Article with `error` that names it.

    Raises SourceError when FastWARC is not installed.
    """
    try:
        from fastwarc.warc import ArchiveIterator
    except ImportError as err:
        raise SourceError("unsupported", f"{name}: to read WARC files: pip install 'tacitus[warc]'") from err
    for number, item in enumerate(_Frames(stream), 1):
        where = f"{name}[{number}]"
        if isinstance(item, _Fault):
            yield failed(SourceError("warc", f"{where}: {item.message}"), name=where)
            continue
        try:
            for record in ArchiveIterator(io.BytesIO(item), parse_http=True, auto_decode="all"):
                yield from _page(record, name=where)
        except SourceError as err:
            yield failed(err, name=where)
        except (OSError, ValueError, zlib.error) as err:
            yield failed(SourceError("warc", f"{where}: {_named(item)} cannot be read: {err}"), name=where)


class _Frames:
    """The bytes of each record of a page, or a fault; after a fault the search goes on at the next line that begins a record."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._buffer = b""
        self._fault: str | None = None

    def __iter__(self) -> Iterator[bytes | _Fault]:
        while True:
            self._buffer = self._buffer.lstrip(b"\r\n")
            if not self._buffer and not self._more():
                if self._fault is None:
                    return
                yield self._named_fault("a record cannot be unpacked")
                continue
            if self._buffer[:5] != b"WARC/"[: len(self._buffer)]:
                yield self._named_fault("not a WARC record where one should begin")
                self._resync()
            elif (item := self._record()) is not None:
                yield item

    def _record(self) -> bytes | _Fault | None:
        """The record at the head of the buffer, None when it is no page."""
        end = self._find_header_end()
        header = self._buffer[:end]
        length = _LENGTH.search(header)
        if end < 0 or length is None:
            return self._broken("the header of a record is damaged")
        size = end + int(length[1])
        is_page = _TYPE.search(header) is not None
        if size > MAX_RECORD:
            return self._skip(size, header, is_page=is_page)
        while len(self._buffer) < size + 4 and self._more():
            pass
        if len(self._buffer) < size:
            return self._broken(f"{_named(header)} is damaged or cut off")
        after = self._buffer[size : size + 4]
        if after.strip(b"\r\n") and not after.lstrip(b"\r\n").startswith(b"WARC/"[: len(after.lstrip(b"\r\n"))]):
            return self._broken(f"{_named(header)} is not as long as it says")
        record, self._buffer = self._buffer[:size], self._buffer[size:]
        return record + b"\r\n\r\n" if is_page else None

    def _skip(self, size: int, header: bytes, *, is_page: bool) -> _Fault | None:
        """Pass over a record that is too long."""
        rest = size - len(self._buffer)
        self._buffer = self._buffer[size:]
        while rest > 0 and self._more():
            rest, self._buffer = rest - len(self._buffer), self._buffer[rest:]
        return _Fault(f"{_named(header)} is longer than {MAX_RECORD:,} bytes") if is_page else None

    def _broken(self, message: str) -> _Fault:
        fault = self._named_fault(message)
        self._resync()
        return fault

    def _named_fault(self, message: str) -> _Fault:
        cause, self._fault = self._fault, None
        return _Fault(f"{message} ({cause})" if cause else message)

    def _resync(self) -> None:
        """Drop what stands before the next line that begins a record."""
        while (found := _START.search(self._buffer)) is None:
            self._buffer = self._buffer[-8:]
            if not self._more():
                self._buffer = b""
                return
        self._buffer = self._buffer[found.end() :]

    def _find_header_end(self) -> int:
        while True:
            found = re.search(rb"\r?\n\r?\n", self._buffer[:MAX_HEADER])
            if found:
                return found.end()
            if len(self._buffer) > MAX_HEADER or not self._more():
                return -1

    def _more(self) -> bool:
        """Read on; a damaged member of a packed file ends the record it stands in."""
        if self._fault is not None:
            return False
        try:
            piece = getattr(self._stream, "read1", self._stream.read)(PIECE)
        except (zlib.error, EOFError) as err:
            self._fault = str(err)
            self._buffer += b"\n"  # what comes after the damage begins a line
            return False
        self._buffer += piece
        return bool(piece)


def _page(record: Any, *, name: str) -> Iterator[Article]:
    http = record.http_headers
    kind = (record.http_content_type if http is not None else record.headers.get("Content-Type", "")) or ""
    kind = kind.split(";")[0].strip().lower()
    if (http is not None and http.status_code != 200) or kind not in _PAGES:
        logger.info("%s: no page (%s)", name, kind)
        return
    url = (record.headers.get("WARC-Target-URI") or "").strip("<>") or None
    where = f"{name} {url}" if url else name
    text = decode(record.reader.read(), name=where, charset=record.http_charset if http is not None else None)
    identifier = (record.headers.get("WARC-Record-ID") or "").strip("<>").removeprefix("urn:uuid:") or None
    if kind == "text/plain":
        page = article_from_text(text, name=where)
        yield replace(page, id=identifier or page.id, url=url)
    else:
        yield article_from_dict({"id": identifier, "html": text, "url": url}, name=where)


def _named(record: bytes) -> str:
    """What the record calls itself."""
    header = record[:MAX_HEADER].split(b"\r\n\r\n", 1)[0]
    found = {line.group(0)[:12].lower(): line.group(1) for line in _NAME.finditer(header)}
    name = found.get(b"warc-target-") or found.get(b"warc-record-")
    return f"the record of {name.decode('utf-8', 'replace')}" if name else "the record"
