"""Reviewing in the reading room: forms of our own only, what they say is right everywhere at once, also while a run writes."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tacitus.analysis.grouping import update_incidents
from tacitus.errors import DataError
from tacitus.review import EventFacts, new_entry
from tacitus.store import open_store
from tacitus.store.journal import Journal
from tacitus.web import RoomSettings, create_app
from tests.web.conftest import HOST, shelling

FORM = re.compile(r'name="(form_token|document|item|coding|back|find)" value="([^"]*)"')
AS_IT_IS = {"type": "ASSAULT", "status": "actual", "from": "2024-05-06", "basis": "text", "place": "0"}
AS_IT_IS |= {"part-0-7": "actor", "part-48-57": "none"}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("reviewing") / "world.duckdb"
    with open_store(path) as store:
        run = store.start_run(program="test", sources=["pages/"])
        store.add([shelling()], run=run)
        update_incidents(store, run=run)
    return path


@pytest.fixture
def db(world: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(world, tmp_path / "world.duckdb"))


@pytest.fixture
def client(db: Path) -> Iterator[TestClient]:
    with TestClient(create_app(RoomSettings(db=db)), base_url=HOST, follow_redirects=False) as client:
        yield client


def form_of(client: TestClient, address: str) -> dict[str, str]:
    """The hidden fields of a page's form."""
    page = client.get(address)
    assert page.status_code == 200
    return {name: unescape(value) for name, value in FORM.findall(page.text)}


def judge(client: TestClient, verdict: str, event: str = "e1", **fields: str):  # type: ignore[no-untyped-def]
    form = form_of(client, f"/review/event?document=d1&event={event}")
    return client.post("/review/event", data={**form, "who": "Ann", "verdict": verdict, **fields})


def types(client: TestClient) -> dict[str, str]:
    return {item["id"]: item["type"] for item in client.get("/api/events").json()["items"]}


def test_a_correction_is_right_everywhere_at_once(client: TestClient, db: Path) -> None:
    assert judge(client, "correct", **{**AS_IT_IS, "type": "COERCE/seize"}).status_code == 303
    assert types(client)["e1"] == "COERCE"
    page = client.get("/document?id=d1&event=e1").text
    assert "corrected by hand" in page and "COERCE" in page
    machine = client.get("/document?id=d1&event=e1&version=machine").text
    assert "ASSAULT" in machine and "corrected by hand" not in machine
    assert [item["type"] for item in client.get("/api/incidents").json()["items"]].count("COERCE") == 1
    assert "corrected by hand" in client.get("/events").text
    (hit,) = client.get("/api/search?q=shelled&in=events").json()["items"]
    assert hit["who"].startswith("COERCE")
    assert "Ann" in client.get("/review/log").text
    assert "type 1" in client.get("/review/agreement").text


def test_the_room_takes_reviews_while_a_run_holds_the_database(client: TestClient, db: Path) -> None:
    with open_store(db) as writer:
        assert judge(client, "reject").status_code == 303
        assert "e1" not in types(client)
        assert "e1" in {row.event for row in writer.events()}, "the run's own database waits"
    with TestClient(create_app(RoomSettings(db=db)), base_url=HOST):
        pass  # a room that opens takes them in for good
    with open_store(db, read_only=True) as store:
        assert {row.event for row in store.events()} == {"e2", "e3"}


def test_the_queue_serves_what_nobody_reviewed_and_a_second_person_what_others_did(client: TestClient) -> None:
    seen = []
    for verdict in ("accept", "reject", "accept"):
        form = form_of(client, "/review?order=sure")
        seen.append(form["item"])
        answer = client.post("/review/event", data={**form, "who": "Ann", "verdict": verdict})
        assert answer.headers["location"] == "/review?order=sure"
    assert sorted(seen) == ["e1", "e2", "e3"]
    assert "Nothing waits" in client.get("/review").text
    assert "Nothing waits" in client.get("/review?again=1").text, "Ann has seen them all"
    client.cookies.clear()
    client.cookies.set("tacitus_reviewer", "Bob")
    assert "3 events wait" in client.get("/review?again=1").text
    assert "1 event waits" in client.get("/review?again=1&type=THREATEN").text
    assert "2 events wait" in client.get("/review?again=1&actor=SOU&with=NOR").text


@pytest.mark.parametrize(
    ("query", "event"),
    [("type=ACCUSE", "e3"), ("order=sure", "e1"), ("actor=NOR&with=SOU&skip=1", "e1"), ("until=2024-05-06", "e1")],
)
def test_the_queue_is_filtered(client: TestClient, query: str, event: str) -> None:
    assert form_of(client, f"/review?{query}")["item"] == event


def test_an_actor_is_linked_merged_or_no_party(client: TestClient) -> None:
    address = "/review/actor?document=d1&actor=a1&find=Norway"
    form = form_of(client, address) | {"who": "Ann"}
    assert client.post("/review/actor", data={**form, "verdict": "link", "entry": "country/NOR"}).status_code == 303
    (event,) = [item for item in client.get("/api/events").json()["items"] if item["id"] == "e1"]
    assert ("Norway", "country/NOR") in {(party["name"], party["reference"]) for party in event["parties"]}
    form = form_of(client, "/review/actor?document=d1&actor=a3") | {"who": "Ann"}
    client.post("/review/actor", data={**form, "verdict": "merge", "other": "a2"})
    assert {actor["name"] for actor in client.get("/api/document?id=d1").json()["actors"]} == {"Norway", "Southmark"}
    form = form_of(client, "/review/actor?document=d1&actor=a2") | {"who": "Ann"}
    client.post("/review/actor", data={**form, "verdict": "reject"})
    assert {actor["name"] for actor in client.get("/api/document?id=d1").json()["actors"]} == {"Norway"}


def test_a_place_has_another_entry_or_is_none(client: TestClient) -> None:
    page = client.get("/review/place?document=d1&place=0&find=Lagos").text
    entry = unescape(re.search(r'name="entry" value="([^"]*Lagos[^"]*)"', page)[1])  # type: ignore[index]
    form = {name: unescape(value) for name, value in FORM.findall(page)} | {"who": "Ann"}
    assert client.post("/review/place", data={**form, "verdict": "link", "entry": entry}).status_code == 303
    assert client.get("/api/document?id=d1").json()["places"][0]["country"] == "NGA"
    assert client.get("/api/incidents").json()["items"][0]["country"] == "NGA"
    client.post("/review/place", data={**form, "verdict": "reject"})
    assert client.get("/api/document?id=d1").json()["places"] == []


def test_a_verdict_is_taken_back_in_the_log(client: TestClient) -> None:
    judge(client, "reject")
    page = client.get("/review/log").text
    (entry,) = re.findall(r'name="entry" value="([^"]*)"', page)
    token = dict(FORM.findall(page))["form_token"]
    undone = client.post(
        "/review/undo", data={"form_token": token, "entry": entry, "who": "Bob", "back": "/review/log"}
    )
    assert undone.status_code == 303 and types(client)["e1"] == "ASSAULT"
    assert "taken back" in client.get("/review/log").text


@pytest.mark.parametrize(
    ("fields", "status", "message"),
    [
        ({"form_token": "x"}, 403, "not ours"),
        ({"who": " "}, 400, "Say who you are"),
        ({"coding": "old"}, 409, "coded anew"),
        ({"type": "ASSAULT/kindly"}, 400, "there is no ASSAULT/kindly"),
        ({"status": "sure"}, 400, "status: one of"),
        ({"from": "2024-05-09", "to": "2024-05-01"}, 400, "later than the last"),
        ({"actor_words": "Eastland"}, 400, "does not have the words"),
        ({"part-0-7000": "actor"}, 400, "no such words"),
        ({"place": "9"}, 400, "no such place"),
        ({"item": "e9"}, 404, "has no event"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    client: TestClient, db: Path, fields: dict[str, str], status: int, message: str
) -> None:
    answer = judge(client, "correct", **{**AS_IT_IS, **fields})
    assert (answer.status_code, message in unescape(answer.text)) == (status, True)
    assert Journal(db).ids() == set()


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example/review", "/incident/split"])
def test_a_form_leads_nowhere_else(client: TestClient, back: str) -> None:
    assert judge(client, "accept", back=back).headers["location"] == "/review"


def test_the_api_gives_the_log_with_what_became_of_it(client: TestClient) -> None:
    judge(client, "reject")
    judge(client, "correct", **{**AS_IT_IS, "who": "Bob"})
    judge(client, "accept", event="e3")
    whole = client.get("/api/reviews").json()
    assert (whole["total"], [item["state"] for item in whole["items"]]) == (3, ["applied", "applied", "superseded"])
    first = whole["items"][-1]
    assert (first["verdict"], first["subject"], first["who"], first["document"]) == ("rejected", "event", "Ann", "d1")
    assert (first["anchor"]["words"], first["said"]["type"], first["why"]) == (
        "shelled",
        "ASSAULT",
        "a later verdict counts",
    )


@pytest.mark.parametrize(
    ("query", "total"),
    [("who=Ann", 2), ("verdict=rejected", 2), ("subject=place", 1), ("document=d2", 0), ("state=applied&who=Ann", 2)],
)
def test_the_log_is_filtered_in_the_api(client: TestClient, query: str, total: int) -> None:
    judge(client, "reject")
    form = form_of(client, "/review/place?document=d1&place=0&find=Paris") | {"who": "Ann", "verdict": "reject"}
    client.post("/review/place", data=form)
    judge(client, "accept", event="e3", who="Bob")
    found = client.get(f"/api/reviews?{query}&limit=1").json()
    assert (found["total"], len(found["items"])) == (total, min(total, 1))


def test_an_incident_says_who_looked_at_its_reports(client: TestClient, db: Path) -> None:
    with open_store(db) as store:
        run = store.start_run(program="test", sources=["more/"])
        store.add([replace(shelling(id_), publisher=id_) for id_ in ("d2", "d3", "d4")], run=run)
        update_incidents(store, run=run)
        (attack,) = (row.incident for row in store.incidents.rows() if row.type == "ASSAULT" and row.reports == 4)
        machine = shelling("d4")
        there = new_entry(machine, subject="event", item="e1", becomes=None, who="Cleo")
        moved = replace(EventFacts.of(shelling("d3").events[0], shelling("d3")), type="AGREE", mode=None)
        away = new_entry(shelling("d3"), subject="event", item="e1", becomes=moved, who="Dan")
    Journal(db).add([there, away])
    with TestClient(create_app(RoomSettings(db=db)), base_url=HOST) as room:
        judge(room, "accept", note="I saw the page.")
        page = unescape(room.get("/incident", params={"id": attack}).text)
    assert "People looked at reports: 1 accepted by Ann." in page
    assert "2 reports that stood here before are" in page
    text = re.sub(r"<[^>]*>", "", page)
    assert "accepted by hand by Ann" in text and "I saw the page." in text
    assert "rejected by hand by Cleo" in text and "corrected by hand in type by Dan" in text
    assert "on d4" in text and "2 reports on 2 pages" in text


OWN = """
[[organization]]
name = "Harbour Front of Norland"
aliases = ["Harbour Front"]
country = "NOR"
sectors = ["REB"]
"""


def test_actors_of_ones_own_are_among_the_entries_to_choose_from(db: Path, tmp_path: Path) -> None:
    mine = tmp_path / "my.toml"
    mine.write_text(OWN, encoding="utf-8")
    address = "/review/actor?document=d1&actor=a1&find=Harbour+Front"
    with TestClient(create_app(RoomSettings(db=db, actors=(mine,))), base_url=HOST, follow_redirects=False) as client:
        (entry,) = set(re.findall(r'name="entry" value="([^"]*)"', client.get(address).text))
        form = form_of(client, address) | {"who": "Ann", "verdict": "link", "entry": entry}
        assert client.post("/review/actor", data=form).status_code == 303
        (event,) = [item for item in client.get("/api/events").json()["items"] if item["id"] == "e1"]
        assert ("Harbour Front of Norland", "NORREB") in {(party["name"], party["code"]) for party in event["parties"]}


def test_a_fault_in_a_file_of_ones_own_is_told_at_the_start(db: Path, tmp_path: Path) -> None:
    mine = tmp_path / "my.toml"
    mine.write_text(OWN.replace("REB", "NONSENSE"), encoding="utf-8")
    with pytest.raises(DataError, match=r"my\.toml"):
        create_app(RoomSettings(db=db, actors=(mine,)))
