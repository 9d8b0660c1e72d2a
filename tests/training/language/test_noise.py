"""Noise of real pages on training sentences: words go or change, trees, names and events stay true."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from training.language.noise import Noise, add_noise
from training.language.treebank import EventLabels, Sentence, Word


def only(**chances: float) -> Noise:
    """No noise but this."""
    return Noise(**dict.fromkeys(Noise.__dataclass_fields__, 0.0) | chances)


BARE = only(no_marks=1)

# form, head, relation; a leading "+" glues the word to the one before it
QUOTED = [
    ("He", 1, "nsubj"),
    ("said", -1, "root"),
    ("“", 3, "punct"),
    ("+go", 1, "ccomp"),
    ("+”", 3, "punct"),
    ("+.", 1, "punct"),
]
DATED = [
    ("(", 1, "punct"),
    ("+AP", -1, "root"),
    ("+)", 1, "punct"),
    ("U.S.", 5, "compound"),
    ("+-", 3, "punct"),
    ("+led", 6, "amod"),
    ("raid", 1, "parataxis"),
]
ELLIPSIS = [("Well", -1, "root"), ("—", 0, "parataxis"), ("+“", 1, "punct"), ("!", 0, "punct")]
MARKS = frozenset("“”.()-—!?,")


def tree(rows: list[tuple[str, int, str]], **keys: object) -> Sentence:
    words = []
    for form, head, deprel in rows:
        bare = form.removeprefix("+")
        upos = "PUNCT" if bare in MARKS else "NOUN"
        words.append(Word(bare, form != bare, bare.lower(), upos, head=head, deprel=deprel))
    return Sentence("s", tuple(words), **keys)  # type: ignore[arg-type]


def noisy(sentence: Sentence, noise: Noise, seed: int = 0) -> Sentence:
    (found,) = add_noise([sentence], noise=noise, generator=random.Random(seed))
    return found


def shown(sentence: Sentence) -> list[tuple[str, bool, int]]:
    return [(word.form, word.glued, word.head) for word in sentence.words]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # no mark is left, governors are counted anew, and nothing is glued to a mark that is gone
        (QUOTED, [("He", False, 1), ("said", False, -1), ("go", False, 1)]),
        (DATED, [("AP", False, -1), ("U.S.", False, 2), ("led", False, 3), ("raid", False, 0)]),
        # a mark that something hangs on stays
        (ELLIPSIS, [("Well", False, -1), ("—", False, 0)]),
        # so does a root, and a word glued to a word
        ([("—", -1, "root"), ("!", 0, "punct")], [("—", False, -1)]),
        (
            [("Troops", 2, "nsubj"), ("do", 2, "aux"), ("+n't", 1, "advmod"), ("fire", -1, "root"), ("+.", 3, "punct")],
            [("Troops", False, 2), ("do", False, 2), ("n't", True, 1), ("fire", False, -1)],
        ),
    ],
)
def test_no_marks(rows: list[tuple[str, int, str]], expected: list[tuple[str, bool, int]]) -> None:
    assert shown(noisy(tree(rows), BARE)) == expected


def test_without_trees_nobody_knows_what_a_mark_is() -> None:
    event = EventLabels(1, "ASSAULT", "actual", False, (("s", 0),), (("s", 3),))
    before = tree(QUOTED, trees=False, events=(event,))
    assert noisy(before, BARE) == before


def test_marks_go_from_whole_windows() -> None:
    found = add_noise([tree(QUOTED), tree(DATED)], noise=BARE, generator=random.Random(1))
    assert not any(word.form in MARKS for sentence in found for word in sentence.words)


def test_no_noise_changes_nothing() -> None:
    window = [tree(QUOTED), tree(DATED), tree(ELLIPSIS)]
    assert add_noise(window, noise=only(), generator=random.Random(1)) == window


@st.composite
def trees(draw: st.DrawFn) -> Sentence:
    """A tree of words and marks: each word hangs on one before it, the first is the root; then the order is shuffled."""
    size = draw(st.integers(1, 10))
    heads = [-1, *(draw(st.integers(0, index - 1)) for index in range(1, size))]
    order = draw(st.permutations(range(size)))
    new = {old: place for place, old in enumerate(order)} | {-1: -1}
    rows = [(draw(st.sampled_from(["x", "+x", ".", "+.", "“", "+”"])), new[heads[old]], "dep") for old in order]
    return tree(rows)


@settings(deadline=None)
@given(before=trees())
def test_trees_stay_trees_without_marks(before: Sentence) -> None:
    after = noisy(before, BARE)
    assert [word.head for word in after.words].count(-1) == 1
    for index in range(len(after.words)):
        seen = set()
        while index >= 0:
            assert index not in seen, "a cycle"
            seen.add(index)
            index = after.words[index].head
    needed = {word.head for word in before.words}
    kept = [word for i, word in enumerate(before.words) if word.upos != "PUNCT" or i in needed or word.head < 0]
    assert [word.form for word in after.words] == [word.form for word in kept]


@pytest.mark.parametrize(
    ("noise", "forms"),
    [
        ({"upper": 1.0}, ["HE", "SAID", "“", "GO", "”", "."]),
        ({"lower": 1.0}, ["he", "said", "“", "go", "”", "."]),
        ({"title": 1.0}, ["He", "Said", "“", "Go", "”", "."]),
        ({"no_stop": 1.0}, ["He", "said", "“", "go", "”"]),
    ],
)
def test_letters_and_stops(noise: dict[str, float], forms: list[str]) -> None:
    found = noisy(tree(QUOTED), only(**noise))
    assert [word.form for word in found.words] == forms


def test_events_survive_every_noise() -> None:
    """The numbers of trigger and parties are those of the same words, whatever happens to a sentence without a tree."""
    event = EventLabels(1, "ASSAULT", "actual", False, (("s", 0),), (("s", 3),))
    before = tree(QUOTED, trees=False, events=(event,), names="own")
    loud = Noise(upper=0.2, lower=0.2, title=0.2, curly=1, no_stop=1, dateline=1, bullet=1, no_marks=1)
    for seed in range(50):
        after = noisy(before, loud, seed)
        assert after.events == before.events
        assert [after.words[i].form.lower() for i in (0, 1, 3)] == ["he", "said", "go"]


def test_triggers_are_hidden_and_nothing_else() -> None:
    words = (Word("Rebels", False), Word("shelled", False), Word("Zenda", False))
    raid = EventLabels(1, "ASSAULT", "actual", False, (("s", 0),), (("s", 2),))
    sentence = Sentence("s", words, trees=False, events=(raid,))
    assert [word.hidden for word in noisy(sentence, only(hidden=1)).words] == [False, True, False]
    assert not any(word.hidden for word in noisy(sentence, only()).words)
