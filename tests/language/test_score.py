"""Scores of parses against gold trees: worked examples, then the shipped model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from benchmarks.language import VARIANTS

from tacitus.language import LanguageModel, Parse, Sentence, Token
from tacitus.language.conllu import read_conllu
from tacitus.language.model import LONGEST_SENTENCE
from tacitus.language.score import TEXT_FIGURES, given_words, score_text, score_treebank, score_words

Word = tuple[str, str, int, str]  # form, part of speech, number of the head, relation

GUARDS: list[Word] = [
    ("Border", "NOUN", 2, "compound"),
    ("guards", "NOUN", 3, "nsubj"),
    ("fled", "VERB", 0, "root"),
    (".", "PUNCT", 3, "punct"),
]
NOBODY: list[Word] = [("Nobody", "PRON", 2, "nsubj"), ("followed", "VERB", 0, "root")]


def parse_of(text: str, *sentences: Sequence[Word]) -> Parse:
    """The parse with these words, found in the text one after the other; lemmas are the lower-cased forms."""
    found, cursor = [], 0
    for number, words in enumerate(sentences):
        tokens = []
        for index, (form, upos, head, deprel) in enumerate(words):
            start = text.index(form, cursor)
            cursor = start + len(form)
            tokens.append(Token(index, start, cursor, form, form.lower(), upos, head - 1, deprel, {}))
        found.append(Sentence(number, tokens[0].start, tokens[-1].end, tokens))
    return Parse(text, found)


@dataclass
class Canned:
    """Says of every text, or of every sentence of words in turn, what it was told to say."""

    answers: list[Parse]

    def parse(self, texts: Sequence[str]) -> list[Parse]:
        assert [answer.text for answer in self.answers] == list(texts)
        return self.answers

    def parse_words(self, sentences: Sequence[Sequence[tuple[str, bool]]]) -> list[Parse]:
        said = [sentence for answer in self.answers for sentence in answer.sentences]
        assert [[form for form, _ in words] for words in sentences] == [[t.text for t in s.tokens] for s in said]
        return [Parse("", [sentence]) for sentence in said]


TEXT = "Border guards fled. Nobody followed"
GOLD = parse_of(TEXT, GUARDS, NOBODY)


def changed(words: list[Word], index: int, **fields: object) -> list[Word]:
    """The words with one of them told otherwise."""
    names = ("form", "upos", "head", "deprel")
    row = tuple(fields.get(name, value) for name, value in zip(names, words[index], strict=True))
    return [*words[:index], row, *words[index + 1 :]]  # type: ignore[list-item]


@pytest.mark.parametrize(
    ("words", "upos", "uas", "las"),
    [
        (GUARDS, 1, 1, 1),
        (changed(GUARDS, 0, upos="ADJ"), 3 / 4, 1, 1),
        (changed(GUARDS, 0, deprel="amod"), 1, 1, 3 / 4),
        (changed(GUARDS, 1, deprel="nsubj:outer"), 1, 1, 3 / 4),
        (changed(GUARDS, 0, head=3), 1, 3 / 4, 3 / 4),
        (changed(changed(GUARDS, 2, head=2, deprel="acl"), 1, head=0, deprel="root"), 1, 2 / 4, 2 / 4),
    ],
)
def test_shares_of_gold_words(words: list[Word], upos: float, uas: float, las: float) -> None:
    gold, found = parse_of("Border guards fled.", GUARDS), parse_of("Border guards fled.", words)
    assert score_words(Canned([found]), gold.sentences) == {"upos": upos, "uas": uas, "las": las, "lemma": 1}


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        pytest.param([GUARDS, NOBODY], {}, id="as gold"),
        pytest.param(  # a relation and a head: 5 and 4 of 6 + 6
            [changed(changed(GUARDS, 0, deprel="amod"), 1, head=4), NOBODY], {"uas": 5 / 6, "las": 4 / 6}, id="tree"
        ),
        pytest.param(  # 5 words of which 4 are gold, against 6; both sentences still begin and end right
            [[("Border guards", "NOUN", 2, "nsubj"), ("fled", "VERB", 0, "root"), (".", "PUNCT", 2, "punct")], NOBODY],
            dict.fromkeys(("tokens", "upos", "uas", "las", "lemma"), 8 / 11),
            id="words",
        ),
        pytest.param(  # one sentence of two; "followed" is no root any more
            [[*GUARDS, ("Nobody", "PRON", 6, "nsubj"), ("followed", "VERB", 3, "parataxis")]],
            {"sentences": 0, "uas": 5 / 6, "las": 5 / 6},
            id="sentences",
        ),
    ],
)
def test_f1_over_spans_of_raw_text(found: list[list[Word]], expected: dict[str, float]) -> None:
    scores = score_text(Canned([parse_of(TEXT, *found)]), [GOLD])
    assert scores == {name: round(expected.get(name, 1), 4) for name in TEXT_FIGURES}


def test_a_gold_lemma_that_is_not_annotated_is_right() -> None:
    bare = Parse(TEXT, [replace(s, tokens=[replace(t, lemma="_") for t in s.tokens]) for s in GOLD.sentences])
    assert score_treebank(Canned([GOLD]), [bare])["gold_tokens"]["lemma"] == 1
    assert score_text(Canned([GOLD]), [bare])["lemma"] == 1


def test_words_without_letters_count_as_missed(tmp_path: Path) -> None:
    path = tmp_path / "a.conllu"
    rows = [
        "1-2\tdu\t_\t_\t_\t_\t_\t_\t_\t_",
        "1\tde\tde\tADP\t_\t_\t2\tcase\t_\t_",
        "2\tle\tle\tDET\t_\t_\t0\troot\t_\t_",
    ]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    found = parse_of("du", [("du", "ADP", 0, "root")])
    assert score_text(Canned([found]), list(read_conllu(path)))["tokens"] == 0


def test_nothing_found_scores_nothing() -> None:
    assert set(score_text(Canned([Parse(TEXT, [])]), [GOLD]).values()) == {0}


def test_the_shipped_model_agrees_with_itself(model: LanguageModel) -> None:
    texts = ["Police in Lima don't arrest marchers.\n\nThey wait. “Why?” asked the mayor.", "The ceasefire held."]
    scores = score_text(model, model.parse(texts))
    assert scores == dict.fromkeys(TEXT_FIGURES, 1)


def test_a_sentence_of_any_length_is_scored(model: LanguageModel) -> None:
    names = [f"Town{number}" for number in range(600)]
    words: list[Word] = [
        (name, "PROPN", 1 if index else 0, "conj" if index else "root") for index, name in enumerate(names)
    ]
    scores = score_words(model, parse_of(" ".join(names), words).sentences)
    assert 0 < scores["upos"] <= 1
    assert scores["uas"] <= LONGEST_SENTENCE / 600


def test_given_words_know_what_is_glued() -> None:
    assert given_words(GOLD.sentences[0].tokens) == [("Border", False), ("guards", False), ("fled", False), (".", True)]


@pytest.mark.parametrize(
    ("variant", "expected"),
    [
        ("lower", [("border", 1), ("guards", 2), ("fled", -1), (".", 2)]),
        ("upper", [("BORDER", 1), ("GUARDS", 2), ("FLED", -1), (".", 2)]),
        ("unpunctuated", [("Border", 1), ("guards", 2), ("fled", -1)]),
    ],
)
def test_variants(variant: str, expected: list[tuple[str, int]]) -> None:
    tokens = VARIANTS[variant](GOLD.sentences[0]).tokens
    assert [(token.text, token.head) for token in tokens] == expected
    assert [token.index for token in tokens] == list(range(len(expected)))


def test_punctuation_is_left_out_where_nothing_hangs_on_it() -> None:
    quoted: list[Word] = [
        ("“", "PUNCT", 2, "punct"),
        ("Halt", "VERB", 0, "root"),
        ("/", "PUNCT", 2, "cc"),
        ("stop", "VERB", 3, "conj"),
        ("”", "PUNCT", 2, "punct"),
    ]
    (sentence,) = parse_of("“Halt/stop”", quoted).sentences
    assert [(t.text, t.head) for t in VARIANTS["unpunctuated"](sentence).tokens] == [
        ("Halt", -1),
        ("/", 0),
        ("stop", 1),
    ]
