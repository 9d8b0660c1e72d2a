"""Verb dictionaries of TABARI and PETRARCH become entries of a user's ontology; what cannot be said is told with its line."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tacitus.events import EventLexicon
from tacitus.events.importing import ImportedVerbs, import_verbs, to_toml
from tacitus.events.verbs import VerbDictionary, read_verbs

BLOCKS = """<!-- our own -->
&ROADBLOCK
+BARRICADE
+CHECK_POINT_

--- HARRY [190] ---   # a comment
HARRY {HARRIES HARRIED HARRYING}
MITHER [170] ; another code
TAKE_+TILT
- * &ROADBLOCK [191]
- * HOME [---]
"""


def read(text: str, path: Path) -> VerbDictionary:
    path.write_text(text, encoding="utf-8")
    return read_verbs(path)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "verbs.txt"


def imported(text: str, path: Path, lexicon: EventLexicon) -> ImportedVerbs:
    return import_verbs([read(text, path)], lexicon=lexicon)


def entries(made: ImportedVerbs) -> list[tuple[object, ...]]:
    """Type, code, verbs and whatever else an entry says."""
    tables = tomllib.loads(to_toml(made))
    usual = ("type", "cameo", "verbs", "mode")
    return [
        (entry["type"], entry["cameo"], entry["verbs"], {key: entry[key] for key in entry if key not in usual})
        for entry in tables.get("entry", [])
    ]


def test_a_block_shares_its_patterns_and_a_verb_may_have_a_code_of_its_own(path: Path) -> None:
    (block,) = read(BLOCKS, path).blocks
    assert [(verb.words, verb.code, verb.where) for verb in block.verbs] == [
        ("HARRY", "190", "verbs.txt:7"),
        ("MITHER", "170", "verbs.txt:8"),
        ("TILT TAKE", "190", "verbs.txt:9"),
    ]
    assert [(pattern.items, pattern.code) for pattern in block.patterns] == [
        (("*", "BARRICADE"), "191"),
        (("*", "CHECK", "POINT"), "191"),
        (("*", "HOME"), ""),
    ]


def test_where_there_are_no_blocks_every_verb_begins_anew(path: Path) -> None:
    found = read("HARRY [190]\n- * HOME [---]\nMITHER {MITHERS} [---]\n- * WITH + [112]\n", path)
    assert [([v.words for v in b.verbs], len(b.patterns)) for b in found.blocks] == [(["HARRY"], 1), (["MITHER"], 1)]


@pytest.mark.parametrize(
    ("line", "entry"),
    [
        ("- * + [190]", ("ASSAULT", "190", ["mither"], {"frame": "subj > obj", "require": ["obj"]})),
        ("- * AT + [190]", ("ASSAULT", "190", ["mither"], {"frame": "subj > at", "require": ["at"]})),
        ("- $ * THE TROOPS OF + [190]", ("ASSAULT", "190", ["mither troop"], {"frame": "subj > of", "require": ["of"]})),
        ("- + * BY $ [190]", ("ASSAULT", "190", ["mither"], {})),
        ("- + * BLOWS FROM $ [190]", ("ASSAULT", "190", ["mither blow"], {"frame": "from > subj", "require": ["from"]})),
        ("- % * [046]", ("CONSULT", "046", ["mither"], {"frame": "subj <> with | obj", "require": ["plural subj | with | obj"]})),
        ("- * {TALKS | A PEACE_CONFERENCE} [040]", ("CONSULT", "040", ["mither peace conference", "mither talk"], {})),
        ("- SOLDIERS * [190]", ("ASSAULT", "190", ["mither"], {"subject": ["=soldier"]})),
        ("- * + (FROM OFFICE) [190]", ("ASSAULT", "190", ["mither from office"], {"frame": "subj > obj", "require": ["obj"]})),
        ("- * RUMOURS [1901]", ("ASSAULT", "190", ["mither rumours"], {})),
    ],
)  # fmt: skip
def test_a_pattern(path: Path, lexicon: EventLexicon, line: str, entry: tuple[object, ...]) -> None:
    made = imported(f"--- MITHER [---] ---\nMITHER\n{line}\n", path, lexicon)
    assert entries(made) == [entry] and not made.left_out


def test_null_codes_become_look_alikes(path: Path, lexicon: EventLexicon) -> None:
    made = imported("MITHER [190]\n- * FOX [---]\n", path, lexicon)
    assert tomllib.loads(to_toml(made))["exclude"] == [
        {"reason": "no event in the imported dictionary", "verbs": ["mither fox"]}
    ]


def test_a_code_brings_the_mode_the_package_gives_it(path: Path, lexicon: EventLexicon) -> None:
    (entry,) = tomllib.loads(to_toml(imported("MITHER [173]\n", path, lexicon)))["entry"]
    assert (entry["type"], entry["mode"]) == ("COERCE", "arrest")


@pytest.mark.parametrize(
    ("text", "number", "reason"),
    [
        ("- * HOME [190]\n", 1, "belongs to no verb"),
        ("MITHER [190]\n- * HOME\n", 2, "has no code"),
        ("MITHER [190]\n- HOME [190]\n", 2, "with one *"),
        ("MITHER [190]\n- * &HOUSE [190]\n", 2, "the set &HOUSE, which is not defined above"),
        ("MITHER [190]\n- * ^ HOME [190]\n", 2, "the sign '^'"),
        ("MITHER [190]\n- AGREED TO * [190]\n", 2, "words before the verb"),
        ("MITHER [190]\n- + * [190]\n", 2, "who acts is not told"),
        ("MITHER [190]\n- * NOT [190]\n", 2, "the event's status"),
        ("MITHER [345]\n", 1, "CAMEO 345 has no type in PLOVER"),
        ("MITHER [042:043]\n", 1, "the event back (043) is not"),
        ("~ (a (a b) SAY) = a b\n", 1, "neither a verb"),
        ("MITHER3 [190]\n", 1, "no verb in capitals"),
        (f"MITHER [190]\n- * {' '.join(['{A|B|C|D}'] * 5)} [190]\n", 2, "more than 200 readings"),
    ],
)
def test_what_cannot_be_said_is_told(path: Path, lexicon: EventLexicon, text: str, number: int, reason: str) -> None:
    (left_out,) = imported(text, path, lexicon).left_out
    assert left_out.where == f"verbs.txt:{number}" and reason in left_out.reason


def test_what_the_package_has_is_counted_and_not_repeated(path: Path, lexicon: EventLexicon) -> None:
    made = imported("SHELL [190]\n", path, lexicon)
    assert (made.known, made.patterns) == (1, 0)


def test_the_file_made_can_be_loaded(path: Path, lexicon: EventLexicon, tmp_path: Path) -> None:
    own = tmp_path / "my.toml"
    own.write_text(to_toml(imported(BLOCKS, path, lexicon)), encoding="utf-8")
    assert EventLexicon.load(own=[own]).size > lexicon.size


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="AB&+-*$%[]{}|():;#^_ 190\n", max_size=120))
def test_any_text_gives_entries_or_reasons(
    tmp_path_factory: pytest.TempPathFactory, lexicon: EventLexicon, text: str
) -> None:
    made = imported(text, tmp_path_factory.getbasetemp() / "any.txt", lexicon)
    assert len(tomllib.loads(to_toml(made)).get("entry", [])) <= made.patterns
