"""From candidates to event proposals: what is governed, and who takes part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tacitus.events.arguments import Candidate, Slots
from tacitus.events.governing import Governing
from tacitus.events.lexicon import EventLexicon, Outcome
from tacitus.events.merging import merge, without_parts
from tacitus.events.parties import Parties, Party
from tacitus.events.proposal import Proposal
from tacitus.events.syntax import Syntax
from tacitus.events.triggers import Rejected
from tacitus.language.document import Token
from tacitus.records import Claim

KNOWN_ONLY = frozenset({"obj_party", "content", "mod", "poss", "in", "comp"})
"""Slots that hold parties only where a mention or a name says so; a bare noun there is no new actor."""
MOVES = frozenset({"074", "0872", "0874", "150", "152", "153", "154"})
"""CAMEO codes of entries whose object is one's own force: deploying, withdrawing, disarming it."""
MAX_CONTENT = 3  # parties looked at in what is asked or promised: those named first are the ones it is about
HOW = {
    "subj": "subject of '{verb}'",
    "obj": "object of '{verb}'",
    "obj_party": "object of '{verb}'",
    "iobj": "indirect object of '{verb}'",
    "poss": "possessor of '{noun}'",
    "poss_agent": "possessor of '{noun}'",
    "mod": "modifier before '{noun}'",
    "comp": "who is to act in what '{verb}' asks for",
    "complement": "recipient of what '{verb}' is about",
    "content": "named in what '{verb}' is about",
    "pattern": "named by the object of '{verb}'",
}
"""Slots in words a reader knows; a preposition is shown as itself."""


class Proposer:
    """Makes the proposals of one sentence. `rejected` collects what was looked at and not coded, with the reason."""

    def __init__(self, syntax: Syntax, lexicon: EventLexicon, parties: Parties, claims: Sequence[Claim]) -> None:
        self._syntax = syntax
        self._parties = parties
        self._governing = Governing(syntax, lexicon, parties, claims, self.reject)
        self.rejected: list[Rejected] = []

    def propose(self, candidates: Sequence[Candidate]) -> list[Proposal]:
        """The events of the sentence, in text order. Governed words come before their governors, which take them in."""
        candidates = without_parts(candidates, self.reject)
        by_token = {candidate.token.index: candidate for candidate in candidates}
        absorbed: dict[int, Candidate] = {}
        proposals: dict[int, Proposal] = {}
        for candidate in sorted(candidates, key=self._depth, reverse=True):
            if candidate.entry.complement:
                self._governing.find(candidate, by_token)
            proposal = self._proposal(candidate, proposals)
            if proposal is None:
                continue
            proposals[candidate.token.index] = proposal
            for other in candidate.governed:
                if not self._governing.stands_in_a_claim(candidate, other):
                    absorbed[other.token.index] = candidate
        for index, governor in absorbed.items():
            if proposals.pop(index, None) is not None:
                token = self._syntax.sentence.tokens[index]
                self.reject(token, f"what '{governor.token.text}' is about, and no event beside it")
        return merge([proposals[index] for index in sorted(proposals)], self._syntax, self.reject)

    def reject(self, token: Token, reason: str) -> None:
        self.rejected.append((token, reason))

    def _depth(self, candidate: Candidate) -> int:
        return sum(1 for _ in self._syntax.sentence.ancestors(candidate.token))

    def _proposal(self, candidate: Candidate, below: dict[int, Proposal]) -> Proposal | None:
        entry = candidate.entry
        outcome: Outcome | None = Outcome(entry.type, entry.mode, entry.cameo)
        if entry.complement:
            governed = next((below[o.token.index] for o in candidate.governed if o.token.index in below), None)
            outcome = self._governing.outcome(candidate, (governed.base, governed.cameo) if governed else None)
        if outcome is None:
            candidate.governed = []
            return None
        proposal = Proposal(candidate, outcome.type, outcome.mode, outcome.cameo)
        proposal.because.append(_evidence(candidate, outcome))
        self._fill(proposal, below)
        return proposal

    # ------------------------------------------------------------ participants

    def _fill(self, proposal: Proposal, below: dict[int, Proposal]) -> None:
        """Fill both sides of the frame; a reciprocal one puts everybody among the actors."""
        candidate = proposal.candidate
        slots = Slots(candidate, self._parties)
        frame = candidate.entry.frame
        actor_slot, actors = self._actors(frame.actors, slots, candidate, below)
        mutual = proposal.base == "AGREE" and len(actors) > 1
        left_out = (actor_slot, "content") if mutual else (actor_slot,)
        others = tuple(slot for slot in frame.recipients if slot not in left_out)
        if _turned(proposal):
            others = ("complement", *others)
        recipient_slot, recipients = self._recipients(others, slots, candidate, below)
        known = {party.participant.actor for party in actors}
        recipients = [party for party in recipients if party.participant.actor not in known]
        actors = [_told(party, _how(actor_slot, slots, candidate)) for party in actors]
        recipients = [_told(party, _how(recipient_slot, slots, candidate)) for party in recipients]
        if frame.reciprocal:
            actors, recipients = actors + recipients, []
        proposal.actors, proposal.recipients = actors, recipients
        proposal.filled_by = (actor_slot, recipient_slot)

    def _actors(
        self, names: Sequence[str], slots: Slots, candidate: Candidate, below: dict[int, Proposal]
    ) -> tuple[str, list[Party]]:
        """The subject of a light verb ("launched an attack") comes before what the noun says."""
        if candidate.role == "does" and (subjects := self._resolve(slots.tokens("subj"), new=True)):
            return "subj", subjects
        slot, found = self._first(names, slots, candidate, below)
        if not found and _moves_forces(candidate):
            return "pattern", self._in_pattern(candidate)
        return slot, found

    def _recipients(
        self, names: Sequence[str], slots: Slots, candidate: Candidate, below: dict[int, Proposal]
    ) -> tuple[str, list[Party]]:
        """The subject of "suffered an attack" comes first, the party named by a pattern's own noun last: not where the parties do it to one
        another, for what "exchanged prisoners" hands over is nobody who takes part.
        """
        undergone = slots.clause.subjects if candidate.role == "undergoes" and slots.clause is not None else []
        if parties := self._resolve(undergone, new=True):
            return "subj", parties
        slot, found = self._first(names, slots, candidate, below)
        if found or candidate.entry.part == "noun" or candidate.entry.frame.reciprocal or _moves_forces(candidate):
            return slot, found
        return "pattern", self._in_pattern(candidate)

    def _in_pattern(self, candidate: Candidate) -> list[Party]:
        """ "summon the ambassador", "ban newspapers": the pattern's noun is a party itself, or tells whose it is.

        One that more of the pattern hangs on names the measure: "declared a state of emergency".
        """
        inner = {word.head for word in candidate.words if word.deprel == "nmod"}
        nouns = [
            word
            for word in candidate.nouns
            if word.index not in (candidate.token.index, *inner) and word.head == candidate.token.index
        ]
        return [
            party for noun in nouns for party in self._parties.resolve(noun, self._syntax, new=False, phrases=False)
        ]

    def _first(
        self, names: Sequence[str], slots: Slots, candidate: Candidate, below: dict[int, Proposal]
    ) -> tuple[str, list[Party]]:
        for name in names:
            if name == "complement":
                found = self._governed_parties(candidate, below, slots)
            else:
                tokens = slots.tokens(name)[: MAX_CONTENT if name == "content" else None]
                found = self._resolve(tokens, new=name not in KNOWN_ONLY)
            if found:
                return name, found
        return "", []

    def _resolve(self, tokens: Sequence[Token], *, new: bool) -> list[Party]:
        found: list[Party] = []
        for token in tokens:
            for party in self._parties.resolve(token, self._syntax, new=new or self._parties.is_name(token)):
                if all(party.participant.actor != other.participant.actor for other in found):
                    found.append(party if _holds(party, token) else replace(party, how=f"by way of '{token.text}'"))
        return found

    def _governed_parties(self, candidate: Candidate, below: dict[int, Proposal], slots: Slots) -> list[Party]:
        """The recipients of what is promised or threatened; of a meeting, the other side."""
        own = {party.participant.actor for party in self._resolve(slots.tokens("subj"), new=False)}
        for other in candidate.governed:
            proposal = below.get(other.token.index)
            if proposal is not None:
                others = proposal.recipients or [party for party in proposal.actors if other.entry.frame.reciprocal]
                found = [party for party in others if party.participant.actor not in own]
                if found:
                    return found
        return []


def _turned(proposal: Proposal) -> bool:
    """Whether what is asked or ordered is the event: "asked the council to blacklist the colonels" is aimed at the colonels."""
    entry = proposal.candidate.entry
    return entry.complement in ("request", "order") and proposal.type != entry.type


def _moves_forces(candidate: Candidate) -> bool:
    """ "troops were deployed": the forces in the pattern are those who act, never those acted upon."""
    return candidate.entry.part == "verb" and candidate.entry.cameo in MOVES


def _evidence(candidate: Candidate, outcome: Outcome) -> str:
    """The words and the entry that make the type."""
    words = " … ".join(word.text for word in candidate.words)
    name = f"{outcome.type}/{outcome.mode}" if outcome.mode else outcome.type
    source = "your ontology" if candidate.entry.own else "the lexicon"
    line = f"{name}: the {candidate.entry.part} '{words}' ('{candidate.entry.pattern}' in {source})"
    if candidate.light is not None:
        line += f" with '{candidate.light.text}'"
    if candidate.governed:
        about = candidate.governed[0]
        line += f", about '{about.token.text}' ({about.entry.name})"
        if candidate.averting is not None:
            line += f", ended or avoided by '{candidate.averting.text}'"
    elif candidate.governed_word is not None:
        line += f", about '{candidate.governed_word.text}'"
    return line


def _holds(party: Party, token: Token) -> bool:
    return party.participant.start <= token.start < party.participant.end


def _told(party: Party, how: str) -> Party:
    """The party with the construction that gave it, before the word it was reached by."""
    return replace(party, how=f"{how}, {party.how}" if party.how else how)


def _how(slot: str, slots: Slots, candidate: Candidate) -> str:
    """Which construction fills a slot, in words a reader knows."""
    noun = candidate.nouns[0] if candidate.nouns else candidate.token
    verb = slots.clause.head if slots.clause is not None else candidate.token
    how = HOW.get(slot, f"phrase with '{slot}'").format(verb=verb.text, noun=noun.text)
    if slots.clause is None or slot not in ("subj", "obj", "obj_party"):
        return how
    if slots.clause.passive:
        how = (
            f"who does it in the passive '{verb.text}'"
            if slot == "subj"
            else f"whom the passive '{verb.text}' is said of"
        )
    return f"{how}, {slots.clause.how}" if slot == "subj" and slots.clause.how else how
