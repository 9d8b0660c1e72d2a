"""Adding an event that the machine missed, and putting numbers and contexts right, in the reading room."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tacitus.records import Span
from tacitus.store import open_store
from tacitus.store.journal import Journal
from tacitus.web import RoomSettings, create_app
from tacitus.web.review_adding import occurrences
from tests.factories import make_record
from tests.web.conftest import HOST, TEXT
from tests.web.test_review import AS_IT_IS, client, db, form_of, judge, world  # noqa: F401

ADD = "/review/add?document=d1&sentence=0"
MISSED = {"words": "killing", "type": "ASSAULT", "status": "actual", "from": "2024-05-06", "basis": "text"}
MISSED |= {"part-0-7": "actor", "recipient_words": "Southmark", "dead_low": "12", "dead_words": "12"}


@pytest.fixture(scope="module")
def still(world: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:  # noqa: F811
    """A room in which nothing is written."""
    path = Path(shutil.copy(world, tmp_path_factory.mktemp("still") / "world.duckdb"))
    with TestClient(create_app(RoomSettings(db=path)), base_url=HOST, follow_redirects=False) as client:  # noqa: F811
        yield client


def add(client: TestClient, address: str = ADD, **fields: str):  # type: ignore[no-untyped-def]  # noqa: F811
    number = re.search(r"sentence=(\d+)", address)
    form = form_of(client, address) | {"sentence": number[1] if number else "0", "who": "Ann"}
    return client.post("/review/add", data={**form, **MISSED, **fields})


def added(client: TestClient):  # type: ignore[no-untyped-def]  # noqa: F811
    return [item for item in client.get("/api/events").json()["items"] if item["id"].startswith("hand-")]


def test_a_missed_event_is_added_and_is_everywhere(client: TestClient, db: Path) -> None:  # noqa: F811
    answer = add(client)
    assert answer.status_code == 303 and answer.headers["location"].startswith("/document?id=d1&event=hand-")
    (event,) = added(client)
    start = TEXT.index("killing")
    assert (event["trigger"], event["review"], event["cameo"]) == ({"start": start, "end": start + 7}, "added", "190")
    assert event["dead"] == {"low": 12, "high": None, "span": {"start": start + 8, "end": start + 10}}
    assert {party["code"] for party in event["parties"]} == {"NORMIL", "SOU"}
    assert any("by hand" in line and "Ann" in line for line in event["because"])
    page = client.get(f"/document?id=d1&event={event['id']}").text
    assert "added by hand" in page and "Review this event" in page and "As the machine had it" not in page
    machine = client.get("/document?id=d1&version=machine").text
    assert "3 events" in machine and "4 events" in page
    assert event["id"] in client.get("/events?type=ASSAULT").text
    incidents = [i for i in client.get("/api/incidents").json()["items"] if i["dead_low"] == 12]
    assert len(incidents) == 1
    log = client.get("/review/log").text
    assert "added" in log and "no event ⟶" in unescape(log)
    with open_store(db, read_only=True) as store:
        assert store.machine_record("d1") is not None and len(store.machine_record("d1").events) == 3  # type: ignore[union-attr]


def test_an_addition_is_taken_back_in_the_log(client: TestClient) -> None:  # noqa: F811
    add(client)
    page = client.get("/review/log").text
    (entry,) = re.findall(r'name="entry" value="([^"]*)"', page)
    token = re.findall(r'name="form_token" value="([^"]*)"', page)[0]
    client.post("/review/undo", data={"form_token": token, "entry": entry, "who": "Ann", "back": "/review/log"})
    assert added(client) == []


def test_a_second_person_judges_an_addition(client: TestClient) -> None:  # noqa: F811
    add(client)
    (event,) = added(client)
    client.cookies.clear()
    client.cookies.set("tacitus_reviewer", "Bob")
    assert "4 events wait" in client.get("/review?again=1").text
    page = client.get("/review?again=1&type=ASSAULT&skip=0").text
    assert "What was added" in page + client.get("/review?again=1&type=ASSAULT&skip=1").text
    assert (
        judge(client, "correct", event=event["id"], **{**AS_IT_IS, "type": "PROTEST", "who": "Bob"}).status_code == 303
    )
    assert [item["type"] for item in added(client)] == ["PROTEST"]
    assert judge(client, "reject", event=event["id"], who="Bob").status_code == 303
    assert added(client) == []
    assert "Ann and Bob" in client.get("/review/agreement").text


def test_of_words_that_stand_there_twice_one_is_chosen(tmp_path: Path) -> None:
    text = "Norland shelled Port Ess and shelled it again."
    page = replace(make_record(text, id="d1"), published="2024-05")
    with open_store(tmp_path / "world.duckdb") as store:
        store.add([page], run=store.start_run(program="test", sources=["pages/"]))
    with TestClient(create_app(RoomSettings(db=tmp_path / "world.duckdb")), base_url=HOST) as client:  # noqa: F811
        given = {"words": "shelled", "actor_words": "Norland", "note": "twice", "whole": "1", "dead_words": ""}
        asked = add(client, **given, recipient_words="Port Ess", dead_low="")
        assert asked.status_code == 200 and added(client) == []
        assert re.findall(r'name="at" value="(\d+)"', asked.text) == ["8", "29"]
        assert 'value="twice"' in asked.text and 'value="ASSAULT" selected' in asked.text
        assert re.search(r'name="part-0-7" value="actor" checked', asked.text)
        assert add(client, **given, at="29", recipient_words="Port Ess", dead_low="").status_code == 200
        (event,) = added(client)
        assert event["trigger"] == {"start": 29, "end": 36}
        assert [party["name"] for party in event["parties"]] == ["Norland", "Port Ess"]


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("They shelled it and shelled it again.", "shelled", [5, 20]),
        ("The shelled town.", "shell", []),
        ("It opened\nfire twice.", "opened fire", [3]),
        ("A cease-fire held.", "cease-fire", [2]),
        ("All (all) lost.", "(all)", [4]),
        ("Nothing.", "", []),
        ("Nothing.", "N" * 300, []),
    ],
)
def test_words_are_found_whole(text: str, words: str, found: list[int]) -> None:
    assert [span.start for span in occurrences(text, Span(0, len(text)), words)] == found


@pytest.mark.parametrize(
    ("fields", "status", "message"),
    [
        ({"form_token": "x"}, 403, "not ours"),
        ({"who": ""}, 400, "Say who you are"),
        ({"coding": "old"}, 409, "coded anew"),
        ({"words": "bombed"}, 400, "does not have the words “bombed”"),
        ({"words": "kill"}, 400, "does not have the words “kill”"),
        ({"words": "accused"}, 400, "does not have the words “accused”"),
        ({"type": ""}, 400, "Choose a type"),
        ({"sentence": "9"}, 404, "no such sentence"),
        ({"dead_low": "14", "dead_high": "12"}, 400, "more than at most"),
        ({"dead_low": "", "dead_words": "12"}, 400, "a number is missing"),
        ({"dead_words": ""}, 400, "give the words"),
        ({"dead_words": "thirteen"}, 400, "does not have the words"),
        ({"injured_low": "-1"}, 400, "a number from 0"),
        ({"context": "cookery"}, 400, "there is no cookery"),
        ({"document": "gone"}, 404, "no such document"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_added(
    still: TestClient, fields: dict[str, str], status: int, message: str
) -> None:
    answer = add(still, **fields)
    assert (answer.status_code, message in unescape(answer.text)) == (status, True)
    assert added(still) == []


def test_what_is_there_already_is_judged_instead(client: TestClient, db: Path) -> None:  # noqa: F811
    answer = add(client, words="shelled")
    assert answer.headers["location"] == "/review/event?document=d1&event=e1&there=1"
    assert "has this event already" in client.get(answer.headers["location"]).text
    assert Journal(db).ids() == set()


def test_a_sentence_is_chosen_on_the_page(still: TestClient) -> None:
    client = still  # noqa: F811
    assert "/review/add?document=d1" in client.get("/document?id=d1").text
    assert "/review/add?document=d1&amp;sentence=0" in client.get("/document?id=d1&event=e1").text
    page = client.get("/review/add?document=d1").text
    assert re.findall(r"sentence=(\d)", page) == ["0", "1", "2"] and "THREATEN" in page
    assert client.get("/review/add?document=nobody").status_code == 404
    assert client.get("/review/add?document=d1&sentence=x").status_code == 404


def test_every_actor_of_the_page_may_have_part(still: TestClient) -> None:
    page = still.get("/review/add?document=d1&sentence=2").text
    parts = dict.fromkeys(re.findall(r'name="part-(\d+-\d+)"', page))
    assert [TEXT[slice(*map(int, part.split("-")))] for part in parts] == ["Southmark", "its minister", "Norland"]


def test_from_the_queue_one_comes_back_to_the_queue(client: TestClient) -> None:  # noqa: F811
    assert add(client, back="/review?order=sure").headers["location"] == "/review?order=sure"


def test_numbers_and_contexts_are_put_right_with_their_words(client: TestClient) -> None:  # noqa: F811
    counts = {"dead_low": "12", "dead_high": "14", "dead_words": "12", "size_low": "5", "size_words": "Norland"}
    assert judge(client, "correct", **AS_IT_IS, **counts, context="military").status_code == 303
    (event,) = [item for item in client.get("/api/events").json()["items"] if item["id"] == "e1"]
    start = TEXT.index("12")
    assert event["dead"] == {"low": 12, "high": 14, "span": {"start": start, "end": start + 2}}
    assert (event["size"]["low"], event["injured"], event["contexts"]) == (5, None, ["military"])
    assert [i["dead_high"] for i in client.get("/api/incidents").json()["items"] if i["type"] == "ASSAULT"] == [14]
    assert "in recipients, dead, size, contexts" in client.get("/review/log").text
    page = client.get("/review/event?document=d1&event=e1").text
    assert 'name="dead_high" min="0" max="2000000000" value="14"' in page
    assert re.search(r'value="military" checked', page)
