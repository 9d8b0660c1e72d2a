"""Dead, injured, and the size of crowds, taken from the event's sentence and tied to the event through the tree.

A figure counts for an event when the word that carries it (killed, dead, toll, wounded) is the trigger, or the nearest such word that
does not tell of another act. Nothing is added up over sentences. Figures follow the conventions of `quantities`; without a number word
a singular is one and a plural two or more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tacitus.events.casualty_words import CasualtyWords, HarmWords
from tacitus.events.counts import Count, add, adjacent, numbered, people, read_quantity
from tacitus.events.forms import is_listed, lemma_candidates
from tacitus.language.document import Parse, Sentence, Token
from tacitus.records import Quantity

__all__ = ["Casualties", "CasualtyWords", "find_casualties", "read_quantity"]

Named = tuple[Token, tuple[str, ...]]
"""A word with its names in the lists."""

NONE_OF = frozenset({"anyone", "anybody", "any"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Casualties:
    """The figures of one event, each with its words, None where the sentence gives none."""

    dead: Quantity | None = None
    injured: Quantity | None = None
    size: Quantity | None = None


def find_casualties(parse: Parse, sentence: Sentence, trigger: Token, *, type: str, words: CasualtyWords) -> Casualties:
    """The figures that the sentence gives for the event of that PLOVER type at `trigger`.

    Dead and injured are looked for where the type is one that hurts people, a size where it is a gathering (`casualties.toml`).
    """
    harmful = type in words.lists["crowd.casualty_types"]
    named = [(token, keys) for token in sentence.tokens if (keys := _keys(sentence, token))] if harmful else []
    dead = _harm(sentence, trigger, words.dead, words, named)
    injured = _harm(sentence, trigger, words.injured, words, named)
    size = _size(sentence, trigger, words) if type in words.lists["crowd.types"] else None
    return Casualties(
        dead=dead.quantity() if dead else None,
        injured=injured.quantity() if injured else None,
        size=size.quantity() if size else None,
    )


# --- the dead and the injured


def _harm(
    sentence: Sentence, trigger: Token, kind: HarmWords, words: CasualtyWords, named: Sequence[Named]
) -> Count | None:
    """The figure of the nearest word of harm that belongs to the event."""
    for word in _words_of_harm(sentence, trigger, kind, words, named):
        count = _victims(sentence, word, kind, words)
        if count is not None:
            return count
    return None


def _words_of_harm(
    sentence: Sentence, trigger: Token, kind: HarmWords, words: CasualtyWords, named: Sequence[Named]
) -> Iterator[Token]:
    """The trigger first, then by distance in the tree."""
    lists = kind.all, words.lists["victims.lives"], words.lists["both.nouns"]
    candidates = [
        token
        for token, keys in named
        if not all(listed.isdisjoint(keys) for listed in lists)
        and (token is trigger or _belongs(sentence, token, trigger, words))
    ]
    yield from sorted(candidates, key=lambda token: (_distance(sentence, trigger, token), token.index))


def _keys(sentence: Sentence, token: Token) -> tuple[str, ...]:
    """The names of the token in the lists: its lemma, and with its particle or object ("gun_down", "lose_life")."""
    if token.upos not in ("VERB", "NOUN", "ADJ", "PROPN", "ADV"):
        return ()
    lemmas = lemma_candidates(token.text, token.lemma)
    parts = sentence.children(token, "compound:prt", "obj", "xcomp", "advmod") if token.upos == "VERB" else []
    objects = [name for part in parts for name in lemma_candidates(part.text, part.lemma)]
    return (*lemmas, *(f"{lemma}_{name}" for lemma in lemmas for name in objects))


def _distance(sentence: Sentence, first: Token, second: Token) -> int:
    """Steps through the tree from one token to the other."""
    up = {first.index: 0} | {token.index: step for step, token in enumerate(sentence.ancestors(first), 1)}
    for step, token in enumerate([second, *sentence.ancestors(second)]):
        if token.index in up:
            return step + up[token.index]
    return len(sentence.tokens)


def _belongs(sentence: Sentence, word: Token, trigger: Token, words: CasualtyWords) -> bool:
    """Whether a word of harm tells of the trigger's event: not in a relative clause about something else, not the act of another
    subject, not merely possible."""
    path = [word, *sentence.ancestors(word)]
    above = {trigger.index, *(token.index for token in sentence.ancestors(trigger))}
    for step in path:
        if step.index in above:
            break
        if step.deprel == "acl:relcl" and step.head != trigger.index:
            return False
        if step is not word and step.relation == "advcl" and _is_unreal(sentence, step, words):
            return False
    return not _is_unreal(sentence, word, words) and not _is_other_act(sentence, word, trigger, words)


def _is_unreal(sentence: Sentence, word: Token, words: CasualtyWords) -> bool:
    """Whether the word's own clause is modal or conditional."""
    clause = [word, *([head] if (head := sentence.head(word)) is not None and word.relation == "xcomp" else [])]
    modal = words.lists["unreal.auxiliaries"]
    marks = words.lists["unreal.marks"]
    return any(
        (child.relation == "aux" and child.lemma in modal) or (child.relation == "mark" and child.text.lower() in marks)
        for token in clause
        for child in sentence.children(token)
    )


def _is_other_act(sentence: Sentence, word: Token, trigger: Token, words: CasualtyWords) -> bool:
    """Whether the word is an active verb of killing or wounding with a subject of its own that is neither the event nor its means."""
    subject = sentence.child(word, "nsubj")
    acts = is_listed(word, words.dead.verbs) or is_listed(word, words.injured.verbs)
    if not acts or subject is None or subject.deprel == "nsubj:pass" or sentence.child(word, "obj") is None:
        return False
    return not is_listed(subject, words.lists["victims.means"]) and subject.index != trigger.index


def _victims(sentence: Sentence, word: Token, kind: HarmWords, words: CasualtyWords) -> Count | None:
    """How many the word of harm tells of."""
    keys = set(_keys(sentence, word))
    if word.upos == "VERB" and keys & kind.verbs:
        return _of_verb(sentence, word, words)
    if word.upos == "VERB" and keys & kind.subject_verbs:
        return _of_subject(sentence, word, words)
    if keys & kind.tolls:
        return _of_toll(sentence, word, words)
    if keys & kind.adjectives:
        return _of_adjective(sentence, word, words)
    if word.upos in ("NOUN", "PROPN") and keys & kind.nouns:
        return _of_noun(sentence, word, words)
    if keys & words.lists["both.nouns"]:
        return _zero(sentence, word, words)
    if keys & words.lists["victims.lives"] and "die" in kind.subject_verbs:
        head = sentence.head(word)
        claimed = head is not None and is_listed(head, words.lists["victims.life_verbs"]) and word.relation == "obj"
        return numbered(sentence, word, words) if claimed else None
    return None


def _of_verb(sentence: Sentence, verb: Token, words: CasualtyWords) -> Count | None:
    """The object; the passive subject, a first conjunct's too; the noun a participle describes; else a bare figure beside the verb."""
    negated = any(
        child.text.lower() in words.lists["unreal.negators"] for child in sentence.children(verb, "advmod", "mark")
    )
    passive = sentence.child(verb, "aux:pass") is not None
    victim = sentence.child(verb, "nsubj:pass") if passive else sentence.child(verb, "obj")
    if victim is None and not passive and not negated:  # "killed at least 12": a parser may take "at" for a case
        bare = verb.relation == "conj" and sentence.child(verb, "nsubj", "aux") is None
        beside = adjacent(sentence, verb, words, before=True) if bare else None
        if figure := beside or adjacent(sentence, verb, words, before=False):
            return figure
    victim = victim or sentence.child(verb, "obj", "nsubj:pass") or _patient(sentence, verb)
    if victim is None:
        return None
    if negated:
        span = victim.span
        return Count(0, 0, span) if victim.text.lower() in NONE_OF or _has_any(sentence, victim) else None
    count = people(sentence, victim, words, verb=verb)
    return count if victim.index < verb.index else _with_others(sentence, verb, count, words)


def _with_others(sentence: Sentence, verb: Token, count: Count | None, words: CasualtyWords) -> Count | None:
    """Victims that a parser hangs on the verb: "killed himself and six others"."""
    for other in sentence.children(verb, "conj"):
        more = numbered(sentence, other, words) if other.upos in ("NOUN", "NUM") else None
        count = (
            add(count, more)
            if count is not None and more is not None and sentence.child(other, "nsubj") is None
            else count
        )
    return count


def _has_any(sentence: Sentence, noun: Token) -> bool:
    return any(det.text.lower() in NONE_OF for det in sentence.children(noun, "det"))


def _patient(sentence: Sentence, verb: Token) -> Token | None:
    """Who is killed where the verb has no object."""
    participle = verb.feats.get("VerbForm") == "Part" and not verb.text.lower().endswith("ing")
    if not participle:
        return None
    if verb.deprel in ("acl", "amod"):
        return sentence.head(verb)
    subject = sentence.child(verb, "nsubj")
    if subject is not None and sentence.child(verb, "aux") is None:  # a headline: "Ten killed in ambush"
        return subject
    if sentence.child(verb, "aux:pass") is not None:  # "at least four were hurt": a parser may take "at" for a case
        return next((child for child in sentence.children(verb, "nsubj", "obl") if child.index < verb.index), None)
    head = sentence.head(verb)
    if verb.relation in ("conj", "xcomp", "ccomp") and head is not None:
        return sentence.child(head, "nsubj:pass") or (sentence.child(head, "obj") if verb.relation == "xcomp" else None)
    return None


def _of_subject(sentence: Sentence, verb: Token, words: CasualtyWords) -> Count | None:
    """The subject of die, perish, lose one's life, suffer injuries."""
    if any(child.text.lower() in words.lists["unreal.negators"] for child in sentence.children(verb, "advmod")):
        return None
    subject = sentence.child(verb, "nsubj", "nsubj:pass")
    if subject is None and verb.relation in ("acl", "conj"):
        head = sentence.head(verb)
        subject = head if head is not None and verb.relation == "acl" else sentence.child(head or verb, "nsubj")
    return people(sentence, subject, words) if subject is not None else None


def _of_adjective(sentence: Sentence, word: Token, words: CasualtyWords) -> Count | None:
    """Twelve dead; left twelve people dead; twelve were found dead; nine dead and 20 injured."""
    own = numbered(sentence, word, words) or adjacent(sentence, word, words, before=True)
    if own is not None:
        return own
    head = sentence.head(word)
    if word.relation in ("xcomp", "advmod") and head is not None:
        victim = sentence.child(head, "obj", "nsubj:pass") or sentence.child(head, "nsubj")
        return people(sentence, victim, words) if victim is not None else None
    if sentence.child(word, "cop", "aux:pass") is not None:
        subject = sentence.child(word, "nsubj")
        return people(sentence, subject, words) if subject is not None else None
    if word.upos == "VERB":
        return _of_verb(sentence, word, words)
    return None


def _of_noun(sentence: Sentence, noun: Token, words: CasualtyWords) -> Count | None:
    """Twelve deaths; the deaths of twelve people; no deaths; the killing of three men; his murder."""
    if zero := _zero(sentence, noun, words):
        return zero
    if own := numbered(sentence, noun, words):
        return own
    for modifier in sentence.children(noun, "nmod"):
        if any(case.text.lower() in ("of", "'s", "’s", "'") for case in sentence.children(modifier, "case")):
            return people(sentence, modifier, words)
    return None


def _zero(sentence: Sentence, noun: Token, words: CasualtyWords) -> Count | None:
    """No casualties; without casualties; there were not any injuries."""
    negative = [
        child
        for child in sentence.children(noun, "det", "case", "mark")
        if child.text.lower() in ("no", "without", "zero") and child.index < noun.index
    ]
    head = sentence.head(noun)
    if not negative and head is not None and _has_any(sentence, noun):
        negators = words.lists["unreal.negators"]
        negative = [
            child
            for child in sentence.children(head, "advmod")
            if child.text.lower() in negators and child.index < noun.index
        ]
    return Count(0, 0, noun.span._replace(start=negative[0].start)) if negative else None


def _of_toll(sentence: Sentence, toll: Token, words: CasualtyWords) -> Count | None:
    """The death toll rose to 45; a toll of at least 45; brought the toll to 45. The dead only where a "death" or "dead" says so."""
    modifiers = sentence.children(toll, "compound", "amod", "nmod:poss")
    if not any(part.lemma in ("death", "dead") for part in modifiers):
        return None
    head = sentence.head(toll)
    places = sentence.children(toll, "nmod", "nummod", "appos")
    if head is not None and toll.relation in ("nsubj", "obj"):
        places += [*sentence.children(head, "obl", "obj", "xcomp"), *([head] if head.upos == "NUM" else [])]
    for place in places:
        cases = {case.text.lower() for case in sentence.children(place, "case")}
        count = (
            numbered(sentence, place, words)
            if place is not toll and not cases & {"from", "by", "since", "on"}
            else None
        )
        if count is not None:
            return count
    return None


# --- the size of a crowd


def _size(sentence: Sentence, trigger: Token, words: CasualtyWords) -> Count | None:
    """How many took part: the figure of the subject, of "a march of 2,000", of those who joined or were drawn, of a strong crowd."""
    for noun in _participants(sentence, trigger, words):
        if is_listed(noun, words.lists["crowd.not_crowd"]) or is_listed(noun, words.lists["victims.measures"]):
            continue
        count = numbered(sentence, noun, words) or _figure_of(sentence, noun, words)
        if count is not None:
            return count
    return _strong(sentence, trigger, words)


def _figure_of(sentence: Sentence, noun: Token, words: CasualtyWords) -> Count | None:
    """A crowd of 300; hundreds of students (where "students" is the participant)."""
    for modifier in sentence.children(noun, "nmod"):
        if any(case.text.lower() == "of" for case in sentence.children(modifier, "case")):
            return numbered(sentence, modifier, words)
    return None


def _participants(sentence: Sentence, trigger: Token, words: CasualtyWords) -> Iterator[Token]:
    """The nouns that may name those who took part, the likeliest first."""
    yield from sentence.children(trigger, "nsubj")
    yield from (
        child
        for child in sentence.children(trigger, "nmod", "obl", "obl:agent")
        if any(case.text.lower() in ("of", "by") for case in sentence.children(child, "case"))
    )
    yield from (part for part in sentence.children(trigger, "acl") for part in _joined(sentence, part, words))
    if trigger.relation in ("acl", "acl:relcl") and (described := sentence.head(trigger)) is not None:
        yield described
    head = sentence.head(trigger)
    if head is not None and head.upos == "VERB":
        yield from _beside(sentence, trigger, head, words)
    for token in sentence.tokens:
        if is_listed(token, words.lists["crowd.certain"]):
            yield token


def _joined(sentence: Sentence, verb: Token, words: CasualtyWords) -> list[Token]:
    """A march joined by 5,000 people; a rally that drew 2,000."""
    if is_listed(verb, words.lists["crowd.joining_verbs"]):
        return sentence.children(verb, "obl:agent", "obl")
    return sentence.children(verb, "obj") if is_listed(verb, words.lists["crowd.drawing_verbs"]) else []


def _beside(sentence: Sentence, trigger: Token, head: Token, words: CasualtyWords) -> list[Token]:
    """Who joined the protest, or whom it drew."""
    if trigger.relation == "nsubj" and is_listed(head, words.lists["crowd.drawing_verbs"]):
        return sentence.children(head, "obj", "obl")
    joins = is_listed(head, words.lists["crowd.joining_verbs"])
    if trigger.relation in ("obj", "obl", "xcomp", "advcl", "conj") and joins:
        return sentence.children(head, "nsubj")
    if trigger.deprel == "nsubj:pass" and joins:
        return sentence.children(head, "obl:agent", "obl")
    return []


def _strong(sentence: Sentence, trigger: Token, words: CasualtyWords) -> Count | None:
    """A 2,000-strong crowd."""
    for token in sentence.tokens:
        if token.text.lower() == "strong" and token.index >= 2 and sentence.tokens[token.index - 1].text in ("-", "‑"):
            return numbered(sentence, sentence.tokens[token.index - 2], words)
    return None
