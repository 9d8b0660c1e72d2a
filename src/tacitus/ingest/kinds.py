"""What a source is, from its first bytes; the name counts only where the bytes leave it open."""

from __future__ import annotations

import json
import re
from collections.abc import Collection

from tacitus.ingest.decode import has_bom

HEAD = 65536
"""Bytes looked at."""
_MAGIC = (
    (b"\x1f\x8b", "gzip"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"%PDF-", "a PDF document"),
    (b"PAR1", "parquet"),
    (b"WARC/", "warc"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0", "an Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\x7fELF", "a program"),
)
_FEED = re.compile(r"<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_HTML = re.compile(
    r"<!doctype\s+html|<(?:html|head|body|article|main|section|div|p|h1|title|meta|span|table|a|br|script|header|nav)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_COLUMNS = frozenset(
    ("id", "text", "title", "url", "html", "published", "publisher", "language", "date", "body", "content", "headline")
)
READ = frozenset(("gzip", "zip", "html", "text", "jsonl", "json", "csv", "parquet", "warc", "feed", "empty"))
"""Kinds this version reads; any other kind is a phrase that says what the source is."""


def kind_of(head: bytes, *, name: str, columns: Collection[str] = ()) -> str:
    """One of `READ`, or a phrase for what is not read: "a PDF document". `head`: the first bytes; `name` breaks ties only; `columns`:
    names that a table's header would hold.
    """
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if not head.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        return "empty"
    text = _peek(head).lstrip("\ufeff \t\r\n")
    if text[:1] in ("{", "[") and (json_kind := _json_kind(text, name=name)):
        return json_kind
    if name.lower().removesuffix(".gz").endswith((".jsonl", ".ndjson")):
        return "jsonl"
    if text.startswith("<") or name.lower().endswith((".html", ".htm", ".xhtml")):
        return _markup_kind(text)
    if _is_table(text, name=name, columns=columns):
        return "csv"
    return "html" if re.search(r"<(?:html|body|!doctype html)\b", text[:4096], re.IGNORECASE) else "text"


def _peek(head: bytes) -> str:
    """A rough decoding, enough to see markup."""
    if has_bom(head) and not head.startswith(b"\xef\xbb\xbf"):
        return head.decode("utf-16" if head[:4] not in (b"\xff\xfe\0\0", b"\0\0\xfe\xff") else "utf-32", "replace")
    return head.replace(b"\0", b"").decode("utf-8", "replace")


def _json_kind(text: str, *, name: str) -> str | None:
    """`jsonl` when the first line is a whole JSON object, `json` for one document over several lines or an array, None for prose."""
    first = text.split("\n", 1)[0].strip()
    if text[0] == "{":
        if _is_json(first) or len(first) >= HEAD // 2:
            return "jsonl"
        if re.match(r"\{\s*(?:\"|\})", text):
            return (
                "json"
                if re.match(r"\{\s*(?:\n|$)", text) or not re.match(r"\{.*\}\s*\n\s*\{", text, re.DOTALL)
                else "jsonl"
            )
        return "jsonl" if name.lower().endswith((".jsonl", ".ndjson", ".json")) else None
    return "json" if re.match(r"\[\s*[{\]]", text) else None


def _is_json(line: str) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _markup_kind(text: str) -> str:
    if _FEED.search(text[:4096]) and not re.search(r"<html\b", text[:4096], re.IGNORECASE):
        return "feed"
    if _HTML.search(text):
        return "html"
    return "an XML document" if text.startswith("<?xml") else "text"


def _is_table(text: str, *, name: str, columns: Collection[str]) -> bool:
    """A header line of bare column names, two or more of them ours or all that were asked for; or a name that says so over cells."""
    header = text.split("\n", 1)[0].strip()
    asked = {column.lower() for column in columns}
    for separator in ("\t", ",", ";", "|"):
        cells = [cell.strip().strip('"').lower() for cell in header.split(separator)]
        if (
            len(cells) >= 2
            and len(_COLUMNS.intersection(cells)) >= 2
            and all(len(cell) <= 30 and " " not in cell for cell in cells)
        ):
            return True
        if len(cells) >= 2 and (name.lower().endswith((".csv", ".tsv")) or (asked and asked.issubset(cells))):
            return True
    return False
