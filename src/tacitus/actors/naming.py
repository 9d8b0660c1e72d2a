"""Names that follow from names: the family name somebody is called by, "UN" for "United Nations"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from tacitus.actors.tables import fold

ORDINAL = re.compile(r"[IVX]+")
SUFFIXES = frozenset({"Jr", "Jr.", "Sr", "Sr.", "II", "III"})
PARTICLES = frozenset(
    {"al", "el", "ben", "bin", "ibn", "da", "de", "del", "della", "den", "der", "di",
     "do", "dos", "du", "la", "le", "ten", "ter", "van", "von", "zu"}
)  # fmt: skip
ARTICLE = re.compile(r"(?:a[dhlnrstz]|ash|e[dlnrs]|es|ez)-(?=\w)", re.IGNORECASE)
FAMILY_FIRST = frozenset({"CHN", "HKG", "KOR", "PRK", "TWN"})
CALLED_BY_FIRST = frozenset({"ERI", "ETH", "MYS", "THA"})
LONGEST_FAMILY = (
    5  # letters of a Chinese or Korean family name in Latin script; a longer first word is a Western given name
)
UNITED_NATIONS = "United Nations "


def family_names(name: str, *, country: str, given: Collection[str]) -> list[str]:
    """What newsrooms call somebody after the first mention. Nothing for kings and popes: "V" of "Mohammed V" is no name.

    Where the family name comes first (Xi Jinping) or people go by their own name (Abiy Ahmed), the first word; with and without
    particle and article: "von der Leyen", "al-Assad" and "Assad". `given` are the folded given names that are known.
    """
    words = name.split()
    while len(words) > 2 and words[-1] in SUFFIXES:
        words.pop()
    if len(words) < 2 or ORDINAL.fullmatch(words[-1]):
        return []
    first = words[0]
    if country in FAMILY_FIRST and len(first) <= LONGEST_FAMILY and fold(first) not in given:
        return [first]
    start = len(words) - 1
    while start > 1 and words[start - 1] in PARTICLES:
        start -= 1
    found = [" ".join(words[start:]), words[-1], ARTICLE.sub("", words[-1])]
    return list(dict.fromkeys(found + ([first] if country in CALLED_BY_FIRST else [])))


def united_nations(names: Iterable[str]) -> Iterator[str]:
    """The short forms of names that begin with the United Nations."""
    for name in names:
        if name.startswith(UNITED_NATIONS):
            rest = name.removeprefix(UNITED_NATIONS)
            yield from (f"UN {rest}", f"U.N. {rest}")
