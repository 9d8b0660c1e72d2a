"""From a sentence to drafts of claims: cue word, content and source as token runs, with the probability that it is a claim at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tacitus.claims.arguments import Argument, find_arguments, may_be_source
from tacitus.claims.candidates import find_candidates
from tacitus.claims.features import argument_features, companions, cue_features, word_features
from tacitus.claims.lexicon import ClaimLexicon
from tacitus.claims.quotes import Quote
from tacitus.claims.relayed import join_relayed
from tacitus.claims.tree import Ranges, Tree, merge, size, subtract
from tacitus.claims.weights import Weights, odds_raised, probability
from tacitus.language.document import Token

_CLAUSE_PATHS = ("ccomp", "xcomp", "advcl", "csubj", "case:", "obl>ccomp", "obj>ccomp", "parataxis")

_NAMING = frozenset(["PROPN", "NOUN", "PRON"])
_ENDING = frozenset(["PUNCT", "VERB", "AUX", "SCONJ", "ADV"])
_RELATIVES = frozenset(["who", "which", "that", "whose"])

_HEARSAY = frozenset(["reportedly", "allegedly", "purportedly", "supposedly", "reputedly"])

LEAST_CONTENT = 0.2  # below this even the likeliest phrase is not taken for content


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """A claim in the making. `quotes` are the quotations its content stands for, with the probability of each; they may reach beyond the
    sentence. `nested` is the probability that it is a claim given that it stands in what another one reports; `cue_run` the first and
    last token of a cue that is more than its central word with its helpers.
    """

    tree: Tree
    cue: Token
    probability: float
    content: Ranges
    source: Ranges
    quotes: Mapping[Quote, float]
    nested: float = 0.0
    cue_run: tuple[int, int] | None = None


def draft_claims(tree: Tree, lexicon: ClaimLexicon) -> list[Draft]:
    """Drafts of one sentence whose probability reaches the lexicon's `cue` threshold; a quotation belongs to one of them."""
    drafts = list(_candidate_drafts(tree, lexicon))
    if tree.quoted:
        drafts = _share_quotes(drafts)
    drafts = join_relayed(drafts, lexicon)
    return _part_speakers(drafts) if len(drafts) > 1 else drafts


def _candidate_drafts(tree: Tree, lexicon: ClaimLexicon) -> Iterator[Draft]:
    weights = lexicon.weights
    for cue in find_candidates(tree, lexicon):
        score = weights.score("cue", word_features(tree, cue, lexicon))
        if score < weights.thresholds["word"] and not _is_hearsay(tree, cue, lexicon):
            continue
        arguments = find_arguments(tree, cue)
        likely = probability(score + weights.score("cue", cue_features(tree, cue, arguments, lexicon)))
        if _is_hearsay(tree, cue, lexicon):
            likely = max(likely, weights.thresholds["cue"])
        if likely >= weights.thresholds["cue"] or _nested(likely, tree, cue, weights) >= weights.thresholds["nested"]:
            draft = _draft(tree, cue, likely, arguments, lexicon)
            if draft is not None:
                yield replace(draft, nested=_nested(likely, tree, cue, weights))


def _is_hearsay(tree: Tree, cue: Token, lexicon: ClaimLexicon) -> bool:
    """Whether the word is an adverb that can do nothing but attribute ("allegedly"), in a sentence that goes on without it."""
    return cue.upos == "ADV" and cue.lemma.lower() in _HEARSAY and tree.head(cue) is not None


def _nested(likely: float, tree: Tree, cue: Token, weights: Weights) -> float:
    """The probability without what speaks against cues in quotation marks: the corpus marks no claims within claims."""
    if not (tree.inside or tree.quotes[cue.index] is not None):
        return likely
    table = weights.tables["cue"]
    return odds_raised(likely, table.get("quoted=False", 0.0) - table.get("quoted=True", 0.0))


def _draft(tree: Tree, cue: Token, likely: float, arguments: Sequence[Argument], lexicon: ClaimLexicon) -> Draft | None:
    beside = companions(arguments)
    content: list[tuple[float, Argument]] = []
    sources: list[tuple[float, Argument]] = []
    for argument in arguments:
        features = argument_features(tree, cue, argument, beside, lexicon)
        content.append((probability(lexicon.weights.score("content", features)), argument))
        if may_be_source(argument):
            sources.append((probability(lexicon.weights.score("source", features)), argument))
    chosen = _choose_content(content, lexicon.weights.thresholds["content"])
    if not chosen and _is_hearsay(tree, cue, lexicon):
        chosen = [argument for _, argument in content if argument.path.startswith("governor")][:1]
    if not chosen:
        return None
    source = _choose_source(sources, lexicon.weights.thresholds["source"], chosen)
    chosen = [argument for argument in chosen if not _within(argument, source)]
    spoken = [argument for argument in chosen if argument.quote is not None]
    named = source.runs if source else _beside_cue(tree, cue, spoken)
    runs = _without(tree, cue, chosen, named)
    if not runs or not _is_verbal(tree, cue, chosen, source, lexicon):
        return None
    quotes = {
        argument.quote: likely_content
        for likely_content, argument in content
        if argument in chosen and argument.quote is not None
    }
    return Draft(tree, cue, likely, runs, named, quotes)


def _beside_cue(tree: Tree, cue: Token, spoken: Sequence[Argument]) -> Ranges:
    """The noun phrase between a quotation and its cue ("“...,” Mrs Amadi, 33, said"), else the one right after the cue ("said Mrs Amadi"),
    where the parser gave the cue no subject; nothing where a verb stands in it."""
    if cue.upos != "VERB" or tree.quotes[cue.index] is not None:
        return ()
    if tree.kid(cue, "aux:pass", "nsubj:pass") is not None:
        return _agent(tree, cue)
    last = max((argument.runs[-1][1] for argument in spoken if argument.runs[-1][1] < cue.index), default=None)
    if last is None:
        comma = cue.index > 1 and tree.tokens[cue.index - 1].text == ","
        return _phrase_after(tree, cue) if comma and tree.words[cue.index] == "say/V" else ()
    before = tree.tokens[last + 1 : cue.index]
    while before and before[-1].upos in ("ADV", "AUX", "PART"):
        before = before[:-1]
    if any(token.upos in _NAMING for token in before):
        return () if any(token.upos == "VERB" for token in before) else tree.trim([(last + 1, before[-1].index)])
    return _phrase_after(tree, cue)


def _agent(tree: Tree, cue: Token) -> Ranges:
    """Whom "by" names after a passive ("was condemned by the bishops of the valley")."""
    for kid in tree.kids[cue.index]:
        if kid.relation == "obl" and any(k.text.lower() == "by" and k.relation == "case" for k in tree.kids[kid.index]):
            low, high = tree.reach(kid)
            return tree.trim([(low + 1, high)])
    return ()


def _phrase_after(tree: Tree, cue: Token) -> Ranges:
    """The noun phrase right after the cue."""
    end = cue.index
    for token in tree.tokens[cue.index + 1 :]:
        if token.upos in _ENDING or tree.quotes[token.index] is not None or token.text.lower() in _RELATIVES:
            break
        end = token.index
    after = tree.tokens[cue.index + 1 : end + 1]
    return tree.trim([(cue.index + 1, end)]) if any(token.upos in _NAMING for token in after) else ()


def _within(argument: Argument, source: Argument | None) -> bool:
    """Whether a quotation stands inside the source ("..., said Mrs Amadi, who calls it “a farce”"): told of her, not said now."""
    if source is None or argument.quote is None:
        return False
    return all(any(run[0] <= low and high <= run[1] for run in source.runs) for low, high in argument.runs)


def _is_verbal(
    tree: Tree, cue: Token, chosen: Sequence[Argument], source: Argument | None, lexicon: ClaimLexicon
) -> bool:
    """Whether a cue that may be a bodily act ("attack") is one of words here.

    It is with a clause or a quotation, against something said or planned, and between persons; not with any other bare object.
    """
    if cue.upos not in ("VERB", "NOUN") or cue.lemma.lower() not in lexicon.physical:
        return True
    if any(argument.quote is not None or argument.path.startswith(_CLAUSE_PATHS) for argument in chosen):
        return True
    heads = [argument.head for argument in chosen]
    if any(lexicon.senses("NOUN", head.lemma.lower()) for head in heads if head.upos == "NOUN"):
        return True
    persons = [tree.names[head.index] == "person" or head.upos == "PRON" for head in heads]
    return all(persons) and (source is None or tree.names[source.head.index] == "person" or source.head.upos == "PRON")


def _share_quotes(drafts: list[Draft]) -> list[Draft]:
    """Leave each quotation to the draft that most likely has it, and to those in whose content that one lies."""
    for quote in dict.fromkeys(quote for draft in drafts for quote in draft.quotes):
        owner = max(
            (draft for draft in drafts if quote in draft.quotes),
            key=lambda draft: draft.probability * draft.quotes[quote],
        )
        drafts = [draft if draft is owner else _yield_quote(draft, quote, owner) for draft in drafts]
    return [_purely_quoted(draft) for draft in drafts if draft.content]


def _yield_quote(draft: Draft, quote: Quote, owner: Draft) -> Draft:
    """The draft without a quotation that is another's, unless that other claim is part of what this one reports."""
    tree, place = draft.tree, owner.cue.index
    around = [run for run in draft.content if run[0] <= place <= run[1]]
    reports = bool(around) and any(token is draft.cue for token in tree.above(owner.cue))
    marked = [(token.index, token.index) for token in tree.tokens if tree.quotes[token.index] is quote]
    if reports or not marked or not any(run[0] <= marked[0][0] <= run[1] for run in draft.content):
        return draft
    content = tree.trim([piece for run in draft.content if run not in around for piece in subtract(run, marked)])
    return replace(draft, content=content, quotes={q: p for q, p in draft.quotes.items() if q is not quote})


def _part_speakers(drafts: list[Draft]) -> list[Draft]:
    """Where a participle of saying follows a comma (", adding that ..."), what it says is the same speaker's next claim, not part of the
    claim before it, however the parser hung it."""
    for later in [draft for draft in drafts if _is_participle(draft.tree, draft.cue)]:
        around = [draft for draft in drafts if draft is not later and _covers(draft, later.cue)]
        first = min(around, key=lambda draft: draft.cue.index, default=None)
        if first is None or first.cue.index > later.cue.index:
            continue
        tail = (later.cue.index - 1, later.tree.high[later.cue.index])
        for draft in around:
            content = draft.tree.trim([piece for run in draft.content for piece in subtract(run, [tail])])
            drafts[drafts.index(draft)] = replace(draft, content=content)
        if first.source:
            drafts[drafts.index(later)] = replace(later, source=first.source)
    return [draft for draft in drafts if draft.content]


def _covers(draft: Draft, token: Token) -> bool:
    return any(low <= token.index <= high for low, high in draft.content)


def _is_participle(tree: Tree, cue: Token) -> bool:
    return (
        cue.index > 1
        and cue.upos == "VERB"
        and cue.relation == "advcl"
        and cue.text.lower().endswith("ing")
        and tree.tokens[cue.index - 1].text == ","
        and tree.quotes[cue.index] is None
    )


def _purely_quoted(draft: Draft) -> Draft:
    """Where a whole sentence is quoted, what stands outside the marks ("..., she said, smiling at the crowd") is not part of it.

    Nor is what leads up to a quotation that the cue follows ("The road was safe: “We came by it,” he told the court").
    """
    tree = draft.tree
    whole = [quote for quote in draft.quotes if tree.is_sentence(quote)]
    if not whole:
        return draft
    marked = {index for index, quote in enumerate(tree.quotes) if quote is not None}
    before = {index for index in marked if tree.quotes[index] in whole and index < draft.cue.index}
    runs: list[tuple[int, int]] = []
    for low, high in draft.content:
        inside = range(low, high + 1)
        if not before.isdisjoint(inside):
            outside = [(index, index) for index in inside if index not in marked]
            runs += subtract((low, high), outside)
        elif not marked.isdisjoint(inside):
            runs.append((low, high))
    return replace(draft, content=tuple(runs)) if runs else draft


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


def _without(tree: Tree, cue: Token, chosen: Sequence[Argument], source: Ranges) -> Ranges:
    """The content's runs less the cue and its auxiliaries, and less the source where it lies inside them."""
    runs = list(merge(run for argument in chosen for run in argument.runs))
    holes = [(cue.index, cue.index)]
    holes += [(kid.index, kid.index) for kid in tree.kids[cue.index] if kid.relation in ("aux", "cop")]
    holes += [(token.index, token.index) for token in tree.above(cue) if (token.index, token.index) in runs]
    if source and size(source) < size(runs):
        holes += source
    return tree.trim([piece for run in runs for piece in subtract(run, holes)])
