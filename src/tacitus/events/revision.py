"""The lexicon's proposals read over by the model: some are dropped, some change type or gain a party, and what no entry knows is added."""

from __future__ import annotations

from collections.abc import Sequence

from tacitus.events.arguments import Candidate
from tacitus.events.frames import Frame
from tacitus.events.governing import Reject
from tacitus.events.lexicon import Entry, EventLexicon, Pattern
from tacitus.events.naming import lookup_names
from tacitus.events.parties import Parties, Party
from tacitus.events.proposal import MODEL_SLOT, Proposal
from tacitus.events.reading import Likelihoods, Reading, Sight
from tacitus.events.syntax import Syntax
from tacitus.language.document import Token
from tacitus.records import Span

RECIPROCAL = frozenset({"CONSULT", "AGREE", "COOPERATE", "ASSAULT"})
"""Types that may have several parties on one side and nobody on the other."""


class Revision:
    """Reads over the proposals of one sentence. `reject` is told what is dropped, with the reason."""

    def __init__(
        self, reading: Reading, syntax: Syntax, parties: Parties, lexicon: EventLexicon, reject: Reject
    ) -> None:
        """Raises ValueError for a lexicon without the model's rules."""
        if lexicon.model is None:
            raise ValueError("the lexicon codes alone: it has no rules of the model")
        self._reading, self._syntax, self._parties = reading, syntax, parties
        self._lexicon, self._rules, self._reject = lexicon, lexicon.model, reject

    def revise(self, proposals: Sequence[Proposal]) -> list[Proposal]:
        """The events of the sentence, in text order."""
        kept = [proposal for proposal in proposals if self._agrees(proposal)]
        taken = {word.index for proposal in proposals for word in _words(proposal)}
        added = [
            self._added(sight)
            for sight in self._reading.triggers(self._rules.cuts.add)
            if sight.token.index not in taken
        ]
        found = [*kept, *(proposal for proposal in added if proposal.actors or proposal.recipients)]
        return sorted(found, key=lambda proposal: proposal.token.index)

    def _agrees(self, proposal: Proposal) -> bool:
        """Whether the model sees an event there too; if so its type and missing parties are put right."""
        words = _words(proposal)
        sight, cuts = self._reading.seen(words), self._rules.cuts
        if sight.event < cuts.veto and proposal.undone is None:
            self._reject(
                proposal.token,
                f"{proposal.type} by the lexicon, but no event as the model reads it ({sight.event:.2f})",
            )
            return False
        proposal.seen = self._reading.probability(words, proposal.type)
        if sight.type != proposal.type and sight.probability >= cuts.retype and proposal.seen < cuts.keeps:
            proposal.because.append(
                f"{sight.type}, not {proposal.type}, as the model reads '{sight.token.text}' ({sight.probability:.2f})"
            )
            proposal.type, (proposal.mode, proposal.cameo) = sight.type, self._code(sight)
            proposal.seen = sight.probability
        self._put_right(proposal, sight.token)
        proposal.status_seen = self._reading.status(sight.token)
        return True

    def _put_right(self, proposal: Proposal, trigger: Token) -> None:
        """A side that the syntax left empty is filled; parties that the model finds unlikely give way to those it finds."""
        cuts, likely = self._rules.cuts, self._reading.likelihoods(trigger)
        sides = [proposal.actors, proposal.recipients]
        slots = list(proposal.filled_by)
        offered = self._roles(trigger, cuts.party)
        if self._is_exchanged(sides, likely):
            sides, slots = sides[::-1], slots[::-1]
            proposal.because.append("actor and recipient exchanged, as the model reads them")
        complete = len(proposal.actors) > 1 and not proposal.recipients  # a reciprocal event has no other side
        for number, name in enumerate(("actor", "recipient")):
            if sides[number] and self._likelihood(sides[number], likely[number]) >= cuts.swap:
                continue
            if not sides[number] and complete:
                continue
            known = {party.participant.actor for party in sides[1 - number]}
            new = _others(offered[number], known)
            if new and self._likelihood(new, likely[number]) >= (cuts.swapped if sides[number] else cuts.fill):
                sides[number], slots[number] = new, MODEL_SLOT
                proposal.because.append(f"{name}: as the model reads it")
        proposal.actors, proposal.recipients = sides
        proposal.filled_by = (slots[0], slots[1])
        proposal.roles_seen = tuple(
            self._likelihood(side, likely[number]) if side else None for number, side in enumerate(sides)
        )

    def _is_exchanged(self, sides: Sequence[Sequence[Party]], likely: Likelihoods) -> bool:
        """Whether each side is unlikely where it stands and likely on the other."""
        cuts = self._rules.cuts
        return all(
            side
            and self._likelihood(side, likely[number]) < cuts.swap
            and self._likelihood(side, likely[1 - number]) >= cuts.swapped
            for number, side in enumerate(sides)
        )

    def _likelihood(self, parties: Sequence[Party], likely: Sequence[float]) -> float:
        """The highest likelihood among the words of the parties."""
        tokens = (token for party in parties for token in self._syntax.sentence.tokens_in(_span(party)))
        return max((likely[token.index] for token in tokens if token.upos != "PUNCT"), default=0.0)

    def _added(self, sight: Sight) -> Proposal:
        actors, recipients = self._roles(sight.token, self._rules.cuts.party)
        mode, code = self._code(sight)
        candidate = Candidate(sight.token, _entry(sight, mode, code), (sight.token,), self._syntax)
        proposal = Proposal(
            candidate, sight.type, mode, code, actors, _others(recipients, {p.participant.actor for p in actors})
        )
        proposal.because.append(f"{sight.type}: '{sight.token.text}' as the model reads it ({sight.probability:.2f})")
        proposal.filled_by = (MODEL_SLOT if actors else "", MODEL_SLOT if recipients else "")
        proposal.seen, proposal.status_seen = sight.probability, self._reading.status(sight.token)
        likely = self._reading.likelihoods(sight.token)
        proposal.roles_seen = tuple(
            self._likelihood(side, likely[number]) if side else None
            for number, side in enumerate((proposal.actors, proposal.recipients))
        )
        return proposal

    def _code(self, sight: Sight) -> tuple[str | None, str]:
        """Mode and CAMEO code that the lexicon has for the word in this type; the type's most general code where it has none or several.

        The entry's conditions may have failed (a party that no class lists): what kind of act the word tells of stands all the same.
        """
        index = self._lexicon.verbs if _is_verbal(sight.token) else self._lexicon.nouns
        entries = next((index[name].get("", ()) for name in lookup_names(sight.token) if name in index), ())
        known = {(entry.mode, entry.cameo) for entry in entries if entry.type == sight.type}
        return known.pop() if len(known) == 1 else (None, self._rules.cameo[sight.type])

    def _roles(self, trigger: Token, cut: float) -> tuple[list[Party], list[Party]]:
        """Actors and recipients whose heads the model finds, each party on one side."""
        sides: tuple[list[Party], list[Party]] = ([], [])
        for role in self._reading.roles(trigger, cut):
            side = sides[0] if role.actor >= role.recipient else sides[1]
            side.extend(_others(self._parties.resolve(role.token, self._syntax), {p.participant.actor for p in side}))
        return sides


def _words(proposal: Proposal) -> list[Token]:
    candidate = proposal.candidate
    return [*candidate.words, *proposal.joined, *([candidate.light] if candidate.light is not None else [])]


def _span(party: Party) -> Span:
    return Span(party.participant.start, party.participant.end)


def _others(parties: Sequence[Party], known: set[str]) -> list[Party]:
    return [party for party in parties if party.participant.actor not in known]


def _is_verbal(token: Token) -> bool:
    return token.upos in ("VERB", "AUX", "ADJ")


def _entry(sight: Sight, mode: str | None, code: str) -> Entry:
    """What stands for the lexicon's entry where there is none."""
    part = "verb" if _is_verbal(sight.token) else "noun"
    frame = Frame(actors=(), recipients=(), reciprocal=sight.type in RECIPROCAL)
    pattern = Pattern((sight.token.lemma.lower(),), 0)
    return Entry(pattern=pattern, part=part, type=sight.type, mode=mode, cameo=code, frame=frame)
