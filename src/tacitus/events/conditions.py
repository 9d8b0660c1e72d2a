"""The conditions of an entry: who or what its slots must hold, and must not, for the word to have the entry's sense."""

from __future__ import annotations

from collections.abc import Sequence

from tacitus.events.arguments import Candidate, Slots
from tacitus.events.entries import PREPOSITIONS, Entry
from tacitus.events.naming import word_list
from tacitus.events.parties import Parties
from tacitus.language.document import Token

MAX_KINDS = 3  # classes named in a reason; some entries have dozens
SPATIAL = frozenset({"on", "at", "against", "into", "upon", "to", "with"})


def check_conditions(candidate: Candidate, parties: Parties) -> str | None:
    """Why the entry does not apply here, or None when it does. Lines about what is governed are checked later."""
    entry = candidate.entry
    slots = Slots(candidate, parties)
    for name, classes in entry.conditions.items():
        slot, _, suffix = name.partition("_")
        tokens = _condition_tokens(slot, slots, entry, direct_only=suffix == "if")
        if slot == "clause":
            lemmas = {f"={token.lemma.lower()}" for token in slots.clauses()}
            if lemmas & set(classes):
                return "what is said to be done is no act of its own"
            continue
        if not tokens:
            if slot == "object" and suffix == "":
                return f"it has no object, which must be {_kinds(classes)}"
            continue
        fits = any(_fits(token, classes, parties, slots, deep=suffix == "not") for token in tokens)
        if suffix == "not" and fits:
            return f"the {_place(slot)} '{tokens[0].text}' points to another sense"
        if suffix != "not" and not fits:
            return f"the {_place(slot)} '{tokens[0].text}' is not {_kinds(classes)}"
    for line in entry.require:
        if "complement" not in line and not any(slots.is_filled(slot) for slot in line):
            return f"it lacks {' or '.join(map(_wanted, line))}"
    return None


def _kinds(classes: Sequence[str]) -> str:
    """Classes and single words as a reader takes them: "a person, a force or 'office'"."""
    names = [f"'{name[1:]}'" if name.startswith("=") else f"of the kind '{name}'" for name in classes]
    shown = names if len(names) <= MAX_KINDS else [*names[:MAX_KINDS], "the like"]
    return " or ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def _place(slot: str) -> str:
    if slot == "beyond":
        return "word"
    return f"phrase with '{slot}'" if slot in PREPOSITIONS else slot


WANTED = {
    "plural subj": "several subjects",
    "subj": "a subject",
    "obj": "an object",
    "obj_party": "a party as its object",
    "iobj": "an indirect object",
    "light": "a verb like 'launch'",
    "clause": "a clause that says what",
    "poss": "a possessor",
    "poss_agent": "a possessor",
    "mod": "a modifier",
}
"""What a line of `require` asks for, in words a reader knows; a preposition is shown as itself."""


def _wanted(slot: str) -> str:
    return WANTED.get(slot, f"a phrase with '{slot}'")


def _condition_tokens(slot: str, slots: Slots, entry: Entry, *, direct_only: bool) -> list[Token]:
    if slot == "subject":
        return (
            slots.tokens("subj")
            if entry.part == "verb"
            else [token for name in entry.frame.actors for token in slots.tokens(name)]
        )
    if slot == "object":
        direct = slots.tokens("obj_party")
        return (
            direct
            if direct or direct_only
            else [token for name in entry.frame.recipients if name in SPATIAL for token in slots.tokens(name)]
        )
    if slot == "clause":
        return slots.clauses()
    return slots.tokens(slot)


def _fits(token: Token, classes: Sequence[str], parties: Parties, slots: Slots, *, deep: bool) -> bool:
    if parties.belongs(token, classes) or (not deep and token.text.lower() in word_list("personal")):
        return True
    if deep:
        return any(
            parties.belongs(child, classes)
            for child in slots._syntax.sentence.children(token, "compound")
            if child.upos == "NOUN"
        )
    if parties.is_crowd(token, slots._syntax):
        return parties.takes_number(classes)
    if any(lemma in word_list("quantity") for lemma in parties.lemmas(token)):
        inner = [
            child
            for child in slots._syntax.sentence.children(token, "nmod")
            if slots._syntax.preposition(child) == "of"
        ]
        return any(parties.belongs(child, classes) for child in inner)
    return False
