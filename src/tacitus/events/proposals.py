"""From candidates to event proposals: what is governed, who takes part, and which words tell of one and the same event.

Decisions (docs/decisions.md): a light verb and its noun are one event; what is asked, promised, refused or threatened is not an event
beside the asking; a verb of consequence ("killing 12") joins the assault it belongs to; the move that led to an assault joins it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tacitus.events.arguments import Candidate, Slots
from tacitus.events.lexicon import Complement, EventLexicon, Outcome
from tacitus.events.parties import Parties, Party
from tacitus.events.syntax import NOT_INHERITED, Syntax
from tacitus.events.triggers import Rejected
from tacitus.language.document import Token
from tacitus.records import Claim

COOPERATIVE = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"})
VOWING = frozenset({"vow", "swear", "pledge", "promise", "threaten", "warn", "ready", "prepare", "stand", "reserve"})
CONSEQUENCE = frozenset(
    [
        "kill",
        "wound",
        "injure",
        "destroy",
        "damage",
        "hurt",
        "maim",
        "leave",
        "claim",
        "burn",
        "slay",
        "demolish",
        "flatten",
        "raze",
        "gut",
        "sink",
        "displace",
    ]
)
DEMANDING = frozenset({"demand", "insist", "order", "dictate", "command", "require", "stipulate", "decree", "instruct"})
GOVERNED_DEPTH = 4
SAME_EVENT = frozenset({"in", "by", "with", "during", "when", "through", "using"})


@dataclass(eq=False)
class Proposal:
    """An event in the making. `joined` are the heads of words that tell of the same event."""

    candidate: Candidate
    type: str
    mode: str | None
    cameo: str
    actors: list[Party] = field(default_factory=list)
    recipients: list[Party] = field(default_factory=list)
    because: list[str] = field(default_factory=list)
    joined: list[Token] = field(default_factory=list)
    filled_by: tuple[str, str] = ("", "")

    @property
    def token(self) -> Token:
        return self.candidate.token

    @property
    def syntax(self) -> Syntax:
        return self.candidate.syntax


class Proposer:
    """Makes the proposals of one sentence."""

    def __init__(self, syntax: Syntax, lexicon: EventLexicon, parties: Parties, claims: Sequence[Claim]) -> None:
        self._syntax = syntax
        self._lexicon = lexicon
        self._parties = parties
        self._claims = claims
        self.rejected: list[Rejected] = []

    def propose(self, candidates: Sequence[Candidate]) -> list[Proposal]:
        """The events of the sentence, in text order."""
        candidates = self._without_parts(candidates)
        by_token = {candidate.token.index: candidate for candidate in candidates}
        absorbed: dict[int, Candidate] = {}
        proposals: dict[int, Proposal] = {}
        for candidate in sorted(candidates, key=self._depth, reverse=True):
            if candidate.entry.complement:
                self._govern(candidate, by_token)
            proposal = self._proposal(candidate, proposals)
            if proposal is None:
                continue
            proposals[candidate.token.index] = proposal
            for other in candidate.governed:
                if not self._stands_in_a_claim(candidate, other):
                    absorbed[other.token.index] = candidate
        for index, governor in absorbed.items():
            proposals.pop(index, None)
            self._reject(
                self._syntax.sentence.tokens[index], f"what '{governor.token.text}' is about, no event beside it"
            )
        kept = [proposals[index] for index in sorted(proposals)]
        return self._with_parties(self._mobilised(self._merged(kept)))

    def _reject(self, token: Token, reason: str) -> None:
        self.rejected.append((token, reason))

    def _depth(self, candidate: Candidate) -> int:
        return sum(1 for _ in self._syntax.sentence.ancestors(candidate.token))

    def _without_parts(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        """Leave out words that belong to a longer pattern, and light verbs whose noun carries the event."""
        kept = []
        for candidate in candidates:
            whole = next(
                (other for other in candidates if other is not candidate and self._is_part(candidate, other)), None
            )
            if whole is None:
                kept.append(candidate)
            else:
                self._reject(candidate.token, f"a part of '{whole.entry.pattern}'")
        return kept

    @staticmethod
    def _is_part(candidate: Candidate, other: Candidate) -> bool:
        shared = {word.index for word in candidate.words} & {word.index for word in other.words}
        if shared and candidate.token.deprel == "acl" and candidate.token.head in shared:
            return True
        if any(word.index == candidate.token.index for word in other.words):
            return len(other.words) > len(candidate.words) or other.token.index != candidate.token.index
        alone = len(candidate.words) == 1 and candidate.entry.part == "verb" and not candidate.entry.complement
        return alone and other.light is not None and other.light.index == candidate.token.index

    # ------------------------------------------------------------ what is governed

    def _govern(self, candidate: Candidate, by_token: dict[int, Candidate]) -> None:
        slots = Slots(candidate, self._parties)
        complement = self._lexicon.complements[self._table_name(candidate)]
        starts = slots.clauses() + slots.governed_phrases()
        found, words = self._search(starts, by_token, candidate)
        if found is not None:
            siblings = (by_token.get(other.index) for other in self._syntax.sentence.children(found.token, "conj"))
            candidate.governed = [found, *(other for other in siblings if other is not None)]
        candidate.governed_word = next((word for word in words if word.lemma.lower() in complement.by_word), None)

    def _search(
        self, starts: Iterable[Token], by_token: dict[int, Candidate], candidate: Candidate
    ) -> tuple[Candidate | None, list[Token]]:
        """The nearest candidate below the starting points, and the words passed on the way."""
        own = {word.index for word in candidate.words}
        queue = [(token, 0) for token in starts]
        passed: list[Token] = []
        while queue:
            token, depth = queue.pop(0)
            if token.index in own:
                continue
            passed.append(token)
            other = by_token.get(token.index)
            if other is not None and other is not candidate:
                return other, passed
            if depth >= GOVERNED_DEPTH:
                continue
            for child in self._syntax.sentence.children(token):
                if child.deprel in (
                    "acl:relcl",
                    "nmod:poss",
                    "punct",
                    "nsubj",
                    "det",
                    "case",
                    "mark",
                    "aux",
                    "parataxis",
                    "obl:agent",
                ):
                    continue
                marks = self._syntax.sentence.children(child, "mark")
                if child.relation == "advcl" and any(mark.lemma.lower() in NOT_INHERITED for mark in marks):
                    continue
                queue.append((child, depth + 1))
        return None, passed

    @staticmethod
    def _table_name(candidate: Candidate) -> str:
        return {"plan": "promise", "threat_only": "threat"}.get(
            candidate.entry.complement or "", candidate.entry.complement or ""
        )

    def _stands_in_a_claim(self, governor: Candidate, other: Candidate) -> bool:
        """What somebody is accused of is told by a claim where the claims room found one; it is then an event of that claim's."""
        if governor.entry.complement != "accuse":
            return False
        return any(
            span.contains(other.token.span) and not span.contains(governor.token.span)
            for claim in self._claims
            for span in claim.content
        )

    # ------------------------------------------------------------ one proposal

    def _proposal(self, candidate: Candidate, below: dict[int, Proposal]) -> Proposal | None:
        entry = candidate.entry
        outcome: Outcome | None = Outcome(entry.type, entry.mode, entry.cameo)
        if entry.complement:
            outcome = self._outcome(candidate, below)
            if outcome is None:
                candidate.governed = []
                return None
        assert outcome is not None
        proposal = Proposal(candidate, outcome.type, outcome.mode, outcome.cameo)
        proposal.because.append(self._evidence(candidate, proposal))
        self._fill(proposal, below)
        return proposal

    def _outcome(self, candidate: Candidate, below: dict[int, Proposal]) -> Outcome | None:
        """Type, mode and code from what is governed; None when the governing word is then no event of its own."""
        entry, kind = candidate.entry, candidate.entry.complement
        table = self._lexicon.complements[self._table_name(candidate)]
        needed = any("complement" in line for line in entry.require)
        governed = next((below[other.token.index] for other in candidate.governed if other.token.index in below), None)
        if governed is not None:
            return self._governed_outcome(candidate, governed, table)
        if candidate.governed_word is not None and kind not in ("plan", "threat_only"):
            return self._coded(table.by_word[candidate.governed_word.lemma.lower()], candidate)
        if needed and not any(
            Slots(candidate, self._parties).is_filled(slot)
            for line in entry.require
            for slot in line
            if slot != "complement"
        ):
            self._reject(
                candidate.token, f"'{entry.pattern}' as {entry.name}: what is {kind}d is no event of the codebook"
            )
            return None
        if entry.mode is not None or entry.type != table.default.type:
            return Outcome(entry.type, entry.mode, entry.cameo)
        return self._coded(table.default, candidate)

    def _governed_outcome(self, candidate: Candidate, governed: Proposal, table: Complement) -> Outcome | None:
        kind = candidate.entry.complement
        cooperative = governed.type in COOPERATIVE
        if kind in ("promise", "plan") and not cooperative:
            vowed = candidate.token.lemma.lower() in VOWING and governed.type not in (
                "REQUEST",
                "ACCUSE",
                "REJECT",
                "THREATEN",
            )
            if not vowed:
                self._reject(
                    candidate.token, f"'{candidate.token.text}': what is planned is coded itself, with its status"
                )
                return None
            table = self._lexicon.complements["threat"]
        if kind == "threat_only" and (cooperative or governed.type == "REQUEST"):
            self._reject(candidate.token, f"'{candidate.token.text}': what follows is no threat")
            return None
        outcome = table.for_cameo(governed.cameo) or table.default
        return self._coded(outcome, candidate)

    @staticmethod
    def _coded(outcome: Outcome, candidate: Candidate) -> Outcome:
        """An appeal is CAMEO 02, a demand 10."""
        first = "10" if any(word.lemma.lower() in DEMANDING for word in candidate.words) else "02"
        return Outcome(
            outcome.type,
            outcome.mode or candidate.entry.mode if outcome.type == candidate.entry.type else outcome.mode,
            outcome.cameo.replace("x", first),
        )

    def _evidence(self, candidate: Candidate, proposal: Proposal) -> str:
        words = " … ".join(word.text for word in candidate.words)
        part = "noun" if candidate.entry.part == "noun" else "verb"
        line = f"{part} '{words}' (lexicon: {candidate.entry.name}, '{candidate.entry.pattern}')"
        if candidate.light is not None:
            line += f" with '{candidate.light.text}'"
        if candidate.governed:
            line += f"; what it is about: '{candidate.governed[0].token.text}' ({candidate.governed[0].entry.name})"
        elif candidate.governed_word is not None:
            line += f"; what it is about: '{candidate.governed_word.text}'"
        return line

    # ------------------------------------------------------------ participants

    def _fill(self, proposal: Proposal, below: dict[int, Proposal]) -> None:
        candidate = proposal.candidate
        slots = Slots(candidate, self._parties)
        frame = candidate.entry.frame
        actor_slot, proposal.actors = self._first(frame.actors, slots, candidate, below)
        if candidate.role == "does":
            subjects = self._resolve(slots.tokens("subj"), proposal, new=True)
            if subjects:
                actor_slot, proposal.actors = "subj", subjects
        recipient_slots = frame.recipients
        if candidate.role == "undergoes" and slots.clause is not None:
            undergone = self._resolve(slots.clause.subjects, proposal, new=True)
            if undergone:
                proposal.recipients = undergone
                recipient_slots = ()
        recipient_slot = "subj" if proposal.recipients else ""
        if recipient_slots:
            recipient_slot, proposal.recipients = self._first(
                tuple(slot for slot in recipient_slots if slot != actor_slot), slots, candidate, below
            )
        known = {party.participant.actor for party in proposal.actors}
        if not proposal.recipients and candidate.entry.part == "verb":
            recipient_slot, proposal.recipients = "pattern", self._in_pattern(candidate)
        proposal.recipients = [party for party in proposal.recipients if party.participant.actor not in known]
        if frame.reciprocal:
            proposal.actors = proposal.actors + proposal.recipients
            proposal.recipients = []
        proposal.filled_by = (actor_slot, recipient_slot)
        self._explain(proposal, slots, actor_slot, recipient_slot)

    def _in_pattern(self, candidate: Candidate) -> list[Party]:
        """ "summon the ambassador", "ban newspapers": the pattern's noun is a party itself, or tells whose it is."""
        nouns = [
            word
            for word in candidate.nouns
            if word.index != candidate.token.index and word.head == candidate.token.index
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
                tokens = slots.tokens(name)
                found = self._resolve(
                    tokens, candidate, new=name not in ("obj_party", "content", "mod", "poss", "in", "comp")
                )
            if found:
                return name, found
        return "", []

    def _resolve(self, tokens: Sequence[Token], _: object, *, new: bool) -> list[Party]:
        found: list[Party] = []
        for token in tokens:
            for party in self._parties.resolve(token, self._syntax, new=new or self._parties.is_name(token)):
                if all(party.participant.actor != other.participant.actor for other in found):
                    found.append(party)
        return found

    def _governed_parties(self, candidate: Candidate, below: dict[int, Proposal], slots: Slots) -> list[Party]:
        """The recipients of what is promised or threatened; of a meeting, the other side."""
        own = {party.participant.actor for party in self._resolve(slots.tokens("subj"), candidate, new=False)}
        for other in candidate.governed:
            proposal = below.get(other.token.index)
            if proposal is not None:
                others = proposal.recipients or [party for party in proposal.actors if other.entry.frame.reciprocal]
                found = [party for party in others if party.participant.actor not in own]
                if found:
                    return found
        return []

    def _explain(self, proposal: Proposal, slots: Slots, actor_slot: str, recipient_slot: str) -> None:
        text = {
            "subj": "subject of the verb",
            "obj": "object of the verb",
            "obj_party": "object of the verb",
            "iobj": "indirect object",
            "poss": "possessor of the noun",
            "poss_agent": "possessor of the noun",
            "mod": "modifier of the noun",
            "comp": "who is to act in what is asked",
            "complement": "recipient of what it is about",
            "content": "party named in what it is about",
            "pattern": "party named by the object",
        }
        for slot, label, parties in (
            (actor_slot, "actor", proposal.actors),
            (recipient_slot, "recipient", proposal.recipients),
        ):
            if not parties:
                continue
            how = text.get(slot, f"phrase with '{slot}'")
            if slot == "subj" and slots.clause is not None and slots.clause.how and label == "actor":
                how += f", {slots.clause.how}"
            if slot in ("subj", "obj", "obj_party") and slots.clause is not None and slots.clause.passive:
                how += ", passive"
            proposal.because.append(f"{label}: {how}")

    # ------------------------------------------------------------ one event told twice

    def _merged(self, proposals: list[Proposal]) -> list[Proposal]:
        """Join a verb with the noun that is its subject or circumstance, and verbs of consequence with the assault they follow."""
        kept: list[Proposal] = []
        for proposal in proposals:
            partner = next((other for other in kept if self._one_event(other, proposal)), None)
            if partner is None:
                kept.append(proposal)
            else:
                self._join(partner, proposal)
                self._reject(proposal.token, f"tells of the same event as '{partner.token.text}'")
        return kept

    def _one_event(self, first: Proposal, second: Proposal) -> bool:
        if first.type != second.type:
            return False
        verb, noun = (first, second) if first.candidate.entry.part == "verb" else (second, first)
        if noun.candidate.entry.part == "noun" and verb.candidate.entry.part == "verb":
            return self._noun_of_verb(verb, noun)
        if first.candidate.entry.part == "verb" and second.candidate.entry.part == "verb":
            return self._linked_verbs(first, second)
        return self._same_parties(first, second)

    def _noun_of_verb(self, verb: Proposal, noun: Proposal) -> bool:
        head = noun.candidate.token
        clause = self._syntax.clause(verb.token)
        if head in clause.subjects:
            return True
        governor = self._syntax.sentence.head(head)
        if head.relation == "obl" and governor is verb.token and self._syntax.preposition(head) in SAME_EVENT:
            return True
        light = noun.candidate.light
        if (
            light is not None
            and verb.token in self._syntax.sentence.children(light, "advcl")
            and verb.token.index > light.index
        ):
            return self._compatible(verb, noun)
        return self._same_parties(verb, noun)

    def _linked_verbs(self, first: Proposal, second: Proposal) -> bool:
        if (
            first.type == "ASSAULT"
            and second.token.head == first.token.index
            and second.token.relation in ("advcl", "conj", "xcomp")
        ):
            consequence = second.token.lemma.lower() in CONSEQUENCE or first.token.lemma.lower() in CONSEQUENCE
            if second.token.relation == "advcl" or consequence:
                return self._compatible(first, second)
        if second.token.head == first.token.index and second.token.relation in ("advcl", "xcomp"):
            same = self._ids(first.actors) == self._ids(second.actors)
            return same and first.type in ("ACCUSE", "CONSULT", "SUPPORT", "PROTEST")
        return self._same_parties(first, second)

    def _same_parties(self, first: Proposal, second: Proposal) -> bool:
        one, two = self._ids(first.actors), self._ids(second.actors)
        three, four = self._ids(first.recipients), self._ids(second.recipients)
        if first.type in ("ACCUSE", "REQUEST", "THREATEN", "REJECT") and first.mode != second.mode:
            return False
        return bool(one and one == two and three == four)

    def _compatible(self, first: Proposal, second: Proposal) -> bool:
        one, two = self._ids(first.actors), self._ids(second.actors)
        return not one or not two or bool(one & two)

    @staticmethod
    def _ids(parties: Sequence[Party]) -> frozenset[str]:
        return frozenset(party.participant.actor for party in parties)

    def _join(self, first: Proposal, second: Proposal) -> None:
        actors = self._ids(first.actors)
        if not first.actors:
            first.actors = second.actors
        others = self._ids(first.recipients) | actors
        first.recipients = first.recipients + [
            party for party in second.recipients if party.participant.actor not in others
        ]
        if first.mode is None or (second.candidate.entry.part == "noun" and second.mode is not None):
            first.mode, first.cameo = second.mode or first.mode, second.cameo if second.mode else first.cameo
        first.joined.append(second.token)
        first.because.append(f"same event: '{second.token.text}' (lexicon: {second.candidate.entry.name})")

    def _mobilised(self, proposals: list[Proposal]) -> list[Proposal]:
        """A move of forces that led to an assault by the same party is the assault."""
        assaults = [self._ids(other.actors) for other in proposals if other.type == "ASSAULT"]
        kept = []
        for proposal in proposals:
            if proposal.type == "MOBILIZE" and any(self._ids(proposal.actors) & ids for ids in assaults):
                self._reject(proposal.token, "the assault it led to is coded instead")
            else:
                kept.append(proposal)
        return kept

    def _with_parties(self, proposals: list[Proposal]) -> list[Proposal]:
        """Leave out events of nobody, and weak nouns that lack an actor or both recipient and light verb."""
        kept = []
        for proposal in proposals:
            candidate = proposal.candidate
            if not proposal.actors and not proposal.recipients:
                self._reject(candidate.token, f"'{candidate.entry.pattern}' as {proposal.type}: nobody takes part")
            elif candidate.entry.weak and not self._is_strong(proposal):
                self._reject(
                    candidate.token,
                    f"'{candidate.entry.pattern}' as {proposal.type}: the noun alone does not say who did what",
                )
            else:
                kept.append(proposal)
        return kept

    @staticmethod
    def _is_strong(proposal: Proposal) -> bool:
        reciprocal = proposal.candidate.entry.frame.reciprocal and len(proposal.actors) > 1
        return bool(proposal.actors) and bool(proposal.recipients or proposal.candidate.light is not None or reciprocal)
