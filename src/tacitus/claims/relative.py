"""Whom a relative pronoun stands for: in "the ministry, which blamed the rebels" the ministry speaks."""

from __future__ import annotations

from tacitus.claims.tree import Ranges, Tree
from tacitus.records import Span

_PRONOUNS = frozenset(["who", "which", "that"])


def antecedent_of(tree: Tree, source: Ranges) -> Span | None:
    """The noun whose relative clause has the source as its pronoun; None where the source is none."""
    if len(source) != 1 or source[0][0] != source[0][1]:
        return None
    pronoun = tree.tokens[source[0][0]]
    if pronoun.upos != "PRON" or pronoun.text.lower() not in _PRONOUNS:
        return None
    for verb in tree.above(pronoun):
        noun = tree.head(verb)
        if verb.relation == "acl" and noun is not None:
            return noun.span if noun.index < pronoun.index else None
    return None
