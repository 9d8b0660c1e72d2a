"""The cue lexicon and the weights: what they hold, and clear errors for files that are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from tacitus.claims.lexicon import ClaimLexicon, read_cues
from tacitus.claims.weights import MODELS, Weights, probability
from tacitus.errors import DataError
from tacitus.resources import data_path

ENTRY = '[[cue]]\nclass = "say"\nstance = "asserts"\npos = "VERB"\nframes = ["clause"]\nlemmas = "say add"\n'
STANCES = 'stances = ["asserts"]\n'


@pytest.mark.parametrize(
    ("pos", "lemma", "stance"),
    [
        ("VERB", "say", "asserts"),
        ("VERB", "deny", "denies"),
        ("VERB", "accuse", "accuses"),
        ("VERB", "warn", "threatens"),
        ("VERB", "ask", "demands"),
        ("VERB", "pledge", "promises"),
        ("VERB", "doubt", "believes"),
        ("VERB", "plan", "intends"),
        ("NOUN", "ultimatum", "demands"),
        ("NOUN", "decision", "decides"),
        ("ADJ", "confident", "believes"),
        ("ADV", "reportedly", "asserts"),
        ("VERB", "rain", None),
    ],
)
def test_stance(pos: str, lemma: str, stance: str | None) -> None:
    assert ClaimLexicon.load().stance(pos, lemma) == stance


def test_lexicon_is_broad() -> None:
    assert len(read_cues(data_path("claims", "cues.toml"))) >= 600


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (STANCES, "no \\[\\[cue\\]\\] entries"),
        (ENTRY, "unknown stance 'asserts'"),
        (STANCES + ENTRY.replace("VERB", "VRB"), "unknown part of speech 'VRB'"),
        (STANCES + ENTRY.replace('class = "say"\n', ""), "lacks class"),
        ("stances = [", "not valid TOML"),
    ],
)
def test_wrong_cue_file_is_named(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "cues.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=message):
        read_cues(path)


@pytest.mark.parametrize(
    ("table", "manifest", "message"),
    [
        ("model\tfeature\tweight\ncue\tbias\tmuch\n", '{"version": "1", "thresholds": {}}', "'much' is no number"),
        ("model\tfeature\tweight\nque\tbias\t1\n", '{"version": "1", "thresholds": {}}', "unknown model 'que'"),
        ("model\tfeature\tweight\n", '{"version": "1"}', "not a manifest"),
        ("model\tfeature\tweight\n", "{", "not a manifest"),
    ],
)
def test_wrong_weights_are_named(tmp_path: Path, table: str, manifest: str, message: str) -> None:
    path = tmp_path / "weights.tsv"
    path.write_text(table, encoding="utf-8")
    path.with_name("manifest.json").write_text(manifest, encoding="utf-8")
    with pytest.raises(DataError, match=message):
        Weights.load(path)


def test_missing_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no such file"):
        Weights.load(tmp_path / "weights.tsv")


def test_shipped_weights_serve_every_model() -> None:
    weights = ClaimLexicon.load().weights
    assert all(weights.tables[model] for model in MODELS)
    assert {"cue", "content", "source", "nested", "word"} <= weights.thresholds.keys()


@pytest.mark.parametrize(("score", "expected"), [(0.0, 0.5), (100.0, 1.0), (-1000.0, 0.0)])
def test_probability(score: float, expected: float) -> None:
    assert probability(score) == pytest.approx(expected)
