"""Where the phrase after "according to" ends and the clause begins: both are full of commas, and parsers take one for the other.

Two rules of grammar decide: the phrase ends before the clause's next part, and a clause has one subject.
"""

from __future__ import annotations

from tacitus.claims.tree import Tree
from tacitus.language.document import Token

_SUBJECTS = ("nsubj", "csubj")


def phrase_end(tree: Tree, noun: Token) -> int:
    """The last word of the phrase that `noun` heads before the clause it hangs on; its reach where it stands elsewhere.

    Of two subjects the first is an apposition where commas enclose it ("the governor, Ivan Bilyk, the road is open"). A verb that has none
    takes it from the noun: what begins a list ("the mayor, shops and houses burned"), else the last apposition.
    """
    high, clause = tree.high[noun.index], tree.head(noun)
    if noun.relation != "obl" or clause is None or clause.index < noun.index:
        return high
    parts = [kid for kid in tree.kids[clause.index] if noun.index < kid.index < clause.index and kid.upos != "PUNCT"]
    subjects = [part for part in parts if part.relation in _SUBJECTS]
    if len(subjects) == 2 and tree.kid(subjects[1], "conj") is None and _is_enclosed(tree, subjects[0]):
        return tree.high[subjects[0].index]
    if parts:
        return min(high, tree.low[parts[0].index] - 1)
    return _before_subject(tree, noun) if clause.upos == "VERB" and tree.kid(clause, *_SUBJECTS) is None else high


def _is_enclosed(tree: Tree, phrase: Token) -> bool:
    """Whether a phrase inside the sentence stands between two commas."""
    low, high = _bare_reach(tree, phrase)
    return tree.tokens[low - 1].text == tree.tokens[high + 1].text == ","


def _bare_reach(tree: Tree, token: Token) -> tuple[int, int]:
    """A token's reach without the commas around it."""
    return next(iter(tree.trim([tree.reach(token)])), tree.reach(token))


def _before_subject(tree: Tree, noun: Token) -> int:
    """The last word before what was parsed as the noun's and is the subject of the verb."""
    after = [(kid.relation, _bare_reach(tree, kid)[0]) for kid in tree.kids[noun.index] if kid.index > noun.index]
    beside = [(relation, start) for relation, start in after if tree.tokens[start - 1].text == ","]
    listed = [start for relation, start in beside if relation == "conj"][:1]
    apposed = [start for relation, start in beside if relation == "appos"][-1:]
    return min((start - 1 for start in listed or apposed), default=tree.high[noun.index])
