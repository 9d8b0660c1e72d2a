"""What the two linear models look at: named features of a possible cue, and of a phrase beside it.

Names read as they are meant: `L` lemma, `C` class of the lexicon, `P` path of a phrase, joined by `|`. No feature holds a name from
the text.
"""

from __future__ import annotations

from collections.abc import Sequence

from tacitus.claims.arguments import Argument, words
from tacitus.claims.lexicon import ClaimLexicon
from tacitus.claims.tree import Tree
from tacitus.language.document import ROOT, Token

_GOVERNING = ("shared", "governor", "noun", "up")  # paths that lead over the cue's governor
_ADVERBS = frozenset(["not", "never", "n't", "how", "why", "also", "ever"])
_CLOSED = frozenset(["PUNCT", "ADP", "SCONJ", "PRON", "DET", "PART", "AUX"])


def word_features(tree: Tree, cue: Token, lexicon: ClaimLexicon) -> list[str]:
    """The cheap part of `cue_features`, about the word alone: enough to pass over most words that are no cues."""
    lemma, form = tree.words[cue.index], _form(tree, cue)
    features = ["bias", f"L={lemma}", f"L={lemma}|{form}", f"F={form}", f"D={cue.deprel}", f"L={lemma}|D={cue.deprel}"]
    relation = tree.relations[cue.index]
    for cls in lexicon.classes(cue):
        features += (f"C={cls}", f"C={cls}|D={relation}")
    return features


def cue_features(tree: Tree, cue: Token, arguments: Sequence[Argument], lexicon: ClaimLexicon) -> list[str]:
    """Features of the question: do these words attribute something to somebody? To be added to `word_features`."""
    lemma, classes = tree.words[cue.index], lexicon.classes(cue)
    features: list[str] = []
    for path in dict.fromkeys([argument.path for argument in arguments]):
        features += (f"P={path}", f"L={lemma}|P={path}")
        features += [f"C={cls}|P={path}" for cls in classes]
    features += _doer_features(tree, cue, lemma, classes)
    features += _near_features(tree, cue, lemma)
    features += _setting_features(tree, cue, lemma, classes, lexicon)
    return features


def _form(tree: Tree, cue: Token) -> str:
    """Verb form and voice, or the plain part of speech."""
    if cue.upos != "VERB":
        return cue.upos + ("|cop" if tree.kid(cue, "cop") else "")
    passive = tree.kid(cue, "aux:pass", "nsubj:pass") is not None
    return f"{cue.feats.get('VerbForm', '')}{cue.feats.get('Tense', '')}{cue.feats.get('Mood', '')}{'|pass' if passive else ''}"


def _doer_features(tree: Tree, cue: Token, lemma: str, classes: Sequence[str]) -> list[str]:
    """Who or what is the subject: a kind of name, a pronoun, or a noun with its lemma."""
    subject = tree.kid(cue, "nsubj", "nsubj:pass", "nmod:poss")
    if subject is None:
        return ["S=none", f"L={lemma}|S=none"]
    kind = noun_kind(tree, subject)
    features = [f"S={kind}", f"L={lemma}|S={kind}", f"SL={tree.words[subject.index]}"]
    return (
        features
        + [f"C={cls}|S={kind}" for cls in classes]
        + [f"C={cls}|SL={tree.words[subject.index]}" for cls in classes]
    )


def noun_kind(tree: Tree, noun: Token) -> str:
    """person · organization · place · group · facility for names, else PRON with its number, or the part of speech."""
    name = tree.names[noun.index]
    if name is not None:
        return name
    if noun.upos == "PRON":
        return noun.text.lower()
    return noun.upos + ("|plur" if noun.feats.get("Number") == "Plur" else "")


def _near_features(tree: Tree, cue: Token, lemma: str) -> list[str]:
    """Auxiliaries, negation, particles and complements of the cue, and the words beside it."""
    features: list[str] = []
    for kid in tree.kids[cue.index]:
        relation = tree.relations[kid.index]
        if relation in ("aux", "cop", "case", "det") or kid.deprel == "compound:prt":
            name = f"{kid.deprel}:{kid.lemma.lower()}"
        elif relation == "advmod" and kid.lemma.lower() in _ADVERBS:
            name = kid.lemma.lower()
        elif relation in ("obj", "obl", "nsubj"):
            name = f"{relation}:{tree.words[kid.index]}"
        else:
            continue
        features += (f"K={name}", f"L={lemma}|K={name}")
    for offset in (-1, 1, 2):
        index = cue.index + offset
        if 0 <= index < len(tree.tokens):
            near = tree.tokens[index]
            word = near.text.lower() if near.upos in _CLOSED else tree.words[index]
            features += (f"W{offset}={word}", f"L={lemma}|W{offset}={word}")
    return features


def _setting_features(tree: Tree, cue: Token, lemma: str, classes: Sequence[str], lexicon: ClaimLexicon) -> list[str]:
    """What governs the cue, and where in the sentence and the article it stands."""
    features = [
        f"quoted={tree.inside or tree.quotes[cue.index] is not None}",
        f"at={min(cue.index, 3)}|{cue.upos}",
        f"length={min(len(tree.tokens) // 8, 5)}|{cue.upos}",
    ]
    if tree.sentence.index == 0:
        features.append("first")
    head = tree.head(cue)
    if head is None:
        return [*features, "G=root"]
    word = tree.words[head.index]
    features += (f"G={word}|{cue.deprel}", f"L={lemma}|G={word}")
    governing = lexicon.classes(head)[0]
    return [*features, f"GC={governing}|{cue.deprel}", *[f"GC={governing}|C={cls}|{cue.deprel}" for cls in classes]]


def companions(arguments: Sequence[Argument]) -> list[str]:
    """Which kinds of phrases stand beside the cue, as `argument_features` wants them."""
    paths = dict.fromkeys([argument.path for argument in arguments])
    return sorted({path if path.startswith("quote") else path.partition(":")[0] for path in paths})


def argument_features(
    tree: Tree, cue: Token, argument: Argument, beside: Sequence[str], lexicon: ClaimLexicon
) -> list[str]:
    """Features of the question: is this phrase the content (the source) of the cue? `beside`: the `companions`."""
    lemma, path, head = tree.words[cue.index], argument.path, argument.head
    form = _short_form(tree, cue)
    bare = path if path.startswith(_GOVERNING) else path.partition(":")[0]
    kind = noun_kind(tree, head) if head.upos in ("NOUN", "PROPN", "PRON") else head.upos
    count, word = words(argument), tree.words[head.index]
    length = 0 if count < 2 else 1 if count < 4 else 2 if count < 9 else 3 if count < 20 else 4
    p, b = f"P={path}", f"L={lemma}|B={bare}"
    features = [
        "bias",
        p,
        f"{p}|{form}",
        f"L={lemma}|P={path}",
        f"L={lemma}|P={path}|{form}",
        b,
        f"{p}|H={kind}",
        f"{p}|HL={word}",
        f"{b}|H={kind}",
        f"HL={word}",
        f"{p}|n={length}",
        f"{p}|{'before' if head.index < cue.index else 'after'}",
        f"{p}|{_quoting(tree, argument)}",
    ]
    for cls in lexicon.classes(cue):
        features += (f"C={cls}|P={path}", f"C={cls}|P={path}|{form}", f"C={cls}|B={bare}|H={kind}")
    for other in beside:
        features += (f"{p}|with={other}", f"{b}|with={other}")
    if argument.quote is not None:
        features += _quote_features(tree, cue, argument)
    return features


def _short_form(tree: Tree, cue: Token) -> str:
    if cue.upos != "VERB":
        return cue.upos
    return "pass" if tree.kid(cue, "aux:pass", "nsubj:pass") is not None else cue.feats.get("VerbForm", "")


def _quoting(tree: Tree, argument: Argument) -> str:
    """How the phrase lies to quotation marks: none, whole, some."""
    if tree.inside:
        return "quoted"
    if not tree.quoted:
        return "unquoted"
    marked = sum(tree.quotes[i] is not None for low, high in argument.runs for i in range(low, high + 1))
    return "unquoted" if not marked else "quoted" if marked >= words(argument) - 1 else "partly"


def _quote_features(tree: Tree, cue: Token, argument: Argument) -> list[str]:
    """How far the quotation is, what stands between it and the cue, and how it is attached."""
    quote = argument.quote
    assert quote is not None
    low, high = argument.runs[0]
    side = argument.path
    between = tree.tokens[cue.index + 1 : low] if low > cue.index else tree.tokens[high + 1 : cue.index]
    verbs = sum(token.upos == "VERB" for token in between)
    last = quote.inner.end - 1
    closing = next(
        (t.text for t in reversed(tree.tokens[low : high + 1]) if not (t.text in "\"”’'»" and t.upos == "PUNCT")), ""
    )
    head = argument.head
    linked = (
        "child"
        if head.head == cue.index
        else "root"
        if head.head == ROOT
        else "parent"
        if cue.head == head.index
        else "other"
    )
    return [
        f"{side}|gap={min(len(between), 8)}",
        f"{side}|verbs={min(verbs, 3)}",
        f"{side}|link={linked}:{head.deprel}",
        f"{side}|ends={closing if closing in (',', '.', '?', '!') else 'word'}",
        f"{side}|long={min((last - quote.inner.start) // 15, 6)}",
        f"{side}|starts={'upper' if quote.inner.start < last and _starts_upper(tree, low) else 'lower'}|gap={min(len(between), 3)}",
        f"{side}|comma={any(token.text in (',', ':') for token in between[-1:])}|{min(len(between), 3)}",
        f"{side}|outside={quote.start < tree.sentence.start}|{quote.end > tree.sentence.end}",
    ]


def _starts_upper(tree: Tree, low: int) -> bool:
    return any(token.text[:1].isupper() for token in tree.tokens[low : low + 2])
