"""Whom the words of a source are about or meant for: they are named in it and yet do not speak.

"A report on the militia by the charity", "a letter to the council from the envoy": the charity and the envoy speak. Where nobody else is
named ("a letter to the council") nobody is the speaker.
"""

from __future__ import annotations

from collections.abc import Iterator

from tacitus.claims.tree import Ranges, Tree, run_at
from tacitus.language.document import Token
from tacitus.records import Span

_ABOUT = frozenset(["about", "against", "on", "to"])
_MEDIA = frozenset(["television", "tv", "radio", "channel", "network", "website", "site", "page", "blog", "account"])
"""Where words are published: "on" them nobody is spoken about, and who owns them may well speak."""
_AUTHOR = frozenset(["by", "from"])


def aside_spans(tree: Tree, source: Ranges) -> tuple[Span, ...]:
    """The phrases of the source that an adposition marks so, each up to the word that names an author ("by", "from")."""
    return tuple(Span(tree.tokens[low].start, tree.tokens[high].end) for low, high in _runs(tree, source))


def _runs(tree: Tree, source: Ranges) -> Iterator[tuple[int, int]]:
    for low, high in source:
        for token in tree.tokens[low : high + 1]:
            governor = tree.head(token)
            if token.relation not in ("nmod", "obl") or governor is None or run_at(source, governor.index) is None:
                continue
            if _case(tree, token) in _ABOUT and token.lemma.lower() not in _MEDIA:
                first, last = tree.reach(token)
                author = next((t.index for t in tree.tokens[first : last + 1] if t.text.lower() in _AUTHOR), last + 1)
                yield first, author - 1


def _case(tree: Tree, token: Token) -> str:
    case = tree.kid(token, "case")
    return case.text.lower() if case is not None else ""
