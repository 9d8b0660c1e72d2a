"""The tokens that fill the slots of a frame, for verbs, verb + noun constructions and event nouns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from tacitus.events.entries import Entry
from tacitus.events.naming import word_list
from tacitus.events.parties import Parties
from tacitus.events.syntax import Clause, Syntax
from tacitus.language.document import ROOT, Token

LOCATIVE = frozenset(
    {"in", "at", "near", "around", "across", "throughout", "along", "off", "outside", "inside", "over", "into"}
)
"""Slots that hold somebody only as the people of a place."""
PLACES = ("name", "mention", "place", "building", "vehicle", "crowd")
CLAUSAL = ("xcomp", "ccomp", "advcl", "acl")


@dataclass(eq=False)
class Candidate:
    """A word that may carry an event: its entry, the words of the pattern, and what was found out about it since."""

    token: Token
    entry: Entry
    words: tuple[Token, ...]
    syntax: Syntax
    light: Token | None = None
    role: str | None = None
    governed: list[Candidate] = field(default_factory=list)
    governed_word: Token | None = None
    averting: Token | None = None

    @property
    def nouns(self) -> list[Token]:
        """The nominal part of the pattern: the noun itself, or the object of "launch an attack"."""
        return [word for word in self.words if word.upos in ("NOUN", "PROPN", "ADJ")]


class Slots:
    """What fills the slots of one candidate."""

    def __init__(self, candidate: Candidate, parties: Parties) -> None:
        self._candidate = candidate
        self._parties = parties
        self._syntax = candidate.syntax
        self._taken = {word.index for word in candidate.words}
        verb = candidate.light if candidate.entry.part == "noun" else candidate.token
        self.clause: Clause | None = self._syntax.clause(verb) if verb is not None else None

    def tokens(self, slot: str) -> list[Token]:
        """Heads of the phrases in the slot, coordinated ones taken apart; [] when it is empty."""
        finder = getattr(self, f"_{slot}", None)
        found = finder() if finder is not None else self._prepositional(slot)
        if slot in LOCATIVE:
            found = [token for token in found if self._parties.belongs(token, PLACES)]
        return [
            token
            for token in self._syntax.phrases(found)
            if (token.index not in self._taken or slot == "mod") and not self._is_time(token)
        ]

    def _is_time(self, token: Token) -> bool:
        return token.lemma.lower() in word_list("time")

    def is_filled(self, slot: str) -> bool:
        """Whether a `require` line's slot is there."""
        match slot:
            case "plural subj":
                subjects = self.tokens("subj")
                return len(subjects) > 1 or any(self._is_plural(token) for token in subjects)
            case "light":
                return self._candidate.light is not None
            case "clause":
                return bool(self.clauses())
            case "complement":
                return bool(self._candidate.governed) or self._candidate.governed_word is not None
            case "obj_party" | "iobj":
                return any(
                    self._parties.resolve(token, self._syntax, new=False) or self._parties.is_party(token)
                    for token in self.tokens(slot)
                )
        return bool(self.tokens(slot))

    @staticmethod
    def _is_plural(token: Token) -> bool:
        return token.feats.get("Number") == "Plur" or token.lemma.lower() in ("they", "we")

    # ------------------------------------------------------------ slots

    def _subj(self) -> list[Token]:
        if self.clause is None or (self._candidate.entry.part == "noun" and self._candidate.role != "does"):
            return []
        return self.clause.subjects

    def _obj(self) -> list[Token]:
        return [token for token in self.clause.objects if token.index not in self._taken] if self.clause else []

    def _obj_party(self) -> list[Token]:
        return self._obj() + (self.clause.receivers if self.clause else []) + self._inner_objects()

    def _inner_objects(self) -> list[Token]:
        """The objects of a pattern's further verbs: "refused to release the hostages"."""
        head = self._candidate.token if self.clause is None else self.clause.head
        verbs = [word for word in self._candidate.words if word.upos == "VERB" and word.index != head.index]
        objects = (child for verb in verbs for child in self._syntax.sentence.children(verb, "obj"))
        return [child for child in objects if child.index not in self._taken]

    def _beyond(self) -> list[Token]:
        """Whatever else the clause tells: its objects, the heads of its phrases, whatever they are, and what befell things meanwhile."""
        if self.clause is None:
            return []
        phrases = (token for heads in self.clause.obliques.values() for token in heads)
        return [*self._obj_party(), *phrases, *self._befallen(self.clause.head)]

    def _befallen(self, verb: Token) -> Iterator[Token]:
        """ "When their bus overturned", "after a storm passed": the verb and its subject, where nobody does it to anybody."""
        for child in self._syntax.sentence.children(verb, "advcl"):
            marks = self._syntax.sentence.children(child, "mark", "advmod")
            clause = self._syntax.clause(child)
            is_time = any(mark.lemma.lower() in word_list("meanwhile") for mark in marks)
            if is_time and not clause.objects and not any(self._parties.is_party(token) for token in clause.subjects):
                yield from (child, *clause.subjects)

    def _iobj(self) -> list[Token]:
        return self.clause.receivers if self.clause else []

    def _poss(self) -> list[Token]:
        return [child for noun in self._candidate.nouns for child in self._syntax.sentence.children(noun, "nmod:poss")]

    def _poss_agent(self) -> list[Token]:
        return self._poss() if self._prepositional("of") else []

    def _mod(self) -> list[Token]:
        """Modifiers before the noun that name a party, a pattern's own words too: "Israeli strikes", "police firing"."""
        return [
            child
            for noun in self._candidate.nouns or [self._candidate.token]
            for child in self._syntax.sentence.children(noun)
            if child.deprel in ("compound", "amod", "nmod:desc", "nmod")
            and child.index < noun.index
            and self._names_party(child)
        ]

    def _names_party(self, token: Token) -> bool:
        if (
            token.index + 1 < len(self._syntax.sentence.tokens)
            and self._syntax.sentence.tokens[token.index + 1].text == "-"
        ):
            return False  # "Saudi-led", "Russian-backed": who leads or backs is told elsewhere
        found = self._parties.mention_of(token)
        return found is not None and (found[1].kind == "name" or token.upos == "NOUN")

    def _comp(self) -> list[Token]:
        """Who is to act in what is demanded: the subject of the clause complement."""
        return [
            token
            for clause in self.clauses()
            for token in self._syntax.clause(clause).surface
            if token not in self._subj()
        ]

    def _content(self) -> list[Token]:
        found = [token for token in self.governed_phrases() if token.index not in self._taken]
        return found + [token for clause in self.clauses() for token in self._named_below(clause)]

    def _named_below(self, clause: Token) -> list[Token]:
        """Phrases in what is governed whose head a mention covers, objects before the rest."""
        sentence = self._syntax.sentence
        own = {token.index for token in self._subj()}
        below = [
            token
            for token in sentence.subtree(clause, without=("acl:relcl", "advcl", "parataxis"))
            if token.relation in ("obj", "obl", "nmod", "iobj", "nsubj", "amod", "compound")
            and token.index not in own
            and token.upos != "PRON"
            and self._parties.mention_of(token) is not None
        ]
        return sorted(
            below,
            key=lambda token: (
                token.relation not in ("obj", "iobj"),
                token.relation not in ("obl", "nmod"),
                token.index,
            ),
        )

    def _complement(self) -> list[Token]:
        return []  # filled from the governed event's participants, not from tokens

    def _prepositional(self, slot: str) -> list[Token]:
        found: list[Token] = []
        if self.clause is not None:
            found.extend(self.clause.obliques.get(slot, ()))
        for word in self._candidate.words:
            if word.upos in ("NOUN", "PROPN", "ADJ") and (self.clause is None or word is not self.clause.head):
                found.extend(
                    child
                    for child in self._syntax.sentence.children(word, "nmod", "obl")
                    if child.deprel not in ("nmod:poss", "nmod:desc")
                    and self._syntax.preposition(child) == slot
                    and child not in found
                )
        if not found and slot in ("by", "on", "against", "with"):
            found.extend(self._from_participles(slot))
        if not found and slot == "against" and self.clause is not None:
            found.extend(self._deeper(slot, self.clause.head))
        return found

    def _deeper(self, slot: str, head: Token) -> list[Token]:
        """ "filed a suit in the district court against X": parsers hang the phrase on the nearest noun."""
        below = self._syntax.sentence.subtree(
            head, without=("acl", "advcl", "ccomp", "xcomp", "conj", "parataxis", "nsubj")
        )
        return [token for token in below if token.relation == "nmod" and self._syntax.preposition(token) == slot]

    def _from_participles(self, slot: str) -> list[Token]:
        """ "an attack carried out by rebels", "sanctions imposed on Iran": what hangs on a participle after the noun."""
        return [
            token
            for word in self._candidate.nouns
            for child in self._syntax.sentence.children(word, "acl")
            for token in self._syntax.clause(child).obliques.get(slot, ())
        ]

    # ------------------------------------------------------------ what is governed

    def clauses(self) -> list[Token]:
        """Heads of the clauses that say what is asked, promised, refused."""
        sentence = self._syntax.sentence
        found = []
        for word in self._candidate.words:
            for child in sentence.children(word, *CLAUSAL):
                if child.index in self._taken or child.deprel == "acl:relcl" or child.index < word.index:
                    continue
                mark = next((mark.lemma.lower() for mark in sentence.children(child, "mark")), "")
                if mark not in word_list("content_clause") or (child.relation == "advcl" and not mark):
                    continue
                found.append(child)
        return found

    def governed_phrases(self) -> list[Token]:
        """Noun phrases that say what is asked, promised, refused: objects and the phrases of content prepositions."""
        sentence = self._syntax.sentence
        found = list(self.clause.objects) if self.clause is not None and self._candidate.entry.part == "verb" else []
        for word in self._candidate.words:
            for child in sentence.children(word, "obl", "nmod"):
                if child.deprel not in ("nmod:poss", "nmod:desc", "obl:agent") and self._syntax.preposition(
                    child
                ) in word_list("content_phrase"):
                    found.append(child)
        if self._candidate.entry.part == "verb":
            found.extend(child for child in sentence.children(self._candidate.token, "obj") if child not in found)
        return [token for token in found if token.index not in self._taken and token.head != ROOT]
