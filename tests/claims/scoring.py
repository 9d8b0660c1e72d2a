"""Score claims against `gold/attribution.jsonl`: 200 sentences of our own, written before the program read them.

A claim is found when its content shares at least half of its words (F1) with a claim of the program; the speaker is right when the words
do the same, or when neither has one. A sentence's claims are matched one to one, the best pairs first.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tacitus.records import Claim, Span

GOLD = Path(__file__).with_name("gold") / "attribution.jsonl"
ENOUGH = 0.5

_WORD = re.compile(r"\w+")


@dataclass
class Tally:
    """Counts of one kind of attribution."""

    gold: int = 0
    coded: int = 0
    found: int = 0
    speaker_right: int = 0

    @property
    def recall(self) -> float:
        """Share of the gold claims that were found with the right speaker."""
        return self.speaker_right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """Found claims, whoever speaks: harmonic mean of precision and recall."""
        return 2 * self.found / (self.gold + self.coded) if self.gold + self.coded else 1.0


def read_gold(path: Path = GOLD) -> list[dict[str, Any]]:
    """The sentences: `kind`, `text`, `claims` of `speaker`, `cue` and `content` as words of the text."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def score(sentences: Iterable[dict[str, Any]], code: Callable[[str], Sequence[Claim]]) -> dict[str, Tally]:
    """Tallies by kind."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for sentence in sentences:
        _score_sentence(sentence, code(sentence["text"]), tallies[sentence["kind"]])
    return tallies


def _score_sentence(sentence: dict[str, Any], claims: Sequence[Claim], tally: Tally) -> None:
    text = sentence["text"]
    tally.gold += len(sentence["claims"])
    tally.coded += len(claims)
    gold = [(_offsets_of(text, claim["content"]), claim) for claim in sentence["claims"]]
    coded = [(_offsets(text, claim.content), claim) for claim in claims]
    pairs = sorted(
        ((_f1(words, other), i, j) for i, (words, _) in enumerate(gold) for j, (other, _) in enumerate(coded)),
        reverse=True,
    )
    taken: set[tuple[str, int]] = set()
    for likeness, i, j in pairs:
        if likeness < ENOUGH or ("gold", i) in taken or ("coded", j) in taken:
            continue
        taken |= {("gold", i), ("coded", j)}
        tally.found += 1
        tally.speaker_right += _is_speaker(text, gold[i][1]["speaker"], coded[j][1].speaker_span)


def _is_speaker(text: str, gold: str | None, coded: Span | None) -> bool:
    if gold is None or coded is None:
        return gold is None and (coded is None or coded.of(text) == "It")
    return _f1(_offsets_of(text, [gold]), _offsets(text, [coded])) >= ENOUGH


def _offsets_of(text: str, pieces: Sequence[str]) -> set[int]:
    return _offsets(text, [Span(text.index(piece), text.index(piece) + len(piece)) for piece in pieces])


def _offsets(text: str, spans: Iterable[Span]) -> set[int]:
    return {match.start() for span in spans for match in _WORD.finditer(text, span.start, span.end)}


def _f1(one: set[int], two: set[int]) -> float:
    return 2 * len(one & two) / (len(one) + len(two)) if one and two else 0.0
