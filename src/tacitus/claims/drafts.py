"""From a sentence to drafts of claims: cue word, content and source as token runs, with the probability that it is a claim at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tacitus.claims.arguments import Argument, find_arguments
from tacitus.claims.candidates import find_candidates
from tacitus.claims.features import argument_features, cue_features, word_features
from tacitus.claims.lexicon import ClaimLexicon
from tacitus.claims.quotes import Quote
from tacitus.claims.tree import Ranges, Tree, merge, size, subtract
from tacitus.claims.weights import probability
from tacitus.language.document import Token

LEAST_CONTENT = 0.2  # below this even the likeliest phrase is not taken for content


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """A claim in the making. `quotes` are the quotations its content stands for, with the probability of each; they may reach beyond the
    sentence.
    """

    tree: Tree
    cue: Token
    probability: float
    content: Ranges
    source: Ranges
    source_head: Token | None
    quotes: Mapping[Quote, float]


def draft_claims(tree: Tree, lexicon: ClaimLexicon) -> list[Draft]:
    """Drafts of one sentence whose probability reaches the lexicon's `cue` threshold; a quotation belongs to one of them."""
    drafts = list(_candidate_drafts(tree, lexicon))
    return drafts if len(drafts) < 2 or not tree.quoted else _share_quotes(drafts)


def _candidate_drafts(tree: Tree, lexicon: ClaimLexicon) -> Iterator[Draft]:
    weights = lexicon.weights
    for cue in find_candidates(tree, lexicon):
        score = weights.score("cue", word_features(tree, cue, lexicon))
        if score < weights.thresholds["word"]:
            continue
        arguments = find_arguments(tree, cue)
        likely = probability(score + weights.score("cue", cue_features(tree, cue, arguments, lexicon)))
        if likely >= weights.thresholds["cue"]:
            draft = _draft(tree, cue, likely, arguments, lexicon)
            if draft is not None:
                yield draft


def _draft(tree: Tree, cue: Token, likely: float, arguments: Sequence[Argument], lexicon: ClaimLexicon) -> Draft | None:
    paths = [argument.path for argument in arguments]
    content: list[tuple[float, Argument]] = []
    sources: list[tuple[float, Argument]] = []
    for argument in arguments:
        features = argument_features(tree, cue, argument, paths, lexicon)
        content.append((probability(lexicon.weights.score("content", features)), argument))
        sources.append((probability(lexicon.weights.score("source", features)), argument))
    chosen = _choose_content(content, lexicon.weights.thresholds["content"])
    if not chosen:
        return None
    source = _choose_source(sources, lexicon.weights.thresholds["source"], chosen)
    runs = _without(tree, cue, chosen, source)
    if not runs:
        return None
    quotes = {
        argument.quote: likely_content
        for likely_content, argument in content
        if argument in chosen and argument.quote is not None
    }
    return Draft(tree, cue, likely, runs, source.runs if source else (), source.head if source else None, quotes)


def _share_quotes(drafts: list[Draft]) -> list[Draft]:
    """Leave each quotation to the draft that most likely has it, and to those in whose content that one lies."""
    for quote in dict.fromkeys(quote for draft in drafts for quote in draft.quotes):
        rivals = [draft for draft in drafts if quote in draft.quotes]
        owner = max(rivals, key=lambda draft: draft.probability * draft.quotes[quote])
        drafts = [
            draft
            if draft is owner or draft not in rivals or _covers(draft, owner.cue)
            else _without_quote(draft, quote)
            for draft in drafts
        ]
    return [draft for draft in drafts if draft.content]


def _covers(draft: Draft, token: Token) -> bool:
    return any(low <= token.index <= high for low, high in draft.content)


def _without_quote(draft: Draft, quote: Quote) -> Draft:
    tree = draft.tree
    marked = [(token.index, token.index) for token in tree.tokens if tree.quotes[token.index] is quote]
    content = tree.trim([piece for run in draft.content for piece in subtract(run, marked)])
    return replace(draft, content=content, quotes={q: p for q, p in draft.quotes.items() if q is not quote})


def _choose_content(scored: list[tuple[float, Argument]], threshold: float) -> list[Argument]:
    """Every phrase that is more likely content than not; failing that the likeliest one, if it is at all likely."""
    chosen = [argument for likely, argument in scored if likely >= threshold]
    if not chosen and scored:
        likely, best = max(scored, key=lambda pair: pair[0])
        if likely >= LEAST_CONTENT:
            return [best]
    return chosen


def _choose_source(
    scored: list[tuple[float, Argument]], threshold: float, content: Sequence[Argument]
) -> Argument | None:
    """The likeliest source that is not itself content."""
    taken = {argument.runs for argument in content}
    free = [(likely, argument) for likely, argument in scored if argument.runs not in taken]
    if not free:
        return None
    likely, best = max(free, key=lambda pair: pair[0])
    return best if likely >= threshold else None


def _without(tree: Tree, cue: Token, chosen: Sequence[Argument], source: Argument | None) -> Ranges:
    """The content's runs less the cue and its auxiliaries, and less the source where it lies inside them."""
    runs = list(merge(run for argument in chosen for run in argument.runs))
    holes = [(cue.index, cue.index)]
    holes += [(kid.index, kid.index) for kid in tree.kids[cue.index] if kid.relation in ("aux", "cop")]
    if source is not None and size(source.runs) < size(runs):
        holes += source.runs
    return tree.trim([piece for run in runs for piece in subtract(run, holes)])
