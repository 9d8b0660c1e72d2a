"""Noise that real pages have, put on training sentences; trees and names stay true."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from training.language.names import lists
from training.language.treebank import Sentence, Word

_AGENCIES = (
    "AP",
    "Reuters",
    "AFP",
    "Xinhua",
    "dpa",
    "UPI",
    "Interfax",
    "ANSA",
    "TASS",
    "Kyodo",
    "IPS",
    "CNN",
    "BBC",
    "EFE",
)
_MONTHS = (
    "Jan.",
    "Feb.",
    "March",
    "April",
    "May",
    "June",
    "July",
    "Aug.",
    "Sept.",
    "Oct.",
    "Nov.",
    "Dec.",
    "January",
    "October",
)
_BULLETS = ("•", "-", "*", "–", "▪", "·", "—", "►")


@dataclass(frozen=True)
class Noise:
    """Chances per window (case, quotes, no punctuation marks at all) or per sentence (the rest); per name, that
    another stands in its place (`names`; `slots` in sentences whose events are annotated). Per trigger, that it is hidden:
    the network is to tell an event it has no word for by what stands around it."""

    upper: float = 0.05
    lower: float = 0.06
    title: float = 0.02
    curly: float = 0.25
    no_stop: float = 0.06
    dateline: float = 0.03
    bullet: float = 0.02
    no_marks: float = 0.04
    names: float = 0.3
    slots: float = 0.6
    hidden: float = 0.0


def add_noise(window: list[Sentence], *, noise: Noise, generator: random.Random) -> list[Sentence]:
    """The window as a scraped page might have it. Only full sentences may be headlines in another case."""
    window = [_structure(sentence, noise=noise, generator=generator) for sentence in window]
    if generator.random() < noise.curly:
        window = [_curly(sentence) for sentence in window]
    if generator.random() < noise.no_marks:
        window = [_without_marks(sentence) for sentence in window]
    dice = generator.random()
    for chance, change in ((noise.upper, str.upper), (noise.lower, str.lower), (noise.title, _title)):
        if dice < chance:
            return [_recased(sentence, change) for sentence in window]
        dice -= chance
    return window


def _structure(sentence: Sentence, *, noise: Noise, generator: random.Random) -> Sentence:
    sentence = _with_hidden(sentence, noise.hidden, generator=generator)
    if generator.random() < noise.no_stop:
        sentence = _without_stop(sentence)
    if not sentence.trees or len(sentence.words) < 6:
        return sentence
    if generator.random() < noise.dateline and sentence.words[_root(sentence)].upos in {"VERB", "AUX"}:
        return _with_dateline(sentence, generator=generator)
    if generator.random() < noise.bullet:
        return _prefixed(sentence, [Word(generator.choice(_BULLETS), False, "", "PUNCT", "", -1, "punct")])
    return sentence


def _with_hidden(sentence: Sentence, chance: float, *, generator: random.Random) -> Sentence:
    """Some of the sentence's triggers hidden."""
    chosen = {event.trigger for event in sentence.events or () if generator.random() < chance}
    if not chosen:
        return sentence
    words = (replace(word, hidden=True) if i in chosen else word for i, word in enumerate(sentence.words))
    return replace(sentence, words=tuple(words))


def _root(sentence: Sentence) -> int:
    return next(index for index, word in enumerate(sentence.words) if word.head < 0)


def _without_stop(sentence: Sentence) -> Sentence:
    last = len(sentence.words) - 1
    if (
        last < 3
        or sentence.words[last].form not in {".", "!", "?"}
        or any(word.head == last for word in sentence.words)
    ):
        return sentence
    return replace(sentence, words=sentence.words[:last])


def _without_marks(sentence: Sentence) -> Sentence:
    """The sentence without punctuation that nothing hangs on; as it is where nothing else would be left."""
    governors = {word.head for word in sentence.words}
    kept = [i for i, word in enumerate(sentence.words) if word.upos != "PUNCT" or i in governors or word.head < 0]
    if not sentence.trees or len(kept) == len(sentence.words):
        return sentence
    numbers = {old: new for new, old in enumerate(kept)} | {-1: -1}
    words = [
        replace(word, head=numbers[word.head], glued=word.glued and i - 1 in numbers)  # no longer glued to a mark
        for i, word in ((i, sentence.words[i]) for i in kept)
    ]
    return replace(sentence, words=tuple(words))


def _prefixed(sentence: Sentence, prefix: list[Word]) -> Sentence:
    """The sentence after `prefix`, whose words with head -1 hang on the root."""
    shift = len(prefix)
    root = _root(sentence) + shift
    moved = [replace(word, head=word.head + shift if word.head >= 0 else -1) for word in sentence.words]
    fixed = [replace(word, lemma=word.lemma or word.form, head=root if word.head < 0 else word.head) for word in prefix]
    return replace(sentence, words=(*fixed, replace(moved[0], glued=False), *moved[1:]))


def _with_dateline(sentence: Sentence, *, generator: random.Random) -> Sentence:
    """ "RAFAH, Gaza Strip (AP) —": the town hangs on the root as parataxis, the rest on the town."""
    marked = sentence.names is not None
    city = generator.choice([name for name in generator.sample(lists()["place"], 8) if len(name) == 1] or [["Cairo"]])[
        0
    ]
    written = city.upper() if generator.random() < 0.8 else city
    words = [Word(written, False, city, "PROPN", "Number=Sing", -1, "parataxis", "B-place" if marked else "O")]

    def add(
        form: str, upos: str, deprel: str, *, head: int = 0, glued: bool = False, feats: str = "", name: str = "O"
    ) -> None:
        words.append(Word(form, glued, form, upos, feats, head, deprel, name if marked else "O"))

    if generator.random() < 0.5:
        regions = [name for name in generator.sample(lists()["place"], 12) if len(name) < 3 and name[0] != "the"]
        region = generator.choice(regions or [["Egypt"]])
        add(",", "PUNCT", "punct", glued=True, head=len(words) + 1)
        head = len(words)
        add(region[0], "PROPN", "nmod:unmarked", feats="Number=Sing", name="B-place")
        for form in region[1:]:
            add(form, "PROPN", "flat", head=head, feats="Number=Sing", name="I-place")
    if generator.random() < 0.35:
        add(",", "PUNCT", "punct", glued=True, head=len(words) + 1)
        month = len(words)
        add(generator.choice(_MONTHS), "PROPN", "nmod:unmarked", feats="Number=Sing")
        add(str(generator.randint(1, 30)), "NUM", "nummod", head=month, feats="NumType=Card")
    if generator.random() < 0.75:
        add("(", "PUNCT", "punct", head=len(words) + 1)
        add(generator.choice(_AGENCIES), "PROPN", "parataxis", glued=True, feats="Number=Sing", name="B-organization")
        add(")", "PUNCT", "punct", glued=True, head=len(words) - 1)
    words.append(Word(generator.choice("—–-:"), False, "", "PUNCT", "", -1, "punct"))
    return _prefixed(sentence, words)


def _curly(sentence: Sentence) -> Sentence:
    opened = False
    words = []
    for word in sentence.words:
        form = word.form
        if form == '"':
            form, opened = ("”", False) if opened else ("“", True)
        elif "'" in form:
            form = form.replace("'", "’")
        words.append(replace(word, form=form))
    return replace(sentence, words=tuple(words))


def _title(form: str) -> str:
    return form[:1].upper() + form[1:]


def _recased(sentence: Sentence, change: object) -> Sentence:
    assert callable(change)
    return replace(sentence, words=tuple(replace(word, form=change(word.form)) for word in sentence.words))
