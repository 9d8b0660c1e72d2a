"""A user's ontology: what it adds to PLOVER, what it cannot change, and errors that name the place."""

from __future__ import annotations

from pathlib import Path

import pytest

from tacitus.errors import DataError
from tacitus.events import EventLexicon
from tacitus.ontology import load_ontology, read_own_ontology

EVICTION = '[type.EVICTION]\nrefines = "COERCE"\nscore = -6\nmodes = { forced = -8 }\n'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "my.toml"


def test_a_kind_of_a_plover_type_takes_from_it_what_it_does_not_say(path: Path) -> None:
    path.write_text(EVICTION)
    plover = load_ontology()
    ontology = read_own_ontology(path, ontology=plover).laid_over(plover)
    eviction, coerce = ontology.types["EVICTION"], plover.types["COERCE"]
    assert (eviction.quad, eviction.gloss, eviction.base) == (coerce.quad, coerce.gloss, "COERCE")
    assert [ontology.score("EVICTION", mode) for mode in (None, "forced")] == [-6, -8]
    assert "EVICTION" not in plover.types


def test_a_plover_type_gets_further_modes_and_keeps_its_own(path: Path) -> None:
    path.write_text("[type.PROTEST]\nmodes = { vigil = -2 }\n")
    plover = load_ontology()
    modes = read_own_ontology(path, ontology=plover).laid_over(plover).types["PROTEST"].modes
    assert modes == {**plover.types["PROTEST"].modes, "vigil": -2.0}


def test_examples_may_ask_for_more_than_the_type(path: Path) -> None:
    path.write_text(
        EVICTION
        + 'examples = ["They were evicted.", { text = "It evicted her.", mode = "forced", recipients = ["her"] }]\n'
        + 'counterexamples = ["He convicted her."]\n[context.housing]\nstrong = ["tenant"]\nexamples = ["Tenants met."]\n'
    )
    examples = read_own_ontology(path, ontology=load_ontology()).examples
    assert [(e.type, e.mode, e.recipients, e.contexts, e.unwanted) for e in examples] == [
        ("EVICTION", None, None, (), False),
        ("EVICTION", "forced", ("her",), (), False),
        ("EVICTION", None, None, (), True),
        (None, None, None, ("housing",), False),
    ]


@pytest.mark.parametrize(
    ("content", "place", "message"),
    [
        ("[typ.A]\n", "my.toml", "unknown table 'typ'"),
        ("\n[type.Eviction]\nquad = 4\nscore = -1\n", "my.toml:2: [type.Eviction]", "in capitals"),
        ("[type.EVICTION]\n", "my.toml:1: [type.EVICTION]", "needs `quad`"),
        ('[type.EVICTION]\nrefines = "EXPEL"\n', "[type.EVICTION]", "no type of PLOVER"),
        ("[type.EVICTION]\nquad = 5\nscore = -1\n", "[type.EVICTION]", "quad is 1, 2, 3 or 4, not 5"),
        ("[type.EVICTION]\nquad = true\nscore = -1\n", "[type.EVICTION]", "quad cannot be True"),
        ("[type.EVICTION]\nquad = 4\nscore = -11\n", "[type.EVICTION]", "from -10"),
        ('[type.EVICTION]\nrefines = "COERCE"\ncameo = "999"\n', "[type.EVICTION]", "unknown CAMEO code '999'"),
        ('[type.EVICTION]\nrefines = "COERCE"\nkwad = 4\n', "[type.EVICTION]", "unknown key 'kwad'"),
        ('[type.EVICTION]\nrefines = "COERCE"\nmodes = { Forced = 1 }\n', "[type.EVICTION]", "small letters"),
        ("[type.COERCE]\nquad = 1\n", "[type.COERCE]", "'quad' of COERCE is fixed"),
        ("[type.COERCE]\nmodes = { arrest = 1 }\n", "[type.COERCE]", "has the mode 'arrest' already"),
        ("[type]\nA = 1\n", "[type.A]", "not a table"),
        ("type = 1\n", "my.toml", "[type.NAME]"),
        ("[context.Housing]\nstrong = ['a']\n", "[context.Housing]", "small letters"),
        ("[context.housing]\n", "[context.housing]", "`strong` or `weak`"),
        ("[context.housing]\nstrong = 'tenant'\n", "[context.housing]", "a list is wanted"),
        ("[entry]\nverbs = ['a']\n", "my.toml", "two brackets"),
        (EVICTION + "[[entry]]\nverbs = ['evict']\n", "my.toml:5: entry 1 (evict …)", "needs `type`"),
        (EVICTION + "[[entry]]\ntype = 'EVICTION'\n", "my.toml:5: entry 1 (no words)", "needs `verbs` or `nouns`"),
        (
            EVICTION + "[[entry]]\ntype = 'EVICT'\nverbs = ['evict']\n",
            "entry 1 (evict …)",
            "unknown event type 'EVICT'",
        ),
        (EVICTION + "[[entry]]\ntype = 'EVICTION'\nverbs = 'evict'\n", "entry 1 (evict …)", "a list of words"),
        (EVICTION + "[[entry]]\ntype = 'EVICTION'\nverbs = ['-']\n", "entry 1", "'-', which is no word"),
        (EVICTION + "[[entry]]\ntype = 'EVICTION'\nverbs = ['oust']\nmode = 'x'\n", "entry 1", "no mode 'x'"),
        (EVICTION + "[[entry]]\ntype = 'EVICTION'\nverbs = ['oust']\nframe = 5\n", "entry 1", "frame cannot be 5"),
        (EVICTION + "[[entry]]\ntype = 'EVICTION'\nverbs = ['oust']\nobject = [5]\n", "entry 1", "no word"),
        (EVICTION + "[[entry]]\ntype = 'EVICTION'\nverbs = ['oust']\nfrom = ['office']\n", "entry 1", "'=lemma'"),
        ("[[exclude]]\nverbs = ['oust']\n", "my.toml:1: exclude 1 (oust …)", "`reason`"),
        (EVICTION + "examples = [5]\n", "[type.EVICTION]: example 1", "a sentence in quotes"),
        (EVICTION + "examples = [{ mode = 'forced' }]\n", "example 1", "needs the sentence"),
        (EVICTION + "examples = [{ text = 'A', mode = 'x' }]\n", "example 1", "no mode 'x'"),
        (EVICTION + "examples = [{ text = 'A', status = 'past' }]\n", "example 1", "unknown status 'past'"),
        (EVICTION + "examples = [{ text = 'A', contexts = ['x'] }]\n", "example 1", "unknown context 'x'"),
        ("[type.EVICTION\n", "my.toml", "not valid TOML"),
    ],
)
def test_an_error_names_the_place(path: Path, content: str, place: str, message: str) -> None:
    path.write_text(content)
    with pytest.raises(DataError) as caught:
        EventLexicon.load(own=[path])
    assert place in str(caught.value) and message in str(caught.value), str(caught.value)


def test_the_file_in_the_docs_is_right(path: Path) -> None:
    docs = Path(__file__).resolve().parents[2] / "docs" / "ontology.md"
    path.write_text(docs.read_text(encoding="utf-8").split("```toml\n")[1].split("```")[0], encoding="utf-8")
    assert EventLexicon.load(own=[path]).ontology.types["EVICTION"].modes == {"forced": -8.0}
