"""Words by the conventions of the English UD treebanks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tacitus.language.splitter import LONGEST_CHUNK, split_words


def words(text: str) -> list[str]:
    return [text[word.start : word.end] for word in split_words(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The army shelled Goma.", "The army shelled Goma ."),
        ("They don't, can't and won’t.", "They do n't , ca n't and wo n’t ."),
        ("He cannot go; they're gonna leave.", "He can not go ; they 're gon na leave ."),
        ("Kenya's press, the rebels' camp", "Kenya 's press , the rebels ' camp"),
        ("O'Brien met Sha'ban at ten o'clock", "O'Brien met Sha'ban at ten o'clock"),
        ("a well-known, 12-year-old case", "a well - known , 12 - year - old case"),
        ("anti-war, non-lethal, pro-Kyiv and re-elected", "anti-war , non-lethal , pro-Kyiv and re-elected"),
        ("“We won’t,” she said.", "“ We wo n’t , ” she said ."),
        ("the U.S. and the U.N. envoy", "the U.S. and the U.N. envoy"),
        ("Gen. J. Mwangi of Acme Inc. met Dr. Ito", "Gen. J. Mwangi of Acme Inc. met Dr. Ito"),
        ("in Plan B. Then it rained.", "in Plan B. Then it rained ."),
        ("It killed 1,200 people, or 3.5%.", "It killed 1,200 people , or 3.5 % ."),
        ("$5m, US$2.4bn and €300", "$ 5 m , US$ 2.4 bn and € 300"),
        ("at 5:30pm on 9/11 and on 12/03/2011", "at 5:30 pm on 9/11 and on 12/03/2011"),
        ("in the 1990s, on the 3rd, 2003-2004", "in the 1990s , on the 3rd , 2003 - 2004"),
        ("No. 5 said no.", "No. 5 said no ."),
        (
            "see https://example.org/a_b?c=1, or mail me@example.co.uk.",
            "see https://example.org/a_b?c=1 , or mail me@example.co.uk .",
        ),
        ("RAFAH, Gaza Strip (AP) — Troops", "RAFAH , Gaza Strip ( AP ) — Troops"),
        ("Wait... what?! No--never", "Wait ... what ?! No -- never"),
        ("and/or the AT&T deal", "and / or the AT&T deal"),
        ("peace 🕊️ and 🇺🇦 flags :)", "peace 🕊️ and 🇺🇦 flags :)"),
        ("#EndSARS @someone", "#EndSARS @someone"),
        ("", ""),
        (" \n\t\u200b\x00 ", ""),
    ],
)
def test_words(text: str, expected: str) -> None:
    assert words(text) == expected.split()


def test_a_list_number_at_the_end_of_a_sentence_is_not_swallowed() -> None:
    assert words("It fell in 2014. Then it rose.") == ["It", "fell", "in", "2014", ".", "Then", "it", "rose", "."]


def test_gluing_tells_where_white_space_stands() -> None:
    assert [word.glued for word in split_words("Goma's  (old) \nfort")] == [False, True, False, True, True, False]


def test_a_chunk_longer_than_prose_stays_one_word() -> None:
    chunk = "a-b." * LONGEST_CHUNK
    assert words(f"x {chunk} y") == ["x", chunk, "y"]


@given(st.text(alphabet=st.characters() | st.sampled_from("aZ'’-. \n\"“”5,$%/&@:\ud800")))
def test_words_cover_all_but_white_space_and_never_overlap(text: str) -> None:
    last = 0
    for word in split_words(text):
        assert last <= word.start < word.end <= len(text)
        assert word.glued == (word.start == last and last > 0)
        assert not any(character.isspace() for character in text[word.start : word.end])
        between = text[last : word.start]
        assert not any(character.isalnum() for character in between)
        last = word.end
    assert not any(character.isalnum() for character in text[last:])


@given(st.text(), st.integers(0, 20), st.integers(0, 20))
def test_a_part_is_split_within_its_limits(text: str, start: int, size: int) -> None:
    found = list(split_words(text, start, min(len(text), start + size)))
    assert all(start <= word.start < word.end <= min(len(text), start + size) for word in found)
