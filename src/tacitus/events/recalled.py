"""Parties of an event told in the sentences before: "The army condemned the attack" (whose?), "They were freed" (who?).

An event noun with nothing but "the", "this" or "that" recalls an event only where the page tells, in its own voice and near by, of exactly
one happening of that type, and says who did it ("condemned the attack", "were killed in the attack"); whoever is released was taken
before; an arrest or a seizure without an agent ("Twenty people were arrested") is the work of the one force of law or arms that is named
near by, or that the page names at all; so is tear gas that nobody is said to have fired. In every other case the party stays open.
The task: implicit arguments (Gerber and Chai 2010).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tacitus.events.forms import lemma_candidates
from tacitus.events.lexicon import EventLexicon
from tacitus.events.naming import lookup_names
from tacitus.events.parties import Parties, Party
from tacitus.events.proposal import TAKING, Proposal
from tacitus.language.document import Token
from tacitus.records import Event

NEAR = 2  # sentences back; farther away another event may be meant
POINTING = frozenset({"the", "this", "that", "these", "those"})
ONE = frozenset({"he", "him", "she", "her"})
SEVERAL = frozenset({"they", "them"})
DENYING = frozenset({"no", "not", "n't", "never"})
TAKEN = frozenset({("COERCE", "arrest"), ("ASSAULT", "abduct")})
FORCES = frozenset({"COP", "MIL", "SPY"})
"""Primary sectors of those who arrest and seize by their office."""
JUDGING = frozenset({"ACCUSE", "SUPPORT"})
"""Types whose recipient is the author of what is judged."""
RECALLED_SLOT = "content"  # for the confidence: a party named in what the verb is about


@dataclass(frozen=True, slots=True)
class Told:
    """An event told already: where, by which word and its base forms, what it is, and its parties."""

    sentence: int
    word: str
    names: tuple[str, ...]
    base: str
    mode: str | None
    is_fact: bool
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]


@dataclass
class Recall:
    """The events of a document so far."""

    lexicon: EventLexicon
    parties: Parties
    told: list[Told] = field(default_factory=list)

    def note(self, proposals: Sequence[Proposal], events: Sequence[Event]) -> None:
        """Remember the events of a sentence."""
        for proposal, event in zip(proposals, events, strict=True):
            self.told.append(
                Told(
                    sentence=event.sentence,
                    word=proposal.token.text,
                    names=tuple(name for word in proposal.candidate.words for name in lookup_names(word)),
                    base=proposal.base,
                    mode=proposal.mode,
                    is_fact=event.status == "actual" and event.claim is None,
                    actors=tuple(proposal.actors),
                    recipients=tuple(proposal.recipients),
                )
            )

    def complete(self, proposals: Sequence[Proposal], sentence: int, text: str) -> None:
        """Fill in what the page says near by of the parties of these."""
        near = [told for told in self.told if sentence - NEAR <= told.sentence < sentence]
        for proposal in proposals:
            if (proposal.base, proposal.mode) in TAKING and not proposal.actors and not _is_denied(proposal):
                self._take(proposal, sentence)
            if proposal.base == "ASSAULT" and not proposal.actors:
                self._repeat(proposal, near)
            if proposal.base in JUDGING and proposal.actors and not proposal.recipients:
                self._blame(proposal, near)
            elif (proposal.base, proposal.mode) == ("RETREAT", "release"):
                _free(proposal, near, text)

    def _blame(self, proposal: Proposal, near: Sequence[Told]) -> None:
        """ "condemned the attack": its author, where the page says who."""
        for noun in proposal.syntax.clause(proposal.token).objects:
            if not _recalls(noun, proposal):
                continue
            types = self._types(noun)
            meant = [told for told in near if told.base in types or noun.lemma.lower() in told.names]
            authors = {frozenset(party.participant.actor for party in told.actors) for told in meant}
            if len(authors) != 1 or not all(told.is_fact and told.actors for told in meant):
                continue
            if not authors.isdisjoint({frozenset({party.participant.actor}) for party in proposal.actors}):
                continue
            how = f"who did what '{noun.text}' recalls ('{meant[0].word}' before)"
            proposal.recipients = [replace(party, how=how) for party in meant[0].actors]
            proposal.filled_by = (proposal.filled_by[0], RECALLED_SLOT)
            return

    def _repeat(self, proposal: Proposal, near: Sequence[Told]) -> None:
        """ "Police opened fire. … Two people were killed in the firing": by those who fired."""
        token = proposal.token
        for noun in (token, *proposal.syntax.sentence.children(token, "obl", "nmod")):
            if not _recalls(noun, proposal):
                continue
            names = {*lookup_names(noun), *lemma_candidates(noun.text, noun.lemma)}
            meant = [told for told in near if told.base == "ASSAULT" and names & set(told.names)]
            if len({frozenset(party.participant.actor for party in told.actors) for told in meant}) != 1:
                continue
            hit = {party.participant.actor for party in proposal.recipients}
            if all(told.is_fact and told.actors for told in meant) and not any(
                party.participant.actor in hit for party in meant[0].actors
            ):
                how = f"who did what '{noun.text}' recalls ('{meant[0].word}' before)"
                proposal.actors = [replace(party, how=how) for party in meant[0].actors]
                proposal.filled_by = (RECALLED_SLOT, proposal.filled_by[1])
                return

    def _take(self, proposal: Proposal, sentence: int) -> None:
        """ "Twenty people were arrested": by the only force named in the sentence, in those before, or on the whole page."""
        taken = {party.participant.actor for party in proposal.recipients}
        here, before = range(sentence, sentence + 1), range(max(0, sentence - 1), sentence + 1)
        further = range(max(0, sentence - NEAR), sentence + 1)
        for sentences, where in ((here, "here"), (before, "before"), (further, "before"), (None, "on the page")):
            named = self.parties.named_in(sentences, FORCES, without=taken)
            if len({party.actor for party in named}) > 1:
                return
            if named:
                how = f"the only force named {where}, and the act has no other agent"
                proposal.actors = [Party(named[-1], how=how)]
                proposal.filled_by = (RECALLED_SLOT, proposal.filled_by[1])
                return

    def _types(self, noun: Token) -> set[str]:
        """The types whose events a noun alone can name."""
        entries = (entry for name in lookup_names(noun) for entry in self.lexicon.nouns.get(name, {}).get("", ()))
        return {entry.base for entry in entries if entry.reason is None}


def _is_denied(proposal: Proposal) -> bool:
    """ "No arrests were made": what did not happen has no agent to look for."""
    words = [*proposal.candidate.words, proposal.candidate.light or proposal.token]
    return any(child.text.lower() in DENYING for word in words for child in proposal.syntax.sentence.children(word))


def _recalls(noun: Token, proposal: Proposal) -> bool:
    """Whether nothing but a pointing word says which event is meant: no "attack by", no "Monday's attack", no "air attack"."""
    children = proposal.syntax.sentence.children(noun)
    below = [child for child in children if child.upos != "PUNCT" and child.relation != "case"]
    return (
        noun.upos == "NOUN"
        and [child.lemma.lower() for child in below if child.index < noun.index]
        in ([[word] for word in sorted(POINTING)])
        and not any(child.relation in ("nmod", "acl", "appos", "conj") for child in below)
    )


def _free(proposal: Proposal, near: Sequence[Told], text: str) -> None:
    """ "They were freed": not those who took them, but those taken."""
    if len(proposal.recipients) != 1:
        return
    (party,) = proposal.recipients
    word = text[party.participant.start : party.participant.end].lower()
    captures = [told for told in near if (told.base, told.mode) in TAKEN]
    if word not in ONE | SEVERAL or len(captures) != 1 or not captures[0].is_fact:
        return
    takers = {one.participant.actor for one in captures[0].actors}
    taken = captures[0].recipients
    if party.participant.actor in takers and taken and (word in SEVERAL or len(taken) == 1):
        how = f"'{text[party.participant.start : party.participant.end]}' are those of '{captures[0].word}' before"
        proposal.recipients = [replace(one, how=how) for one in taken]
