"""JSON Lines as a stream, and single JSON values: an object is a document, a list holds several."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO

from tacitus.errors import SourceError
from tacitus.ingest.documents import MAX_BYTES, article_from_dict, failed
from tacitus.ingest.kinds import HEAD
from tacitus.records import Article


def read_json(text: str, *, name: str) -> Iterator[Article]:
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


def read_lines(stream: IO[bytes], *, name: str) -> Iterator[Article]:
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
