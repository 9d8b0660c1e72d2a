"""Dead, injured and crowds of invented sentences, through the language model. The trigger stands in brackets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tacitus.errors import DataError
from tacitus.events import casualty_words
from tacitus.events.casualties import Casualties, CasualtyWords, find_casualties
from tacitus.records import Quantity

if TYPE_CHECKING:
    from pathlib import Path

    from tacitus.language import LanguageModel

Bounds = tuple[int | None, int | None] | None

HARM: list[tuple[str, Bounds, Bounds]] = [
    ("A car bomb [killed] at least 12 people and wounded 30 others in Mogadishu.", (12, None), (30, 30)),
    ("The [attack] left nine people dead and more than 20 injured.", (9, 9), (21, None)),
    ("Two dozen soldiers were [killed] and scores wounded.", (24, 24), (40, None)),
    ("The [bombing] killed three soldiers and two civilians.", (5, 5), None),
    ("Gunmen [killed] the mayor and her two bodyguards.", (3, 3), None),
    ("A suicide bomber [killed] himself and six others.", (7, 7), None),
    ("An army patrol [shot] dead a teenager in Nablus.", (1, 1), None),
    ("Between 10 and 15 villagers were [killed] in the raid, officials said.", (10, 15), None),
    ("Up to 50 fighters died in the [clashes].", (None, 50), None),
    ("The [airstrike] killed as many as 40 people, including 12 children.", (None, 40), None),
    ("Twenty-five people were [wounded] in the shelling of Donetsk.", None, (25, 25)),
    ("Militants [ambushed] a convoy, killing nearly 40 troops and wounding a dozen.", (40, 40), (12, 12)),
    ("Hundreds were injured when police [fired] on the crowd.", None, (200, None)),
    ("The death toll from the [attack] rose to 1,200.", (1200, 1200), None),
    ("The [raid] claimed 17 lives.", (17, 17), None),
    ("Four policemen suffered injuries in the [blast].", None, (4, 4)),
    ("The [attack] caused no casualties.", (0, 0), (0, 0)),
    ("The shell [hit] a barn but no one was hurt.", None, (0, 0)),
    ("Soldiers [shelled] the town without killing anyone.", (0, 0), None),
    # not this event's, or not said to have happened
    ("Rebels [attacked] the base and the army killed 12 of them.", None, None),
    ("The group, which killed 30 people in 2019, [attacked] a police station.", None, None),
    ("The [attack] could have killed dozens.", None, None),
    ("Rebels [attacked] the base on Monday.", None, None),
]

CROWDS: list[tuple[str, Bounds]] = [
    ("Hundreds of protesters [marched] through Tunis.", (200, None)),
    ("An estimated 300 people [demonstrated] outside parliament.", (300, 300)),
    ("Around 40,000 teachers went on [strike] in Lagos.", (40_000, 40_000)),
    ("Hundreds of thousands of people joined the [demonstration] on Sunday.", (200_000, None)),
    ("A [march] of some 2,000 women blocked the bridge.", (2000, 2000)),
    ("A [protest] attended by 150 farmers ended peacefully.", (150, 150)),
    ("The [rally] drew between 5,000 and 6,000 people, organisers said.", (5000, 6000)),
    ("A 2,000-strong crowd [protested] in Dhaka.", (2000, 2000)),
    ("Twenty police officers were hurt when 500 demonstrators [rioted] in Athens.", (500, 500)),
    ("Fifty police officers dispersed the [protest].", None),
    ("Students [protested] in Seoul for 12 days.", None),
]


@pytest.fixture(scope="module")
def words() -> CasualtyWords:
    return CasualtyWords.load()


def casualties_of(marked: str, kind: str, model: LanguageModel, words: CasualtyWords) -> Casualties:
    (parse,) = model.parse([marked.replace("[", "").replace("]", "")])
    sentence = parse.sentence_at(marked.index("["))
    assert sentence is not None
    trigger = sentence.token_at(marked.index("["))
    assert trigger is not None
    found = find_casualties(parse, sentence, trigger, type=kind, words=words)
    for quantity in (found.dead, found.injured, found.size):
        assert quantity is None or sentence.span.contains(quantity.span)
    return found


def bounds(quantity: Quantity | None) -> Bounds:
    return None if quantity is None else (quantity.low, quantity.high)


@pytest.mark.parametrize(("marked", "dead", "injured"), HARM)
def test_dead_and_injured(
    marked: str, dead: Bounds, injured: Bounds, model: LanguageModel, words: CasualtyWords
) -> None:
    found = casualties_of(marked, "ASSAULT", model, words)
    assert (bounds(found.dead), bounds(found.injured), found.size) == (dead, injured, None)


@pytest.mark.parametrize(("marked", "size"), CROWDS)
def test_size_of_crowds(marked: str, size: Bounds, model: LanguageModel, words: CasualtyWords) -> None:
    assert bounds(casualties_of(marked, "PROTEST", model, words).size) == size


@pytest.mark.parametrize("kind", ["AGREE", "CONSULT", "ACCUSE"])
def test_types_that_hurt_nobody_have_no_figures(kind: str, model: LanguageModel, words: CasualtyWords) -> None:
    assert casualties_of("Envoys [met] after a bomb killed 12 people.", kind, model, words) == Casualties()


def test_a_broken_word_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "casualties.toml").write_text("[numbers]\n", encoding="utf-8")
    monkeypatch.setattr(casualty_words, "data_path", lambda *parts: tmp_path / parts[-1])
    with pytest.raises(DataError, match=r"casualties\.toml"):
        CasualtyWords.load()
