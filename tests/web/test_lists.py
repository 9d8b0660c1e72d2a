"""Lists: the address chooses, and a file holds the very rows that are on screen."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from starlette.testclient import TestClient

from tacitus.analysis.grouping import update_incidents
from tacitus.store import open_store
from tacitus.web import RoomSettings, create_app, listed, lists
from tests.web.conftest import HOST, make_db, shelling


@pytest.fixture(scope="module")
def grouped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Two pages of the same shelling, put into incidents."""
    path = make_db(tmp_path_factory.mktemp("lists"))
    with open_store(path) as store:
        run = store.start_run(program="test", sources=["more/"])
        store.add([shelling("d2")], run=run)
        update_incidents(store, run=run)
    with TestClient(create_app(RoomSettings(db=path)), base_url=HOST, follow_redirects=False) as client:
        yield client


def rows_of(client: TestClient, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(address).text)))


@pytest.mark.parametrize(
    ("query", "events"),
    [
        ("", ["d1/e1", "d1/e2", "d1/e3", "d2/e1", "d2/e2", "d2/e3"]),
        ("type=ASSAULT", ["d1/e1", "d2/e1"]),
        ("status=future", ["d1/e2", "d2/e2"]),
        ("voice=claimed", ["d1/e2", "d2/e2"]),
        ("voice=page&type=ACCUSE", ["d1/e3", "d2/e3"]),
        ("place=port+ess", ["d1/e1", "d2/e1"]),
        ("actor=NOR&with=SOU&until=2024-05-06", ["d1/e1", "d2/e1"]),
        ("since=2024-05-07&status=actual", ["d1/e3", "d2/e3"]),
        ("actor=Atlantis", []),
    ],
)
def test_events_are_those_the_address_asks_for(grouped: TestClient, query: str, events: list[str]) -> None:
    found = [f"{row['document']}/{row['event']}" for row in rows_of(grouped, f"/events.csv?{query}")]
    assert sorted(key for key in found if not key.startswith("../")) == events
    html = grouped.get(f"/events?{query}").text
    assert html.count('<tr><td class="date">') == len(found)


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("", 2),
        ("kind=direct", 0),
        ("actor=SOUGOV", 2),
        ("since=2024-05-09&actor=SOUGOV", 0),
        ("actor=SOUGOV&stance=denies", 0),
    ],
)
def test_statements_are_those_the_address_asks_for(grouped: TestClient, query: str, number: int) -> None:
    found = [row for row in rows_of(grouped, f"/statements.csv?{query}") if row["document"] in ("d1", "d2")]
    assert [row["content_texts"] for row in found] == ["Southmark will answer"] * number


@pytest.mark.parametrize(
    ("query", "types"),
    [
        ("actor=NOR&with=SOU", {"ASSAULT", "ACCUSE"}),
        ("type=ASSAULT", {"ASSAULT"}),
        ("place=Port+Ess", {"ASSAULT"}),
        ("least=2", {"ASSAULT", "ACCUSE"}),
        ("least=3", set()),
        ("until=2024-05-05", set()),
        ("order=earliest&actor=SOU", {"ASSAULT", "ACCUSE"}),
    ],
)
def test_incidents_are_those_the_address_asks_for(grouped: TestClient, query: str, types: set[str]) -> None:
    found = rows_of(grouped, f"/incidents.csv?{query}")
    assert {row["type"] for row in found} == types
    assert all(row["clause"] for row in found)


@pytest.mark.parametrize(
    "name", ["events?type=SHELLING", "events?voice=both", "incidents?order=best", "statements?kind=x"]
)
def test_an_unknown_word_is_refused(client: TestClient, name: str) -> None:
    assert client.get(f"/{name}").status_code == 400


LISTS = ["events", "statements", "incidents", "documents", "actors", "search?q=shelled", "situation"]


@pytest.mark.parametrize("name", LISTS)
def test_every_form_holds_the_same_rows(grouped: TestClient, tmp_path: Path, name: str) -> None:
    stem, _, query = name.partition("?")
    table = rows_of(grouped, f"/{stem}.csv?{query}")
    assert table
    points = grouped.get(f"/{stem}.geojson?{query}").json()
    assert points["type"] == "FeatureCollection" and len(points["features"]) == len(table)
    made = tmp_path / "rows.parquet"
    made.write_bytes(grouped.get(f"/{stem}.parquet?{query}").content)
    with duckdb.connect() as connection:
        rows = connection.read_parquet(str(made))
        assert rows.columns == list(table[0])
        assert len(rows) == len(table)


def test_points_stand_where_things_happened(grouped: TestClient) -> None:
    (point,) = grouped.get("/incidents.geojson?place=Port+Ess").json()["features"]
    assert point["geometry"] == {"type": "Point", "coordinates": [20.25, 10.5]}
    assert point["properties"]["clause"] == "Norland attacked Southmark"
    assert grouped.get("/events.geojson?type=ACCUSE").json()["features"][0]["geometry"] is None


def test_a_file_has_the_rows_on_screen_or_all(grouped: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "EVENTS", 2)
    first, second = (rows_of(grouped, f"/events.csv?page={page}") for page in (1, 2))
    assert (len(first), len(second)) == (2, 2) and first != second
    assert len(rows_of(grouped, "/events.csv?rows=all")) == 7
    html = grouped.get("/events?page=2&rows=all").text
    assert html.count('<tr><td class="date">') == 2
    assert "/events.csv?page=2" in html.replace("&amp;", "&")


@pytest.mark.parametrize("address", ["/events.xlsx", "/nothing.csv", "/pair.csv"])
def test_there_are_no_other_files(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert not listed._cell(cell).startswith(("=", "+", "-", "@"))


def test_hits_lead_to_incidents_each_once(grouped: TestClient) -> None:
    rows = rows_of(grouped, "/search.csv?q=shelled&in=incidents")
    assert len(rows) == len({row["item"] for row in rows}) >= 1
    html = grouped.get("/search?q=shelled&in=incidents").text
    assert all(f"/incident?id={row['item']}" in html for row in rows)
