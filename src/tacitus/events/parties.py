"""From the head of a noun phrase to an actor: by the mentions found before, by the owner named in the phrase, or as a new actor.

Nothing here looks at which name it is: a phrase is judged by its part of speech, by noun classes and by the mentions given.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace

from tacitus.events.classes import NounClasses
from tacitus.events.naming import lookup_names, word_list
from tacitus.events.syntax import Syntax
from tacitus.language.document import NamedEntity, Parse, Sentence, Token
from tacitus.records import Actor, Mention, Participant, Span

BASE_RELATIONS = frozenset(
    {
        "det",
        "amod",
        "compound",
        "nummod",
        "nmod:poss",
        "flat",
        "nmod:desc",
        "goeswith",
        "nmod:unmarked",
        "det:predet",
    }
)
OWNER_RELATIONS = ("nmod:poss", "compound", "amod", "nmod:desc")
OWNER_PREPOSITIONS = ("by", "of", "from", "between", "against", "in", "with", "to", "for", "among")
NEW_CLASSES = ("person", "group", "force", "place", "building", "vehicle", "number")


@dataclass(frozen=True, slots=True)
class Party:
    """A participant found: the actor, the words, whether it stands for several ("the two sides"), and the construction that gave it."""

    participant: Participant
    plural: bool = False
    how: str = ""


class Parties:
    """The actors of one document, by their mentions; grows when a participant has no mention yet."""

    def __init__(self, parse: Parse, actors: Sequence[Actor], classes: NounClasses) -> None:
        self._parse = parse
        self._classes = classes
        self._actors = {actor.id: actor for actor in actors}
        self._named = {actor.id for actor in actors}
        found = sorted(
            (mention.start, -mention.end, actor.id, mention) for actor in actors for mention in actor.mentions
        )
        self._mentions = [(start, -end, actor, mention) for start, end, actor, mention in found]
        self._starts = [start for start, _, _, _ in self._mentions]
        self._places = {(entity.start, entity.end) for entity in parse.entities if entity.label == "place"}
        self._place_offsets = {offset for start, end in self._places for offset in range(start, end)}
        self._people = {token.start for sentence in parse.sentences for token in _people(sentence, parse.entities)}
        self._name_offsets = {offset for entity in parse.entities for offset in range(entity.start, entity.end)}
        self._new: dict[str, str] = {}
        self._covering: dict[tuple[int, int], tuple[str, Mention] | None] = {}

    @property
    def actors(self) -> tuple[Actor, ...]:
        """All actors: those given, then the new ones."""
        return tuple(self._actors.values())

    # ------------------------------------------------------------ classes of a noun phrase

    def lemmas(self, token: Token) -> tuple[str, ...]:
        """The names under which a word may stand in a list."""
        return lookup_names(token)

    def mention_of(self, token: Token) -> tuple[str, Mention] | None:
        """The longest mention that holds the token."""
        place = token.start, token.end
        if place not in self._covering:
            self._covering[place] = self._longest_mention(token)
        return self._covering[place]

    def _own_mention(self, token: Token, syntax: Syntax) -> tuple[str, Mention] | None:
        """The longest mention that the token may head: the "bloggers" of "relatives of the jailed bloggers" are not the relatives."""
        found = self.mention_of(token)
        above = syntax.sentence.head(token)
        if found is None or found[1].kind != "nominal" or above is None or token.upos != "NOUN":
            return found
        of_others = token.deprel in ("nmod", "nmod:poss") and above.upos == "NOUN" and above.start >= found[1].start
        if (
            not of_others
            or above.end > found[1].end
            or any(word in word_list("quantity") for word in self.lemmas(above))
        ):
            return found
        return self._longest_mention(token, without=above)

    def _longest_mention(self, token: Token, without: Token | None = None) -> tuple[str, Mention] | None:
        best: tuple[str, Mention] | None = None
        index = bisect_right(self._starts, token.start) - 1
        for start, end, actor, mention in reversed(self._mentions[max(0, index - 12) : index + 1]):
            if (
                start <= token.start
                and token.end <= end
                and not (without is not None and start <= without.start < end)
                and (best is None or end - start > best[1].end - best[1].start)
            ):
                best = actor, mention
        return best

    def is_name(self, token: Token) -> bool:
        """A proper name, by the tagger's entities or part of speech."""
        return token.start in self._name_offsets or token.upos == "PROPN"

    def belongs(self, token: Token, names: Iterable[str]) -> bool:
        """Whether the head of a noun phrase is of one of the classes, or has one of the "=lemmas"."""
        nouns, built_in = self._classes.join(tuple(names))
        if token.upos != "PROPN" and not nouns.isdisjoint(self.lemmas(token)):
            return True
        return any(self._is_built_in(token, member) for member in built_in)

    def takes_number(self, names: Iterable[str]) -> bool:
        """Whether a number fits one of the classes."""
        return "<number>" in self._classes.join(tuple(names))[1]

    def _is_built_in(self, token: Token, member: str) -> bool:
        match member:
            case "<name>":
                return self.is_name(token) or (
                    (found := self.mention_of(token)) is not None and found[1].kind == "name"
                )
            case "<pronoun>":
                return (
                    token.upos == "PRON" and token.lemma.lower() not in word_list("unnamed")
                ) or self._pronoun_mention(token)
            case "<who>":
                return token.start in self._people
            case "<mention>":
                return self.mention_of(token) is not None
            case "<placename>":
                return token.start in self._place_offsets or (not self._name_offsets and token.upos == "PROPN")
            case "<number>":
                return token.upos == "NUM" and token.text[:1] not in "$€£" and not self._is_year(token)
        return False

    def _pronoun_mention(self, token: Token) -> bool:
        return token.upos == "PRON" and self.mention_of(token) is not None

    @staticmethod
    def _is_year(token: Token) -> bool:
        return len(token.text) == 4 and token.text.isdigit() and "1000" < token.text < "2100"

    def is_party(self, token: Token) -> bool:
        return self.belongs(token, ("party",))

    # ------------------------------------------------------------ participants

    def resolve(
        self, token: Token, syntax: Syntax, *, new: bool = True, owners: bool = True, phrases: bool = True
    ) -> list[Party]:
        """The parties a noun phrase stands for: usually one, none for a phrase that names no party.

        `new`: whether a phrase without a mention may become a new actor; `owners`: whether "Israel's decision" may stand for Israel,
        `phrases`: whether "the decision of the king" may stand for the king.
        """
        found = self._own_mention(token, syntax)
        if found is not None:
            actor, mention = found
            return [self._party(actor, Span(mention.start, mention.end), token)]
        if token.upos in ("PRON", "DET") and (token.lemma.lower() in word_list("unnamed") or token.upos == "DET"):
            return self._inside(token, syntax, ("of",))
        lemmas = self.lemmas(token)
        if any(lemma in word_list("quantity") for lemma in lemmas) or token.upos == "NUM":
            inner = self._inside(token, syntax, ("of",))
            if inner:
                return inner
        if self.is_crowd(token, syntax):
            return [self._new_party(token, syntax, ["group"])] if new else []
        classes = [name for name in NEW_CLASSES if self.belongs(token, (name,))]
        if owners and (owned := self._owner(token, syntax)):
            before = classes or not syntax.sentence.children(token, "nmod:poss")
            span = self.base_span(token, syntax) if before else owned[0].participant.span
            return [
                replace(
                    owned[0], participant=Participant(actor=owned[0].participant.actor, start=span.start, end=span.end)
                )
            ]
        if owners and phrases and not classes and not self.is_name(token):
            hostile = self.belongs(token, ("hostility",))
            for preposition in ("by", "from") if hostile else OWNER_PREPOSITIONS:
                if inner := self._inside(token, syntax, (preposition,)):
                    return inner
            return self._author(token, syntax)
        if new and (classes or (self.is_name(token) and token.upos != "ADJ") or token.upos == "PRON"):
            return [self._new_party(token, syntax, classes)]
        return []

    def is_crowd(self, token: Token, syntax: Syntax) -> bool:
        """ "Thousands marched": a plural count without what it counts."""
        several = token.feats.get("Number") == "Plur" and token.text.lower().endswith("s")
        counted = syntax.sentence.child(token, "nmod", "nummod")
        return several and counted is None and any(lemma in word_list("crowds") for lemma in self.lemmas(token))

    def named_in(
        self, sentences: Sequence[int] | None, sectors: Set[str], *, without: Collection[str]
    ) -> list[Participant]:
        """Mentions in these sentences, in text order, of actors whose primary sector is one of these; `None`: on the whole page.

        An officer is named beside the force as its voice: single persons count only in sentences that name no group.
        """
        first, last = (sentences[0], sentences[-1]) if sentences else (0, len(self._parse.sentences) - 1)
        start, end = self._parse.sentences[first].span.start, self._parse.sentences[last].span.end
        found = [
            Participant(actor=actor, start=mention.start, end=mention.end)
            for _, _, actor, mention in self._mentions[
                bisect_left(self._starts, start) : bisect_left(self._starts, end)
            ]
            if actor not in without
            and mention.kind != "pronoun"
            and not sectors.isdisjoint(self._actors[actor].sectors[:1])
        ]
        groups = [party for party in found if self._actors[party.actor].kind != "person"]
        return groups if groups or sentences is None else found

    def shown_at(self, participant: Participant, sentence: Sentence) -> Participant:
        """For a pronoun, the actor's name or role in the same sentence: better words for the same party."""
        actor = self._actors[participant.actor]
        own = next((mention for mention in actor.mentions if mention.start == participant.start), None)
        if own is None or own.kind != "pronoun":
            return participant
        others = [
            mention for mention in actor.mentions if mention.kind != "pronoun" and sentence.span.contains(mention.span)
        ]
        if not others:
            return participant
        best = min(others, key=lambda mention: (mention.kind != "name", abs(mention.start - participant.start)))
        return Participant(actor=participant.actor, start=best.start, end=best.end)

    def told(self, participant: Participant) -> str:
        """The participant's words, and for a pronoun whom it stands for: "'They' (the rebels)"."""
        words = f"'{Span(participant.start, participant.end).of(self._parse.text)}'"
        actor = self._actors[participant.actor]
        mention = next((one for one in actor.mentions if one.start == participant.start), None)
        is_pronoun = mention is not None and mention.kind == "pronoun"
        return f"{words} ({actor.name})" if is_pronoun and actor.name.lower() != words.strip("'").lower() else words

    def _party(self, actor: str, span: Span, token: Token) -> Party:
        plural = token.feats.get("Number") == "Plur" and any(
            lemma in word_list("parties") for lemma in self.lemmas(token)
        )
        return Party(
            Participant(actor=actor, start=span.start, end=span.end), plural or token.lemma.lower() in ("they", "we")
        )

    def _inside(self, token: Token, syntax: Syntax, prepositions: Sequence[str]) -> list[Party]:
        """Parties in "of"-like phrases under the head."""
        found: list[Party] = []
        for child in syntax.sentence.children(token, "nmod", "obl"):
            if child.deprel not in ("nmod:poss", "nmod:desc") and syntax.preposition(child) in prepositions:
                for other in syntax.coordinates(child):
                    found.extend(self.resolve(other, syntax))
        return found

    def _owner(self, token: Token, syntax: Syntax) -> list[Party]:
        """The party named before the head: "Israel's decision", "the Iranian cabinet", "a Daesh factory"."""
        hostile = self.belongs(token, ("hostility",))
        for relation in OWNER_RELATIONS:
            for child in syntax.sentence.children(token):
                if child.deprel != relation or (hostile and relation == "compound" and self.is_name(child)):
                    continue  # "the Kabul attack" tells where, not whose
                if self._can_own(child, token):
                    found = self.resolve(child, syntax)
                    if found:
                        return found
        return []

    def _can_own(self, token: Token, owned: Token) -> bool:
        found = self.mention_of(token)
        if found is not None and not found[1].start <= owned.start < found[1].end:
            return True
        return token.deprel in ("nmod:poss", "compound") and self.belongs(token, ("group", "name", "person", "vehicle"))

    def _author(self, token: Token, syntax: Syntax) -> list[Party]:
        """ "every offer made by the rebels": the agent of a participle after the head."""
        for child in syntax.sentence.children(token, "acl"):
            subjects = [subject for subject in syntax.clause(child).subjects if subject is not token]
            found = [party for subject in subjects for party in self.resolve(subject, syntax)]
            if found:
                return found
        return []

    def base_span(self, token: Token, syntax: Syntax) -> Span:
        """The noun phrase without its phrases and clauses: what stands before the head, and the rest of a name after it.

        Words of another phrase between the head and what hangs on it end the phrase: there the parse is wrong.
        """
        sentence: Sentence = syntax.sentence
        first, end = token.index, token.end
        parts = [
            child
            for child in sentence.children(token)
            if child.deprel in BASE_RELATIONS and child.upos != "PUNCT" and child.text.lower() != "whose"
        ]
        for child in reversed(parts):
            inner = sentence.subtree(child, without=("acl", "appos", "conj", "cc", "parataxis"))
            if child.index > token.index:
                if child.deprel in ("flat", "goeswith", "nummod"):
                    end = max(end, inner[-1].end)
            elif all(between.upos == "PUNCT" for between in sentence.tokens[inner[-1].index + 1 : first]):
                first = min(first, inner[0].index)
            else:
                break
        start = sentence.tokens[first].start
        return Span(start, end)

    def _new_party(self, token: Token, syntax: Syntax, classes: Sequence[str]) -> Party:
        span = self.base_span(token, syntax)
        name = span.of(self._parse.text)
        key = name.lower().removeprefix("the ").removeprefix("a ").removeprefix("an ")
        kind = "name" if self.is_name(token) else "pronoun" if token.upos == "PRON" else "nominal"
        mention = Mention(start=span.start, end=span.end, kind=kind)
        known = self._new.get(key) if kind != "pronoun" else None
        if known is None:
            known = self._fresh_id()
            self._new[key] = known
            self._actors[known] = Actor(id=known, name=name, kind=self._kind(token, classes), mentions=(mention,))
        elif mention not in self._actors[known].mentions:
            actor = self._actors[known]
            self._actors[known] = replace(actor, mentions=(*actor.mentions, mention))
        return self._party(known, span, token)

    def _fresh_id(self) -> str:
        number = len(self._actors) + 1
        while f"a{number}" in self._actors:
            number += 1
        return f"a{number}"

    def _kind(self, token: Token, classes: Sequence[str]) -> str:
        if token.start in self._place_offsets or any(name in classes for name in ("place", "building")):
            return "place-as-actor"
        if "group" in classes or "force" in classes or "number" in classes:
            return "group"
        if "person" in classes:
            return "group" if token.feats.get("Number") == "Plur" else "person"
        return "unknown"


def _people(sentence: Sentence, entities: Sequence[NamedEntity]) -> Iterator[Token]:
    """Common nouns of whatever meaning that stand for people: "the jornalist Ana Pires", "17 ramsevaks who tried to enter"."""
    persons = {entity.start for entity in entities if entity.label == "person"}
    for token in sentence.tokens:
        if token.upos == "PRON" and token.lemma.lower() in ("who", "whom", "whose"):
            head = sentence.head(token)
            while head is not None and head.deprel != "acl:relcl":
                head = sentence.head(head)
            noun = sentence.head(head) if head is not None else None
        elif token.start in persons and token.deprel in ("appos", "flat", "nmod:desc"):
            noun = sentence.head(token)
        else:
            continue
        if noun is not None and noun.upos == "NOUN":
            yield noun
