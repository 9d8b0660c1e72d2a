"""Places of an article: recognised, resolved, as records."""

from __future__ import annotations

from tacitus.language.document import Parse
from tacitus.places.gazetteer import Gazetteer
from tacitus.places.recognition import Toponym, find_toponyms
from tacitus.places.resolution import Publisher, Sense, load_weights, resolve
from tacitus.records import Article, Place


def find_places(article: Article, parse: Parse, *, gazetteer: Gazetteer) -> tuple[Place, ...]:
    """The toponyms of an article in text order, without overlap; what cannot be resolved has a name and a span only.

    Adjectives of nationality and names of peoples are resolved to their country.
    """
    toponyms = find_toponyms(parse, gazetteer=gazetteer)
    address = " ".join(part for part in (article.url, article.publisher) if part).lower()
    publisher = Publisher(address=address, country=gazetteer.country_of_domain(address))
    senses = resolve(parse.text, toponyms, publisher=publisher, weights=load_weights())
    return tuple(_place(toponym, senses.get(toponym.key)) for toponym in toponyms)


def _place(toponym: Toponym, sense: Sense | None) -> Place:
    if sense is None or not toponym.candidates:
        return Place(start=toponym.start, end=toponym.end, name=toponym.name)
    entry = sense.entry
    return Place(
        start=toponym.start,
        end=toponym.end,
        name=entry.name,
        geonameid=entry.geonameid,
        lat=entry.lat,
        lon=entry.lon,
        feature=entry.feature,
        country=entry.country,
        admin1=entry.admin1,
        score=round(sense.probability, 3),
    )
