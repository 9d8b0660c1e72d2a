"""Small operations on text that several rooms share; offsets are code points."""

from __future__ import annotations

import hashlib
import re

BLANKS = re.compile(r"\s+")


def one_line(text: str) -> str:
    """The text with every run of white space made one blank, and none at the ends."""
    return BLANKS.sub(" ", text).strip()


def stable_hash(*parts: str | None) -> str:
    """A document id from its content: 16 hexadecimal digits, the same on every machine and in every version of Python."""
    joined = "\x1f".join(part or "" for part in parts)
    return hashlib.blake2b(joined.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
