"""The speaker of a quotation from the clause that stands right beside it, whatever its verb.

After the quotation ("“...,” the crowd chanted", "“...,” tweeted the minister"): a quotation that breaks off with a comma is somebody's
words, so any verb with its subject there is the cue; one that ends a sentence needs a verb of saying. Before it ("the judge replied,
“...”") and in the sentence or paragraph before ("The minister explained. “...”") only verbs of saying count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tacitus.claims.cues import cue_span
from tacitus.claims.lexicon import ClaimLexicon
from tacitus.claims.quotes import Quote
from tacitus.claims.settle import SURE, Opened
from tacitus.claims.tree import Tree
from tacitus.language.document import Token
from tacitus.records import Span

MAX_SUBJECT = 25  # words; a subject with its appositions is hardly longer
MAX_LEAD = 14  # words of a sentence that does nothing but announce the quotation after it

SAYING = frozenset(["say", "ask", "answer", "warn", "order"])
_MISREAD = frozenset(["read", "reads"])  # "the statement read.": a noun to the parser more often than not
_GAP = re.compile(r"[ \t\xa0]*[,–—-]?[ \t\xa0]*")
_OPEN_ENDS = frozenset(",—–-")
_ENDS = frozenset("?!….,—–-")


def attribute_by_clause(quote: Quote, trees: Sequence[Tree], text: str, lexicon: ClaimLexicon) -> Opened | None:
    """The claim made by the clause after the quotation, before it, or in the sentence that leads up to it; None when none does."""
    return (
        _clause_after(quote, trees, text, lexicon)
        or _clause_before(quote, trees, text, lexicon)
        or _sentence_before(quote, trees, text, lexicon)
    )


def _clause_after(quote: Quote, trees: Sequence[Tree], text: str, lexicon: ClaimLexicon) -> Opened | None:
    gap = _GAP.match(text, quote.end)
    first = _token_at(trees, gap.end()) if gap is not None else None
    if first is None:
        return None
    tree, token = first
    last = quote.inner.of(text).rstrip()[-1:]
    breaks_off = last in _OPEN_ENDS or "," in text[quote.end : token.start]
    if not breaks_off and (last not in _ENDS or not (last in "?!" or token.text[:1].islower())):
        return None
    for verb, subject in _clauses_from(tree, token, breaks_off=breaks_off):
        if breaks_off or not SAYING.isdisjoint(lexicon.classes(verb)):
            return _claim(tree, verb, subject, quote, lexicon)
    return None


def _token_at(trees: Sequence[Tree], offset: int) -> tuple[Tree, Token] | None:
    for tree in trees:
        if tree.sentence.start <= offset < tree.sentence.end:
            token = tree.sentence.token_at(offset)
            return (tree, token) if token is not None else None
    return None


def _clauses_from(tree: Tree, first: Token, *, breaks_off: bool) -> Iterator[tuple[Token, Token]]:
    """Verbs with their subjects in a clause that begins with the token: the subject first, or the verb first.

    Where the quotation breaks off, what follows can only be such a clause, and the parser's objects and participles are taken for it.
    """
    if first.upos in ("VERB", "AUX"):
        subject = tree.kid(first, "nsubj") or (tree.kid(first, "obj") if breaks_off else None)
        if subject is not None and subject.index > first.index:
            yield first, subject
        return
    for verb in tree.tokens[first.index + 1 : first.index + MAX_SUBJECT]:
        if breaks_off and verb.text in _MISREAD and verb.upos == "NOUN":
            yield verb, tree.tokens[verb.index - 1]
        for subject in tree.kids[verb.index] if _may_say(tree, verb, breaks_off) else ():
            if tree.relations[subject.index] == "nsubj" and _begins(tree, subject, first):
                yield verb, subject


def _may_say(tree: Tree, verb: Token, breaks_off: bool) -> bool:
    if verb.upos != "VERB" or tree.quotes[verb.index] is not None or verb.text.endswith("ing"):
        return False
    return breaks_off or verb.feats.get("VerbForm") == "Fin" or tree.kid(verb, "aux") is not None


def _begins(tree: Tree, subject: Token, first: Token) -> bool:
    low, _ = _own_run(tree, subject)
    return low <= first.index <= subject.index and tree.quotes[subject.index] is None


def _own_run(tree: Tree, subject: Token) -> tuple[int, int]:
    """The subject's reach outside any quotation."""
    low, high = tree.reach(subject)
    while low < subject.index and tree.quotes[low] is not None:
        low += 1
    quoted = (index for index in range(subject.index, high + 1) if tree.quotes[index] is not None)
    return low, next(quoted, high + 1) - 1


def _clause_before(quote: Quote, trees: Sequence[Tree], text: str, lexicon: ClaimLexicon) -> Opened | None:
    """ "..., he replied, “...”": the last verb of saying before the quotation, when nothing but a comma or its own phrases follows it."""
    lead = text[text.rfind("\n", 0, quote.start) + 1 : quote.start].rstrip()
    found = _token_at(trees, quote.start - len(text[: quote.start]) + len(text[: quote.start].rstrip()) - 1)
    if not lead or found is None or not quote.inner.of(text).strip()[:1].isupper():
        return None
    tree, last = found
    verb, subject = _last_saying(tree, last, lexicon)
    if verb is None or subject is None or (tree.kid(verb, "ccomp") is not None and last.text != ","):
        return None
    if last.text not in (",", ":") and last is not verb and last.index > tree.high[verb.index]:
        return None
    return _claim(tree, verb, subject, quote, lexicon)


def _last_saying(tree: Tree, last: Token, lexicon: ClaimLexicon) -> tuple[Token | None, Token | None]:
    for verb in reversed(tree.tokens[max(0, last.index - 8) : last.index + 1]):
        if verb.upos == "VERB" and tree.quotes[verb.index] is None and not SAYING.isdisjoint(lexicon.classes(verb)):
            return verb, _subject_of(tree, verb)
    return None, None


def _subject_of(tree: Tree, verb: Token) -> Token | None:
    """The verb's own subject, or that of the clause it is coordinated or subordinated to."""
    for token in (verb, *tree.above(verb)):
        subject = tree.kid(token, "nsubj")
        if subject is not None:
            return subject
    return None


def _sentence_before(quote: Quote, trees: Sequence[Tree], text: str, lexicon: ClaimLexicon) -> Opened | None:
    """A short sentence of saying, right before a quotation that fills its paragraph or begins after a full stop ("He explained. “...”")."""
    before = [
        tree for tree in trees if tree.sentence.end <= quote.start and not text[tree.sentence.end : quote.start].strip()
    ]
    if not before or not _fills_line(quote, text):
        return None
    tree = before[-1]
    root = tree.sentence.root
    subject = tree.kid(root, "nsubj")
    says = root.upos == "VERB" and not SAYING.isdisjoint(lexicon.classes(root))
    if not says or subject is None or len(tree.tokens) > MAX_LEAD or tree.quoted or tree.kid(root, "ccomp", "xcomp"):
        return None
    return _claim(tree, root, subject, quote, lexicon)


def _fills_line(quote: Quote, text: str) -> bool:
    end = text.find("\n", quote.end)
    return not text[quote.end : end if end >= 0 else len(text)].strip(" .\xa0")


def _claim(tree: Tree, verb: Token, subject: Token, quote: Quote, lexicon: ClaimLexicon) -> Opened:
    runs = tree.trim([_own_run(tree, subject)])
    source = Span(tree.tokens[runs[0][0]].start, tree.tokens[runs[-1][1]].end) if runs else None
    stances = lexicon.stances_of(verb) or ("asserts",)
    stance = lexicon.stances.of(tree, verb, (), stances, quotes=(quote,))
    return Opened(cue_span(tree, verb, runs), source, [quote.span], tree.sentence.index, SURE, stance)
