"""One event told twice is one event: nouns join their verbs, outcomes their assault, preparations what they led to.

Decisions: a noun that is the subject or the circumstance of a verb of its own type joins it ("the blast killed 12", "died in the raid");
a verb of outcome joins the assault it follows ("shelled the town, killing 12"); a move of forces joins the assault it led to.
"""

from __future__ import annotations

from collections.abc import Sequence

from tacitus.events.arguments import LOCATIVE, Candidate
from tacitus.events.governing import VERBAL_CONFLICT, Reject
from tacitus.events.naming import is_in, word_list
from tacitus.events.parties import Party
from tacitus.events.proposal import OPEN, Proposal
from tacitus.events.syntax import Syntax

ONE_ACT = frozenset({"ACCUSE", "CONSULT", "SUPPORT", "PROTEST"})
"""Types whose purpose clause of the same type is the same act ("summoned the envoy to complain")."""


def without_parts(candidates: Sequence[Candidate], reject: Reject) -> list[Candidate]:
    """Leave out words that belong to a longer pattern, and light verbs whose noun carries the event."""
    kept = []
    for candidate in candidates:
        wholes = (other for other in candidates if other is not candidate and _is_part(candidate, other))
        # "the arrests made": verb and noun are each a part of the other, and the pattern that names both stays
        whole = next((w for w in wholes if not _is_part(w, candidate) or len(w.words) >= len(candidate.words)), None)
        if whole is None:
            kept.append(candidate)
        else:
            reject(candidate.token, f"read as a part of '{whole.entry.pattern}' ({whole.entry.name})")
    return kept


def _is_part(candidate: Candidate, other: Candidate) -> bool:
    shared = {word.index for word in candidate.words} & {word.index for word in other.words}
    if shared and candidate.token.deprel == "acl" and candidate.token.head in shared:
        return True
    if candidate.token.index in shared:
        return len(other.words) > len(candidate.words) or other.token.index != candidate.token.index
    alone = len(candidate.words) == 1 and candidate.entry.part == "verb" and not candidate.entry.complement
    return alone and other.light is not None and other.light.index == candidate.token.index


def merge(proposals: Sequence[Proposal], syntax: Syntax, reject: Reject) -> list[Proposal]:
    """The proposals with those that tell of one event joined, and without those that name nobody."""
    kept: list[Proposal] = []
    for proposal in proposals:
        partner = next((other for other in kept if _one_event(other, proposal, syntax)), None)
        if partner is None:
            kept.append(proposal)
        elif partner.candidate.entry.weak and proposal.candidate.entry.part == "verb":
            # "a bomb exploded near the embassy": the verb says by itself what happened, the noun alone would not
            kept[kept.index(partner)] = proposal
            _join(proposal, partner)
            reject(partner.token, f"tells of the same event as '{proposal.token.text}'")
        else:
            _join(partner, proposal)
            reject(proposal.token, f"tells of the same event as '{partner.token.text}'")
    return _with_parties(_without_preparation(kept, reject), reject)


def _one_event(first: Proposal, second: Proposal, syntax: Syntax) -> bool:
    if first.base != second.base:
        return False
    parts = (first.candidate.entry.part, second.candidate.entry.part)
    if parts == ("verb", "verb"):
        return _linked_verbs(first, second, syntax)
    if parts == ("noun", "noun"):
        return _same_parties(first, second)
    verb, noun = (first, second) if parts[0] == "verb" else (second, first)
    return _noun_of_verb(verb, noun, syntax)


def _noun_of_verb(verb: Proposal, noun: Proposal, syntax: Syntax) -> bool:
    head = noun.token
    if head in syntax.clause(verb.token).subjects:
        return True
    circumstance = head.relation == "obl" and head.head == verb.token.index
    if circumstance and syntax.preposition(head) in word_list("circumstance"):
        return True
    light = noun.candidate.light
    if light is not None and verb.token.index > light.index and syntax.host(verb.token) is light:
        return _compatible(verb, noun)
    return _same_parties(verb, noun)


def _linked_verbs(first: Proposal, second: Proposal, syntax: Syntax) -> bool:
    linked = second.token.relation if second.token.head == first.token.index else ""
    if syntax.host(second.token) is first.token:
        linked = "advcl"
    if first.base == "ASSAULT" and linked in ("advcl", "conj", "xcomp"):
        outcome = is_in(second.token, "consequence") or is_in(first.token, "consequence")
        if linked == "advcl" or outcome:
            return _compatible(first, second)
    if linked in ("advcl", "xcomp") and first.base in ONE_ACT:
        return _ids(first.actors) == _ids(second.actors)
    return _same_parties(first, second)


def _same_parties(first: Proposal, second: Proposal) -> bool:
    if first.base in VERBAL_CONFLICT and first.mode != second.mode:
        return False
    actors = _ids(first.actors)
    return bool(actors) and actors == _ids(second.actors) and _ids(first.recipients) == _ids(second.recipients)


def _compatible(first: Proposal, second: Proposal) -> bool:
    one, two = _ids(first.actors), _ids(second.actors)
    return not one or not two or bool(one & two)


def _ids(parties: Sequence[Party]) -> frozenset[str]:
    return frozenset(party.participant.actor for party in parties)


def _join(first: Proposal, second: Proposal) -> None:
    if not first.actors:
        first.actors = second.actors
    if second.recipients and first.filled_by[1] in LOCATIVE:
        first.recipients = []  # "attacked in Homs, targeting rebels": the rebels, at Homs
    others = _ids(first.recipients) | _ids(first.actors)
    first.recipients = first.recipients + [
        party for party in second.recipients if party.participant.actor not in others
    ]
    if second.candidate.entry.own and not first.candidate.entry.own:
        first.type, first.mode, first.cameo, first.candidate = second.type, second.mode, second.cameo, second.candidate
    more_exact = (
        second.type == first.type
        and second.mode is not None
        and (first.mode is None or second.candidate.entry.part == "noun")
    )
    if more_exact:
        first.mode, first.cameo = second.mode, second.cameo
    first.joined.append(second.token)
    first.because.append(f"'{second.token.text}' tells of the same event ({second.candidate.entry.name})")


def _without_preparation(proposals: Sequence[Proposal], reject: Reject) -> list[Proposal]:
    """A move of forces that led to an assault by the same party is the assault."""
    assaults = [_ids(other.actors) for other in proposals if other.base == "ASSAULT"]
    kept = []
    for proposal in proposals:
        if proposal.base == "MOBILIZE" and any(_ids(proposal.actors) & ids for ids in assaults):
            reject(proposal.token, "the assault it led to is coded instead")
        else:
            kept.append(proposal)
    return kept


def _with_parties(proposals: Sequence[Proposal], reject: Reject) -> list[Proposal]:
    """Leave out events of nobody, but measures taken, and weak nouns that lack an actor or both recipient and light verb."""
    kept = []
    for proposal in proposals:
        candidate = proposal.candidate
        if not proposal.actors and not proposal.recipients and not (is_measure(proposal) or is_left_open(proposal)):
            reject(candidate.token, nobody_named(proposal))
        elif candidate.entry.weak and not _is_strong(proposal):
            what = f"'{candidate.entry.pattern}' could be {proposal.type}, but the noun alone does not say who did it to whom"
            reject(candidate.token, what)
        else:
            kept.append(proposal)
    return kept


def is_measure(proposal: Proposal) -> bool:
    """ "A curfew was imposed", "the ban was lifted": a passive whose subject is the measure itself tells all but who took it."""
    candidate = proposal.candidate
    clause = proposal.syntax.clause(candidate.token)
    return (
        candidate.entry.part == "verb"
        and clause.passive
        and any(word in clause.objects for word in candidate.nouns if word is not candidate.token)
    )


def with_somebody(proposals: Sequence[Proposal], reject: Reject) -> list[Proposal]:
    """Leave out the events that were left open and whose parties the page does not tell."""
    kept = []
    for proposal in proposals:
        if proposal.actors or proposal.recipients or not is_left_open(proposal):
            kept.append(proposal)
        else:
            reject(proposal.token, nobody_named(proposal))
    return kept


def nobody_named(proposal: Proposal) -> str:
    """Why an event without any party is none."""
    return f"'{proposal.candidate.entry.pattern}' could be {proposal.type}, but nobody is named who takes part"


def is_left_open(proposal: Proposal) -> bool:
    """ "Arrests were made", "tear gas was fired": a verb tells the act, and whose it is may stand elsewhere on the page."""
    candidate = proposal.candidate
    told = candidate.entry.part == "verb" or candidate.light is not None
    return told and (proposal.base, proposal.mode) in OPEN


def _is_strong(proposal: Proposal) -> bool:
    reciprocal = proposal.candidate.entry.frame.reciprocal and len(proposal.actors) > 1
    return bool(proposal.actors) and bool(proposal.recipients or proposal.candidate.light is not None or reciprocal)
