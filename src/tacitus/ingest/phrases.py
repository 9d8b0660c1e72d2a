"""The phrases that mark the furniture of a news page, and the function words that mark prose: loaded once from `data/ingest/`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from tacitus.errors import DataError
from tacitus.resources import data_path, load_tsv

CATEGORIES = (
    "navigation",
    "account",
    "cookie-notice",
    "newsletter",
    "comments",
    "share",
    "related",
    "advertisement",
    "footer",
    "caption",
    "byline",
    "dateline",
)
MATCHES = ("whole", "start", "within")
_TOKEN = re.compile(r"[^\W_]+(?:['.&-][^\W_]+)*|[©@:(/&|]")
_WORD = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found in a piece of text: its category and how it matched (whole · start · within)."""

    category: str
    match: str


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrase list, ready for look-up: for each way of matching, the first token to the rest of each phrase and its categories."""

    whole: Mapping[tuple[str, ...], tuple[str, ...]]
    start: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    within: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    function_words: frozenset[str]

    def hits(self, text: str) -> frozenset[Hit]:
        """Every category that `text` hits, with the way it matched. A whole match does not count as the other two again."""
        tokens = tokenize(text)
        if not tokens:
            return frozenset()
        core = tuple(token for token in tokens if _WORD.search(token))
        whole = self.whole.get(core, ()) or self.whole.get(tuple(tokens), ())
        if whole:
            return frozenset(Hit(category, "whole") for category in whole)
        found = {Hit(category, "start") for category in _matching(tokens, 0, index=self.start)}
        for position in range(len(tokens)):
            found.update(Hit(category, "within") for category in _matching(tokens, position, index=self.within))
        return frozenset(found)

    def is_function_word(self, word: str) -> bool:
        """Whether the word (any case) is a frequent function word of a language we know."""
        return word.lower().replace("’", "'") in self.function_words


def tokenize(text: str) -> list[str]:
    """Lower-case words and the few signs that phrases use, in order."""
    return _TOKEN.findall(text.lower().replace("’", "'"))


@cache
def load_phrases() -> Phrases:
    """Read and check the two lists.

    Raises DataError naming the line of an unknown category or way of matching, or of a phrase without a word.
    """
    path = data_path("ingest", "phrases.tsv")
    whole: dict[tuple[str, ...], tuple[str, ...]] = {}
    by_first: dict[str, dict[str, tuple[tuple[tuple[str, ...], str], ...]]] = {"start": {}, "within": {}}
    for row in load_tsv(path, ("category", "match", "phrase")):
        tokens = tuple(tokenize(row["phrase"]))
        if row["category"] not in CATEGORIES or row["match"] not in MATCHES or not tokens:
            raise DataError(f"{path}:{row['']}: unknown category or match, or a phrase without a word")
        if row["match"] == "whole":
            core = tuple(token for token in tokens if _WORD.search(token)) or tokens
            whole[core] = tuple(dict.fromkeys((*whole.get(core, ()), row["category"])))
        else:
            index = by_first[row["match"]]
            index[tokens[0]] = (*index.get(tokens[0], ()), (tokens[1:], row["category"]))
    return Phrases(whole=whole, start=by_first["start"], within=by_first["within"], function_words=_function_words())


def _function_words() -> frozenset[str]:
    rows = load_tsv(data_path("ingest", "function_words.tsv"), ("language", "words"))
    return frozenset(word for row in rows for word in row["words"].split())


def _matching(
    tokens: list[str], position: int, *, index: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
) -> list[str]:
    """Categories of the indexed phrases that begin at this position."""
    candidates = index.get(tokens[position], ())
    return [cat for rest, cat in candidates if tuple(tokens[position + 1 : position + 1 + len(rest)]) == rest]
