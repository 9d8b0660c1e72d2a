"""Phrases beside a possible cue that may be its content or its source, each with the path that leads there.

Paths name the way from the cue: a UD relation with its marker ("ccomp:that", "obl:of"), `governor` for the sentence a cue comments on,
`shared:` for a subject or object the cue inherits from its governor, `quote:` for a quotation that stands beside it, `colon` for what
follows one. A phrase is a set of token runs; an adposition next to a cue belongs to the cue, not to the phrase.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tacitus.claims.commas import phrase_end
from tacitus.claims.quotes import Quote
from tacitus.claims.tree import Ranges, Tree, run_at, size, subtract
from tacitus.language.document import ROOT, Token

_CLAUSAL = frozenset(["csubj", "ccomp", "xcomp", "advcl", "parataxis", "acl", "conj"])
_NOMINAL = frozenset(["nsubj", "obj", "iobj", "obl", "nmod", "appos", "amod", "advmod", "vocative", "dislocated"])
_LOOSE = frozenset(["dep", "discourse", "list", "orphan"])
PHRASES = _CLAUSAL | _NOMINAL | _LOOSE
_SUBJECTS = ("nsubj", "csubj")
_CLAUSES = ("acl", "advcl", "ccomp", "xcomp", "conj", "parataxis")
_NOMINAL_HEADS = frozenset(["NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ", "X", "SYM"])
MAX_QUOTE_DISTANCE = 25  # words between a cue and a quotation it may introduce


@dataclass(frozen=True, slots=True)
class Argument:
    """A phrase: its path from the cue, head word, token runs in the cue's sentence, and the quotation it stands for, if it is one."""

    path: str
    head: Token
    runs: Ranges
    quote: Quote | None = None


def find_arguments(tree: Tree, cue: Token) -> list[Argument]:
    """Every phrase that may be content or source of `cue`, nearest kinds first; no two have the same tokens."""
    found: list[Argument] = []
    seen: set[Ranges] = set()
    own = run_at(tree.speeches, cue.index) if tree.quoted else None
    for argument in _all(tree, cue):
        if own is not None:
            argument = replace(argument, runs=_clip(argument.runs, own))
        elif tree.quoted and argument.quote is None:
            argument = replace(argument, runs=_respect_marks(tree, argument))
        if argument.runs and (argument.runs not in seen or argument.quote is not None):
            seen.add(argument.runs)
            found.append(argument)
    return found


def _clip(runs: Ranges, to: tuple[int, int]) -> Ranges:
    """What of the runs lies inside `to`: nobody speaks across a quotation mark."""
    return tuple((max(low, to[0]), min(high, to[1])) for low, high in runs if low <= to[1] and high >= to[0])


def _respect_marks(tree: Tree, argument: Argument) -> Ranges:
    """A phrase headed inside quoted sentences ends with them; one headed outside holds them whole or not at all."""
    speech = run_at(tree.sentences, argument.head.index)
    if speech is not None:
        return _clip(argument.runs, speech)
    runs = list(argument.runs)
    for low, high in tree.sentences:
        shared = size(_clip(tuple(runs), (low, high)))
        if 0 < shared < high - low - 1:
            runs = [piece for run in runs for piece in subtract(run, [(low, high)])]
    return argument.runs if tuple(runs) == argument.runs else tree.trim(runs)


def _all(tree: Tree, cue: Token) -> Iterator[Argument]:
    if cue.upos == "PUNCT":
        yield from _around_colon(tree, cue)
        return
    if cue.deprel in ("case", "mark", "fixed"):
        yield from _of_adposition(tree, cue)
        return
    yield from _dependants(tree, cue)
    yield from _from_governor(tree, cue)
    yield from _quotes(tree, cue)


def _dependants(tree: Tree, cue: Token) -> Iterator[Argument]:
    for kid in tree.kids[cue.index]:
        if tree.relations[kid.index] in PHRASES:
            path = relation_path(tree, kid)
            yield Argument(path, kid, _phrase(tree, cue, kid))
            if tree.relations[kid.index] in ("obj", "obl", "nsubj", "nmod"):
                yield from _inside_noun(tree, kid, path)
        elif kid.deprel == "nmod:poss":
            yield Argument("nmod:poss", kid, _without_possessive(tree, kid))


def _inside_noun(tree: Tree, noun: Token, path: str) -> Iterator[Argument]:
    """Clauses and phrases that hang on a noun beside the cue ("made the claim that", "in a report on")."""
    for kid in tree.kids[noun.index]:
        if kid.deprel in ("acl", "ccomp", "acl:relcl", "appos", "nmod:poss", "nmod", "xcomp", "parataxis"):
            runs = _without_possessive(tree, kid) if kid.deprel == "nmod:poss" else _phrase(tree, noun, kid)
            yield Argument(f"{path.partition(':')[0]}>{relation_path(tree, kid)}", kid, runs)


def _from_governor(tree: Tree, cue: Token) -> Iterator[Argument]:
    head = tree.head(cue)
    if head is None:
        return
    own = tree.reach(cue)
    relation = cue.deprel
    if relation in ("acl", "acl:relcl", "amod"):
        yield Argument(f"noun:{relation}", head, tree.trim(subtract(_plain_reach(tree, head), [own])))
        yield from _beside(tree, head, own, f"noun:{relation}>")
    elif cue.relation not in ("conj", "xcomp", "ccomp", "csubj"):
        yield Argument(f"governor:{relation}", head, tree.trim(subtract(tree.reach(head), [own])))
    if relation in ("nsubj", "obj", "obl", "nsubj:pass", "nmod"):
        yield from _beside(tree, head, own, f"up:{relation}>")
    subject = tree.kid(cue, *_SUBJECTS)
    if subject is None or relation == "conj":
        yield from _shared(tree, cue)


def _beside(tree: Tree, head: Token, own: tuple[int, int], prefix: str) -> Iterator[Argument]:
    """The other dependants of the cue's governor ("the claim was that", "their plan calls for")."""
    for kid in tree.kids[head.index]:
        if kid.relation in ("nsubj", "obj", "obl", "ccomp", "xcomp", "advcl", "nmod", "acl") and not (
            own[0] <= kid.index <= own[1]
        ):
            yield Argument(f"{prefix}{relation_path(tree, kid)}", kid, _phrase(tree, head, kid))


def _shared(tree: Tree, cue: Token) -> Iterator[Argument]:
    """Subjects and objects of the governors a subjectless cue is attached to by clause or coordination, up to three steps."""
    node, steps = cue, ""
    for _ in range(3):
        head = tree.head(node)
        if head is None or node.relation not in _CLAUSES:
            return
        steps += f"{node.deprel}<"
        if node.deprel == "acl:relcl" or node.relation == "acl":
            if node is not cue:
                yield Argument(
                    f"shared:{steps}noun", head, tree.trim(subtract(_plain_reach(tree, head), [tree.reach(node)]))
                )
            return
        for kid in tree.kids[head.index]:
            if kid.relation in ("nsubj", "obj", "obl", "iobj", "csubj") and kid is not node:
                is_complement = kid.relation in ("obj", "obl", "iobj")
                if is_complement and steps.count("<") > 1:
                    continue
                yield Argument(f"shared:{steps}{relation_path(tree, kid)}", kid, _phrase(tree, head, kid))
        if node.relation == "conj":
            for kid in tree.kids[head.index]:
                if kid.relation in ("ccomp", "xcomp") and kid.index > node.index:
                    yield Argument(f"shared:{steps}{kid.relation}", kid, _phrase(tree, head, kid))
        if tree.kid(head, "nsubj") is not None and node.relation != "conj":
            return
        node = head


def _quotes(tree: Tree, cue: Token) -> Iterator[Argument]:
    """Quotations of the sentence that do not hold the cue, near enough to it."""
    if not tree.quoted:
        return
    marks = tree.inner if tree.quotes[cue.index] is not None else tree.quotes
    own = marks[cue.index]
    index = 0
    while index < len(tree.tokens):
        quote = marks[index]
        first = index
        while index < len(tree.tokens) and marks[index] is quote:
            index += 1
        if quote is None or quote is own:
            continue
        distance = first - cue.index if first > cue.index else cue.index - index
        if distance <= MAX_QUOTE_DISTANCE and not _on_other_line(tree, cue, quote):
            inside = [token for token in tree.tokens[first:index] if not first <= token.head < index]
            head = next((token for token in inside if token.upos != "PUNCT"), tree.tokens[first])
            yield Argument(f"quote:{'after' if first > cue.index else 'before'}", head, ((first, index - 1),), quote)


def _on_other_line(tree: Tree, cue: Token, quote: Quote) -> bool:
    """Whether a line ends between the two: a sentence never runs on into another paragraph."""
    start, end = (quote.end, cue.start) if quote.end <= cue.start else (cue.end, quote.start)
    return "\n" in tree.text[start:end]


def _around_colon(tree: Tree, colon: Token) -> Iterator[Argument]:
    before, after = (0, colon.index - 1), (colon.index + 1, len(tree.tokens) - 1)
    for path, run in (("colon:before", before), ("colon:after", after)):
        runs = tree.trim([run]) if run[0] <= run[1] else ()
        if runs:
            yield Argument(path, _top(tree, runs[0]), runs)


def _top(tree: Tree, run: tuple[int, int]) -> Token:
    """The word of a run whose governor lies outside it."""
    tokens = tree.tokens[run[0] : run[1] + 1]
    return next((t for t in tokens if t.upos != "PUNCT" and not run[0] <= t.head <= run[1]), tokens[0])


def _of_adposition(tree: Tree, cue: Token) -> Iterator[Argument]:
    noun = tree.head(cue)
    if noun is None:
        return
    low, high = tree.low[noun.index], phrase_end(tree, noun)
    start = max((kid.index for kid in (*tree.kids[cue.index], cue)), default=cue.index) + 1
    yield Argument("case:noun", noun, tree.trim([(start, high)] if start <= high else []))
    for kid in tree.kids[noun.index]:
        if kid.deprel == "nmod:poss":
            yield Argument("case:noun>nmod:poss", kid, _without_possessive(tree, kid))
    governor = tree.head(noun)
    if governor is not None:
        clause = governor
        if noun.relation not in ("obl", "parataxis", "advcl", "dep"):
            clause = next(
                (token for token in tree.above(noun) if token.upos in ("VERB", "AUX", "ADJ") or token.head == ROOT),
                governor,
            )
        yield Argument("case:governor", clause, tree.trim(subtract(tree.reach(clause), [(low, high)])))


def relation_path(tree: Tree, kid: Token) -> str:
    """The relation with the first marker or adposition below it: "ccomp:that", "obl:of", "xcomp:to"."""
    for grandkid in tree.kids[kid.index]:
        if grandkid.index > kid.index:
            break
        if grandkid.relation in ("case", "mark"):
            return f"{kid.deprel}:{grandkid.text.lower()}"
    return kid.deprel


def _phrase(tree: Tree, cue: Token, kid: Token) -> Ranges:
    """The subtree of a dependant without the cue's own part of it, and without an adposition that stands right after the cue.

    Where the subtree reaches around the cue ("the bridge, he said, was open") the cue's other dependants in between go with the cue.
    """
    low, high = tree.reach(kid)
    holes = []
    if low < cue.index < high:
        holes = [(cue.index, cue.index), *(tree.reach(other) for other in tree.kids[cue.index] if other is not kid)]
    runs = subtract((low, high), holes)
    first = tree.tokens[low]
    if (
        kid.relation in ("obl", "nmod")
        and low == cue.index + 1
        and first.head == kid.index
        and first.relation == "case"
    ):
        runs = subtract((low + 1, high), [])
    return tree.trim(runs)


def _without_possessive(tree: Tree, kid: Token) -> Ranges:
    low, high = tree.reach(kid)
    if tree.tokens[high].deprel == "case" and high > low:
        high -= 1
    return tree.trim([(low, high)])


def _plain_reach(tree: Tree, noun: Token) -> tuple[int, int]:
    """A noun's reach without the adposition that governs it and without what is coordinated to it."""
    low, high = tree.reach(noun)
    for kid in tree.kids[noun.index]:
        if kid.index < noun.index and kid.relation in ("case", "mark", "cc", "punct"):
            low = max(low, tree.high[kid.index] + 1)
        elif kid.index > noun.index and kid.relation in ("conj", "cop", "nsubj", "parataxis"):
            high = min(high, tree.low[kid.index] - 1)
    return (low, max(low, high)) if low <= noun.index <= high else (noun.index, noun.index)


def may_be_source(argument: Argument) -> bool:
    """Whether the phrase can name a speaker: it is nominal and no quotation."""
    return argument.quote is None and argument.head.upos in _NOMINAL_HEADS


def words(argument: Argument) -> int:
    """How many tokens the phrase has."""
    return size(argument.runs)
