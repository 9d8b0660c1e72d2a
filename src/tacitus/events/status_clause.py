"""What the words inside one clause say about the status of its predicate: negation, modality, tense, mood, habit.

Also for event nouns, whose determiners and adjectives do the same ("no attack", "a planned visit"). Nothing here looks above the
clause; that is `status_scope`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tacitus.events.forms import is_listed
from tacitus.events.status_cues import StatusCues
from tacitus.language.document import Sentence, Token

AUXILIARY = ("aux", "aux:pass", "cop")
SUBJECT = ("nsubj", "csubj")
DEFINITE = frozenset(
    {"the", "this", "that", "these", "those", "both", "its", "their", "his", "her", "our", "your", "my"}
)
WH = frozenset({"who", "whom", "whose", "what", "which", "why", "how", "when", "where"})
ARTICLES = frozenset({"the", "a", "an"})
TERMINAL = frozenset(".?!…")
QUESTION_REACH = (
    8  # words before the verb among which the question word stands: "how many of the prisoners of the camp were"
)


@dataclass(frozen=True, slots=True)
class Cue:
    """A status and the token or tokens that call for it."""

    status: str
    tokens: tuple[Token, ...]
    reason: str
    echoes: bool = False
    """Whether a negation repeats the one before it ("has not met, let alone signed"): the two do not cancel out."""


def lower(token: Token) -> str:
    return token.text.lower()


def is_predicate(sentence: Sentence, token: Token) -> bool:
    """Whether the token heads a clause: a verb, or anything with a copula."""
    return token.upos in ("VERB", "AUX") or sentence.child(token, "cop") is not None


def clause_verb(sentence: Sentence, token: Token) -> Token:
    """The word that carries the clause's tense: the first auxiliary or copula, else the token itself."""
    return next(iter(sentence.children(token, "aux", "cop")), token)


def is_present(sentence: Sentence, token: Token) -> bool:
    """Whether the clause stands in the present tense (the perfect does not count)."""
    verb = clause_verb(sentence, token)
    perfect = verb.lemma == "have" and verb is not token
    return verb.feats.get("Tense") == "Pres" and verb.feats.get("VerbForm") == "Fin" and not perfect


def is_past(sentence: Sentence, token: Token) -> bool:
    """Whether the clause's finite verb is past, or a perfect."""
    verb = clause_verb(sentence, token)
    return verb.feats.get("Tense") == "Past" or (verb.lemma == "have" and verb is not token)


def is_perfect(sentence: Sentence, token: Token) -> bool:
    return any(aux.lemma == "have" for aux in sentence.children(token, "aux"))


def is_infinitive(sentence: Sentence, token: Token) -> bool:
    """Whether a "to" stands before the predicate or its auxiliaries."""
    return any(lower(mark) == "to" and mark.upos == "PART" for mark in sentence.children(token, "mark", "aux"))


def is_gerund(sentence: Sentence, token: Token) -> bool:
    """Whether the predicate, or its first auxiliary ("having met"), is an -ing form without a tense of its own."""
    verb = clause_verb(sentence, token)
    return lower(verb).endswith("ing") and verb.feats.get("VerbForm") != "Fin" and verb.upos in ("VERB", "AUX")


def is_indefinite(sentence: Sentence, noun: Token) -> bool:
    """Whether a noun has no article, demonstrative or possessive that presupposes what it names."""
    if sentence.child(noun, "nmod:poss") is not None or noun.upos == "PRON":
        return False
    return not any(lower(det) in DEFINITE for det in sentence.children(noun, "det", "det:predet"))


def phrase_from(sentence: Sentence, token: Token) -> str:
    """The token with its fixed parts, lower case: "as long as", "instead of"."""
    parts = sorted([token, *sentence.children(token, "fixed")], key=lambda part: part.index)
    return " ".join(lower(part) for part in parts)


def subject_of(sentence: Sentence, predicate: Token) -> Token | None:
    return sentence.child(predicate, *SUBJECT)


def find_negation(sentence: Sentence, predicate: Token, cues: StatusCues) -> Token | None:
    """The word that negates the predicate: an adverb, or a quantifier in its subject, object or adverbial."""
    for child in sentence.children(predicate):
        if child.relation in ("advmod", "cc", "aux", "mark", "det") and _is_negator(sentence, child, cues):
            return child
        if lower(child) in cues.words["negation.counted"] and (before := _negator_before(sentence, child)):
            return before
        if child.deprel == "obl:agent" and lower(child) in cues.words["negation.quantifiers"]:
            return child
        if child.relation in ("nsubj", "obj", "obl") and (found := _negative_phrase(sentence, child, cues)):
            return found
    return preposition_of(sentence, predicate, cues.words["negation.prepositions"]) or yet_to(sentence, predicate)


def _negator_before(sentence: Sentence, token: Token) -> Token | None:
    """The "not" of "not once since the coup"."""
    before = sentence.tokens[token.index - 1] if token.index else None
    return before if before is not None and lower(before) == "not" else None


def preposition_of(sentence: Sentence, token: Token, phrases: frozenset[str]) -> Token | None:
    """The preposition or subordinator of the token that, with its fixed parts, is one of the phrases."""
    marks = sentence.children(token, "case", "mark", "advmod")
    return next((mark for mark in marks if phrase_from(sentence, mark) in phrases and _leads(sentence, mark)), None)


def _leads(sentence: Sentence, mark: Token) -> bool:
    """Whether "instead" or "rather" governs what follows: as adverbs ("flew home instead") they negate nothing."""
    if mark.relation != "advmod" or phrase_from(sentence, mark) not in ("instead", "rather"):
        return True
    return any(lower(word) in ("of", "than") for word in sentence.tokens[mark.index + 1 : mark.index + 2])


def added_negation(sentence: Sentence, token: Token, cues: StatusCues) -> Cue | None:
    """What joins the word to what is said instead of it, or not said either: "rather than a trial", "let alone signed"."""
    for word in sentence.children(token, "cc", "advmod"):
        phrase = phrase_from(sentence, word)
        if phrase in cues.words["negation.conjunctions"] and (phrase != "not" or word.relation == "cc"):
            return Cue("negated", (word,), f"'{phrase}' negates", echoes=True)
    return None


def _is_negator(sentence: Sentence, child: Token, cues: StatusCues) -> bool:
    word = lower(child)
    if word in ("neither", "nor"):
        return True
    if child.relation in ("cc", "det"):
        return False
    if word not in cues.words["negation.adverbs"] and child.lemma not in ("not", "never"):
        if word == "longer":
            return any(lower(part) == "no" for part in sentence.children(child))
        return word in cues.words["negation.near"] and not _next_is_number(sentence, child)
    return not _has_focus(sentence, child, cues)


def _has_focus(sentence: Sentence, negator: Token, cues: StatusCues) -> bool:
    """Whether "only", "just" and the like stand after the negator or above it: then it negates nothing."""
    following = sentence.tokens[negator.index + 1 : negator.index + 2]
    return any(lower(token) in cues.words["negation.focus"] for token in following)


def _next_is_number(sentence: Sentence, token: Token) -> bool:
    following = sentence.tokens[token.index + 1 : token.index + 3]
    return any(word.upos == "NUM" or word.lemma in ("all", "every", "half", "dozen", "hundred") for word in following)


def _negative_phrase(sentence: Sentence, noun: Token, cues: StatusCues) -> Token | None:
    """The negative quantifier of a noun phrase: no, none, nobody, neither; "not a single"; "at no time" but not "in no hurry"."""
    quantifiers = cues.words["negation.quantifiers"]
    if noun.relation == "obl" and lower(noun) not in cues.words["negation.adverbial_nouns"]:
        return None
    if lower(noun) in quantifiers and noun.upos in ("PRON", "DET", "NOUN"):
        return noun
    for child in sentence.children(noun, "det", "advmod", "cc", "cc:preconj"):
        word = lower(child)
        if word in quantifiers and not (word == "no" and child.relation == "advmod"):
            return child
        if word in ("not", "hardly", "scarcely") and not _has_focus(sentence, child, cues):
            return child
        inner = [lower(part) for part in sentence.children(child, "advmod")]
        if "hardly" in inner or "not" in inner:
            return child
    return None


def yet_to(sentence: Sentence, predicate: Token) -> Token | None:
    """The "yet" of "have yet to arrest"."""
    for mark in sentence.children(predicate, "mark"):
        if lower(mark) == "to" and mark.index > 0 and lower(sentence.tokens[mark.index - 1]) == "yet":
            return sentence.tokens[mark.index - 1]
    return None


def noun_negation(sentence: Sentence, noun: Token, cues: StatusCues) -> Token | None:
    """The word that negates an event noun itself: "no attack", "without an agreement", "a foiled attack"."""
    if found := _negative_phrase(sentence, noun, cues):
        return found
    if case := preposition_of(sentence, noun, cues.words["negation.prepositions"]):
        return case
    return _first(sentence.children(noun, "amod"), cues.words["negation.adjectives"])


def _first(tokens: Iterable[Token], words: frozenset[str]) -> Token | None:
    return next((token for token in tokens if lower(token) in words or token.lemma in words), None)


def find_modal(sentence: Sentence, predicate: Token, cues: StatusCues) -> Token | None:
    """The modal auxiliary, "will" included."""
    auxiliaries = sentence.children(predicate, "aux")
    if not auxiliaries:
        return None
    return _first(auxiliaries, cues.words["modality.hypothetical"]) or _first(
        auxiliaries, cues.words["modality.future"]
    )


def modal_adverb(sentence: Sentence, predicate: Token, cues: StatusCues) -> Token | None:
    """Perhaps, possibly, probably."""
    return _first(sentence.children(predicate, "advmod"), cues.words["modality.adverbs"])


def noun_adjective(sentence: Sentence, noun: Token, cues: StatusCues) -> Cue | None:
    """What an adjective or participle before the event noun says: possible, planned, annual, ancient."""
    for status in ("hypothetical", "future", "habitual", "historical"):
        section = "modality" if status == "hypothetical" else status
        if found := _first(sentence.children(noun, "amod", "compound"), cues.words[f"{section}.adjectives"]):
            return Cue(status, (found,), f"'{found.text}' qualifies")
    return None


def conditional_mark(sentence: Sentence, predicate: Token, cues: StatusCues) -> Token | None:
    """The subordinator of a condition, or the inverted auxiliary of "had the soldiers fired"."""
    marks = cues.words["conditional.marks"]
    for mark in [*sentence.children(predicate, "mark", "advmod", "case"), *_strayed_mark(sentence, predicate)]:
        if lower(mark) == "whether" and mark.relation == "mark":
            return mark
        if phrase_from(sentence, mark) in marks or _in_phrase(sentence, mark, marks):
            return mark
    subject = subject_of(sentence, predicate)
    verb = clause_verb(sentence, predicate)
    inverted = subject is not None and verb is not predicate and verb.index < subject.index
    if inverted and predicate.relation == "advcl" and lower(verb) in ("had", "were", "should"):
        return verb
    return None


def _strayed_mark(sentence: Sentence, predicate: Token) -> list[Token]:
    """ "Whether the envoys met remains unclear": the subordinator of a clause that is the subject, where the parse hangs both on the verb
    that follows."""
    governor, subject = sentence.head(predicate), subject_of(sentence, predicate)
    if governor is None or subject is None or sentence.child(predicate, "mark") is not None:
        return []
    strayed = [mark for mark in sentence.children(governor, "mark") if mark.index < subject.index]
    return strayed if subject.index < predicate.index < governor.index else []


def _in_phrase(sentence: Sentence, token: Token, phrases: frozenset[str]) -> bool:
    """Whether the words from the token on, or three words up to it, are one of the phrases ("as long as")."""
    words = [lower(word) for word in sentence.tokens[token.index : token.index + 4]]
    before = [lower(word) for word in sentence.tokens[max(0, token.index - 2) : token.index + 1]]
    return " ".join(before) in phrases or any(
        " ".join(words[:size]) in phrases for size in (2, 3, 4) if len(words) >= size
    )


def has_condition(sentence: Sentence, predicate: Token, cues: StatusCues) -> Token | None:
    """The subordinator of a conditional clause that depends on the predicate."""
    for clause in sentence.children(predicate, "advcl"):
        mark = conditional_mark(sentence, clause, cues)
        if mark is not None and lower(mark) != "as":
            return mark
    return None


def is_open_question(sentence: Sentence, predicate: Token) -> bool:
    """Whether a finite clause is an embedded question about a part of it: "did not say who had fired", "asked why they were held"."""
    verb = clause_verb(sentence, predicate)
    if verb.feats.get("VerbForm") != "Fin":
        return False
    before = sentence.tokens[max(0, verb.index - QUESTION_REACH) : verb.index]
    opening = next((word for word in before if lower(word) in WH and _is_below(sentence, word, predicate)), None)
    marks = [mark for mark in sentence.children(predicate, "mark") if lower(mark) in ("that", "whether", "if")]
    return opening is not None and not any(mark.index < opening.index for mark in marks)


def _is_below(sentence: Sentence, word: Token, predicate: Token) -> bool:
    """Whether the word belongs to the predicate's own clause: hangs on it, or on a phrase of it ("which man", "how many people")."""
    for above in sentence.ancestors(word):
        if above is predicate:
            return True
        if above.upos in ("VERB", "AUX"):
            return False
    return False


def is_yes_no_question(sentence: Sentence, predicate: Token) -> bool:
    """Whether the predicate is the main verb of a question that no question word opens."""
    ends = [token for token in sentence.tokens if token.upos == "PUNCT" and "?" in token.text]
    if not ends or (predicate.head >= 0 and predicate.relation not in ("parataxis", "conj", "ccomp")):
        return False
    verb, subject = clause_verb(sentence, predicate), subject_of(sentence, predicate)
    if any(lower(token) in WH for token in sentence.subtree(predicate) if token.index <= verb.index):
        return False
    return subject is None or verb.index < subject.index or predicate.head < 0


def is_imperative(sentence: Sentence, predicate: Token) -> bool:
    """Whether the predicate is an order: marked so, or a bare form that opens its sentence or quotation."""
    if subject_of(sentence, predicate) is not None or sentence.child(predicate, *AUXILIARY) is not None:
        return False
    if predicate.feats.get("Mood") == "Imp":
        return True
    before = [token for token in sentence.tokens[: predicate.index] if token.upos != "PUNCT"]
    opens = not before or lower(sentence.tokens[predicate.index - 1]) in ('"', "“", "'", "‘")
    return opens and predicate.upos == "VERB" and lower(predicate) == predicate.lemma


def is_headline(sentence: Sentence) -> bool:
    """Whether the sentence has no closing punctuation, as headlines have none."""
    closing = [token for token in sentence.tokens[-2:] if token.upos == "PUNCT"]
    return not any(set(token.text) & TERMINAL for token in closing)


def is_simple_present(sentence: Sentence, predicate: Token, cues: StatusCues) -> bool:
    """Whether the predicate is an active simple present that tells a habit: "supplies drones", not "condemns", "meets the envoy".

    A single object makes it one act, told in the present as headlines and captions do; so does a style without articles, unless
    the object is many.
    """
    plain = predicate.upos == "VERB" and sentence.child(predicate, *AUXILIARY) is None
    finite = predicate.feats.get("Tense") == "Pres" and predicate.feats.get("VerbForm") == "Fin"
    form = lower(predicate)
    plain = plain and (form == predicate.lemma or form.endswith("s"))  # taggers take "resold" for a present
    if not (plain and finite) or is_headline(sentence):
        return False
    if is_listed(predicate, cues.words["habitual.verbs"]):
        return True
    if is_listed(predicate, cues.words["present.verbs"]):
        return False
    affected = sentence.child(predicate, "obj")
    if affected is not None and _is_plural(sentence, affected):
        return True
    if not any(lower(token) in ARTICLES for token in sentence.tokens):
        return False
    subject = subject_of(sentence, predicate)
    if affected is None:
        return subject is not None and _is_plural(sentence, subject)
    return affected.upos == "NOUN" and sentence.child(affected, "det", "nmod:poss", "nummod") is None


def _is_plural(sentence: Sentence, noun: Token) -> bool:
    several = any(child.relation == "conj" for child in sentence.children(noun))
    relative = noun.upos == "PRON" and lower(noun) in ("that", "which", "who")
    return noun.feats.get("Number") == "Plur" or several or relative
