"""How a place's name is made comparable: letters without accents, in lower case, with the spellings of the press made one."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

REMEMBERED = 65_536  # names whose keys are kept: a page repeats its names
_LETTERS = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss"}
    | {"æ": "ae", "Æ": "Ae", "œ": "oe", "þ": "th", "ð": "d"}
)
_APOSTROPHES = re.compile(r"['’‘`ʻʼʿʾ′]+")
_SEPARATORS = re.compile(r"[\s\-‐‑–—/.,]+")
_INITIALS = re.compile(r"\b(?:\w\.\s?){2,}")
_PREFIXES = {"saint": "st", "sainte": "ste", "mount": "mt", "fort": "ft"}
_ARABIC = frozenset({"al", "el", "ad", "an", "ar", "as", "ash", "at", "az"})


@lru_cache(maxsize=REMEMBERED)
def name_key(name: str) -> str:
    """The form of a name under which the gazetteer keeps it; empty when it has no letters.

    "El-Fasher", "Al Fasher" and "al-Fashir" differ only in what `name_key` cannot know: the article is one, the vowels are not.
    """
    if "." in name:
        name = _INITIALS.sub(lambda match: match[0].replace(".", "").replace(" ", "") + " ", name)
    plain = name if name.isascii() else _without_accents(name)
    words = _SEPARATORS.sub(" ", _APOSTROPHES.sub("", plain)).casefold().split()
    if len(words) > 1:
        if words[0] == "the":
            words = words[1:]
        words[0] = "al" if words[0] in _ARABIC and len(words) > 1 else _PREFIXES.get(words[0], words[0])
    return " ".join(words)


def _without_accents(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.translate(_LETTERS))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def is_latin(name: str) -> bool:
    """Whether a name is written in Latin letters and the way a name is: beginning with a capital, without figures."""
    letters = [letter for letter in name if letter.isalpha()]
    if not letters or not any(letter.isupper() for letter in name[:4]) or any(letter.isdigit() for letter in name):
        return False
    return all(ord(letter) < 0x250 or 0x1E00 <= ord(letter) < 0x1F00 or not letter.isalpha() for letter in letters)
