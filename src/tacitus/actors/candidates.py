"""What passes between the steps that find actors: the page, and the mentions under consideration."""

from __future__ import annotations

from dataclasses import dataclass, field

from tacitus.actors.index import fold_words
from tacitus.actors.knowledge import Coding, Knowledge
from tacitus.actors.tables import Entity, Role
from tacitus.language.document import Parse, Sentence, Token
from tacitus.records import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A parsed article, its day (ISO date or None) and the knowledge to read it with."""

    parse: Parse
    on: str | None
    knowledge: Knowledge
    people: frozenset[str] = frozenset()
    """Folded words of the names of two words or more that the tagger calls people: "Jordan" among them is no country."""

    @classmethod
    def of(cls, parse: Parse, *, on: str | None, knowledge: Knowledge) -> Page:
        """The page of a parse."""
        names = (entity.span.of(parse.text) for entity in parse.entities if entity.label == "person")
        words = {word for name in names if len(parts := fold_words(name)) > 1 for word in parts}
        people = frozenset(word for word in words if not knowledge.is_adjective(word))
        return cls(parse=parse, on=on, knowledge=knowledge, people=people)


@dataclass(slots=True, kw_only=True, eq=False)
class Candidate:
    """A mention under consideration.

    `sort`: person · group · organization · place · thing (a noun phrase that is no actor, kept as a rival antecedent of "it");
    `number`: s · p; `gender`: m · f; empty where unknown. `words` are the folded words of the name or role noun.
    `definite`: definite · indefinite · bare. `head` is the token that stands for it in the tree.
    `entity` is the knowledge base's, `surname_of` the one a bare surname may stand for; `coding` is what the entry or the phrase itself
    says, `stated` what the title and the adjectives before a name say. `silent`: a predicate noun ("is a commander"), which tells of its
    subject but is no mention; `title`: a name with its role before it.
    """

    span: Span
    kind: str
    sentence: Sentence
    head: Token
    words: tuple[str, ...]
    sort: str
    number: str = ""
    gender: str = ""
    definite: str = "bare"
    entity: Entity | None = None
    surname_of: Entity | None = None
    role: Role | None = None
    coding: Coding = field(default_factory=Coding)
    stated: Coding = field(default_factory=Coding)
    title: bool = False
    silent: bool = False

    @property
    def is_pronoun(self) -> bool:
        return self.kind == "pronoun"
