"""The ontology agrees with PLOVER's manual and with itself."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tacitus.errors import DataError
from tacitus.ontology import Ontology, load_ontology


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology()


@pytest.mark.shared
def test_types_scores_modes_and_contexts_are_the_manuals(ontology: Ontology, shared: Path) -> None:
    manual = tomllib.loads((shared / "reference" / "plover.toml").read_text(encoding="utf-8"))
    assert sorted(ontology.contexts) == sorted(manual["contexts"])
    for name, facts in manual["type"].items():
        ours = ontology.types[name]
        assert (ours.quad, ours.requires_recipient, ours.score) == (
            facts["quad"],
            facts["requires_recipient"],
            facts["score"],
        )
        assert dict(ours.modes) == facts.get("modes", {})


@pytest.mark.parametrize(
    ("type_", "mode", "score"),
    [
        ("ASSAULT", None, -9),
        ("ASSAULT", "aerial", -9.5),
        ("AID", None, 10),
        ("CONSULT", "visit", 4),
        ("ACCUSE", "disapprove", -2),
    ],
)
def test_score(ontology: Ontology, type_: str, mode: str | None, score: float) -> None:
    assert ontology.score(type_, mode) == score


@pytest.mark.parametrize(("code", "value"), [("190", -10.0), ("1213", -4.0), ("0256", -0.3), ("999", None)])
def test_goldstein_falls_back_to_the_parent(ontology: Ontology, code: str, value: float | None) -> None:
    assert ontology.goldstein(code) == value


def test_every_code_has_a_label_and_a_value(ontology: Ontology) -> None:
    assert [code for code, entry in ontology.cameo.items() if not entry.label or ontology.goldstein(code) is None] == []


@pytest.mark.parametrize(("type_", "mode"), [("ATTACK", None), ("ASSAULT", "visit")])
def test_an_unknown_type_or_mode_is_named(ontology: Ontology, type_: str, mode: str | None) -> None:
    with pytest.raises(DataError, match=r"lexicon\.toml:3"):
        ontology.check(type_, mode, where="lexicon.toml:3")
