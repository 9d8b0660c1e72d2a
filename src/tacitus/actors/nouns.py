"""Noun phrases in a dependency tree: where they begin and end, what stands beside the head, what part they play."""

from __future__ import annotations

from tacitus.language.document import ROOT, Sentence, Token


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


BEFORE = frozenset({"det", "amod", "compound", "nummod", "nmod:poss", "nmod:desc", "det:predet", "nmod:unmarked"})
NAME_PARTS = frozenset({"flat", "goeswith", "fixed"})
BESIDE = frozenset({"amod", "compound", "nmod:poss", "nmod:desc", "nmod", "flat", "nmod:unmarked"})
PARTICIPLES = _words(
    "backed led funded supported installed based born allied aligned controlled held sponsored occupied made run style trained educated "
    "brokered mediated drafted imposed owned friendly speaking"
)
NOMINAL = frozenset({"NOUN", "PROPN"})
QUANTITIES = _words(
    "dozen dozens hundred hundreds thousand thousands score scores million millions number numbers group groups crowd crowds majority "
    "handful couple pair one some many most several few all half tens team teams band bands lot lots total rest part"
)
SPOKESMEN = _words("spokesman spokeswoman spokesperson spokesmen spokeswomen spokespersons")
NUMBERS = _words("figure")
"""Role nouns that are numbers where nothing tells whose they are or of what kind: "according to figures from the ministry"."""
COUNTRY_WORDS = _words("country nation state republic kingdom")
NOBODY = _words("no any every each either neither whatever whichever")
"""Determiners of phrases that speak of nobody in particular."""
MOTION = _words(
    "go come travel fly return move head drive walk march send deploy ship deliver transfer bring take carry evacuate flee run sail ride "
    "commute relocate rush hurry dispatch withdraw retreat migrate advance push march belong refer lead connect get back journey race lie "
    "escape invite arrive walk spread extend stretch drift add import export fall accredit post airlift convoy escort summon call"
)
"""Verbs whose "to" points to a place, not to those who rule there."""
ADDRESSING = _words(
    "tell warn urge accuse ask press blame thank condemn criticise criticize praise inform assure remind threaten punish denounce pressure "
    "appease placate isolate embarrass anger irk irritate alarm persuade convince notify implore beg demand request sanction deter"
)
"""Verbs whose object is somebody: "warned Moscow" is no place."""
FACING = frozenset(
    {
        "with",
        "against",
        "between",
        "to",
        "toward",
        "towards",
        "by",
        "on",
        "upon",
        "for",
        "of",
        "among",
        "versus",
        "vs",
        "alongside",
        "according",
    }
)
CAPITAL_FACING = frozenset({"with", "against", "between", "versus", "vs", "according"})


def phrase_start(sentence: Sentence, head: Token) -> int:
    """The index of the first word of the base noun phrase of `head`: its determiner, numbers, adjectives, possessor or title."""
    first = head.index
    for child in sentence.children(head):
        if child.index < first and (child.deprel in BEFORE or child.relation == "det"):
            left = _leftmost(sentence, child)
            if _is_whole(sentence, left, first, head):
                first = left
    return first


def _leftmost(sentence: Sentence, token: Token) -> int:
    below = [child for child in sentence.children(token) if child.index < token.index]
    return min([_leftmost(sentence, child) for child in below], default=token.index) if below else token.index


def _is_whole(sentence: Sentence, left: int, first: int, head: Token) -> bool:
    """Whether the words from `left` on all belong to the phrase: no comma or bracket cuts it."""
    return not any(token.text in ("(", ")", ";", ":", "“", "”", '"') for token in sentence.tokens[left:first])


def name_end(sentence: Sentence, head: Token) -> int:
    """The index of the last word of a name that begins at `head`."""
    last = head.index
    for child in sentence.children(head):
        if child.index == last + 1 and child.relation in NAME_PARTS:
            last = name_end(sentence, child)
    return last


def stands_beside(sentence: Sentence, token: Token, head: Token) -> bool:
    """Whether `token` modifies `head` as name, adjective, possessor or "of"-phrase, over at most four words.

    Not through a participle: an "Iranian-backed" militia is not Iranian.
    """
    for _ in range(4):
        token = first_conjunct(sentence, token)
        if token.head == ROOT or token.deprel not in BESIDE or token.index == head.index:
            return False
        above = sentence.tokens[token.head]
        if token.relation == "nmod" and token.index > token.head:
            cases = ("of", "'s", "’s", "for") if above.text.lower() in SPOKESMEN else ("of", "'s", "’s")
            if case_of(sentence, token) not in cases:
                return False
        token = above
        if token.index == head.index:
            return True
        if token.upos == "VERB" or token.feats.get("VerbForm") == "Part" or token.text.lower() in PARTICIPLES:
            return False
    return False


def case_of(sentence: Sentence, token: Token) -> str:
    """The preposition of a noun phrase, lower case, "" for none; a later member of a list has that of the first."""
    first = first_conjunct(sentence, token)
    marker = sentence.child(token, "case") or sentence.child(first, "case")
    return marker.text.lower() if marker is not None else ""


def first_conjunct(sentence: Sentence, token: Token) -> Token:
    """The first member of the list a token stands in, else the token: it carries the list's part in the sentence."""
    for _ in range(12):
        if not token.deprel.startswith("conj") or token.head == ROOT:
            break
        token = sentence.tokens[token.head]
    return token


def quantity_over(sentence: Sentence, head: Token) -> Token:
    """The counting noun above ("dozens of villagers"), else the head."""
    if head.relation == "nmod" and head.head != ROOT and head.head < head.index:
        above = sentence.tokens[head.head]
        if above.text.lower() in QUANTITIES and case_of(sentence, head) == "of":
            return above
    return head


def is_facing(sentence: Sentence, token: Token, *, capital: bool) -> bool:
    """Whether a place acts or is acted upon here: it is subject, object, possessor, or stands after "with", "against", "to" …

    A capital stands for its government in fewer places: one can visit, shell and leave a city.
    """
    first = first_conjunct(sentence, token)
    relation = first.deprel
    if relation == "nmod:poss":
        return True
    if first.relation == "nsubj":
        return not capital or (relation != "nsubj:pass" and _is_predicate(sentence, first))
    if first.relation in ("obl", "nmod"):
        case = case_of(sentence, token)
        if capital and case == "to":
            governor = sentence.head(first)
            return (
                first.relation == "obl"
                and governor is not None
                and governor.upos == "VERB"
                and governor.lemma not in MOTION
            )
        return case in CAPITAL_FACING if capital else (case in FACING or (case == "from" and first.relation == "obl"))
    if first.relation == "obj" and capital:
        governor = sentence.head(first)
        return governor is not None and governor.lemma in ADDRESSING
    return first.relation == "iobj" or (not capital and first.relation in ("obj", "vocative", "dislocated"))


def _is_predicate(sentence: Sentence, subject: Token) -> bool:
    """Whether the subject's verb is a verb, or an adjective ("Moscow is ready"): a city that "is a large town" does not act."""
    governor = sentence.head(subject)
    return governor is not None and governor.upos in ("VERB", "ADJ", "AUX")
