"""Words that may be cues: known cue lemmas in a place where they can attribute, and marks that can (a colon)."""

from __future__ import annotations

from collections.abc import Iterator

from tacitus.claims.lexicon import ClaimLexicon
from tacitus.claims.tree import Tree
from tacitus.language.document import Token

MAX_SPEAKER_BEFORE_COLON = 8  # words; a longer stretch before a colon is a sentence of its own
_PREPOSITIONS = frozenset(["for", "in", "to", "by", "under", "per", "via", "from"])


def find_candidates(tree: Tree, lexicon: ClaimLexicon) -> Iterator[Token]:
    """The tokens of a sentence worth asking about."""
    for token in tree.tokens:
        upos = token.upos
        if upos == "VERB":
            if _is_verb_cue(tree, token, lexicon):
                yield token
        elif upos == "NOUN" or upos == "ADJ" or upos == "ADV":
            if tree.words[token.index] in lexicon.words:
                yield token
        elif upos == "ADP":
            if _is_prepositional_cue(tree, token, lexicon):
                yield token
        elif token.text == ":" and 0 < token.index <= MAX_SPEAKER_BEFORE_COLON and token.index < len(tree.tokens) - 2:
            yield token


def _is_verb_cue(tree: Tree, token: Token, lexicon: ClaimLexicon) -> bool:
    if token.deprel in ("case", "mark", "fixed"):
        return token.lemma == "accord"
    if tree.words[token.index] in lexicon.words:
        return True
    # any verb beside a quotation may introduce it: "he laughed", "she wrote on the wall"
    return tree.quoted and tree.quotes[token.index] is None


def _is_prepositional_cue(tree: Tree, token: Token, lexicon: ClaimLexicon) -> bool:
    """ "According to ..."; "in", "for", "under" at the head of a sentence or before a noun of saying or finding."""
    if token.text.lower() == "according":
        return True
    if token.text.lower() not in _PREPOSITIONS or token.deprel != "case":
        return False
    noun = tree.head(token)
    if noun is None or noun.relation not in ("obl", "nmod", "parataxis", "root", "advcl"):
        return False
    return token.index == 0 or bool(lexicon.senses("NOUN", noun.lemma.lower()))
