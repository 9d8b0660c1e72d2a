"""From an event word up the tree: what governs it, and in which way.

A `Link` names the governor and the kind of complement the event word is to it; `status` looks the pair up among the governor classes.
"""

from __future__ import annotations

from dataclasses import dataclass

from tacitus.events.forms import lemma_candidates
from tacitus.events.status_clause import (
    clause_verb,
    conditional_mark,
    is_gerund,
    is_infinitive,
    is_open_question,
    is_predicate,
    lower,
    phrase_from,
    subject_of,
)
from tacitus.events.status_cues import StatusCues
from tacitus.language.document import Sentence, Token

PARTICLES = ("compound:prt", "advmod", "obj", "obl", "xcomp", "fixed")
ADVERBS = frozenset({"out", "off", "up"})  # particles that a parser may take for prepositions


@dataclass(frozen=True, slots=True)
class Link:
    """The event word's bond to its governor. `kinds` are the complements to look up, the first that a class knows decides.

    `transparent`: without a class, an unreal or habitual governor makes the event unreal or habitual too.
    """

    governor: Token
    kinds: tuple[str, ...]
    transparent: bool = False


def conjunction_head(sentence: Sentence, token: Token) -> Token:
    """The first conjunct of the series the token stands in, whose place in the tree the others share.

    A verb that a parser joins to a noun ("will hear the case and rule") belongs to the noun's verb.
    """
    seen = set()
    while token.relation == "conj" and token.index not in seen:
        seen.add(token.index)
        head = sentence.head(token)
        if head is None:
            break
        if token.upos == "VERB" and head.upos == "NOUN" and head.relation in ("obj", "obl"):
            head = sentence.head(head) or head
        token = head
    return token


def find_link(sentence: Sentence, token: Token, cues: StatusCues) -> Link | None:
    """The bond of a first conjunct to its governor; None where it is independent (main clause, relative clause, aside, and a question
    who, why or how: it takes for granted what it asks about)."""
    governor = sentence.head(token)
    if governor is None:
        return None
    if governor.relation == "advmod":  # "stopped short of"
        governor = sentence.head(governor) or governor
    clause = is_predicate(sentence, token)
    if token.relation in ("ccomp", "csubj", "acl") and is_open_question(sentence, token):
        return None
    match token.relation:
        case "xcomp" | "ccomp" | "csubj":
            return Link(governor, _clause_kinds(sentence, token, cues), transparent=token.relation == "xcomp")
        case "advcl":
            return _adverbial_link(sentence, token, governor, cues)
        case "acl" if token.deprel != "acl:relcl":
            return _modifier_clause_link(sentence, token, governor, cues)
        case "obj" | "nsubj" | "obl" | "nmod" | "compound" | "dep" if not clause or token.upos != "VERB":
            return _noun_link(sentence, token, governor, cues)
        case "nsubj" | "obj" | "obl" | "nmod":  # a verb form tagged as verb in a noun's place
            return _noun_link(sentence, token, governor, cues)
    return None


def _clause_kinds(sentence: Sentence, token: Token, cues: StatusCues) -> tuple[str, ...]:
    marks = [lower(mark) for mark in sentence.children(token, "mark", "case")]
    if "whether" in marks or (token.relation == "ccomp" and "if" in marks):
        return ("whether",)
    if is_infinitive(sentence, token):
        return ("infinitive", "purpose")
    prepositions = tuple(mark for mark in marks if mark not in ("that", "to"))
    if is_gerund(sentence, token):
        return (*(("to",) if "to" in marks else prepositions), "gerund")
    if token.relation == "xcomp" and token.upos in ("VERB", "AUX"):
        return ("participle", "infinitive") if token.feats.get("VerbForm") == "Part" else ("infinitive",)
    return ("clause",)


def _adverbial_link(sentence: Sentence, token: Token, governor: Token, cues: StatusCues) -> Link | None:
    if conditional_mark(sentence, token, cues) is not None:
        return None
    if is_infinitive(sentence, token):
        return Link(governor, ("purpose", "infinitive"))
    if not is_gerund(sentence, token):
        participle = subject_of(sentence, token) is None and token.feats.get("VerbForm") == "Part"
        return Link(governor, (), transparent=True) if participle else None
    prepositions = [phrase_from(sentence, mark) for mark in sentence.children(token, "mark", "case")]
    between = len(prepositions) + len(sentence.children(governor, "compound:prt"))
    follows = clause_verb(sentence, token).index <= governor.index + 1 + between  # ", demanding" is an aside
    bare = ("gerund",) if follows and not set(prepositions) - ADVERBS else ()
    return Link(governor, (*prepositions, *bare), transparent=True)


def _modifier_clause_link(sentence: Sentence, token: Token, governor: Token, cues: StatusCues) -> Link | None:
    """A clause that fills a noun out: "plans to arm", "claims that", "ban on entering". Participles that describe are no such thing."""
    marks = [lower(mark) for mark in sentence.children(token, "mark", "case")]
    if "whether" in marks:
        return Link(governor, ("whether",))
    if is_infinitive(sentence, token):
        return Link(governor, ("infinitive",))
    if marks and is_gerund(sentence, token):
        verb = sentence.head(governor) if governor.relation == "obj" and "from" in marks else None
        return Link(verb or governor, tuple(marks))  # "barred members from entering"
    finite = subject_of(sentence, token) is not None
    return Link(governor, ("clause",)) if finite else None


def _noun_link(sentence: Sentence, token: Token, governor: Token, cues: StatusCues) -> Link:
    if token.relation == "compound":
        return Link(governor, ("compound",))
    cases = sentence.children(token, "case", "mark")
    particles = [case for case in cases if case.index == governor.index + 1 and lower(case) in ADVERBS]
    if (token.relation in ("obj", "obl") and len(particles) == len(cases) > 0) or token.deprel == "nsubj:pass":
        return Link(governor, (*_content_kinds(token, cues), "object"), transparent=True)
    if token.relation == "obj" and not cases:
        return Link(governor, (*_content_kinds(token, cues), "object"), transparent=True)
    if token.relation == "nsubj":
        return Link(governor, (*_content_kinds(token, cues), "subject"), transparent=True)
    return Link(governor, tuple(phrase_from(sentence, case) for case in cases))


def _content_kinds(token: Token, cues: StatusCues) -> tuple[str, ...]:
    """Reports and proposals, which can be rejected together with what they say or propose."""
    if token.lemma in cues.words["scope.reports"]:
        return ("report",)
    return ("proposal",) if token.lemma in cues.words["scope.proposals"] else ()


def governor_keys(sentence: Sentence, link: Link, token: Token) -> tuple[str, ...]:
    """The names a governor may be listed under, the longest first: its lemma, alone and with a particle, adverb, object or place
    ("rule_out", "take_street")."""
    governor = link.governor
    lemmas = lemma_candidates(governor.text, governor.lemma)
    parts = [part for part in sentence.children(governor, *PARTICLES) if part.index > governor.index]
    parts += [mark for mark in sentence.children(token, "mark", "case") if mark.index == governor.index + 1]
    return (*(f"{lemma}_{part.lemma.lower()}" for lemma in lemmas for part in parts), *lemmas)
