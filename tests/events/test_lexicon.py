"""The lexicon is broad, agrees with the ontology, and says what is wrong with an entry."""

from __future__ import annotations

from pathlib import Path

import pytest

from tacitus.errors import DataError
from tacitus.events import EventLexicon
from tacitus.events.classes import NounClasses
from tacitus.events.entries import Entry, noun_pattern, read_groups, verb_pattern
from tacitus.events.frames import parse_frame
from tacitus.ontology import load_ontology

HEAD = 'type = "ASSAULT"\nverb_frame = "subj > obj"\nnoun_frame = "poss | by > on | of"\n[[entry]]\n'


@pytest.fixture(scope="module")
def classes(tmp_path_factory: pytest.TempPathFactory) -> NounClasses:
    path = tmp_path_factory.mktemp("classes") / "classes.toml"
    path.write_text('[weapon]\nnouns = ["rifle"]\n[thing]\nnouns = ["chair"]\nincludes = ["weapon", "name"]\n')
    return NounClasses.load(path)


def all_entries(lexicon: EventLexicon) -> list[Entry]:
    return [
        entry
        for index in (lexicon.verbs, lexicon.nouns)
        for keys in index.values()
        for entries in keys.values()
        for entry in entries
        if entry.reason is None
    ]


def test_it_has_thousands_of_patterns_for_every_type(lexicon: EventLexicon) -> None:
    patterns: dict[str, set[tuple[str, ...]]] = {name: set() for name in lexicon.ontology.types}
    for entry in all_entries(lexicon):
        patterns[entry.type].add(entry.pattern.words)
    assert lexicon.size > 5000
    assert min(len(found) for found in patterns.values()) >= 60


def test_every_mode_can_be_coded(lexicon: EventLexicon) -> None:
    coded = {(entry.type, entry.mode) for entry in all_entries(lexicon)}
    for table in lexicon.complements.values():
        outcomes = [table.default, *table.by_cameo.values(), *table.by_word.values()]
        coded |= {(outcome.type, outcome.mode) for outcome in outcomes}
    wanted = {(name, mode) for name, event_type in lexicon.ontology.types.items() for mode in event_type.modes}
    assert wanted - coded == set()


@pytest.mark.parametrize(
    ("text", "words", "head"),
    [
        ("open fire", ("open", "fire"), 0),
        ("be critical", ("be", "critical"), 1),
        ("be on strike", ("be", "on", "strike"), 2),
        ("call off cease-fire", ("call", "off", "cease", "fire"), 0),
    ],
)
def test_a_verbs_pattern(text: str, words: tuple[str, ...], head: int) -> None:
    pattern = verb_pattern(text)
    assert (pattern.words, pattern.head) == (words, head)


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("air strike", "strike"),
        ("exchange of fire", "exchange"),
        ("truce", "truce"),
        ("sit-in", "in"),
        ("dusk-to-dawn curfew", "curfew"),
    ],
)
def test_a_nouns_pattern_is_headed_by_its_noun(text: str, head: str) -> None:
    pattern = noun_pattern(text)
    assert pattern.words[pattern.head] == head


@pytest.mark.parametrize(
    ("group", "message"),
    [
        ('cameo = "190"\nverbs = ["strafe"]\nmode = "airborne"', "no mode 'airborne'"),
        ('cameo = "999"\nverbs = ["strafe"]', "unknown CAMEO code '999'"),
        ('verbs = ["strafe"]', "needs `cameo`"),
        ('cameo = "190"', "needs `cameo`"),
        ('cameo = "190"\nverbs = ["strafe"]\nobjekt = ["weapon"]', "unknown key 'objekt'"),
        ('cameo = "190"\nverbs = ["strafe"]\nobject = ["wepon"]', "wepon"),
        ('cameo = "190"\nverbs = ["strafe"]\nframe = "subj obj"', "needs '>'"),
        ('cameo = "190"\nverbs = ["strafe"]\nframe = "subj > object"', "unknown slots"),
        ('cameo = "190"\nverbs = ["strafe"]\nrequire = ["obj | wth"]', "wth"),
        ('cameo = "190"\nverbs = ["strafe"]\ncomplement = "wish"', "unknown complement 'wish'"),
        ('cameo = "190"\nverbs = ["strafe"]\nmodes = { bomb = "aerial" }', "does not list"),
    ],
)
def test_an_error_names_file_and_entry(group: str, message: str, tmp_path: Path, classes: NounClasses) -> None:
    path = tmp_path / "assault.toml"
    path.write_text(HEAD + group)
    with pytest.raises(DataError, match=r"assault\.toml: entry 1") as caught:
        list(read_groups(path, ontology=load_ontology(), classes=classes))
    assert message in str(caught.value)


def test_modes_and_codes_of_single_words_override_the_groups(tmp_path: Path, classes: NounClasses) -> None:
    path = tmp_path / "assault.toml"
    path.write_text(
        HEAD + 'cameo = "190"\nverbs = ["strafe", "gun down"]\nmode = "aerial"\n'
        'modes = { "gun down" = "firearms" }\ncameos = { "gun down" = "193" }\n'
    )
    groups = list(read_groups(path, ontology=load_ontology(), classes=classes))
    found = [entry for group in groups for part, _, text in group.heads() for entry in group.entries(part, text)]
    entries = {str(entry.pattern): entry for entry in found}
    assert (entries["strafe"].mode, entries["strafe"].cameo) == ("aerial", "190")
    assert (entries["gun down"].mode, entries["gun down"].cameo) == ("firearms", "193")


def test_a_class_holds_what_it_includes(classes: NounClasses) -> None:
    assert classes.join(("thing", "=lamp")) == (frozenset({"chair", "rifle", "lamp"}), frozenset({"<name>"}))


def test_a_class_that_includes_itself_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "classes.toml"
    path.write_text('[a]\nnouns = []\nincludes = ["b"]\n[b]\nnouns = []\nincludes = ["a"]\n')
    with pytest.raises(DataError, match=r"classes\.toml: \[b\] includes 'a'"):
        NounClasses.load(path)


def test_a_reciprocal_frame() -> None:
    frame = parse_frame("subj <> with | obj", where="here")
    assert frame.reciprocal and frame.actors == ("subj",) and frame.recipients == ("with", "obj")
