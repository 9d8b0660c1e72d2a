"""Where and when events are put. Sentences of our own, told on Wednesday 8 May 2024, parsed by the shipped model.

The model may misread a sentence or two, so a table has to be right as a whole; what must never happen is asserted one by one.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tacitus.actors import Knowledge, find_actors
from tacitus.events import EventLexicon, find_events
from tacitus.language import LanguageModel
from tacitus.places import Gazetteer, find_places
from tacitus.records import Article
from tacitus.times import find_times

PUBLISHED = "2024-05-08"
Told = tuple[str | None, str | None]
Tell = Callable[[str], dict[str, Told]]


@pytest.fixture(scope="module")
def tell(model: LanguageModel, lexicon: EventLexicon) -> Tell:
    """From the first word of each trigger to the words of its place and to its day ("from" or "from..to")."""
    knowledge, gazetteer = Knowledge.load(), Gazetteer.load()

    def told(text: str) -> dict[str, Told]:
        article = Article(id="test", text=text, published=PUBLISHED)
        (parse,) = model.parse([text])
        places = find_places(article, parse, gazetteer=gazetteer)
        coding = find_events(
            article,
            parse,
            actors=find_actors(article, parse, knowledge=knowledge),
            claims=(),
            places=places,
            times=find_times(parse, anchor=date.fromisoformat(PUBLISHED)),
            lexicon=lexicon,
        )
        found: dict[str, Told] = {}
        for event in coding.events:
            day = event.date and (
                event.date.from_ if event.date.from_ == event.date.to else f"{event.date.from_}..{event.date.to}"
            )
            place = places[event.place].span.of(text) if event.place is not None else None
            found[event.trigger.of(text).split()[0]] = (place, day or None)
        return found

    return told


TABLE: list[tuple[str, str, Told]] = [
    ("Gunmen killed four farmers in Goma on Monday.", "killed", ("Goma", "2024-05-06")),
    ("Police arrested nine students in the town of Bunia on Tuesday.", "arrested", ("Bunia", "2024-05-07")),
    ("The army shelled Kharkiv on Tuesday.", "shelled", ("Kharkiv", "2024-05-07")),
    ("Teachers marched in Lima and burned tyres.", "burned", ("Lima", "2024-05-08")),
    ("Miners began a strike in Lubumbashi on Monday.", "strike", ("Lubumbashi", "2024-05-06")),
    ("Ministers of Peru and Chile met in Quito on Tuesday.", "met", ("Quito", "2024-05-07")),
    ("Norway imposed sanctions on Belarus.", "imposed", (None, "2024-05-08")),
    ("Kenya accused Eritrea of raids in 2019.", "accused", (None, "2024-05-08")),
    ("Sudanese soldiers detained two drivers near Adre on Sunday.", "detained", ("Adre", "2024-05-05")),
    ("Rebels had attacked the convoy.", "attacked", (None, None)),
    ("Police have already arrested two suspects.", "arrested", (None, None)),
    ("Rebels bombed a bridge in Mosul in March 2016.", "bombed", ("Mosul", "2016-03-01..2016-03-31")),
    ("Farmers protested outside the parliament in Nairobi.", "protested", ("Nairobi", "2024-05-08")),
    ("Brazil criticized the violence in Haiti.", "criticized", (None, "2024-05-08")),
    ("BEIJING (AP) - China condemned the raid.", "condemned", ("BEIJING", "2024-05-08")),
]


def test_most_events_are_put_where_and_when_they_were(tell: Tell) -> None:
    wrong = [(text, tell(text)) for text, word, told in TABLE if tell(text).get(word) != told]
    assert len(wrong) <= 3, wrong


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("Kenya accused Eritrea of arming rebels.", {"Kenya", "Eritrea"}),
        ("Norway imposed sanctions on Belarus.", {"Norway", "Belarus"}),
        ("Ghana and Togo quarrelled over Benin.", {"Ghana", "Togo", "Benin"}),
        ("Russian jets bombed a market.", {"Russian"}),
        ("Peru called for a ceasefire in Yemen.", {"Yemen", "Peru"}),
    ],
)
def test_parties_and_topics_are_no_places(tell: Tell, text: str, never: set[str]) -> None:
    assert never.isdisjoint(place for place, _ in tell(text).values())


@pytest.mark.parametrize(
    "text",
    [
        "The army had shelled the town.",
        "Since 1998 rebels have attacked the valley every spring.",
        "The general, who ousted the president, spoke.",
        "They recalled the bombing of the market.",
    ],
)
def test_background_does_not_get_the_day_of_publication(tell: Tell, text: str) -> None:
    days = {word: day for word, (_, day) in tell(text).items() if word not in ("spoke", "recalled")}
    assert PUBLISHED not in days.values()


def test_without_a_day_of_publication_nothing_is_dated_by_it(model: LanguageModel, lexicon: EventLexicon) -> None:
    text = "Gunmen killed four farmers on Monday."
    (parse,) = model.parse([text])
    times = find_times(parse, anchor=None)
    article = Article(id="test", text=text)
    (event,) = find_events(article, parse, actors=(), claims=(), places=(), times=times, lexicon=lexicon).events
    assert event.date is None
