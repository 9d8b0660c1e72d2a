"""The shipped model on sentences of our own, and on input that no page should hold."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tacitus.errors import DataError
from tacitus.language import LanguageModel, Parse, Sentence
from tacitus.language.document import NamedEntity
from tacitus.language.model import LONGEST_SENTENCE, _agreed
from tacitus.language.tree import is_tree

PAGE = """\
NAIROBI, Kenya (AP) — Kenyan police fired tear gas at protesters on Tuesday, killing at least three people, officials said.

“We will not negotiate with the rebels,” Defence Minister John Mwangi said. The rebels were condemned by the United Nations.

Is it over? Nobody knows."""


@pytest.fixture(scope="module")
def page(model: LanguageModel) -> Parse:
    return model.parse([PAGE])[0]


def texts(parse: Parse) -> list[str]:
    return [parse.text[sentence.start : sentence.end] for sentence in parse.sentences]


def relations(sentence: Sentence) -> set[tuple[str, str, str]]:
    """(word, relation, lemma of the governor) of every word but the root."""
    return {
        (token.text, token.deprel, sentence.tokens[token.head].lemma) for token in sentence.tokens if token.head >= 0
    }


def assert_sound(parse: Parse, text: str) -> None:
    """What every parse holds to, whatever the text."""
    assert parse.text == text
    last = 0
    for number, sentence in enumerate(parse.sentences):
        assert sentence.index == number and sentence.tokens
        assert (sentence.start, sentence.end) == (sentence.tokens[0].start, sentence.tokens[-1].end)
        assert is_tree([token.head for token in sentence.tokens])
        for index, token in enumerate(sentence.tokens):
            assert token.index == index and last <= token.start < token.end
            assert token.text == text[token.start : token.end] and token.lemma
            assert (token.deprel == "root") == (token.head < 0)
            assert -1 <= token.head < len(sentence.tokens)
            last = token.end
    for entity in parse.entities:
        inside = parse.sentences[entity.sentence]
        assert inside.start <= entity.start < entity.end <= inside.end
        assert entity.label in {"person", "place", "organization", "group", "facility"}


def test_sentences(page: Parse) -> None:
    assert [text[:12] for text in texts(page)] == [
        "NAIROBI, Ken",
        "“We will not",
        "The rebels w",
        "Is it over?",
        "Nobody knows",
    ]
    assert_sound(page, PAGE)


def test_names(page: Parse) -> None:
    names = {(PAGE[entity.start : entity.end], entity.label) for entity in page.entities}
    assert {("Kenya", "place"), ("John Mwangi", "person"), ("United Nations", "organization")} <= names


def test_passive_and_agent(page: Parse) -> None:
    sentence = page.sentences[2]
    found = relations(sentence)
    assert ("rebels", "nsubj:pass", sentence.root.lemma) in found
    assert ("Nations", "obl:agent", sentence.root.lemma) in found
    assert sentence.root.feats["Voice"] == "Pass"


def test_subject_object_and_negation(page: Parse) -> None:
    sentence = page.sentences[0]
    assert {("police", "nsubj", "fire"), ("gas", "obj", "fire")} <= relations(sentence)
    assert ("not", "advmod", "negotiate") in relations(page.sentences[1])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The army shelled the town.", {("army", "nsubj", "shell"), ("town", "obj", "shell")}),
        ("Ghana's president didn't resign.", {("Ghana", "nmod:poss", "president"), ("n't", "advmod", "resign")}),
        (
            "Peru asked Chile to withdraw its troops.",
            {("Chile", "iobj", "ask"), ("withdraw", "xcomp", "ask")},
        ),
        ("The men who attacked the convoy fled.", {("who", "nsubj", "attack"), ("attacked", "acl:relcl", "man")}),
        ("Norway and Sweden signed a treaty.", {("Sweden", "conj", "Norway"), ("treaty", "obj", "sign")}),
        ("He said that the talks had failed.", {("failed", "ccomp", "say"), ("talks", "nsubj", "fail")}),
    ],
)
def test_trees(model: LanguageModel, text: str, expected: set[tuple[str, str, str]]) -> None:
    (parse,) = model.parse([text])
    assert expected <= relations(parse.sentences[0])


@pytest.mark.parametrize(
    ("text", "word", "lemma", "feats"),
    [
        ("Troops were leaving the capital.", "leaving", "leave", {"VerbForm": "Part", "Tense": "Pres"}),
        ("She went home.", "went", "go", {"Tense": "Past", "VerbForm": "Fin", "Mood": "Ind"}),
        ("The children were taken hostage.", "children", "child", {"Number": "Plur"}),
        ("Release the hostages!", "Release", "release", {"Mood": "Imp"}),
        ("They have signed it.", "They", "they", {"Person": "3", "Number": "Plur"}),
    ],
)
def test_lemmas_and_features(model: LanguageModel, text: str, word: str, lemma: str, feats: dict[str, str]) -> None:
    (parse,) = model.parse([text])
    (token,) = [token for token in parse.sentences[0].tokens if token.text == word]
    assert token.lemma == lemma
    assert feats.items() <= dict(token.feats).items()


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("The army shelled the port. It rained. It snowed. Nobody died.", 4),
        ("Rebels fled the town at dawn. Peru protested! Chile denied it.", 3),
        ("The firm, i.e. Acme Inc. Ltd. of Leeds, closed.", 1),
    ],
)
def test_short_sentences_end_at_their_stops(model: LanguageModel, text: str, sentences: int) -> None:
    (parse,) = model.parse([text])
    assert len(parse.sentences) == sentences


def test_a_blank_line_ends_a_sentence_and_a_line_break_need_not(model: LanguageModel) -> None:
    (parse,) = model.parse(["Rebels take\nthe airport in Goma\n \nThe army said on Monday it had lost control."])
    assert texts(parse) == ["Rebels take\nthe airport in Goma", "The army said on Monday it had lost control."]


def test_a_long_paragraph_is_read_whole(model: LanguageModel) -> None:
    text = " ".join(f"Soldiers attacked village number {number} near the border." for number in range(60))
    (parse,) = model.parse([text])
    assert len(parse.sentences) == 60
    assert_sound(parse, text)


def test_texts_are_parsed_alike_alone_and_together(model: LanguageModel) -> None:
    together = model.parse([PAGE, "The army shelled the town.", ""])
    (alone,) = model.parse(["The army shelled the town."])
    assert [token.head for token in together[1].sentences[0].tokens] == [
        token.head for token in alone.sentences[0].tokens
    ]
    assert together[2] == Parse("", [], [])


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\n\t ",
        "\x00\x01\x7f",
        "\ud800 and \udfff stand alone",
        "?" * 500,
        "a." * 600,
        "((((((((" * 40,
        "”’)",
        "word " * 1000,
        "Kenya, " * 300,
        "日本語の文章です。これは二つ目の文です。",
        "👩‍👩‍👧‍👦🏽🇺🇳" * 30,
        "e\u0301" * 100,
        "supercalifragilisticexpialidocious-" * 100,
        "x\r\n\r\ny\r\rz\u2028w",
    ],
    ids=repr,
)
def test_hostile_text_is_survived(model: LanguageModel, text: str) -> None:
    (parse,) = model.parse([text])
    assert_sound(parse, text)
    assert all(len(sentence.tokens) <= LONGEST_SENTENCE for sentence in parse.sentences)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.text(st.characters() | st.sampled_from("The army's “a”, \n\n.-")), max_size=3))
def test_every_parse_is_sound(model: LanguageModel, texts: list[str]) -> None:
    for text, parse in zip(texts, model.parse(texts), strict=True):
        assert_sound(parse, text)


def test_ten_megabytes_without_a_space_take_seconds(model: LanguageModel) -> None:
    text = "Zm9vYmFy" * 1_250_000
    begun = time.perf_counter()
    (parse,) = model.parse([text])
    assert time.perf_counter() - begun < 20
    assert [(token.start, token.end) for sentence in parse.sentences for token in sentence.tokens] == [(0, len(text))]


def test_given_words_stay_as_given(model: LanguageModel) -> None:
    (parse,) = model.parse_words([[("anti", False), ("-", True), ("war", True), ("songs", False)]])
    assert parse.text == "anti-war songs"
    assert [token.text for token in parse.sentences[0].tokens] == ["anti", "-", "war", "songs"]


def test_the_version_names_the_weights(model: LanguageModel) -> None:
    assert model.version


def test_importing_loads_nothing_heavy() -> None:
    code = (
        "import sys, tacitus.language; print([m for m in ('numpy', 'onnxruntime', 'tokenizers') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_damaged_weights_are_refused(tmp_path: Path) -> None:
    from tacitus.language.network import Network, read_manifest
    from tacitus.resources import model_path

    manifest = read_manifest(model_path())
    assert set(manifest["sha256"]) == {"language.onnx", "language.vocab.txt", "language.lemmas.tsv"}
    (tmp_path / "language.json").write_bytes(model_path("language.json").read_bytes())
    with pytest.raises(DataError, match=r"language\.onnx: no such file"):
        Network.load(folder=tmp_path)
    (tmp_path / "language.onnx").write_bytes(b"damaged")
    with pytest.raises(DataError, match=r"not the file that language\.json names"):
        Network.load(folder=tmp_path)


def test_the_model_is_small() -> None:
    from tacitus.resources import model_path

    assert model_path("language.onnx").stat().st_size <= 30_000_000


def test_given_words_have_a_limit(model: LanguageModel) -> None:
    word = ("rain", False)
    (parse,) = model.parse_words([[word] * 500])
    assert len(parse.sentences[0].tokens) == 500
    with pytest.raises(ValueError, match="501 words; at most 500"):
        model.parse_words([[word] * 501])


def test_a_family_name_is_the_persons_named_in_full() -> None:
    text = "Ines Okoro left Lagos. Okoro and Lagos ..."
    labels = {"Ines Okoro": "person", "Lagos": "place", "Okoro": "place", "...": "person"}
    found = [
        (match.start(), match.end(), labels[match[0]]) for match in re.finditer("Ines Okoro|Lagos|Okoro|[.]{3}", text)
    ]
    agreed = _agreed(text, [NamedEntity(start, end, label, 0) for start, end, label in found])
    assert [(text[name.start : name.end], name.label) for name in agreed] == [
        ("Ines Okoro", "person"),
        ("Lagos", "place"),
        ("Okoro", "person"),
        ("Lagos", "place"),
    ]
