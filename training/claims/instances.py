"""Training cases from articles with attributed claims: which candidate is a cue, which phrase is content or source.

A gold cue of several words stands for its candidate whose phrases can cover the gold content best. A candidate inside the content of a
gold claim is no counter-example: the corpus does not annotate claims inside claims.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tacitus.claims.arguments import Argument, find_arguments, may_be_source
from tacitus.claims.candidates import find_candidates
from tacitus.claims.features import argument_features, companions, cue_features, word_features
from tacitus.claims.lexicon import ClaimLexicon
from tacitus.claims.quotes import Quotes, find_quotes
from tacitus.claims.tree import Tree, build_trees
from tacitus.language.document import Parse, Token
from training.claims.fit import CaseTable

WORD = re.compile(r"\w+")
MOSTLY = 0.5  # share of a phrase's words that must be gold for the phrase to count


Cases = dict[str, CaseTable]
"""The cases of each model: cue, content, source."""


@dataclass
class Coverage:
    """How many gold claims have a candidate at all, and the best content F1 their phrases could give."""

    claims: int = 0
    reachable: int = 0
    covered: int = 0
    missed: dict[str, int] = field(default_factory=dict)


def collect(article: Mapping[str, Any], parse: Parse, lexicon: ClaimLexicon, cases: Cases, coverage: Coverage) -> None:
    """Add the cases of one article."""
    text = article["text"]
    quotes = find_quotes(text)
    trees = build_trees(parse, quotes)
    candidates = {
        (tree.sentence.index, cue.index): (tree, cue) for tree in trees for cue in find_candidates(tree, lexicon)
    }
    inside = (
        set().union(*[_words(text, claim["content"]) for claim in article["claims"]]) if article["claims"] else set()
    )
    in_cue = set().union(*[_words(text, claim["cue"]) for claim in article["claims"]]) if article["claims"] else set()
    positive: set[tuple[int, int]] = set()
    for claim in article["claims"]:
        found = _best_candidate(text, quotes, claim, candidates.values())
        coverage.claims += 1
        if found is None:
            cue = " ".join(text[s["start"] : s["end"]] for s in claim["cue"]).lower()
            coverage.missed[cue] = coverage.missed.get(cue, 0) + 1
            continue
        tree, cue, arguments, best = found
        coverage.reachable += 1
        coverage.covered += best >= MOSTLY
        if best < 0.3:
            continue
        positive.add((tree.sentence.index, cue.index))
        _add_arguments(text, claim, tree, cue, arguments, lexicon, cases)
    for key, (tree, cue) in candidates.items():
        if key not in positive and (cue.start in inside or cue.start in in_cue):
            continue
        features = [*word_features(tree, cue, lexicon), *cue_features(tree, cue, find_arguments(tree, cue), lexicon)]
        cases["cue"].add(features, key in positive)


def _best_candidate(
    text: str, quotes: Quotes, claim: Mapping[str, Any], candidates: Iterator[tuple[Tree, Token]]
) -> tuple[Tree, Token, list[Argument], float] | None:
    cue_spans = [(span["start"], span["end"]) for span in claim["cue"]]
    gold = _words(text, claim["content"])
    best: tuple[Tree, Token, list[Argument], float] | None = None
    for tree, cue in candidates:
        if any(start <= cue.start and cue.end <= end for start, end in cue_spans):
            arguments = find_arguments(tree, cue)
            score = _oracle(text, tree, arguments, gold)
            if best is None or score > best[3]:
                best = (tree, cue, arguments, score)
    return best


def _oracle(text: str, tree: Tree, arguments: Sequence[Argument], gold: set[int]) -> float:
    """The content F1 of the union of all phrases that are mostly gold."""
    union: set[int] = set()
    for argument in arguments:
        words = argument_words(text, tree, argument)
        if words and len(words & gold) >= MOSTLY * len(words):
            union |= words
    return 2 * len(union & gold) / (len(union) + len(gold)) if union else 0.0


def _add_arguments(
    text: str,
    claim: Mapping[str, Any],
    tree: Tree,
    cue: Token,
    arguments: Sequence[Argument],
    lexicon: ClaimLexicon,
    cases: Cases,
) -> None:
    content, source = _words(text, claim["content"]), _words(text, claim["source"])
    beside = companions(arguments)
    best_source = max(
        (_f1(argument_words(text, tree, argument), source) for argument in arguments if may_be_source(argument)),
        default=0.0,
    )
    for argument in arguments:
        words = argument_words(text, tree, argument)
        if not words:
            continue
        features = argument_features(tree, cue, argument, beside, lexicon)
        cases["content"].add(features, len(words & content) >= MOSTLY * len(words))
        overlap = _f1(words, source)
        if may_be_source(argument):
            cases["source"].add(features, overlap >= 0.3 and overlap == best_source)


def argument_words(text: str, tree: Tree, argument: Argument) -> set[int]:
    """Offsets of the words of a phrase."""
    if argument.quote is not None:
        return {match.start() for match in WORD.finditer(text, argument.quote.start, argument.quote.end)}
    return {
        match.start()
        for low, high in argument.runs
        for match in WORD.finditer(text, tree.tokens[low].start, tree.tokens[high].end)
    }


def _words(text: str, spans: Sequence[Mapping[str, int]]) -> set[int]:
    return {match.start() for span in spans for match in WORD.finditer(text, span["start"], span["end"])}


def _f1(a: set[int], b: set[int]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0
