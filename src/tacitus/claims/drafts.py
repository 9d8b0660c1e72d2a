"""From a sentence to drafts of claims: cue word, content and source as token runs, with the probability that it is a claim at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tacitus.claims.arguments import Argument, find_arguments
from tacitus.claims.candidates import find_candidates
from tacitus.claims.features import argument_features, cue_features
from tacitus.claims.lexicon import ClaimLexicon
from tacitus.claims.quotes import Quote
from tacitus.claims.tree import Ranges, Tree, merge, size, subtract
from tacitus.language.document import Token

LEAST_CONTENT = 0.2  # below this even the likeliest phrase is not taken for content


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim in the making. `quotes` are the quotations its content stands for; they may reach beyond the sentence."""

    tree: Tree
    cue: Token
    probability: float
    content: Ranges
    source: Ranges
    source_head: Token | None
    quotes: tuple[Quote, ...]


def draft_claims(tree: Tree, lexicon: ClaimLexicon) -> Iterator[Draft]:
    """Drafts of one sentence whose probability reaches the lexicon's `cue` threshold."""
    threshold = lexicon.weights.thresholds["cue"]
    for cue in find_candidates(tree, lexicon):
        arguments = find_arguments(tree, cue)
        probability = lexicon.weights.probability("cue", cue_features(tree, cue, arguments, lexicon))
        if probability >= threshold:
            draft = _draft(tree, cue, probability, arguments, lexicon)
            if draft is not None:
                yield draft


def _draft(
    tree: Tree, cue: Token, probability: float, arguments: Sequence[Argument], lexicon: ClaimLexicon
) -> Draft | None:
    paths = [argument.path for argument in arguments]
    content: list[tuple[float, Argument]] = []
    sources: list[tuple[float, Argument]] = []
    for argument in arguments:
        features = argument_features(tree, cue, argument, paths, lexicon)
        content.append((lexicon.weights.probability("content", features), argument))
        sources.append((lexicon.weights.probability("source", features), argument))
    chosen = _choose_content(content, lexicon.weights.thresholds["content"])
    if not chosen:
        return None
    source = _choose_source(sources, lexicon.weights.thresholds["source"], chosen)
    runs = _without(tree, cue, chosen, source)
    if not runs:
        return None
    quotes = tuple(dict.fromkeys(argument.quote for argument in chosen if argument.quote is not None))
    return Draft(tree, cue, probability, runs, source.runs if source else (), source.head if source else None, quotes)


def _choose_content(scored: list[tuple[float, Argument]], threshold: float) -> list[Argument]:
    """Every phrase that is more likely content than not; failing that the likeliest one, if it is at all likely."""
    chosen = [argument for probability, argument in scored if probability >= threshold]
    if not chosen and scored:
        probability, best = max(scored, key=lambda pair: pair[0])
        if probability >= LEAST_CONTENT:
            return [best]
    return chosen


def _choose_source(
    scored: list[tuple[float, Argument]], threshold: float, content: Sequence[Argument]
) -> Argument | None:
    """The likeliest source that is not itself content."""
    taken = {argument.runs for argument in content}
    free = [(probability, argument) for probability, argument in scored if argument.runs not in taken]
    if not free:
        return None
    probability, best = max(free, key=lambda pair: pair[0])
    return best if probability >= threshold else None


def _without(tree: Tree, cue: Token, chosen: Sequence[Argument], source: Argument | None) -> Ranges:
    """The content's runs less the cue and its auxiliaries, and less the source where it lies inside them."""
    runs = list(merge(run for argument in chosen for run in argument.runs))
    holes = [(cue.index, cue.index)]
    holes += [(kid.index, kid.index) for kid in tree.kids[cue.index] if kid.relation in ("aux", "cop")]
    if source is not None and size(source.runs) < size(runs):
        holes += source.runs
    return tree.trim([piece for run in runs for piece in subtract(run, holes)])
