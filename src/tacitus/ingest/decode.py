"""Bytes to text: byte order marks, UTF-8, the charset the server or the page declares, and last a careful guess."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from tacitus.errors import SourceError

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"""<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE
)
_WIDER = {"iso-8859-1": "cp1252", "latin1": "cp1252", "gb2312": "gb18030"}
"""What browsers read in place of a declared charset."""
_HEAD = 4096
_GUESSED_FROM = 65536
"""Bytes that the guess looks at; more is slow and changes nothing."""
MIN_ZEROS = 0.2
"""Share of zero bytes from which text may be UTF-16 without a mark; binary data has fewer or fails to decode."""
MAX_WESTERN = 0.1
"""Share of bytes beyond ASCII up to which a page is taken for Western: guessing needs many such bytes to be right."""
MAX_CONTROLS = 0.02
"""Share of control characters from which decoded bytes are taken for binary."""


def has_bom(data: bytes) -> bool:
    """Whether the bytes begin with a byte order mark."""
    return data.startswith(tuple(bom for bom, _ in _BOMS))


def decode(data: bytes, *, name: str, charset: str | None = None) -> str:
    """The text of a document. `charset` is what the server said of it.

    Raises SourceError `binary` when the bytes are no text, `encoding` when no charset reads them; both name the document.
    """
    text = _decode(data, charset=charset)
    if text is None:
        raise SourceError(
            "encoding", f"{name}: the bytes are not UTF-8 and fit no known charset; convert the file to UTF-8"
        )
    if _looks_binary(text):
        raise SourceError("binary", f"{name}: holds binary data, not text")
    return text


def _decode(data: bytes, *, charset: str | None) -> str | None:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _try(data, encoding)
    if data[:_HEAD].count(0) > MIN_ZEROS * len(data[:_HEAD]) and len(data) % 2 == 0:
        return _try(data, _utf16_order(data[:_HEAD])) or data.decode("latin-1")
    text = _try(data, "utf-8")
    if text is not None:
        return text
    declared = _DECLARED.search(data[:_HEAD])
    stated = [charset] if charset else []
    for encoding in [*stated, *([declared.group(1).decode("ascii")] if declared else [])]:
        text = _try(data, _WIDER.get(encoding.lower(), encoding))
        if text is not None:
            return text
    return _guess(data)


def _guess(data: bytes) -> str | None:
    """Mostly UTF-8 with a few broken bytes, else what charset-normalizer finds, else Windows Latin."""
    lenient = data.decode("utf-8", "replace")
    if lenient.count("\ufffd") <= 0.001 * len(lenient):
        return lenient
    if sum(byte >= 0x80 for byte in data[:_GUESSED_FROM]) <= MAX_WESTERN * len(data[:_GUESSED_FROM]):
        return _try(data, "cp1252") or data.decode("latin-1")
    best = from_bytes(data[:_GUESSED_FROM]).best()
    text = _try(data, best.encoding) if best is not None else None
    return text if text is not None else data.decode("latin-1")


def _utf16_order(head: bytes) -> str:
    """UTF-16 without a mark: in Latin script one byte of each pair is zero; which one tells the order."""
    return "utf-16-be" if head[::2].count(0) > head[1::2].count(0) else "utf-16-le"


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _looks_binary(text: str) -> bool:
    sample = text[:20000]
    controls = sum((character < " " and character not in "\t\n\r\f\x1b") or character == "\x7f" for character in sample)
    return controls > MAX_CONTROLS * max(len(sample), 1)
