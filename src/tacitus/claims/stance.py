"""What the speaker does with what the claim reports: asserts, denies, doubts, asks, promises, demands.

It is told only where the cue makes it clear. A cue that is negated, only possible or refused ("would not say", "declined to confirm") tells
nothing, but who does not believe something doubts it. A lemma of several senses is told apart by its content: one asks *whether* and asks
somebody *to*; one agrees *that* and agrees *to*.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tacitus.claims.quotes import Quote
from tacitus.claims.tree import Ranges, Tree
from tacitus.errors import DataError
from tacitus.language.document import Token
from tacitus.records import STANCES
from tacitus.resources import load_toml

_MODALS = frozenset(["would", "could", "might", "may", "should", "must"])
_NEGATIONS = frozenset(["not", "n't", "never", "no", "neither", "nor", "hardly"])
_QUESTIONS = frozenset(["whether", "if", "why", "how", "when", "where", "who", "what", "which", "whom"])
_BELIEVING = frozenset(["believe", "think"])


@dataclass(frozen=True, slots=True)
class StanceTable:
    """`named`: stances of the lexicon to stances of a claim; `words`: lemma and part of speech to a claim's stance, or to none."""

    named: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path) -> StanceTable:
        """Read `claim_stance` and `claim_words` of `cues.toml`. Raises DataError for a stance that a claim cannot have."""
        data = load_toml(path)
        table = cls(data.get("claim_stance", {}), data.get("claim_words", {}))
        for word, stance in (*table.named.items(), *table.words.items()):
            if stance and stance not in STANCES:
                raise DataError(f"{path}: {word!r}: a claim has no stance {stance!r}; there are {', '.join(STANCES)}")
        return table

    def of(
        self, tree: Tree, cue: Token, content: Ranges, stances: Sequence[str], *, quotes: Sequence[Quote] = ()
    ) -> str | None:
        """The stance of a claim. `stances` are those of the cue's senses, the first one first; `quotes` the quotations it introduces."""
        if _is_unreal(tree, cue):
            return (
                "doubts"
                if cue.lemma.lower() in _BELIEVING and _is_denied(tree, cue) and not _may_be(tree, cue)
                else None
            )
        if any(quote.inner.of(tree.text).rstrip().endswith("?") for quote in quotes[:1]):
            return "asks"
        known = [self.named[stance] for stance in stances if stance in self.named]
        word = self.words.get(f"{cue.lemma.lower()}/{cue.upos}")
        shaped = _by_shape(tree, content, known, quoted=bool(quotes)) if word in (None, "asserts") else None
        if shaped is not None or word is not None:
            return shaped or word or None
        return self.named.get(stances[0]) if stances else None


def _by_shape(tree: Tree, content: Ranges, known: Sequence[str], *, quoted: bool) -> str | None:
    """The stance among several senses that the form of the content chooses, if it does."""
    first = tree.tokens[content[0][0]] if content else None
    word = first.text.lower() if first is not None else ""
    if word == "to" and first is not None and first.upos == "PART":
        return next((stance for stance in ("promises", "demands") if stance in known), None)
    if "asks" in known and (word in _QUESTIONS or word == "about" or quoted):
        return "asks"
    return None


def _is_unreal(tree: Tree, cue: Token) -> bool:
    """Whether the cue is negated, only possible, a condition, or refused."""
    head = tree.head(cue)
    refused = head is not None and cue.relation == "xcomp" and head.lemma in ("refuse", "decline", "fail")
    return refused or _is_denied(tree, cue) or _may_be(tree, cue)


def _is_denied(tree: Tree, cue: Token) -> bool:
    return any(kid.text.lower() in _NEGATIONS and kid.index < cue.index for kid in tree.kids[cue.index])


def _may_be(tree: Tree, cue: Token) -> bool:
    kids = tree.kids[cue.index]
    return any(
        (kid.relation == "aux" and kid.text.lower() in _MODALS)
        or (kid.relation == "mark" and kid.text.lower() in ("if", "unless"))
        for kid in kids
    )
