"""Where a one-line page has its seams: a logistic model over the gaps between words, and sentence ends.

A page on one line has lost the borders between menu entries, headline, byline and first sentence. Each gap between two words
is described by the shape of the words around it; `data/ingest/gaps.tsv` holds the weight of each feature (trained in
`training/pages/`). A gap whose probability reaches the threshold, and every sentence end, is a cut.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from tacitus.ingest.phrases import Phrases
from tacitus.resources import data_path, load_tsv

_ABBREVIATION = re.compile(
    r"""^["'“‘(\[]*(?:[A-Z]|[A-Z](?:\.[A-Za-z])+|Mr|Mrs|Ms|Dr|St|Sen|Rep|Gov|Gen|Col|Lt|Sgt|Capt|Maj|Adm|Prof|Rev|Hon|Jr|Sr|vs|No|Inc|Co|Corp|Ltd"""
    r"""|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Calif|Ill|Fla|Tex|Conn|Mass|Mich|Minn|Wash|Pa|Va|Ga|Ala|Ariz|Colo|Del"""
    r"""|Ind|Kan|Ky|La|Md|Mo|Mont|Neb|Nev|Okla|Ore|Tenn|Wis|Wyo|Ave|Rd|Blvd|Ft|Mt)\.$"""
)
_END = re.compile(r"""([.!?…。！？])["'”’»)\]]*$""")
_MONTH = re.compile(r"^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?,?$", re.IGNORECASE)
_CLOCK = re.compile(r"^(?:\d{1,2}[:.]\d{2}(?:[ap]m)?|[ap]\.?m\.?,?|[ECMP][SD]?T|GMT|UTC|BST|ago)$", re.IGNORECASE)
_YEAR = re.compile(r"^(?:19|20)\d\d[,.]?$")
_TOKEN = re.compile(r"\S+")
WINDOW = 6
MIN_OPENING, MAX_OPENING = 4, 40
"""Words of a headline that is recognised because it stands on the page again."""


@dataclass(frozen=True, slots=True)
class GapModel:
    """Weights of the gap features and the probability from which a gap is cut."""

    weights: Mapping[str, float]
    threshold: float

    def cut(self, line: str, *, phrases: Phrases) -> list[str]:
        """The pieces of the line, in order; joined by blanks they are the line again (runs of white space made one)."""
        tokens = _TOKEN.findall(line)
        pieces: list[str] = []
        spans = _headline_spans(tokens)
        forced = {border for span in spans for border in span}
        inside = {gap for start, end in spans for gap in range(start + 1, end)}
        begin = 0
        for gap, features in enumerate(gap_features(tokens, phrases=phrases), 1):
            is_seam = is_sentence_end(tokens[gap - 1], tokens[gap]) or self.probability(features) >= self.threshold
            if gap in forced or (is_seam and gap not in inside):
                pieces.append(" ".join(tokens[begin:gap]))
                begin = gap
        if tokens:
            pieces.append(" ".join(tokens[begin:]))
        return pieces

    def probability(self, features: Sequence[str]) -> float:
        """Chance that two blocks of the page meet at the gap with these features."""
        score = sum(self.weights.get(feature, 0.0) for feature in features)
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))


@cache
def load_gap_model() -> GapModel:
    """The shipped weights, read once."""
    rows = load_tsv(data_path("ingest", "gaps.tsv"), ("feature", "weight"))
    weights = {row["feature"]: float(row["weight"]) for row in rows}
    return GapModel(weights=weights, threshold=weights.pop("(threshold)"))


def _headline_spans(tokens: Sequence[str]) -> list[tuple[int, int]]:
    """Where the opening of the line that stands on it again, the headline, stands: (first word, word after the last)."""
    length = repeated_opening(tokens)
    opening = tokens[:length]
    if not length:
        return []
    return [(j, j + length) for j in range(len(tokens) - length + 1) if tokens[j : j + length] == opening]


def repeated_opening(tokens: Sequence[str]) -> int:
    """The number of words of the longest opening of a one-line page that stands on it again; 0 when there is none.

    Crude scrapers put the page title first; the headline repeats it.
    """
    best = 0
    for j in range(1, len(tokens)):
        length = 0
        while length < min(j, len(tokens) - j, MAX_OPENING) and tokens[length] == tokens[j + length]:
            length += 1
        best = max(best, length)
    return best if best >= MIN_OPENING else 0


def is_sentence_end(word: str, following: str) -> bool:
    """Whether a sentence may end between the two words."""
    if not _END.search(word) or _ABBREVIATION.match(word):
        return False
    return not following[0].islower()


def gap_features(tokens: Sequence[str], *, phrases: Phrases) -> Iterator[list[str]]:
    """For each gap between neighbouring words, the names of its features."""
    shapes = [_shape(token) for token in tokens]
    functions = [phrases.is_function_word(token.strip("\"'“”‘’(),.:;")) for token in tokens]
    lower = [shape == "lower" for shape in shapes]
    left = _runs(lower)
    right = _runs(lower[::-1])[::-1]
    bigrams = Counter(pairwise(tokens))
    trigrams = Counter(zip(tokens, tokens[1:], tokens[2:], strict=False))
    for i in range(len(tokens) - 1):
        a, b = _kind(tokens[i], shapes[i], functions[i]), _kind(tokens[i + 1], shapes[i + 1], functions[i + 1])
        before = _kind(tokens[i - 1], shapes[i - 1], functions[i - 1]) if i else "edge"
        after = _kind(tokens[i + 2], shapes[i + 2], functions[i + 2]) if i + 2 < len(tokens) else "edge"
        end = _ending(tokens[i])
        prose_left = sum(lower[max(0, i - WINDOW + 1) : i + 1])
        prose_right = sum(lower[i + 1 : i + 1 + WINDOW])
        here = bigrams[tokens[i], tokens[i + 1]] > 1
        starts = i + 3 < len(tokens) and trigrams[tokens[i + 1], tokens[i + 2], tokens[i + 3]] > 1
        ends = i >= 2 and trigrams[tokens[i - 2], tokens[i - 1], tokens[i]] > 1
        yield [
            "bias",
            f"a={a}|end={end}",
            f"b={b}",
            f"a={a}|b={b}|end={end}",
            f"b={b}|c={after}",
            f"z={before}|a={a}",
            f"a={a}|b={b}|c={after}",
            f"z={before}|a={a}|b={b}",
            f"left={min(left[i], 9)}",
            f"right={min(right[i + 1], 9)}",
            f"prose={prose_left}:{prose_right}",
            f"b={b}|prose={prose_left // 2}:{prose_right // 2}",
            f"repeat={here:d}{starts:d}{ends:d}",
            f"first={tokens[i + 1].lower()}" if functions[i + 1] and shapes[i + 1] != "lower" else "first=-",
            f"whole={_whole(tokens[i + 1 : i + 2], phrases)}|before={_whole(tokens[i : i + 1], phrases)}",
            f"pair={_whole(tokens[i + 1 : i + 3], phrases)}|before={_whole(tokens[max(0, i - 1) : i + 1], phrases)}",
        ]


def _whole(tokens: Sequence[str], phrases: Phrases) -> str:
    core = tuple(token.lower().strip(".,:;") for token in tokens)
    return (phrases.whole.get(core) or ("-",))[0]


def _runs(lower: Sequence[bool]) -> list[int]:
    """For each word, how many words without lower-case beginning end with it."""
    runs, length = [], 0
    for is_lower in lower:
        length = 0 if is_lower else length + 1
        runs.append(length)
    return runs


def _kind(token: str, shape: str, is_function: bool) -> str:
    if _YEAR.match(token):
        return "year"
    if _CLOCK.match(token):
        return "clock"
    if shape != "lower" and _MONTH.match(token):
        return "month"
    return f"{shape}-f" if is_function else shape


def _shape(token: str) -> str:
    core = token.strip("\"'“”‘’()[]{}«»,.;:!?…*")
    if not core:
        return "sign"
    if core[0].isdigit():
        return "number"
    if not any(character.isalpha() for character in core):
        return "sign"
    if core[0].islower():
        return "lower"
    if len(core) > 1 and core.isupper():
        return "upper"
    return "title" if core[0].isupper() else "other"


def _ending(token: str) -> str:
    if _ABBREVIATION.match(token):
        return "abbreviation"
    if match := _END.search(token):
        return match.group(1)
    return token[-1] if not token[-1].isalnum() else "-"
