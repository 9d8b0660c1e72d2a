"""Who is what in a clause: deep subjects and objects of verbs, arguments of nouns, from Universal Dependencies.

Passives are turned round, relative pronouns stand for what they relate to, and subjects are inherited through control, raising,
adverbial clauses and coordination. Nothing is guessed across sentences.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from tacitus.events.naming import is_in, names_of
from tacitus.language.document import ROOT, Sentence, Token

MAX_DEPTH = 8  # of inherited subjects; deeper chains are damaged trees
RELATIVE = frozenset({"who", "whom", "which", "that", "whose"})
PASSIVE_PARTS = frozenset({"aux:pass", "nsubj:pass", "obl:agent", "csubj:pass"})
NOMINAL_HEADS = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "SYM"})


@dataclass(slots=True)
class Clause:
    """The arguments of one verb or predicate. `how` says in words where the subjects came from, when they are not its own."""

    head: Token
    passive: bool = False
    subjects: list[Token] = field(default_factory=list)
    objects: list[Token] = field(default_factory=list)
    receivers: list[Token] = field(default_factory=list)
    obliques: dict[str, list[Token]] = field(default_factory=dict)
    how: str = ""

    @property
    def surface(self) -> list[Token]:
        """What stands in the place of the subject: of a passive, the deep object."""
        return self.objects if self.passive else self.subjects


class Syntax:
    """Clauses and phrases of one sentence, each worked out once."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self._clauses: dict[int, Clause] = {}
        self._prepositions: dict[int, str] = {}
        self.dateline = _dateline_end(sentence)

    def clause(self, token: Token, depth: int = 0) -> Clause:
        """The clause headed by `token`."""
        known = self._clauses.get(token.index)
        if known is not None:
            return known
        clause = self._own(token)
        self._clauses[token.index] = clause  # before inheriting: a damaged tree may lead back here
        if depth < MAX_DEPTH:
            self._from_governor(clause, depth)
        return clause

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of all words of the sentence."""
        return frozenset().union(*(names_of(token.text, token.lemma) for token in self.sentence.tokens))

    # ------------------------------------------------------------ a clause by itself

    def _own(self, token: Token) -> Clause:
        clause = Clause(token)
        children = self.sentence.children(token)
        clause.passive = any(child.deprel in PASSIVE_PARTS for child in children) or token.feats.get("Voice") == "Pass"
        for child in children:
            if child.index < self.dateline:
                continue
            relation = child.deprel
            if relation in ("nsubj", "csubj", "nsubj:outer"):
                clause.subjects.append(self.antecedent(child))
            elif relation in ("nsubj:pass", "obj", "csubj:pass"):
                clause.objects.append(self.antecedent(child))
            elif relation == "iobj":
                clause.receivers.append(child)
            elif relation == "obl:agent":
                clause.subjects.append(child)
            elif child.relation in ("obl", "nmod", "advcl", "xcomp") and (preposition := self.preposition(child)):
                clause.obliques.setdefault(preposition, []).append(self.antecedent(child))
        self._causer(clause)
        if clause.passive and not clause.subjects and "by" in clause.obliques:
            clause.subjects.extend(clause.obliques["by"])
        self._second_subject(clause)
        return clause

    def _causer(self, clause: Clause) -> None:
        """ "The president had the general arrested": of what stands around "had", the first has it done to the second."""
        having = [aux.index for aux in self.sentence.children(clause.head, "aux") if aux.lemma == "have"]
        if not clause.passive or clause.subjects or len(clause.objects) != 2 or len(having) != 1:
            return
        first, second = clause.objects
        if first.index < having[0] < second.index < clause.head.index:
            clause.subjects, clause.objects = [first], [second]

    @staticmethod
    def _second_subject(clause: Clause) -> None:
        """A parser now and then calls the object a subject too: of two, the one after the verb is the object, and any after a gerund."""
        before = [subject for subject in clause.subjects if subject.index < clause.head.index]
        after = [subject for subject in clause.subjects if subject.index > clause.head.index]
        gerund = clause.head.relation == "advcl" and clause.head.text.lower().endswith("ing")
        if after and (before or gerund) and not clause.passive and not clause.objects:
            clause.subjects, clause.objects = before, after

    def preposition(self, token: Token) -> str:
        """The preposition before a phrase, lower case, "" when there is none ("because of" is "because")."""
        known = self._prepositions.get(token.index)
        if known is None:
            cases = (child.lemma.lower() for child in self.sentence.children(token, "case") if child.upos != "PART")
            known = self._prepositions[token.index] = next(cases, "")
        return known

    def antecedent(self, token: Token) -> Token:
        """What a relative pronoun stands for; any other token stands for itself."""
        if token.lemma.lower() in RELATIVE and token.upos in ("PRON", "DET"):
            for governor in self.sentence.ancestors(token):
                if governor.deprel == "acl:relcl" and governor.head != ROOT:
                    return self.sentence.tokens[governor.head]
                if governor.relation not in ("nmod", "obl", "conj", "xcomp", "ccomp"):
                    break
        return token

    # ------------------------------------------------------------ what it takes from its governor

    def _from_governor(self, clause: Clause, depth: int) -> None:
        token = clause.head
        governor = self.sentence.head(token)
        if governor is None:
            pass
        elif token.relation == "acl":
            self._modifier(clause, governor, depth)
        elif token.relation == "amod":
            self._attribute(clause, governor)
        elif token.relation == "conj":
            self._coordinated(clause, governor, depth)
        elif token.relation == "xcomp":
            self._controlled(clause, governor, depth)
        elif token.relation in ("advcl", "ccomp", "parataxis") and not clause.surface:
            self._adverbial(clause, governor, depth)
        self._shared_object(clause)

    def _modifier(self, clause: Clause, noun: Token, depth: int) -> None:
        """Relative clauses, participles and infinitives after a noun."""
        token = clause.head
        if token.deprel == "acl:relcl":
            if not clause.surface and not any(noun in found for found in clause.obliques.values()):
                clause.surface.append(noun)
                clause.how = "the noun before the relative clause"
            elif (
                not clause.passive
                and not clause.objects
                and noun not in clause.subjects
                and not self._gap_filled(clause, noun)
            ):
                clause.objects.append(noun)
        elif token.feats.get("VerbForm") == "Inf" or self._marked(token, "to"):
            if not clause.surface:
                clause.surface.extend(self._holder(noun, depth))
                clause.how = f"whose '{noun.text}' it is"
        elif self._is_past_participle(token) and not self.sentence.children(token, "aux", "nsubj"):
            clause.passive = True
            if noun not in clause.objects:
                clause.objects.insert(0, noun)
            if not clause.subjects and "by" in clause.obliques:
                clause.subjects.extend(clause.obliques["by"])
        elif token.upos == "VERB" and not clause.subjects:
            host = self.host(token)
            clause.subjects.extend(self.clause(host, depth + 1).subjects if host is not None else [noun])
            clause.how = f"taken from '{host.text}'" if host is not None else "the noun before the participle"

    def _attribute(self, clause: Clause, noun: Token) -> None:
        """ "The kidnapped teachers": a past participle before a noun is said of it, as a passive is."""
        token = clause.head
        if token.upos == "VERB" and token.index < noun.index and self._is_past_participle(token):
            clause.passive = True
            clause.objects = clause.objects or [noun]

    def host(self, token: Token) -> Token | None:
        """The verb whose action an adverbial clause or a participle set off by a comma tells more of, or None.

        ("launched an offensive in response to raids, targeting …": parsers hang the participle on the nearest noun.)
        """
        governor = self.sentence.head(token)
        if governor is None:
            return None
        if token.relation == "advcl":
            return governor
        gerund = token.deprel == "acl" and token.text.lower().endswith("ing")
        if not gerund or not any(
            child.text == "," and child.index < token.index for child in self.sentence.children(token, "punct")
        ):
            return None
        return next((above for above in self.sentence.ancestors(governor) if above.upos == "VERB"), None)

    def _gap_filled(self, clause: Clause, noun: Token) -> bool:
        return any(noun in tokens for tokens in clause.obliques.values())

    def _coordinated(self, clause: Clause, first: Token, depth: int) -> None:
        other = self.clause(first, depth + 1)
        if clause.surface or first.upos not in ("VERB", "ADJ", "AUX", "NOUN"):
            return
        token = clause.head
        auxiliaries = self.sentence.children(token, "aux")
        if other.passive and not auxiliaries and self._is_past_participle(token) and not clause.objects:
            clause.passive = True
            clause.objects = list(other.objects)
            clause.subjects = clause.subjects or list(other.subjects)
        elif first.upos != "NOUN" or self.sentence.child(first, "cop"):
            clause.surface.extend(found for found in other.surface if found not in clause.surface)
        clause.how = f"shared with '{first.text}'"

    def _controlled(self, clause: Clause, governor: Token, depth: int) -> None:
        if clause.surface and not clause.passive:
            return
        if clause.passive and clause.objects:
            return
        other = self.clause(governor, depth + 1)
        if other.passive:
            found = other.objects
        elif (others := other.objects + other.receivers) and not is_in(governor, "subject_control"):
            found = [token for token in others if token.index < clause.head.index] or other.subjects
        else:
            found = self._addressed(other) or other.subjects
        clause.surface.extend(found)
        clause.how = f"taken from '{governor.text}'"

    def _addressed(self, other: Clause) -> list[Token]:
        """ "called on X to withdraw", "appealed to X to stop": the one spoken to is to act."""
        if not is_in(other.head, "addressing"):
            return []
        return [token for preposition in ("on", "upon", "to", "with") for token in other.obliques.get(preposition, ())]

    def _adverbial(self, clause: Clause, governor: Token, depth: int) -> None:
        token = clause.head
        if token.relation in ("ccomp", "parataxis") and token.feats.get("VerbForm") not in ("Ger", "Inf", "Part"):
            return
        if token.feats.get("VerbForm") == "Fin" and token.feats.get("Mood") != "Imp":
            return
        if governor.upos not in ("VERB", "ADJ", "AUX", "NOUN"):
            return
        other = self.clause(governor, depth + 1)
        if self._is_past_participle(token) and not self.sentence.children(token, "aux"):
            clause.passive = True
        if clause.passive:
            found = other.surface
        elif other.passive:
            found = other.objects if self._marked(token, "of") or self._marked(token, "for") else other.subjects
        else:
            found = (other.objects if self._tells_of_object(token, governor) else []) or other.subjects
        clause.surface.extend(tok for tok in found if tok is not token and tok not in clause.surface)
        clause.how = f"taken from '{governor.text}'"

    def _tells_of_object(self, token: Token, governor: Token) -> bool:
        """ "Accused them of looting", "kept them from leaving", "charged them with looting": it is they who loot."""
        if any(self._marked(token, mark) for mark in ("of", "for", "from")):
            return True
        return self._marked(token, "with") and is_in(governor, "charging")

    def _shared_object(self, clause: Clause) -> None:
        """ "attacked and burned the village": the first verb's object, standing after both, or the last one's alone."""
        if clause.objects or clause.passive or clause.head.upos != "VERB":
            return
        token = clause.head
        if token.relation == "conj" and (first := self.sentence.head(token)) is not None and first.upos == "VERB":
            later = [child for child in self.sentence.children(first, "obj") if child.index > token.index]
            clause.objects.extend(later)
            return
        for other in self.sentence.children(token, "conj"):
            if other.upos == "VERB" and other.index - token.index <= 2:
                clause.objects.extend(self.sentence.children(other, "obj"))
                return

    def _holder(self, noun: Token, depth: int) -> list[Token]:
        """Whose plan, decision or order it is: the possessor, or the subject of the verb that governs the noun."""
        owners = self.sentence.children(noun, "nmod:poss")
        if owners:
            return owners
        governor = self.sentence.head(noun)
        if governor is not None and governor.upos == "VERB" and noun.relation in ("obj", "obl"):
            return self.clause(governor, depth + 1).subjects
        return []

    # ------------------------------------------------------------ small questions

    def _marked(self, token: Token, *words: str) -> bool:
        return any(child.lemma.lower() in words for child in self.sentence.children(token, "mark", "case"))

    @staticmethod
    def _is_past_participle(token: Token) -> bool:
        feats = token.feats
        if feats.get("VerbForm") == "Part":
            return feats.get("Tense") != "Pres" and not token.text.lower().endswith("ing")
        return (
            token.upos in ("VERB", "ADJ")
            and feats.get("VerbForm") not in ("Fin", "Inf", "Ger")
            and token.text.lower().endswith("ed")
        )

    def coordinates(self, token: Token) -> list[Token]:
        """A noun phrase and those coordinated with it."""
        found = [token]
        for child in self.sentence.children(token, "conj"):
            if child.upos in NOMINAL_HEADS:
                found.extend(self.coordinates(child))
        return found

    def phrases(self, tokens: Iterable[Token]) -> list[Token]:
        """Heads of all noun phrases, coordinated ones taken apart, each once."""
        found: list[Token] = []
        for token in tokens:
            found.extend(other for other in self.coordinates(token) if other not in found)
        return found


DASHES = frozenset({"-", "--", "—", "–", "_"})
MAX_DATELINE = 14  # tokens of "WASHINGTON, May 3 (Reuters) -"


def _dateline_end(sentence: Sentence) -> int:
    """The index of the first token after a dateline ("GENEVA (AP) -"), 0 where there is none."""
    tokens = sentence.tokens
    for token in tokens[1:MAX_DATELINE]:
        if token.text in DASHES:
            before = tokens[: token.index]
            spaced = tokens[token.index - 1].end < token.start
            fits = all(other.upos in ("PROPN", "PUNCT", "NUM", "SYM", "X") for other in before)
            return token.index + 1 if spaced and fits else 0
        if token.upos in ("VERB", "AUX", "DET", "PRON"):
            break
    return 0
