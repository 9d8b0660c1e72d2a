"""Copies of one text are found whatever was done to them; look-alikes stay apart."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tacitus.corpus.copies import CopyFinder, Found, Limits
from tacitus.corpus.copies_compare import exchanged
from tacitus.corpus.copies_index import MAX_SHARED, RECENT, Index
from tacitus.corpus.copies_spool import Page, Spool
from tacitus.corpus.copies_words import shingles, winnow, words_of

STORY = """The fishing fleet of Norhaven stayed in port on Tuesday for the fourth day as captains and the harbour office failed to agree on
new landing fees. The office wants 12 percent more for every crate that is unloaded at the eastern quay. The captains say that they
already pay more than those of any other harbour along the coast.

“We cannot sail at a loss,” said Ilse Brandt, who speaks for 40 crews. She accused the office of breaking a promise given in spring, when
the fees were last raised and the captains were told that the matter was closed for two years.

The harbour office denied that there had been any such promise. Its director, Tomas Weir, invited both sides to a meeting at the town
hall and asked the ministry to send a mediator. The ministry had not answered by the evening.

Prices at the fish market have doubled since Saturday. Two restaurants near the old lighthouse have closed their kitchens, and the
cannery sent 150 workers home without pay until the boats go out again."""
WRAP = "Home » News » Business\nPhoto: our archive\nShare this page\n{}\nSign up to our letter.\nAll rights reserved, The Coast Courier."
TEMPLATES = [
    "Heavy snow closed the pass above {place} on {day}, and {number} drivers spent the night in their cars, the road service said. "
    "Ploughs could not reach them before dawn because drifts up to two metres high lay across the upper bends. Nobody was hurt. "
    "The inn at the foot of the pass took in families with children, and volunteers brought blankets and soup up to {place}. "
    "The road service hopes to open one lane by the evening, and asks everybody to stay at home until the wind drops.",
    "Voters in {place} go to the polls on {day} to choose a new council of {number} members. Turnout was low last time, when a "
    "third of those who may vote stayed away. The outgoing mayor does not stand again. Three lists compete for the majority, "
    "and all of them promise to repair the schools. The count in {place} begins as soon as the doors close, and first results "
    "are expected before midnight. Observers will be present in every hall, the election office said in a short statement.",
    "A ferry with {number} people on board ran aground near {place} early on {day} in thick fog, the coast guard said. Two boats "
    "took the passengers ashore, where buses waited to bring them back. The hull was not damaged and no oil was lost. The captain "
    "told investigators that the radar had failed shortly before. The line to {place} will be served by a smaller ship until the "
    "inquiry is over, which may take some weeks according to the company that runs it.",
]


def finds(texts: Iterable[str], *, published: Iterable[str | None] = (), limits: Limits | None = None) -> list[Found]:
    """What the finder says of each text; ids are "0", "1", ..."""
    texts = list(texts)
    days = [*published, *[None] * len(texts)]
    with CopyFinder(limits=limits) as finder:
        return [finder.find(Page(id=str(n), published=days[n], text=text)) for n, text in enumerate(texts)]


def kind_of(first: str, second: str) -> str | None:
    """How the second text is a copy of the first."""
    copies = finds([first, second])[1].copies
    return copies[0].kind if copies else None


def paragraphs(*numbers: int) -> str:
    return "\n\n".join(STORY.split("\n\n")[number] for number in numbers)


@pytest.mark.parametrize(
    ("copy", "kind"),
    [
        (STORY, "verbatim"),
        (STORY.upper().replace("“", '"').replace("\n", "   "), "verbatim"),
        (paragraphs(0, 1), "truncated"),
        (paragraphs(1, 0, 3, 2), "edited"),
        (WRAP.format(STORY), "extended"),
        (WRAP.format(paragraphs(0, 1)), "edited"),
        ("Boats idle.\n" + STORY.replace("failed to agree", "could not agree").replace("doubled", "risen"), "edited"),
        (STORY.replace("12", "15").replace("150", "180").replace("40 crews", "43 crews"), "update"),
        ("An unusual silence lies over the quays.\n\n" + paragraphs(1, 2, 3), "truncated"),
    ],
)
def test_a_copy_is_found_and_its_kind_told(copy: str, kind: str) -> None:
    copies = finds([STORY, "A different story about goats in the hills above the town.", copy])[2].copies
    assert [(found.original, found.kind) for found in copies] == [("0", kind)]
    assert copies[0].similarity >= Limits().containment


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize(
    "other",
    [
        {"place": "Vardal"},
        {"day": "Sunday"},
        {"place": "Vardal", "day": "Sunday", "number": 61},
    ],
    ids=str,
)
def test_look_alikes_stay_apart(template: str, other: dict[str, object]) -> None:
    facts = {"place": "Ostmark", "day": "Tuesday", "number": 34}
    assert kind_of(template.format(**facts), template.format(**{**facts, **other})) is None


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize(("day", "kind"), [("2024-02-09", "update"), ("2024-02-27", None)])
def test_other_numbers_are_an_update_within_days_and_another_happening_weeks_later(
    template: str, day: str, kind: str | None
) -> None:
    texts = [template.format(place="Ostmark", day="Tuesday", number=number) for number in (34, 61)]
    copies = finds(texts, published=["2024-02-06", day])[1].copies
    assert [copy.kind for copy in copies] == ([kind] if kind else [])


def test_what_fits_two_happenings_does_not_join_them() -> None:
    first, second = (TEMPLATES[2].format(place=place, day="Monday", number=9) for place in ("Ostmark", "Vardal"))
    general = first.split(". ", 1)[1].split("The line to")[0]
    found = finds([first, second, general])
    assert len(found[2].copies) == 1 and found[2].merged == ()
    assert found[0].group != found[1].group


@pytest.mark.parametrize("order", [(0, 1, 2), (1, 2, 0), (2, 0, 1)])
def test_the_whole_text_joins_its_parts_in_any_order(order: tuple[int, ...]) -> None:
    texts = [STORY, paragraphs(0, 1), paragraphs(2, 3)]
    found = finds([texts[index] for index in order])
    named = {copy.original for page in found for copy in page.copies}
    assert len(named | {str(n) for n, page in enumerate(found) if page.copies}) == 3, "all three are linked"


def test_only_what_is_new_is_kept_for_comparison() -> None:
    found = finds([STORY, STORY, paragraphs(0, 1), STORY + " " + TEMPLATES[0]])
    assert [page.prints is None for page in found] == [False, True, True, False]


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        ("Troops crossed the river.", "TROOPS crossed the river", "verbatim"),
        ("Troops crossed the river.", "Troops crossed the river at dawn.", None),
        ("Subscribe to read more.", "Troops crossed the river.", None),
        ("", "", None),
        ("!!!", "???", None),
        ("😀😀", "😀😀", None),
    ],
)
def test_short_texts_are_copies_only_word_for_word(first: str, second: str, kind: str | None) -> None:
    assert kind_of(first, second) == kind


def test_the_same_document_again_is_no_copy_of_itself() -> None:
    with CopyFinder() as finder:
        finder.find(Page(id="a", published=None, text=STORY))
        assert finder.find(Page(id="a", published=None, text=STORY)).copies == ()


@pytest.mark.parametrize(
    ("first", "second", "names", "numbers"),
    [
        ("He met them in Ostmark on Monday at noon today.", "He met them in Vardal on Sunday at noon today.", 2, 0),
        ("He met them in Ostmark and then left for good.", "He met them in private and then left for good.", 0, 0),
        ("They say that 14 people were hurt in it.", "They say that 17 people were hurt in it.", 0, 1),
        ("they met again on monday in the old town", "they met again on friday in the old town", 1, 0),
        ("IT HAPPENED IN THE OLD TOWN HALL OF US", "IT HAPPENED IN THE NEW TOWN HALL OF US", 0, 0),
        ("So it ended there. Nobody came to help them out.", "So it ended there. Few came to help them out.", 0, 0),
    ],
)
def test_what_stands_exchanged(first: str, second: str, names: int, numbers: int) -> None:
    assert exchanged(words_of(first), words_of(second)) == (names, numbers)
    assert exchanged(words_of(second), words_of(first)) == (names, numbers)


def test_words_fold_case_accents_and_marks_and_are_the_same_everywhere() -> None:
    assert words_of("  “ÉLYSÉE”—army,\n14 ").hashes.tolist() == words_of("elysee Army 14").hashes.tolist()
    assert words_of("E\u0301lyse\u0301e").hashes.tolist() == words_of("elysee").hashes.tolist()
    assert words_of("river").hashes.tolist() == [18255283470955566], "kept in databases: may not change unnoticed"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from("abcdefgh"), max_size=60), st.lists(st.sampled_from("abcdefgh"), max_size=20))
def test_a_common_run_of_twelve_words_is_always_seen(words: list[str], before: list[str]) -> None:
    """Winnowing's promise: a run of window + shingle - 1 words gives a common fingerprint."""
    first, second = " ".join(words), " ".join([*before, *words])
    prints = [set(winnow(shingles(words_of(text)), window=8).tolist()) for text in (first, second)]
    assert len(words) < 12 or prints[0] & prints[1]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=200), max_size=6))
def test_any_text_is_taken(texts: list[str]) -> None:
    for number, found in enumerate(finds(texts)):
        assert found.number == number and found.group <= number


def test_the_index_gives_what_was_entered_before_and_after_it_is_sorted() -> None:
    rng = random.Random(7)
    index, prints = Index(), [shingles(words_of(f"{n} one two three four five six")) for n in range(30)]
    for number, hashes in enumerate(prints):
        index.add(number, hashes)
    before = [index.sharing(hashes)[0].tolist() for hashes in prints]
    filler = [words_of(" ".join(str(rng.random()) for _ in range(RECENT // 16))).hashes for _ in range(9)]
    for number, hashes in enumerate(filler, 30):
        index.add(number, hashes)
    assert [index.sharing(hashes)[0].tolist() for hashes in prints] == before
    assert all(n in numbers for n, numbers in enumerate(before))


def test_a_phrase_of_the_trade_tells_nothing() -> None:
    index, phrase = Index(), shingles(words_of("for the latest news go to our page"))
    for number in range(MAX_SHARED + 1):
        assert (len(index.sharing(phrase)[0]) == number) or number > MAX_SHARED
        index.add(number, phrase)
    assert len(index.sharing(phrase)[0]) == 0


def test_the_spool_gives_pages_back_and_asks_for_earlier_ones() -> None:
    class Earlier:
        def page(self, number: int) -> Page | None:
            return Page(id=f"old{number}", published=None, text="x") if number == 1 else None

    spool = Spool(base=3, earlier=Earlier())
    page = Page(id="ü", published="2024-05-08", text="Ein Wörtchen\n" * 400)
    assert (spool.put(page), spool.put(None), spool.put(page)) == (3, 4, 5)
    assert (spool.get(5), spool.get(4), spool.get(2)) == (page, None, None)
    assert spool.get(1) == Page(id="old1", published=None, text="x")
    spool.close()


@pytest.mark.shared
def test_the_development_set(shared: Path) -> None:
    """The floor is below the measured figure (100) and above the target (97); no look-alikes are put together."""
    folder = shared / "gold" / "duplicates"
    lines = (folder / "syndication-dev.jsonl").read_text(encoding="utf-8").splitlines()
    gold_lines = (folder / "syndication-dev.gold.jsonl").read_text(encoding="utf-8").splitlines()
    gold = {row["id"]: row["cluster"] for row in map(json.loads, gold_lines)}
    groups: dict[str, str] = {}
    wrong = missed = 0
    with CopyFinder() as finder:
        for row in map(json.loads, lines):
            copies = finder.find(Page(id=row["id"], published=row["published"], text=row["text"])).copies
            wrong += sum(gold[copy.original] != gold[row["id"]] for copy in copies)
            missed += not copies and gold[row["id"]] in groups.values()
            groups[row["id"]] = gold[row["id"]]
    assert wrong == 0
    assert missed <= 6, "of 241 copies"
