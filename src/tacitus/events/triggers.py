"""Finding the words that carry events: lemma patterns of the lexicon; `conditions` tells the senses of a word apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tacitus.events.arguments import Candidate
from tacitus.events.conditions import check_conditions
from tacitus.events.entries import Entry, rank
from tacitus.events.lexicon import EventLexicon, Index
from tacitus.events.naming import lookup_names, word_list
from tacitus.events.parties import Parties
from tacitus.events.syntax import DASHES, Syntax
from tacitus.language.document import ROOT, Token

WITHIN = frozenset(
    [
        "obj",
        "obl",
        "obl:agent",
        "nsubj:pass",
        "iobj",
        "xcomp",
        "compound:prt",
        "advmod",
        "case",
        "det",
        "amod",
        "compound",
        "nummod",
        "nmod",
        "nmod:poss",
        "fixed",
        "mark",
        "acl",
        "nmod:desc",
        "obl:unmarked",
        "compound:svc",
        "cop",
        "aux",
        "aux:pass",
        "dep",
        "advcl",
        "expl",
    ]
)
"""Relations a pattern's words may hang by; subjects and clauses with their own time do not belong to a verb's pattern."""

CLAUSAL = frozenset({"xcomp", "advcl", "acl"})
PATTERN_DEPTH = 3
NOUN_WITHIN = frozenset(["compound", "amod", "nummod", "nmod", "nmod:poss", "case", "det", "nmod:desc"])

Rejected = tuple[Token, str]


class Candidates(NamedTuple):
    """The words of a sentence that pass an entry's pattern and conditions; those looked at and refused, with the reason; and the indices
    of those among them that the lexicon lists as no event.
    """

    found: list[Candidate]
    rejected: list[Rejected]
    look_alikes: set[int]


def find_candidates(syntax: Syntax, lexicon: EventLexicon, parties: Parties) -> Candidates:
    """What the lexicon makes of the words of a sentence."""
    made = Candidates([], [], set())
    for token in syntax.sentence.tokens:
        entries = _listed(token, lexicon)
        if not entries:
            continue
        candidate, reason, is_look_alike = _best(token, entries, syntax, parties, lexicon)
        if candidate is not None:
            made.found.append(candidate)
        elif reason:
            made.rejected.append((token, reason))
        if is_look_alike:
            made.look_alikes.add(token.index)
    return made


def _listed(token: Token, lexicon: EventLexicon) -> Mapping[str, tuple[Entry, ...]]:
    """The entries of the word; a noun that was tagged as a verb ("bombardment") is looked up as what it is."""
    index = _index_for(token, lexicon)
    if index is None:
        return {}
    entries = _entries(token, index)
    return entries if entries or token.upos != "VERB" else _entries(token, lexicon.nouns)


def _index_for(token: Token, lexicon: EventLexicon) -> Index | None:
    if token.upos == "VERB" or (token.upos in ("ADJ", "AUX") and token.lemma != "be"):
        return lexicon.verbs
    if token.upos == "NOUN" or (token.upos == "PROPN" and token.text[:1].islower()):
        return lexicon.nouns
    return None


def _entries(token: Token, index: Index) -> Mapping[str, tuple[Entry, ...]]:
    """The entries for the token's lemma; the form's other base forms are tried when the tagger's lemma is in no entry."""
    lemma = token.lemma.lower()
    if lemma in index:
        return index[lemma]
    return next((index[name] for name in lookup_names(token) if name in index), {})


def _best(
    token: Token, keys: Mapping[str, tuple[Entry, ...]], syntax: Syntax, parties: Parties, lexicon: EventLexicon
) -> tuple[Candidate | None, str, bool]:
    """The first entry, longest pattern first, whose words and conditions are there; else why the last one failed, and whether the word is
    listed as a look-alike.
    """
    entries = list(keys.get("", ()))
    around: dict[str, list[Token]] = {}
    clausal: set[int] = set()
    if possible := _possible(keys, syntax.names) if len(keys) > 1 else None:
        around, clausal = _neighbourhood(token, syntax, next(iter(keys.values()))[0].part)
        entries = sorted((entry for key in around if key in possible for entry in possible[key]), key=rank) + entries
    reason = ""
    for entry in entries:
        found: tuple[Token, ...] | None = (token,)
        if len(entry.pattern.words) > 1:
            found = _match(entry, token, around, clausal, syntax)
        elif entry.part == "verb" and token.upos != "VERB":
            found = None
        if found is None:
            continue
        if entry.reason is not None:
            return None, f"'{entry.pattern}': {entry.reason}", True
        if entry.type == "ASSAULT" and (score := _score(token, syntax)):
            return None, f"'{entry.pattern}' with '{score}': the result of a match", True
        candidate = Candidate(token, entry, found, syntax)
        if entry.part == "noun":
            attach_light_verb(candidate, lexicon)
        failed = check_conditions(candidate, parties)
        if failed is None:
            return candidate, "", False
        reason = f"'{entry.pattern}' could be {entry.name}, but {failed}"
    return None, reason, False


def _score(verb: Token, syntax: Syntax) -> str:
    """The "5-0" of "crushed their guests 5-0", "" where there is none."""
    for number in syntax.sentence.children(verb, "obl", "nummod", "advmod", "dep"):
        second = syntax.sentence.child(number, "nmod")
        if (
            number.upos == "NUM"
            and second is not None
            and second.upos == "NUM"
            and syntax.preposition(second) in DASHES
        ):
            return f"{number.text}-{second.text}"
    return ""


def _possible(keys: Mapping[str, tuple[Entry, ...]], names: frozenset[str]) -> dict[str, list[Entry]]:
    """The entries of more than one word all of whose words stand in the sentence, wherever: few, and most often none."""
    found = {}
    for key in keys.keys() & names:
        if entries := [entry for entry in keys[key] if names.issuperset(entry.pattern.words)]:
            found[key] = entries
    return found


def _neighbourhood(token: Token, syntax: Syntax, part: str) -> tuple[dict[str, list[Token]], set[int]]:
    """The words near enough to belong to a pattern, by all their names, and the indices of those in a clause below."""
    children = syntax.sentence.children
    allowed = WITHIN if part == "verb" else NOUN_WITHIN
    near: dict[str, list[Token]] = {}
    clausal: set[int] = set()
    queue = [(token, 0)]
    if part == "verb":
        queue.extend((noun, 1) for noun in syntax.clause(token).objects)
    seen = {token.index}
    while queue:
        word, depth = queue.pop()
        if word.index not in seen:
            seen.add(word.index)
            for name in _pattern_names(word):
                near.setdefault(name, []).append(word)
        if depth >= PATTERN_DEPTH:
            continue
        for child in children(word):
            if (
                child.deprel in allowed
                and child.index not in seen
                and (part == "verb" or child.deprel != "nmod" or depth == 0)
            ):
                queue.append((child, depth + 1))
                if word.index in clausal or (child.deprel in CLAUSAL and not _is_result(child, syntax)):
                    clausal.add(child.index)
    return near, clausal


def _pattern_names(word: Token) -> tuple[str, ...]:
    """The names under which a word may stand in a pattern: of "its", not "it", which is a party and no owner."""
    is_owner = word.upos == "PRON" and word.deprel == "nmod:poss"
    return (word.text.lower(),) if is_owner else lookup_names(word)


def _is_result(word: Token, syntax: Syntax) -> bool:
    """Whether a word tells what the verb makes of its object ("found guilty", "ordered the shops closed"): no clause of its own."""
    is_participle = word.feats.get("VerbForm") == "Part" and word.feats.get("Tense") == "Past"
    return (
        word.deprel == "xcomp" and (word.upos == "ADJ" or is_participle) and not syntax.sentence.children(word, "mark")
    )


def _match(
    entry: Entry, token: Token, around: Mapping[str, list[Token]], clausal: set[int], syntax: Syntax
) -> tuple[Token, ...] | None:
    """The words of the pattern in the sentence, or None. A noun's modifiers stand before it, its phrases after it."""
    words = [token]
    previous = token.index
    for position, word in enumerate(entry.pattern.words):
        if position == entry.pattern.head:
            continue
        found = around.get(word)
        if not found:
            return None
        if entry.part == "noun":
            before = position < entry.pattern.head
            found = [
                other
                for other in found
                if (other.index < token.index) == before and abs(other.index - token.index) <= 5
            ]
        elif position > 1 and entry.pattern.head == 0:
            # words of "take to the street" stand close together; those of "impose … sanction" need not
            found = [other for other in found if abs(other.index - previous) <= 6]
        inner = entry.pattern.is_clausal
        found = [other for other in found if other not in words and (inner or other.index not in clausal)]
        if not found:
            return None
        nearest = min(found, key=lambda other: abs(other.index - token.index))
        words.append(nearest)
        previous = nearest.index
    if entry.part == "verb" and not _hang_together(words, token, syntax):
        return None
    if entry.reason is not None and (_has_phrase(words, entry) or any(_is_elsewhere(w, entry, syntax) for w in words)):
        return None
    return tuple(sorted(words, key=lambda word: word.index))


def _hang_together(words: Sequence[Token], verb: Token, syntax: Syntax) -> bool:
    """Every word of the pattern hangs on the verb or on another word of it, or is what the verb's participle modifies.

    A preposition belongs to the pattern when its phrase hangs on a word of it and is no time ("called him on Monday").
    """
    inside = {word.index for word in words}
    tokens = syntax.sentence.tokens
    for word in words:
        if word.deprel == "case" and word.head not in inside:
            phrase = tokens[word.head]
            if phrase.head not in inside or phrase.lemma.lower() in word_list("time"):
                return False
        if word.upos == "VERB" and word is not verb and word.head not in inside:
            return False
    return all(
        word.head in inside
        or verb.head == word.index
        or word.upos not in ("NOUN", "PROPN")
        or word.relation == "conj"
        or (word.deprel == "nmod" and syntax.sentence.tokens[word.head].lemma.lower() in word_list("measure"))
        for word in words
    )


def _has_phrase(words: Sequence[Token], entry: Entry) -> bool:
    """Whether the particle of a look-alike ("march on", "hang out") is a preposition with a phrase of its own: "marched on the palace"."""
    return len(words) == 2 and entry.part == "verb" and words[-1].deprel == "case"


def _is_elsewhere(word: Token, entry: Entry, syntax: Syntax) -> bool:
    """Whether a noun of a look-alike's pattern hangs on a preposition that is none of it: "met the president at the end of May"."""
    return (
        word.relation == "obl"
        and bool(preposition := syntax.preposition(word))
        and preposition not in entry.pattern.words
    )


def attach_light_verb(candidate: Candidate, lexicon: EventLexicon) -> None:
    """Note the light verb that lends an event noun its subject, and which part the subject has."""
    sentence = candidate.syntax.sentence
    noun = candidate.token
    while noun.deprel in ("nmod", "conj") and (above := sentence.head(noun)) is not None:
        if noun.deprel == "nmod" and above.lemma.lower() not in word_list("series"):
            break
        noun = above
    verb = sentence.tokens[noun.head] if noun.head != ROOT else None
    if verb is None:
        return
    if noun.relation == "acl" or (verb.upos != "VERB" and noun.relation != "acl"):
        verb = None
    if verb is None or noun.deprel not in ("obj", "nsubj:pass", "obl"):
        verb = next(
            (child for child in sentence.children(noun, "acl") if noun in candidate.syntax.clause(child).objects), None
        )
        if verb is None:
            return
    role = _light_role(verb, noun, candidate, lexicon)
    if role is not None:
        candidate.light, candidate.role = verb, role


def _light_role(verb: Token, noun: Token, candidate: Candidate, lexicon: EventLexicon) -> str | None:
    particles = [child.lemma.lower() for child in candidate.syntax.sentence.children(verb, "compound:prt", "advmod")]
    if noun.deprel == "obl":
        particles = [candidate.syntax.preposition(noun)]
    for lemma in lookup_names(verb):
        for form in [f"{lemma} {particle}" for particle in particles] + ([lemma] if noun.deprel != "obl" else []):
            for role in ("does", "undergoes"):
                if form in lexicon.light[role]:
                    return role
    return None
