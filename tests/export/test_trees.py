"""Dependency trees in characters and as a picture: every word is there once, and nothing a page says acts as markup."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tacitus.export import render_parse_svg
from tacitus.export.branches import branches
from tacitus.language import Parse, Sentence, Token

SVG = "{http://www.w3.org/2000/svg}"


def parse_of(*words: tuple[str, int], deprel: str = "dep") -> Parse:
    """A sentence of words, each with its head (-1 for the root)."""
    tokens, start = [], 0
    for index, (form, head) in enumerate(words):
        tokens.append(Token(index, start, start + len(form), form, form, "X", head, "root" if head < 0 else deprel, {}))
        start += len(form) + 1
    text = " ".join(form for form, _ in words)
    return Parse(text, [Sentence(0, 0, len(text), tokens)])


def drawn(words: Sequence[tuple[str, int]]) -> list[str]:
    return [strokes + token.text for strokes, token in branches(parse_of(*words).sentences[0])]


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ([("Halt", -1)], ["─── Halt"]),
        (
            [("The", 1), ("army", 2), ("shelled", -1), ("a", 4), ("town", 2), ("near", 6), ("Goma", 4), (".", 2)],
            [
                "    ┌── The",
                "  ┌─┴ army",
                "──┼ shelled",
                "  │ ┌── a",
                "  ├─┼ town",
                "  │ │ ┌── near",
                "  │ └─┴ Goma",
                "  └── .",
            ],
        ),
        (  # arcs that cross: the word stands by its governor
            [("Whom", 2), ("they", 2), ("blame", -1), ("for", 0)],
            ["  ┌─┬ Whom", "  │ └── for", "  ├── they", "──┴ blame"],
        ),
        ([("Two", -1), ("roots", -1)], ["─── Two", "─── roots"]),
        ([("Round", 1), ("round", 0), ("root", -1)], ["─── root", "──┬ Round", "  └─┴ round"]),
    ],
    ids=["one word", "projective", "crossing", "two roots", "ring"],
)
def test_branches(words: list[tuple[str, int]], lines: list[str]) -> None:
    assert drawn(words) == lines


def test_a_deep_tree_is_drawn() -> None:
    lines = drawn([(f"w{n}", n - 1) for n in range(1500)])
    assert len(lines) == 1500 and lines[-1].endswith("w1499")


@given(st.lists(st.integers(0, 30), min_size=1, max_size=30).map(lambda heads: [head % len(heads) for head in heads]))
def test_every_word_is_drawn_once(heads: list[int]) -> None:
    words = [(f"w{n}", -1 if head == n else head) for n, head in enumerate(heads)]
    assert sorted(line.split()[-1] for line in drawn(words)) == sorted(form for form, _ in words)
    picture = ET.fromstring(render_parse_svg(parse_of(*words)))
    assert len(picture.findall(f".//{SVG}path[@class='arc']")) == sum(head >= 0 for _, head in words)


def test_the_picture_shows_words_relations_and_arcs() -> None:
    parse = parse_of(("Rebels", 1), ("shelled", -1), ("Iquitos", 1), deprel="nsubj:pass")
    picture = ET.fromstring(render_parse_svg(Parse(parse.text, [*parse.sentences, *parse.sentences])))
    texts = [(text.get("class"), text.text) for text in picture.iter(f"{SVG}text")]
    assert texts.count(("word root", "shelled")) == 2 and texts.count(("relation", "nsubj:pass")) == 4
    assert [title.text for title in picture.iter(f"{SVG}title")] == ["Rebels shelled Iquitos"] * 2


def test_longer_arcs_run_above_shorter_ones() -> None:
    picture = ET.fromstring(render_parse_svg(parse_of(("a", 3), ("b", 3), ("c", 3), ("d", -1), ("e", 3))))
    heights = {label: float(y) for label, y in zip("abce", _label_heights(picture), strict=True)}
    assert heights["a"] < heights["b"] < heights["c"] == heights["e"], "y grows downwards"


def _label_heights(picture: ET.Element) -> list[str]:
    return [text.get("y", "") for text in picture.iter(f"{SVG}text") if text.get("class") == "relation"]


def test_no_two_words_overlap() -> None:
    words = [("Internationally", 1), ("a", 2), ("日本軍", -1), ("x", 2)]
    picture = ET.fromstring(render_parse_svg(parse_of(*words, deprel="nmod:unmarked")))
    middles = [
        float(text.get("x", "")) for text in picture.iter(f"{SVG}text") if text.get("class", "").startswith("word")
    ]
    widths = [15 * 9, 9, 6 * 9, 9]
    for n in range(3):
        assert middles[n + 1] - middles[n] >= (widths[n] + widths[n + 1]) / 2


@given(st.lists(st.text(st.characters() | st.sampled_from("<>&\"'\x00\x1b\ud800\ufffe\u202e")), min_size=1, max_size=4))
def test_hostile_words_stay_words(forms: list[str]) -> None:
    shown = render_parse_svg(parse_of(*((form, n - 1) for n, form in enumerate(forms)), deprel="</text><script>"))
    elements = {element.tag.removeprefix(SVG) for element in ET.fromstring(shown.encode()).iter()}
    assert elements <= {"svg", "style", "rect", "g", "title", "path", "text"}
    assert not re.search("[\x00-\x08\x1b\u202e]", shown)


def test_a_text_without_sentences_is_an_empty_picture() -> None:
    assert list(ET.fromstring(render_parse_svg(Parse("", []))).iter(f"{SVG}text")) == []
