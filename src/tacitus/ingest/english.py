"""Whether a text is English. Function words decide the clear cases at no cost; py3langid, loaded only then, the others."""

from __future__ import annotations

import re
from functools import cache

from tacitus.resources import data_path, load_tsv

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
SAMPLE = 20_000
ENGLISH_SHARE = 0.22
"""Share of English function words from which a text is taken for English: news has 0.35 to 0.5, other languages under 0.15."""
FEW_WORDS = 12
"""Shorter texts are called foreign only when the model is very sure."""
MARGIN, MARGIN_SHORT = 5.0, 30.0
"""By how much (natural log) another language must beat English."""


def is_english(text: str, *, declared: str | None = None) -> bool | None:
    """True or False where it can be told, None for a text without words. `declared`: the language the input names, e.g. "en-GB"."""
    if declared and declared.strip():
        return declared.strip().lower().replace("_", "-").split("-")[0] in {"en", "eng", "english"}
    sample = text[:SAMPLE]
    words = [word.lower().replace("’", "'") for word in _WORD.findall(sample)]
    if not words:
        return None
    share = sum(word in _function_words() for word in words) / len(words)
    if share >= ENGLISH_SHARE:
        return True
    return _model_says_english(sample, short=len(words) < FEW_WORDS, share=share)


def _model_says_english(sample: str, *, short: bool, share: float) -> bool:
    from py3langid import rank

    scores = dict(rank(sample))
    best = max(scores.values())
    margin = MARGIN_SHORT if short else MARGIN
    return bool(best - scores["en"] < margin) if share or short else bool(scores["en"] >= best)


@cache
def _function_words() -> frozenset[str]:
    rows = load_tsv(data_path("ingest", "function_words.tsv"), ("language", "words"))
    return frozenset(next(row["words"] for row in rows if row["language"] == "en").split())
