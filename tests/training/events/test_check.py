"""The checker against entries with one fault each, and the committed corpus against the checker and its guide."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from training.events.check import faults, main, repeated, trigger_lemmas
from training.events.corpus import BUILT, NEGATIVES, Article, Sentence, read_articles, read_sentences

from tacitus.ontology import STATUSES, load_ontology

RAID = "Coastguards boarded a trawler off Puntland before dawn."


def sentence(text: str = RAID, **keys: Any) -> dict[str, Any]:
    return {"id": "t-1", "text": text, **keys}


def boarded(**keys: Any) -> dict[str, Any]:
    return {"trigger": "boarded", "type": "COERCE", "mode": "seize", "actors": ["Coastguards"], **keys}


def article(*events: list[dict[str, Any]]) -> dict[str, Any]:
    """An article that repeats one sentence, with these events in each."""
    sentences = [{"text": RAID, "events": list(found)} for found in events]
    return {"id": "t-a01", "title": "Boarded", "published": "1994-02-03", "sentences": sentences}


def faults_of(folder: Path, **files: list[dict[str, Any]]) -> list[str]:
    for kind, rows in files.items():
        lines = "".join(json.dumps(row) + "\n" for row in rows)
        (folder / f"{kind}-test.jsonl").write_text(lines, encoding="utf-8")
    plain = list(read_sentences(folder, kind="plain"))
    unseen = list(read_sentences(folder, kind="unseen"))
    return list(faults(list(read_sentences(folder)), list(read_articles(folder)), plain, unseen))


# ---------------------------------------------------------------- single entries


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (sentence(events=[boarded()]), None),
        (sentence(events=[boarded(contexts=["maritime"])]), "t-1: no context maritime"),
        (sentence(events=[boarded(contexts=["military", "crime"])]), None),
        (sentence(events=[boarded(type="ARREST")]), "t-1: no type ARREST"),
        (sentence(events=[boarded(mode="beat")]), "t-1: COERCE has no mode beat"),
        (sentence(events=[boarded(type="ASSAULT", mode="beat")]), None),
        (sentence(), "t-1: no events, and not marked as a negative"),
        (sentence(negative="statement"), None),
    ],
)
def test_faults_of_a_sentence(tmp_path: Path, row: dict[str, Any], expected: str | None) -> None:
    assert faults_of(tmp_path, sentences=[row]) == ([expected] if expected else [])


def test_an_id_stands_once(tmp_path: Path) -> None:
    rows = [sentence(negative="state"), sentence(negative="state"), sentence(id="t-2", negative="state")]
    assert faults_of(tmp_path, sentences=rows) == ["t-1: 2 entries have this id"]
    assert faults_of(tmp_path, sentences=rows[1:], plain=[sentence()]) == ["t-1: 2 entries have this id"]


def test_plain_sentences_have_no_events(tmp_path: Path) -> None:
    plain = [sentence(id="t-p1"), sentence(id="t-p2", events=[boarded()])]
    assert faults_of(tmp_path, plain=plain) == ["t-p2: a plain sentence has no events"]


def test_unseen_sentences_are_held_to_the_guide(tmp_path: Path) -> None:
    unseen = [sentence(id="t-u1"), sentence(id="t-u2", events=[boarded()]), sentence(events=[boarded(mode="beat")])]
    expected = ["t-1: 2 entries have this id", "t-1: COERCE has no mode beat"]
    assert faults_of(tmp_path, sentences=[sentence(negative="state")], unseen=unseen) == expected


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        pytest.param([[boarded(id="e1")], [boarded(same="e1")]], [], id="told again"),
        pytest.param([[], [boarded()]], [], id="a sentence of an article may have none"),
        pytest.param([[boarded(same="e1")], [boarded(id="e1")]], ["e1"], id="not yet told"),
        pytest.param([[boarded(id="e1", same="e1")]], ["e1"], id="itself"),
        pytest.param([[boarded(id="e1")], [boarded(same="e2")]], ["e2"], id="never told"),
    ],
)
def test_same_names_an_event_told_before(
    tmp_path: Path, events: list[list[dict[str, Any]]], expected: list[str]
) -> None:
    found = faults_of(tmp_path, articles=[article(*events)])
    assert found == [f"t-a01: no event {name} before the one that is the same" for name in expected]


def test_the_command_says_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert not faults_of(tmp_path, sentences=[sentence(events=[boarded()])])
    assert main([str(tmp_path)]) == 0
    assert "1 sentences, 0 of them negatives" in capsys.readouterr().out
    faults_of(tmp_path, sentences=[sentence(events=[boarded(mode="beat")])])
    assert main([str(tmp_path)]) == 1
    assert "t-1: COERCE has no mode beat" in capsys.readouterr().err
    (tmp_path / "plain-test.jsonl").write_text("no JSON\n", encoding="utf-8")
    assert main([str(tmp_path)]) == 1
    assert "plain-test.jsonl:1: not valid JSON" in capsys.readouterr().err


# ---------------------------------------------------------------- templates


def entries(folder: Path, *rows: tuple[str, list[list[str]]]) -> list[Sentence]:
    lines = [json.dumps({"id": f"t-{n}", "text": text, "names": names}) for n, (text, names) in enumerate(rows)]
    (folder / "plain-test.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return list(read_sentences(folder, kind="plain"))


@pytest.mark.parametrize(
    ("one", "two", "shared"),
    [
        pytest.param(
            ("The envoy from Oslo flew home on Friday.", [["Oslo", "place"]]),
            ("The envoy from San Marino flew home on Friday.", [["San Marino", "place"]]),
            6,
            id="names do not make a sentence another one",
        ),
        pytest.param(
            ("The envoy from Oslo flew home on Friday.", []),
            ("Nine barges of grain sank off the cape.", []),
            0,
            id="nothing shared",
        ),
        pytest.param(
            ("The band played at noon.", []), ("The band played until dawn.", []), 0, id="too short to be a template"
        ),
        pytest.param(
            ("The envoy flew home on Friday morning.", []),
            ("The envoy flew to a port in the south.", []),
            0,
            id="less than half",
        ),
    ],
)
def test_two_sentences_of_one_template(
    tmp_path: Path, one: tuple[str, list[list[str]]], two: tuple[str, list[list[str]]], shared: int
) -> None:
    found = list(repeated(entries(tmp_path, one, two)))
    assert len(found) == bool(shared)
    assert all(line.startswith(f"t-1 and t-0 share {shared} of ") for line in found)


@pytest.mark.parametrize(
    ("text", "trigger", "lemma"),
    [
        ("Raiders attacked the depot.", "attacked", "attack"),
        ("Raiders attacks follow.", "attacks", "attack"),
        ("Elders spoke out against it.", "spoke out", "speak out"),
        ("Jets shot it down.", "shot … down", "shoot down"),
    ],
)
def test_triggers_are_counted_by_lemma(tmp_path: Path, text: str, trigger: str, lemma: str) -> None:
    faults_of(tmp_path, sentences=[sentence(text, events=[boarded(trigger=trigger, actors=[])])])
    assert trigger_lemmas(read_sentences(tmp_path)) == Counter({lemma: 1})


# ---------------------------------------------------------------- the committed corpus


@pytest.fixture(scope="module")
def sentences() -> list[Sentence]:
    return list(read_sentences())


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    return list(read_articles())


@pytest.fixture(scope="module")
def plain() -> list[Sentence]:
    return list(read_sentences(kind="plain"))


@pytest.fixture(scope="module")
def unseen() -> list[Sentence]:
    return list(read_sentences(kind="unseen"))


@pytest.fixture(scope="module")
def everything(sentences: list[Sentence], articles: list[Article]) -> list[Sentence]:
    """Whatever may be trained on."""
    return [*sentences, *(sentence for article in articles for sentence in article.sentences)]


def test_the_corpus_has_no_faults(
    sentences: list[Sentence], articles: list[Article], plain: list[Sentence], unseen: list[Sentence]
) -> None:
    assert list(faults(sentences, articles, plain, unseen)) == []


def test_what_measures_the_status_has_every_status_and_type() -> None:
    events = [event for sentence in read_sentences(kind="unseen-status") for event in sentence.events]
    statuses, types = Counter(event.status for event in events), Counter(event.type for event in events)
    assert min(statuses[name] for name in STATUSES) >= 30, statuses
    assert min(types[name] for name in load_ontology().types) >= 8, types


def test_what_measures_false_alarms_has_no_events() -> None:
    plain = list(read_sentences(kind="unseen-plain"))
    assert len(plain) >= 300 and not any(sentence.events for sentence in plain)


def test_hardly_any_two_sentences_are_one_template(
    everything: list[Sentence], plain: list[Sentence], unseen: list[Sentence]
) -> None:
    found = list(repeated([*everything, *plain, *unseen]))
    assert len(found) < (len(everything) + len(plain)) / 400, found


def test_the_corpus_is_large(
    sentences: list[Sentence], articles: list[Article], plain: list[Sentence], everything: list[Sentence]
) -> None:
    events = [event for sentence in everything for event in sentence.events]
    negatives = [sentence for sentence in sentences if sentence.negative]
    assert len(sentences) >= 5_000 and len(negatives) >= 1_500
    assert len(articles) >= 300 and len(plain) >= 1_900 and len(events) >= 7_500
    assert len(negatives) >= 0.2 * len(sentences)
    assert sum(event.is_claimed for event in events) >= 2_000


def test_every_part_of_the_guide_occurs(sentences: list[Sentence], everything: list[Sentence]) -> None:
    events = [event for sentence in everything for event in sentence.events]
    types, statuses = Counter(event.type for event in events), Counter(event.status for event in events)
    built = Counter(name for sentence in sentences for name in sentence.built)
    negatives = Counter(sentence.negative for sentence in sentences if sentence.negative)
    ontology = load_ontology()
    assert min(types[name] for name in ontology.types) >= 100, types
    assert min(statuses[name] for name in STATUSES) >= 90, statuses
    assert min(built[name] for name in BUILT) >= 50, built
    assert min(negatives[name] for name in NEGATIVES) >= 100, negatives
    modes = {(event.type, event.mode) for event in events}
    assert [(t, mode) for t in ontology.types for mode in ontology.types[t].modes if (t, mode) not in modes] == []


def test_no_trigger_word_rules(everything: list[Sentence]) -> None:
    lemmas = trigger_lemmas(everything)
    assert len(lemmas) >= 3_000
    assert lemmas.most_common(1)[0][1] < 0.01 * lemmas.total(), lemmas.most_common(3)
    assert sum(count for count in lemmas.values() if count <= 5) >= 0.5 * lemmas.total()


def test_a_party_stands_on_one_side(everything: list[Sentence]) -> None:
    twice = [
        (sentence.id, event.type)
        for sentence in everything
        for event in sentence.events
        if set(event.actors) & set(event.recipients)
    ]
    assert twice == []


def test_articles_have_the_length_of_short_reports(articles: list[Article]) -> None:
    sizes = Counter(len(article.sentences) for article in articles)
    assert sizes.total() - sum(sizes[size] for size in range(4, 11)) == 0, sizes
    assert all(article.sentences[0].opens_paragraph for article in articles)
    assert all(any(sentence.events for sentence in article.sentences) for article in articles)


def test_names_that_occur_again_are_marked_again(everything: list[Sentence]) -> None:
    """What is not marked is learnt to be no name."""
    unmarked = [
        (sentence.id, sentence.text[name.start : name.end])
        for sentence in everything
        for name in sentence.names
        if f" {sentence.text[name.start : name.end]} " in f" {sentence.masked} "
    ]
    assert unmarked == []
