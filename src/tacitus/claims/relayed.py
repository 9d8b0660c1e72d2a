"""Somebody "was quoted as saying", "is reported to have said", "was overheard telling": two cues that are one.

Who quotes is beside the point; the person quoted is the source, and the words from the first verb to the second are the cue.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tacitus.claims.lexicon import SPEECH_ACTS, ClaimLexicon
from tacitus.claims.tree import Tree, subtract
from tacitus.language.document import Token

if TYPE_CHECKING:
    from tacitus.claims.drafts import Draft

_RELAYING = frozenset(
    ["quote", "report", "cite", "describe", "overhear", "hear", "say", "see", "record", "claim", "rumor", "rumour"]
)
MAX_APART = 10  # words between the two verbs ("was quoted by the state news agency as saying")


def join_relayed(drafts: Sequence[Draft], lexicon: ClaimLexicon) -> list[Draft]:
    """One draft for each pair of a relaying cue and the cue it relays; the others as they are."""
    found = list(drafts)
    for relaying in drafts:
        if not _relays(relaying.tree, relaying.cue):
            continue
        subject = relaying.tree.kid(relaying.cue, "nsubj")
        relayed = _relayed(relaying.tree, relaying.cue, lexicon)
        if subject is None or relayed is None:
            continue
        tree, runs = relaying.tree, relaying.tree.trim([relaying.tree.reach(subject)])
        own = next((draft for draft in found if draft.cue is relayed), None)
        helpers = [kid.index for kid in tree.kids[relaying.cue.index] if kid.relation == "aux"]
        whole = (min(relaying.cue.index, *helpers, relaying.cue.index), relayed.index)
        if own is None:
            content = tree.trim([piece for run in relaying.content for piece in subtract(run, [(0, relayed.index)])])
            merged = replace(relaying, cue=relayed, content=content)
        else:
            merged = replace(own, probability=max(own.probability, relaying.probability))
            found.remove(own)
        if merged.content:
            found[found.index(relaying)] = replace(merged, source=runs, cue_run=whole)
    return found


def _relays(tree: Tree, cue: Token) -> bool:
    passive = tree.kid(cue, "aux:pass", "nsubj:pass") is not None
    return cue.upos == "VERB" and passive and cue.lemma.lower() in _RELAYING


def _relayed(tree: Tree, cue: Token, lexicon: ClaimLexicon) -> Token | None:
    """The verb of speaking that hangs on the relaying one: "as saying", "to have told", "telling"."""
    for token in tree.tokens[cue.index + 1 : cue.index + 1 + MAX_APART]:
        head = tree.head(token)
        governed = head is not None and cue.index in (head.index, head.head)
        speaks = token.upos == "VERB" and (
            token.text.endswith("ing") or token.feats.get("VerbForm") == "Part" or _infinitive(tree, token)
        )
        if governed and speaks and not SPEECH_ACTS.isdisjoint(lexicon.classes(token)[:1]):
            return token
    return None


def _infinitive(tree: Tree, token: Token) -> bool:
    return any(kid.text.lower() == "to" and kid.relation == "mark" for kid in tree.kids[token.index])
