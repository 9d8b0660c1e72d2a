"""A small world behind the reading room: three pages about two invented states, one of them hostile."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tacitus.records import Claim, EventDate, Factor, Failure, Participant, Place, Record, Removed, TimeValue
from tacitus.store import open_store
from tacitus.web import RoomSettings, create_app
from tests.factories import make_actor, make_claim, make_event, make_record, span_of

HOST = "http://127.0.0.1"
TEXT = "Norland shelled Port Ess on Monday, killing 12.\nSouthmark will answer, its minister said. Southmark accused Norland."
EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>\u202egnihtyna\u2066 {{ 7*7 }} \x00\x1b[31m \" ' `"


def shelling(id: str = "d1", **fields: object) -> Record:
    """Norland shells a town of Southmark, whose minister announces an answer."""
    norland = make_actor("a1", TEXT, "Norland", code="NORMIL", kind="organization")
    southmark = make_actor("a2", TEXT, "Southmark", code="SOU", kind="place-as-actor")
    minister = make_actor("a3", TEXT, "its minister", code="SOUGOV", kind="person")
    attack = make_event(
        "e1",
        TEXT,
        "shelled",
        actors=[norland],
        recipients=[southmark],
        because=("verb 'shelled' (lexicon: ASSAULT, 'shell')", "actor: subject of the verb"),
        date=EventDate(from_="2024-05-06", to="2024-05-06", basis="text"),
        place=0,
        confidence=0.8,
        factors=tuple(
            Factor(name=name, weight=weight)
            for name, weight in (("bias", -1.5), ("type_ASSAULT", 2.9), ("weak", -0.01))
        ),
        dead=None,
        cameo="190",
    )
    answer = make_event(
        "e2",
        TEXT,
        "answer",
        actors=[southmark],
        type="THREATEN",
        status="future",
        claim="c1",
        sentence=1,
        quad=3,
        score=-4.0,
    )
    accuse = make_event(
        "e3", TEXT, "accused", actors=[southmark], recipients=[norland], type="ACCUSE", sentence=2, quad=3, score=-2.0
    )
    claim: Claim = make_claim("c1", TEXT, "Southmark will answer", speaker=minister, cue="said", sentence=1)
    ess, monday = span_of(TEXT, "Port Ess"), span_of(TEXT, "Monday")
    first, second = span_of(TEXT, TEXT.split("\n")[0]), span_of(TEXT, "Southmark will answer, its minister said.")
    return replace(
        make_record(TEXT, id=id),
        title="Norland shells Port Ess",
        publisher="The Courier",
        published="2024-05-08",
        sentences=(first, second, span_of(TEXT, "Southmark accused Norland.")),
        actors=(norland, southmark, minister),
        events=(attack, answer, accuse),
        claims=(claim,),
        places=(Place(start=ess.start, end=ess.end, name="Port Ess", lat=10.5, lon=20.25, country="SOU", geonameid=1),),
        times=(
            TimeValue(
                start=monday.start, end=monday.end, kind="DATE", value="2024-05-06", from_="2024-05-06", to="2024-05-06"
            ),
        ),
        removed=(Removed(text="Subscribe now", reason="navigation"),),
        model={"program": "test"},
        **fields,  # type: ignore[arg-type]
    )


def hostile() -> Record:
    """Everything a page may say is markup, in every field that is shown."""
    actor = replace(make_actor("a1", EVIL, "<script>alert(1)</script>"), name=EVIL, code="<b>", reference=None)
    event = make_event("e1", EVIL, "onerror", actors=[actor], because=(EVIL,), sentence=0)
    party = Participant(actor="a1", start=0, end=len(EVIL))
    return Record(
        id=f"../evil?{EVIL[:20]}&id=<x>",
        title=EVIL,
        publisher=EVIL,
        byline=EVIL,
        url="javascript:alert(3)",
        published="2024-05-09",
        text=EVIL + "\n" + "W" * 5000,
        sentences=(span_of(EVIL, EVIL),),
        actors=(actor,),
        events=(replace(event, recipients=(party,)),),
        claims=(make_claim("c1", EVIL, "gnihtyna", speaker=actor),),
        removed=(Removed(text=EVIL, reason=EVIL),),
        flags=(EVIL,),
        model={"program": EVIL},
    )


def records() -> list[Record]:
    failed = Record(id="bad", title="Broken", error=Failure(kind="binary", message="photo.jpg: not text"))
    return [shelling(), hostile(), failed]


@pytest.fixture(scope="session")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Read only; tests that write make one of their own with `make_db`."""
    return make_db(tmp_path_factory.mktemp("web"))


def make_db(folder: Path) -> Path:
    path = folder / "world.duckdb"
    with open_store(path) as store:
        store.add(records(), run=store.start_run(program="test", sources=["pages/"]))
    return path


@pytest.fixture(scope="session")
def app(db: Path) -> Starlette:
    return create_app(RoomSettings(db=db))


@pytest.fixture(scope="session")
def client(app: Starlette) -> Iterator[TestClient]:
    with TestClient(app, base_url=HOST, follow_redirects=False) as client:
        yield client
