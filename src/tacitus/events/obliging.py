"""What somebody says another must do is a demand: "the minister said the rebels must disarm" is REQUEST, the minister to the rebels.

Read only where what is to be done is an event of cooperation, or the end of one of conflict; whatever else "must" or "should" is a view.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tacitus.events.governing import COOPERATIVE, given_way
from tacitus.events.lexicon import EventLexicon, Outcome
from tacitus.events.naming import is_in, word_list
from tacitus.events.parties import Party
from tacitus.events.proposal import Proposal
from tacitus.events.voice import innermost_claim
from tacitus.language.document import Token
from tacitus.records import Claim, Participant


@dataclass(frozen=True, slots=True)
class Demand:
    """Who says that something must be done, who is to do it, and what that makes of it. `word` is the "must"."""

    speaker: Participant
    obliged: tuple[Party, ...]
    outcome: Outcome
    word: Token


def find_demand(proposal: Proposal, claims: Sequence[Claim], lexicon: EventLexicon) -> Demand | None:
    """The demand that a proposal is told by; None when nobody is said to be obliged, or the speaker is."""
    speaker = _speaker(proposal, claims)
    verb, averted = _obliged_verb(proposal)
    word = _obliging_word(proposal, verb)
    if speaker is None or word is None:
        return None
    obliged = tuple(party for party in _obliged(proposal, verb) if party.participant.actor != speaker.actor)
    if not obliged:
        return None
    if proposal.base not in COOPERATIVE and not averted:
        return None
    type_, cameo = given_way(proposal.base, proposal.cameo) if averted else (proposal.base, proposal.cameo)
    table = lexicon.complements["request"]
    outcome = table.for_cameo(cameo) or table.default
    if outcome.type != "REQUEST" or type_ not in COOPERATIVE:
        return None
    first = "10" if word.text.lower() == "must" or is_in(word, "obliged") else "02"
    return Demand(speaker, obliged, Outcome(outcome.type, outcome.mode, outcome.cameo.replace("x", first)), word)


def _speaker(proposal: Proposal, claims: Sequence[Claim]) -> Participant | None:
    """Who makes the claim that the event stands in."""
    claim = innermost_claim(claims, proposal.token.span)
    if claim is None or claim.speaker is None or claim.speaker_span is None:
        return None
    return Participant(actor=claim.speaker, start=claim.speaker_span.start, end=claim.speaker_span.end)


def _obliged(proposal: Proposal, verb: Token) -> tuple[Party, ...]:
    """The event's parties that are the subject of "must", be they its actors or, as with "disarm", its recipients."""
    clauses = [proposal.syntax.clause(word) for word in (verb, proposal.token)]
    subjects = [subject for clause in clauses for subject in clause.subjects]
    return tuple(
        party
        for party in (*proposal.actors, *proposal.recipients)
        if any(party.participant.span.contains(subject.span) for subject in subjects)
    )


def _obliged_verb(proposal: Proposal) -> tuple[Token, bool]:
    """The verb that "must" would stand with, and whether it ends the event ("must stop shelling")."""
    sentence, verb = proposal.syntax.sentence, proposal.candidate.light or proposal.token
    above = sentence.head(verb)
    if above is not None and verb.deprel in ("xcomp", "obj", "obl") and is_in(above, "averting"):
        return above, True
    return verb, False


def _obliging_word(proposal: Proposal, verb: Token) -> Token | None:
    """The modal of the verb, or the "had" of "had to"; none in a passive, a condition, a negation, or a guess ("must have shelled")."""
    sentence = proposal.syntax.sentence
    if sentence.children(verb, "nsubj:pass") or any(
        mark.text.lower() in word_list("own_clause") for mark in sentence.children(verb, "mark")
    ):
        return None
    above = sentence.head(verb)
    clause = above if above is not None and verb.deprel == "xcomp" and is_in(above, "obliged") else verb
    if any(word.lemma.lower() in ("not", "n't", "never") for word in sentence.children(clause, "advmod")):
        return None
    if clause is not verb:
        return clause
    auxiliaries = sentence.children(verb, "aux")
    if any(word.lemma.lower() == "have" for word in auxiliaries):
        return None
    return next((word for word in auxiliaries if word.text.lower() in word_list("obliging")), None)
