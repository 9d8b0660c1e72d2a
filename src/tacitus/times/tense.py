"""The tense of the clause that an expression stands in: whether it looks back or ahead from the time of writing."""

from __future__ import annotations

from tacitus.language.document import Parse, Sentence, Token
from tacitus.records import Span
from tacitus.times.context import Tense
from tacitus.times.words import Words, load_words


def tense_of(parse: Parse, start: int, end: int) -> Tense:
    """PAST or FUTURE by the nearest verb above the expression, UNKNOWN where none tells ("Friday's ruling", "the June accord")."""
    sentence = parse.sentence_at(start)
    if sentence is None:
        return Tense.UNKNOWN
    words = load_words()
    before = parse.text[max(sentence.start, start - 20) : start].lower().rstrip()
    if before.endswith(words.ahead):
        return Tense.FUTURE
    token = sentence.head_of(Span(start, end)) or sentence.token_at(start)
    if token is None or token.relation in ("compound", "nummod", "amod") or token.deprel == "nmod:poss":
        return Tense.UNKNOWN
    if parse.text[end : end + 2] in ("'s", "’s"):
        return Tense.UNKNOWN
    previous = sentence.tokens[token.index - 1] if token.index and token.start == start else None
    if (
        previous is not None
        and previous.upos == "VERB"
        and previous.feats.get("Tense") == "Past"
        and previous.lemma not in words.planning
    ):
        return Tense.PAST  # "the ban announced Friday", wherever the tree hangs it
    for candidate in (token, *sentence.ancestors(token)):
        tense = _verb_tense(sentence, candidate, words)
        if tense is not None:
            return tense
    return Tense.UNKNOWN


def _verb_tense(sentence: Sentence, token: Token, words: Words) -> Tense | None:
    """The tense of a predicate; None for what is no predicate or leaves it to its governor."""
    if token.upos == "ADJ" and token.lemma in words.future_adjectives:
        return Tense.FUTURE
    auxiliaries = sentence.children(token, "aux", "cop")
    if token.upos not in ("VERB", "AUX") and not auxiliaries:
        return None
    lemmas = {auxiliary.lemma.lower() for auxiliary in auxiliaries}
    if lemmas & words.future_auxiliaries and "have" not in lemmas:
        return Tense.FUTURE
    if token.lemma in words.future_adjectives and token.feats.get("VerbForm") == "Part":
        return Tense.FUTURE  # "is scheduled for", "was expected on"
    if any(child.text.lower() == "to" and child.upos == "PART" for child in sentence.children(token, "mark")):
        return _infinitive_tense(sentence, token, words)
    if token.lemma in words.planning:
        return Tense.FUTURE
    if any(auxiliary.feats.get("Tense") == "Past" for auxiliary in auxiliaries) or "have" in lemmas:
        return Tense.PAST
    if token.feats.get("Tense") == "Past" or token.text.endswith("ed"):
        return Tense.PAST
    return _present_tense(token, auxiliaries, words)


def _infinitive_tense(sentence: Sentence, token: Token, words: Words) -> Tense | None:
    """An infinitive looks ahead, unless its governor says that it came to pass: "managed to"."""
    governor = sentence.head(token)
    if governor is not None and governor.lemma in words.implicative and token.relation == "xcomp":
        return None
    return Tense.FUTURE


def _present_tense(token: Token, auxiliaries: list[Token], words: Words) -> Tense | None:
    """ "begins Monday", "is meeting on Friday" look ahead; "says on Friday" does not."""
    forms = {token.feats.get("Tense"), *(auxiliary.feats.get("Tense") for auxiliary in auxiliaries)}
    finite = token.feats.get("VerbForm") == "Fin" or any(a.feats.get("VerbForm") == "Fin" for a in auxiliaries)
    if "Pres" in forms and finite:
        return Tense.PAST if token.lemma in words.reporting else Tense.FUTURE
    return None
