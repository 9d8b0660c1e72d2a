"""The files of the annotated corpus: surfaces become offsets, and what does not follow the guide is refused by name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from training.events.corpus import CorpusError, Reference, Sentence, read_articles, read_sentences

CONVOY = "Gunmen held up a convoy near Masisi, and the convoy turned back before Masisi fell."


def entry(text: str = CONVOY, **keys: Any) -> dict[str, Any]:
    return {"id": "t-1", "text": text, **keys}


def event(trigger: str = "held up", type: str = "ASSAULT", **keys: Any) -> dict[str, Any]:
    return {"trigger": trigger, "type": type, **keys}


def write(folder: Path, *rows: object, kind: str = "sentences") -> Path:
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    (folder / f"{kind}-test.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def read(folder: Path, *rows: object) -> list[Sentence]:
    return list(read_sentences(write(folder, *rows)))


def words(text: str, reference: Reference) -> list[str]:
    return [text[start:end] for start, end in reference.spans]


# ---------------------------------------------------------------- surfaces


@pytest.mark.parametrize(
    ("text", "surface", "spans"),
    [
        (CONVOY, "Gunmen", [(0, 6)]),
        (CONVOY, "convoy", [(17, 23)]),
        (CONVOY, "convoy#2", [(45, 51)]),
        (CONVOY, "Masisi#2", [(71, 77)]),
        (CONVOY, "held up", [(7, 14)]),
        # a surface stands whole: not inside a longer word, and not before one
        ("The armyworm reached the army.", "army", [(25, 29)]),
        ("Rebels rearmed and armed others.", "armed", [(19, 24)]),
        ("Banan an an an envoy.", "an an", [(6, 11)]),
        ("An-Nahar and its An-Nahar desk closed.", "An-Nahar#2", [(17, 25)]),
        # signs may stand at the ends
        ("It cost $5m, then $5m.", "$5m#2", [(18, 21)]),
        ("“No,” he wrote.", "“No,”", [(0, 5)]),
        # a gap; what follows it is whole words too
        ("They shot the downed drone down.", "shot … down", [(5, 9), (27, 31)]),
        ("He called it, late on, off.", "called … late … off", [(3, 9), (14, 18), (23, 26)]),
        ("She let the officers in.", "let … in", [(4, 7), (21, 23)]),
    ],
)
def test_a_surface_is_found_where_it_stands(
    tmp_path: Path, text: str, surface: str, spans: list[tuple[int, int]]
) -> None:
    (sentence,) = read(tmp_path, entry(text, events=[event(surface)]))
    assert sentence.events[0].trigger == Reference(0, tuple(spans))


def test_the_number_of_a_surface_with_a_gap_counts_its_first_words(tmp_path: Path) -> None:
    text = "Police broke the march up, then broke it up."
    (sentence,) = read(tmp_path, entry(text, events=[event("broke … up#2", "COERCE")]))
    assert sentence.events[0].trigger.spans == ((32, 37), (41, 43))


WORDS = st.text(st.sampled_from("abcéßñ漢1'-"), min_size=1, max_size=6)
SEPARATORS = st.sampled_from([" ", ", ", " — ", "; ", " (", ") "])


@st.composite
def chosen_words(draw: st.DrawFn) -> tuple[str, tuple[int, int], str]:
    """A text, the offsets of a run of its words, and the surface that names that run."""
    forms = draw(st.lists(WORDS, min_size=1, max_size=12))
    text, places = "", []
    for form in forms:
        text += draw(SEPARATORS) if text else ""
        places.append((len(text), len(text) + len(form)))
        text += form
    first = draw(st.integers(0, len(forms) - 1))
    start, end = places[first][0], places[draw(st.integers(first, min(len(forms) - 1, first + 3)))][1]
    return text, (start, end), text[start:end]


def standing_whole(text: str, surface: str) -> list[int]:
    """Where the surface stands whole, found the plain way: every offset is looked at."""

    def is_cut(place: int) -> bool:
        return 0 < place < len(text) and text[place - 1].isalnum() and text[place].isalnum()

    size = len(surface)
    found = [i for i in range(len(text)) if text[i : i + size] == surface]
    return [i for i in found if not is_cut(i) and not is_cut(i + size)]


@settings(deadline=None)
@given(chosen=chosen_words())
def test_every_run_of_whole_words_can_be_named(
    tmp_path_factory: pytest.TempPathFactory, chosen: tuple[str, tuple[int, int], str]
) -> None:
    text, (start, end), surface = chosen
    nth = standing_whole(text, surface).index(start) + 1
    folder = tmp_path_factory.mktemp("corpus", numbered=True)
    numbered = [f"{surface}#{nth}", *([surface] if nth == 1 else [])]
    for name in numbered:
        (sentence,) = read(folder, entry(text, events=[event(name)]))
        assert sentence.events[0].trigger == Reference(0, ((start, end),))
    with pytest.raises(CorpusError, match="is not in the text"):
        read(folder, entry(text, events=[event(f"{surface}#{len(standing_whole(text, surface)) + 1}")]))


@settings(deadline=None)
@given(chosen=chosen_words(), tail=WORDS, between=st.lists(WORDS, min_size=1, max_size=4))
def test_a_gap_ends_at_the_next_whole_word(
    tmp_path_factory: pytest.TempPathFactory, chosen: tuple[str, tuple[int, int], str], tail: str, between: list[str]
) -> None:
    text, (start, end), surface = chosen
    text = " ".join([text, *between, tail])
    nth = standing_whole(text, surface).index(start) + 1
    (sentence,) = read(
        tmp_path_factory.mktemp("corpus", numbered=True), entry(text, events=[event(f"{surface} … {tail}#{nth}")])
    )
    first, second = sentence.events[0].trigger.spans
    expected = next(place for place in standing_whole(text, tail) if place >= end)
    assert (first, second) == ((start, end), (expected, expected + len(tail)))


# ---------------------------------------------------------------- entries


def test_an_entry_is_read_whole(tmp_path: Path) -> None:
    row = entry(
        "At least six soldiers died when Ruritanian gunmen shelled Strelsau with mortars on Friday, a surgeon said.",
        names=[["Ruritanian", "demonym"], ["Strelsau", "place"]],
        events=[
            event(
                "shelled",
                mode="heavy-weapons",
                status="historical",
                actors=["Ruritanian gunmen"],
                recipients=["Strelsau"],
                said_by="a surgeon",
                dead="At least six",
                place="Strelsau",
                time="on Friday",
                contexts=["military"],
                instruments=["mortars"],
            )
        ],
        built=["active", "reported"],
        paragraph=True,
    )
    (sentence,) = read(tmp_path, row)
    (found,) = sentence.events
    assert [(sentence.text[name.start : name.end], name.kind) for name in sentence.names] == [
        ("Ruritanian", "demonym"),
        ("Strelsau", "place"),
    ]
    assert (found.type, found.mode, found.status, found.is_claimed) == (
        "ASSAULT",
        "heavy-weapons",
        "historical",
        True,
    )
    assert found.said_by is not None and words(sentence.text, found.said_by) == ["a surgeon"]
    assert {key: words(sentence.text, where) for key, where in found.words.items()} == {
        "dead": ["At least six"],
        "place": ["Strelsau"],
        "time": ["on Friday"],
    }
    assert [words(sentence.text, where) for where in found.instruments] == [["mortars"]]
    assert (found.contexts, sentence.built, sentence.opens_paragraph) == (("military",), ("active", "reported"), True)
    assert (
        sentence.masked == "At least six soldiers died when _ gunmen shelled _ with mortars on Friday, a surgeon said."
    )


@pytest.mark.parametrize(
    ("said_by", "is_claimed", "named"),
    [(None, False, None), ("?", True, None), ("Gunmen", True, ["Gunmen"])],
)
def test_who_says_it(tmp_path: Path, said_by: str | None, is_claimed: bool, named: list[str] | None) -> None:
    (sentence,) = read(tmp_path, entry(events=[event() | ({"said_by": said_by} if said_by else {})]))
    (found,) = sentence.events
    assert found.is_claimed is is_claimed
    assert (words(CONVOY, found.said_by) if found.said_by else None) == named
    assert found.status == "actual"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        pytest.param("{", r"sentences-test\.jsonl:1: not valid JSON", id="no JSON"),
        pytest.param("[]", r"sentences-test\.jsonl:1: not an object", id="no object"),
        pytest.param({"text": CONVOY}, "no key id", id="no id"),
        pytest.param({"id": "t-1"}, "t-1: no key text", id="no text"),
        pytest.param(entry(colour="red"), "t-1: unknown key colour", id="unknown key"),
        pytest.param(entry(events=[{"type": "ASSAULT"}]), "no key trigger", id="no trigger"),
        pytest.param(entry(events=[event(weapons=["x"])]), "'held up': unknown key weapons", id="key of an event"),
        pytest.param(entry(events=[event(status="past")]), "'past' is none of actual, negated", id="status"),
        pytest.param(entry(negative="sports"), "'sports' is none of sport, business", id="kind of negative"),
        pytest.param(entry(built=["actve"]), "'actve' is none of active, passive", id="construction"),
        pytest.param(entry(negative="sport", events=[event()]), "a negative has no events", id="negative event"),
        pytest.param(entry(names=[["Masisi", "town"]]), "'town' is none of person", id="kind of name"),
        pytest.param(entry(names=[["near … fell", "place"]]), "'near … fell' has a gap", id="name with a gap"),
        pytest.param(entry(events=[event("convoys")]), "'convoys' is not in the text", id="other words"),
        pytest.param(entry(events=[event("onvoy")]), "'onvoy' is not in the text", id="part of a word"),
        pytest.param(entry(events=[event("Masisi#3")]), "'Masisi#3' is not in the text", id="third of two"),
        pytest.param(entry(events=[event("Masisi#0")]), "'Masisi#0' is not in the text", id="they count from one"),
        pytest.param(entry(events=[event("held#2 … up")]), "'held#2 … up' is not", id="number before the gap"),
        pytest.param(entry(events=[event("fell … held")]), "is not in the text", id="gap backwards"),
        pytest.param(entry(events=[event(place="")]), "does not begin and end with a word", id="empty surface"),
        pytest.param(entry(events=[event("held up ")]), "does not begin and end with a word", id="trailing space"),
        pytest.param(entry(events=[event(actors=["@1:Gunmen"])]), "there is no sentence 1", id="no such sentence"),
    ],
)
def test_what_is_refused(tmp_path: Path, row: object, message: str) -> None:
    with pytest.raises(CorpusError, match=message):
        read(tmp_path, row)


def test_the_message_names_the_line(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"sentences-test\.jsonl:2"):
        read(tmp_path, entry(events=[event()]), "{'id': 't-2'}")


# ---------------------------------------------------------------- articles


ARTICLE: dict[str, Any] = {
    "id": "t-a01",
    "title": "Two held in Lodz",
    "published": "1987-06-14",
    "publisher": "Courier",
    "sentences": [
        {"text": "The militia detained two welders in Lodz.", "paragraph": True, "names": [["Lodz", "place"]]},
        {"text": "They were freed on Sunday, a priest said.", "events": []},
    ],
}


def with_event(**keys: Any) -> dict[str, Any]:
    """The article with one event in its second sentence."""
    first, second = ARTICLE["sentences"]
    return ARTICLE | {"sentences": [first, second | {"events": [event("freed", "RETREAT", **keys)]}]}


def test_parties_may_stand_in_another_sentence(tmp_path: Path) -> None:
    row = with_event(actors=["@0:The militia"], recipients=["They"], said_by="a priest")
    (article,) = read_articles(write(tmp_path, row, kind="articles"))
    (found,) = article.sentences[1].events
    assert (article.id, article.title, article.published) == ("t-a01", "Two held in Lodz", "1987-06-14")
    assert [sentence.id for sentence in article.sentences] == ["t-a01.0", "t-a01.1"]
    assert [sentence.opens_paragraph for sentence in article.sentences] == [True, False]
    assert found.actors == (Reference(0, ((0, 11),)),)
    assert found.recipients == (Reference(1, ((0, 4),)),)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        pytest.param(with_event(actors=["@2:They"]), "t-a01 sentence 1 'freed': there is no sentence 2", id="third"),
        pytest.param(with_event(actors=["@0:They"]), "'They' is not in the text", id="words of another sentence"),
        pytest.param({key: ARTICLE[key] for key in ARTICLE if key != "published"}, "t-a01: no key published", id="day"),
        pytest.param(ARTICLE | {"byline": "AB"}, "t-a01: unknown key byline", id="unknown key"),
        pytest.param(ARTICLE | {"sentences": [{"paragraph": True}]}, "sentence 0: no key text", id="no text"),
    ],
)
def test_what_is_refused_in_articles(tmp_path: Path, row: object, message: str) -> None:
    with pytest.raises(CorpusError, match=message):
        list(read_articles(write(tmp_path, row, kind="articles")))


def test_files_are_told_apart_by_their_names(tmp_path: Path) -> None:
    write(tmp_path, entry(id="t-1", events=[event()]))
    write(tmp_path, {"id": "t-p1", "text": "The band played twice."}, kind="plain")
    assert [sentence.id for sentence in read_sentences(tmp_path)] == ["t-1"]
    assert [sentence.id for sentence in read_sentences(tmp_path, kind="plain")] == ["t-p1"]
    assert list(read_articles(tmp_path)) == []
