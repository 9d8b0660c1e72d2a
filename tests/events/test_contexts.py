"""Contexts of events: word senses, clause before sentence before title."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tacitus.errors import DataError
from tacitus.events import contexts
from tacitus.events.contexts import MOST, ContextFinder, ContextLexicon
from tacitus.language.document import Parse, Sentence, Token
from tacitus.ontology import load_ontology
from tacitus.records import Article

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def lexicon() -> ContextLexicon:
    return ContextLexicon.load(load_ontology())


def flat(text: str) -> Parse:
    """A sentence in one clause: the first word after the bar is the root, every other word hangs on it."""
    words = text.split()
    root = next(i for i, word in enumerate(words) if word.startswith("|"))
    words[root] = words[root][1:]
    tokens, at = [], 0
    for index, word in enumerate(words):
        upos = "VERB" if index == root else "NOUN"
        head, relation = (-1, "root") if index == root else (root, "dep")
        tokens.append(Token(index, at, at + len(word), word, word.lower(), upos, head, relation, {}))
        at += len(word) + 1
    return Parse(" ".join(words), [Sentence(0, 0, at - 1, tokens)])


def found(text: str, lexicon: ContextLexicon, title: str | None = None) -> list[str]:
    parse = flat(text)
    sentence = parse.sentences[0]
    article = Article(id="a", text=parse.text, title=title)
    findings = ContextFinder(article, parse, lexicon).find(sentence, sentence.root)
    for finding in findings:
        assert sentence.span.contains(finding.span)
        assert finding.because.startswith(f"context {finding.context}: '")
    return [finding.context for finding in findings]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Troops |crossed the river", ["military"]),
        ("Hackers |stole records from a computer network", ["cyber"]),
        ("The ministry |published results of the presidential election", ["election"]),
        ("Officers |seized forty kilos of cocaine", ["illegal_drugs"]),
        ("Inspectors |visited a uranium enrichment hall", ["cbrn"]),
        ("A suicide bomber |entered the market", ["terrorism"]),
        ("Peacekeepers |patrolled the valley", ["peacekeeping"]),
        ("The governor |took bribes", ["corruption"]),
        ("Migrants |crossed the fence", ["migration"]),
        ("Lisbon |granted asylum to the singer", ["asylum"]),
        ("Rescuers |reached the flooding villages", ["disasters"]),
        ("Farmers |sold grain", []),
    ],
)
def test_words_give_contexts(text: str, expected: list[str], lexicon: ContextLexicon) -> None:
    assert found(text, lexicon) == expected


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("The clerk |removed a computer virus", "health"),
        ("The opinion poll |pleased the premier", "pro_democracy"),
        ("The director |joined a think tank", "military"),
        ("The attorney general |spoke", "military"),
        ("The trade war |worried farmers", "military"),
        ("The drug company |opened a plant", "illegal_drugs"),
        ("The nuclear family |shrank", "cbrn"),
        ("The secretary general |travelled", "executive"),
        ("The climate of fear |spread", "environment"),
        ("Terrorists |came", "terrorism"),  # a label for a party is no context
    ],
)
def test_phrases_of_another_sense_give_none(text: str, absent: str, lexicon: ContextLexicon) -> None:
    assert absent not in found(text, lexicon)


def test_hyphens_do_not_matter(lexicon: ContextLexicon) -> None:
    assert found("Workers of the anti - corruption bureau |came", lexicon) == ["corruption"]
    assert found("Workers of the anti-corruption bureau |came", lexicon) == ["corruption"]


def test_no_event_has_many_contexts(lexicon: ContextLexicon) -> None:
    names = found("Soldiers voters hackers migrants pilgrims judges |met", lexicon)
    assert len(names) == MOST
    assert names == sorted(names)


def test_the_title_speaks_only_where_the_sentence_is_silent(lexicon: ContextLexicon) -> None:
    assert found("Farmers |gathered", lexicon, title="Cholera spreads in Aleppo") == ["health"]
    assert found("Soldiers |gathered", lexicon, title="Cholera spreads in Aleppo") == ["military"]
    assert found("Farmers |gathered", lexicon, title="Prices and war") == []


@pytest.mark.parametrize(
    ("content", "message"),
    [('[weather]\nstrong = ["rain"]\n', "is no context of PLOVER"), ("", "is no context of PLOVER, or is missing")],
)
def test_a_wrong_word_file_is_named(
    content: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "contexts.toml"
    path.write_text(content, encoding="utf-8")
    monkeypatch.setattr(contexts, "data_path", lambda *parts: path)
    with pytest.raises(DataError, match=message):
        ContextLexicon.load(load_ontology())
