"""Windows and tensors of training sentences: event labels and roles."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from tacitus.language.pieces import CLS, SEP, WordPieces
from tacitus.ontology import load_ontology
from tacitus.resources import model_path

torch = pytest.importorskip("torch", reason="the dependency group `training` is not installed")

from training.language.batches import (  # noqa: E402
    IGNORE,
    MASK,
    STATUSES,
    TRIGGERS,
    Labels,
    Vectoriser,
    batches,
    windows,
)
from training.language.names import TAGS  # noqa: E402
from training.language.treebank import Document, EventLabels, Sentence, Word  # noqa: E402


def words(text: str, *, deprels: str = "", tags: str = "") -> tuple[Word, ...]:
    """The words of a text; with `deprels` each hangs on the first, which is the root."""
    forms = text.split()
    relations, names = deprels.split() or [""] * len(forms), tags.split() or ["O"] * len(forms)
    return tuple(
        Word(form, False, form.lower(), "NOUN", "", 0 if place else -1, relation, name)
        for place, (form, relation, name) in enumerate(zip(forms, relations, names, strict=True))
    )


RAID = EventLabels(1, "ASSAULT", "historical", True, actors=(("s1", 0),), recipients=(("s1", 2), ("s2", 0)))
TALKS = EventLabels(1, "CONSULT", "actual", False, actors=(("s2", 0), ("s1", 0)), recipients=())
FIRST = Sentence("s1", words("Rebels shelled Zenda"), trees=False, names="own", events=(RAID,))
SECOND = Sentence("s2", words("Zenda parleyed on Friday"), trees=False, names="own", events=(TALKS,))
CALM = Sentence("s3", words("Rain fell"), trees=False, names="own", events=())
NAMED = Sentence("s4", words("Chad praised Mali today"), trees=False)
TREE = Sentence("s5", words("Rain fell hard", deprels="root dep advmod", tags="O O O"))


@pytest.fixture(scope="module")
def vectoriser() -> Vectoriser:
    labels = Labels.of([Document("d", [TREE])], lemmas=5)
    return Vectoriser(labels, WordPieces.load(model_path("language.vocab.txt")))


def test_labels_have_a_fixed_order() -> None:
    """The run time reads the outputs by these numbers."""
    labels = Labels.of([Document("d", [TREE, FIRST])], lemmas=5)
    assert labels.trigger == TRIGGERS == ("O", *load_ontology().types) and len(TRIGGERS) == 17
    assert labels.status == STATUSES == ("actual", "negated", "future", "hypothetical", "habitual", "historical")
    assert labels.name == TAGS
    assert labels.upos == ("NOUN",) and set(labels.relation) == {"root", "dep", "advmod"}  # of trees only


# ---------------------------------------------------------------- event labels


def test_triggers_are_learnt_where_events_are_annotated(vectoriser: Vectoriser) -> None:
    found = vectoriser.batch([[FIRST, SECOND, CALM], [NAMED], [TREE]])["trigger"].tolist()
    assault, consult = TRIGGERS.index("ASSAULT"), TRIGGERS.index("CONSULT")
    assert found[0] == [0, assault, 0, 0, consult, 0, 0, 0, 0]  # no event is learnt as none
    assert found[1] == found[2] == [IGNORE] * 9  # not annotated, and padding


def test_events_and_roles_point_into_the_window(vectoriser: Vectoriser) -> None:
    batch = vectoriser.batch([[CALM], [FIRST, SECOND]])
    assert batch["event"].tolist() == [
        [1, 1, STATUSES.index("historical"), 1],
        [1, 4, STATUSES.index("actual"), 0],
    ]
    # (event, word of the window, 0 actor or 1 recipient), across sentences
    assert sorted(batch["role"].tolist()) == [[0, 0, 0], [0, 2, 1], [0, 3, 1], [1, 0, 0], [1, 3, 0]]


def test_a_hidden_word_is_shown_as_the_mask(vectoriser: Vectoriser) -> None:
    hidden = replace(FIRST, words=tuple(replace(word, hidden=place == 1) for place, word in enumerate(FIRST.words)))
    batch = vectoriser.batch([[hidden]])
    assert batch["pieces"][0, batch["first"][0, 2]] == MASK
    assert (batch["pieces"] == MASK).sum() == 1


def test_a_party_outside_the_window_is_left_out(vectoriser: Vectoriser) -> None:
    batch = vectoriser.batch([[FIRST], [SECOND]])
    assert sorted(batch["role"].tolist()) == [[0, 0, 0], [0, 2, 1], [1, 0, 0]]
    assert batch["event"][:, :2].tolist() == [[0, 1], [1, 1]]


def test_without_a_tree_no_syntax_is_learnt(vectoriser: Vectoriser) -> None:
    batch = vectoriser.batch([[FIRST], [TREE]])
    for field in ("upos", "feats", "lemma", "head", "relation", "start"):
        assert batch[field][0].tolist() == [IGNORE] * 3, field
        assert IGNORE not in batch[field][1].tolist(), field
    assert batch["head"][1].tolist() == [0, 1, 1]  # 0 is the root, words count from 1
    assert batch["pieces"][0, 0] == CLS and SEP in batch["pieces"][0].tolist()
    assert batch["first"].tolist()[0][0] == 0


def test_slots_are_learnt_as_no_names(vectoriser: Vectoriser) -> None:
    slots = Sentence("s6", words("Ruritanian Zenda", tags="B-demonym B-place"), trees=False, names="own", events=())
    allowed = vectoriser.batch([[slots, NAMED]])["allowed"][0].tolist()
    assert [[TAGS[n] for n, may in enumerate(row) if may] for row in allowed[:2]] == [["O"], ["B-place"]]
    assert all(all(row) for row in allowed[2:])  # names of that sentence are not annotated


# ---------------------------------------------------------------- windows


def test_windows_take_every_sentence_once() -> None:
    sentences = [Sentence(f"s{n}", words("a b c d"[: 1 + 2 * (n % 4)]), opens_paragraph=n % 3 == 0) for n in range(30)]
    document = Document("d", sentences)
    for seed in range(20):
        found = list(windows(document, longest=8, generator=random.Random(seed)))
        assert [sentence for window in found for sentence in window] == sentences
        assert all(sum(len(s.words) for s in window) <= 8 for window in found)


def test_batches_hold_every_window_that_is_not_too_long(vectoriser: Vectoriser) -> None:
    found = [[Sentence(f"s{n}", words(" ".join(["rain"] * n)), trees=False)] for n in (*range(1, 40), 500)]
    made = list(batches(list(found), vectoriser, pieces=100, generator=random.Random(2)))
    ids = sorted(window[0].id for batch in made for window in batch)
    assert ids == sorted(f"s{n}" for n in range(1, 40))
    for batch in made:
        longest = max(vectoriser.length(window) for window in batch)
        assert len(batch) == 1 or longest * len(batch) <= 100
