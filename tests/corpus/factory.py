"""Records of pages that tell of one event each, for tests of what holds across pages."""

from __future__ import annotations

from typing import Any

from tacitus.records import Actor, Claim, Event, EventDate, Mention, Participant, Place, Quantity, Record, Span

SENTENCES = {
    "ASSAULT": "{0} attacked {1} in {2} on Tuesday, killing {3} people.",
    "CONSULT": "{0} met envoys of {1} in {2} on Tuesday, {3} hours long.",
    "THREATEN": "{0} threatened {1} from {2} on Tuesday, for the {3}rd time.",
}
SPOTS = {
    "Gao": (2457161, 16.27, -0.04, "MLI"),
    "Kidal": (2455290, 18.44, 1.41, "MLI"),
    "Abeche": (2430943, 13.83, 20.83, "TCD"),
}


def make_page(
    id: str,
    *,
    type: str = "ASSAULT",
    actor: tuple[str, str] = ("Mali", "MLI"),
    recipient: tuple[str, str] = ("Chad", "TCD"),
    place: str = "Gao",
    day: str = "2031-05-06",
    published: str = "2031-05-07",
    dead: int = 12,
    told_by: tuple[str, str] | None = None,
    **fields: Any,
) -> Record:
    """A page with one event; `told_by` puts it into a claim of a third party. Further fields are the event's, or the record's `flags`."""
    flags = fields.pop("flags", ())
    event = SENTENCES[type].format(actor[0], recipient[0], place, dead)
    text = f"{event[:-1]}, {told_by[0]} said." if told_by else event
    parties = [(actor, "a1"), (recipient, "a2"), *([(told_by, "a3")] if told_by else [])]
    geonameid, lat, lon, country = SPOTS[place]
    facts = {"score": -9.0, "quad": 4} if type == "ASSAULT" else {"score": 2.5, "quad": 1}
    claim = _claim(text, told_by) if told_by else None
    return Record(
        id=id,
        title=None,
        published=published,
        publisher=f"The {id} Post",
        text=text,
        flags=flags,
        sentences=(Span(0, len(text)),),
        actors=tuple(_actor(id_, name, code, text) for (name, code), id_ in parties),
        events=(
            Event(
                **{
                    "id": "e1",
                    "type": type,
                    "actors": (_part("a1", actor[0], text),),
                    "recipients": (_part("a2", recipient[0], text),),
                    "trigger": _span(text, event.split(" ", 1)[1].split(" ")[0]),
                    "sentence": 0,
                    "claim": "c1" if claim else None,
                    "date": EventDate(from_=day, to=day, basis="text"),
                    "place": 0,
                    "dead": Quantity(low=dead, high=dead, span=_span(text, str(dead))) if type == "ASSAULT" else None,
                    "confidence": 0.8,
                    **facts,
                    **fields,
                }
            ),
        ),
        claims=(claim,) if claim else (),
        places=(
            Place(
                start=text.index(place),
                end=text.index(place) + len(place),
                name=place,
                geonameid=geonameid,
                lat=lat,
                lon=lon,
                feature="P.PPLA",
                country=country,
            ),
        ),
    )


def _span(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def _part(actor: str, words: str, text: str) -> Participant:
    span = _span(text, words)
    return Participant(actor=actor, start=span.start, end=span.end)


def _actor(id_: str, name: str, code: str, text: str) -> Actor:
    span = _span(text, name)
    mention = Mention(start=span.start, end=span.end, kind="name")
    return Actor(id=id_, name=name, kind="place-as-actor", country=code[:3], code=code, mentions=(mention,))


def _claim(text: str, told_by: tuple[str, str]) -> Claim:
    end = text.rindex(f", {told_by[0]}")
    return Claim(
        id="c1",
        speaker="a3",
        speaker_span=_span(text, told_by[0]),
        content=(Span(0, end),),
        kind="indirect",
        sentence=0,
    )
