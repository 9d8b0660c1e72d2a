"""Find the claims of an article: who said, thinks, wants, decided ... what."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import partial

from tacitus.claims.aside import aside_spans
from tacitus.claims.cues import cue_span
from tacitus.claims.drafts import Draft, draft_claims
from tacitus.claims.freestanding import attribute_by_neighbours
from tacitus.claims.kinds import kind_of
from tacitus.claims.lexicon import SPEECH_ACTS, ClaimLexicon
from tacitus.claims.quotes import Quote, Quotes, find_quotes
from tacitus.claims.relative import antecedent_of
from tacitus.claims.settle import CERTAIN, Opened, settle
from tacitus.claims.spans import content_spans
from tacitus.claims.speakers import Speakers
from tacitus.claims.tree import Tree, build_trees
from tacitus.claims.turns import Turn, find_turns
from tacitus.language.document import Parse
from tacitus.records import Actor, Article, Claim, Span


def find_claims(article: Article, parse: Parse, actors: Sequence[Actor], *, lexicon: ClaimLexicon) -> tuple[Claim, ...]:
    """The article's claims in text order. Offsets count in `article.text`, which must be the text of the parse."""
    text = article.text
    quotes = find_quotes(text)
    trees = build_trees(parse, quotes)
    claims = settle(
        [
            *(_open(draft, text, quotes, lexicon) for tree in trees for draft in draft_claims(tree, lexicon)),
            *(_open_turn(turn, parse) for turn in find_turns(text, quotes)),
        ],
        quotes,
        text,
        attribute=partial(_attribute, trees, text, lexicon),
        nested=lexicon.weights.thresholds["nested"],
    )
    return _finished(claims, text, quotes, Speakers(actors))


def _attribute(trees: Sequence[Tree], text: str, lexicon: ClaimLexicon, quote: Quote) -> Opened | None:
    """Look for who spoke a quotation in the sentences it touches, the one before and the one after."""
    first = bisect_right(trees, quote.start, key=lambda tree: tree.sentence.start) - 2
    last = bisect_right(trees, quote.end + 2, key=lambda tree: tree.sentence.start)
    return attribute_by_neighbours(quote, trees[max(0, first) : last], text, lexicon)


def _open(draft: Draft, text: str, quotes: Quotes, lexicon: ClaimLexicon) -> Opened:
    tree = draft.tree
    if draft.cue_run is not None:
        cue = Span(tree.tokens[draft.cue_run[0]].start, tree.tokens[draft.cue_run[1]].end)
    else:
        cue = cue_span(tree, draft.cue, [*draft.content, *draft.source])
    source = Span(tree.tokens[draft.source[0][0]].start, tree.tokens[draft.source[-1][1]].end) if draft.source else None
    content = content_spans(tree, draft, quotes, text)
    stances = lexicon.stances_of(draft.cue) if draft.cue.upos != "PUNCT" else ("asserts",)
    stance = lexicon.stances.of(
        tree, draft.cue, draft.content, stances, quotes=sorted(draft.quotes, key=lambda q: q.start)
    )
    is_speech = draft.cue.upos == "VERB" and not SPEECH_ACTS.isdisjoint(lexicon.classes(draft.cue)[:1])
    return Opened(
        cue,
        source,
        content,
        tree.sentence.index,
        draft.probability,
        stance,
        nested=draft.nested,
        is_speech=is_speech,
        aside=aside_spans(tree, draft.source),
        antecedent=antecedent_of(tree, draft.source),
    )


def _open_turn(turn: Turn, parse: Parse) -> Opened:
    sentence = parse.sentence_at(turn.colon.start)
    return Opened(
        turn.colon, turn.speaker, list(turn.content), sentence.index if sentence is not None else 0, CERTAIN, "asserts"
    )


def _speaker(claim: Opened, speakers: Speakers) -> str | None:
    if claim.source is None:
        return None
    speaker = speakers.actor_of(claim.source, aside=claim.aside)
    return speaker if speaker or claim.antecedent is None else speakers.actor_of(claim.antecedent)


def _finished(claims: Sequence[Opened], text: str, quotes: Quotes, speakers: Speakers) -> tuple[Claim, ...]:
    ids = {id(claim): f"c{number}" for number, claim in enumerate(claims, 1)}
    return tuple(
        Claim(
            id=ids[id(claim)],
            speaker=_speaker(claim, speakers),
            speaker_span=claim.source,
            cue=claim.cue,
            content=tuple(claim.content),
            kind="direct" if claim.probability == CERTAIN else kind_of(claim.content, claim.cue, quotes, text),
            sentence=claim.sentence,
            embedded_in=ids.get(id(claim.embedded_in)),
            stance=claim.stance,
        )
        for claim in claims
    )
