"""The API gives what it describes, and refuses the rest in one shape."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from tacitus.records import Record
from tacitus.web.openapi import description, endpoints
from tests.web.conftest import shelling

LISTS = [endpoint.path for endpoint in endpoints() if endpoint.paged and not endpoint.needed]


@pytest.mark.parametrize("path", LISTS)
def test_lists_come_in_pages(client: TestClient, path: str) -> None:
    whole = client.get(path).json()
    assert list(whole) == ["page", "limit", "total", "items"] and whole["page"] == 1
    pages = [
        client.get(path, params={"limit": 1, "page": n + 1}).json()["items"] for n in range(len(whole["items"]) + 1)
    ]
    assert [item for page in pages for item in page] == whole["items"]


def test_a_document_is_the_output_record(client: TestClient) -> None:
    assert Record.from_dict(client.get("/api/document?id=d1").json()) == shelling()


def test_events_bear_the_names_of_the_record(client: TestClient) -> None:
    items = client.get("/api/events?actor=NOR&with=SOU").json()["items"]
    event = next(item for item in items if item["type"] == "ASSAULT")
    recorded = shelling().to_dict()["events"][0]
    assert {name: event[name] for name in recorded} == recorded
    assert event["document"] == "d1" and {party["code"] for party in event["parties"]} == {"NORMIL", "SOU"}
    assert event["sentence_text"].startswith("Norland shelled")


def test_claims_carry_their_words_and_speaker(client: TestClient) -> None:
    item = next(item for item in client.get("/api/claims").json()["items"] if item["document"] == "d1")
    assert (item["content_texts"], item["speaker_code"]) == (["Southmark will answer"], "SOUGOV")


def test_the_description_names_every_endpoint_and_the_page_explains_it(client: TestClient) -> None:
    described = client.get("/api/openapi.json").json()
    assert described == json.loads(json.dumps(description()))
    page = client.get("/api").text
    assert all(f"GET {path}" in page for path in described["paths"]) and len(described["paths"]) == len(endpoints())


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/document", 400),
        ("/api/document?id=x", 404),
        ("/api/incident?id=x", 404),
        ("/api/events?limit=201", 400),
        ("/api/events?since=x", 400),
        ("/api/search", 400),
        ("/api/search?q=a&in=all", 400),
        ("/api/reviews?verdict=maybe", 400),
        ("/api/reviews?who=", 400),
        ("/api/nothing", 404),
    ],
)
def test_refusals_are_json_of_one_shape(client: TestClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status and list(answer.json()) == ["error"]
    assert list(answer.json()["error"]) == ["status", "kind", "message"]


ANYTHING = st.text(max_size=30) | st.integers().map(str) | st.dates().map(str)


@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(data=st.data(), endpoint=st.sampled_from(endpoints()))
def test_whatever_is_asked_the_answer_is_as_described(client: TestClient, data: st.DataObject, endpoint) -> None:  # type: ignore[no-untyped-def]
    names = data.draw(st.lists(st.sampled_from([*endpoint.fields, "other"]), unique=True))
    query = {name: data.draw(ANYTHING).encode("utf-8", "replace").decode() for name in names}
    answer = client.get(endpoint.path, params=query)
    assert str(answer.status_code) in description()["paths"][endpoint.path]["get"]["responses"]
    assert ("error" in answer.json()) is (answer.status_code != 200)
