"""Situation, actors, pairs, incidents and search over the small world."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from tacitus.analysis.grouping import update_incidents
from tacitus.store import open_store
from tacitus.store.reading import ReadingCopy
from tacitus.store.reading_pages import Reader
from tacitus.store.reading_search import SearchIndex, fts_query
from tacitus.web import RoomSettings, create_app
from tests.web.conftest import HOST, make_db, shelling


def test_the_situation_leads_to_the_words_it_is_made_of(client: TestClient) -> None:
    html = client.get("/").text
    for words in (
        "What happened",
        "Norland attacked Southmark",
        "Open questions",
        "Port Ess",
        "What this rests on",
        "1 page could not be coded",
    ):
        assert words in html
    assert "/document?id=d1&amp;event=e1#chosen" in html
    assert html.count("The same as a table") == 2


@pytest.mark.parametrize(
    ("query", "there"),
    [
        ({"since": "2024-05-06", "until": "2024-05-06"}, True),
        ({"until": "2024-05-05"}, False),
        ({"actor": "NOR", "with": "SOU"}, True),
        ({"actor": "Atlantis"}, False),
        ({"place": "Port Ess"}, True),
        ({"place": "Elsewhere"}, False),
    ],
)
def test_what_is_shown_is_what_the_address_says(client: TestClient, query: dict[str, str], there: bool) -> None:
    html = client.get("/", params=query).text
    happened = html.split('id="happened"')[1].split("</section>")[0] if 'id="happened"' in html else ""
    assert ("Norland attacked Southmark" in happened) is there


def test_the_course_moves_with_the_place(client: TestClient) -> None:
    here, elsewhere = (client.get("/", params={"place": place}).text for place in ("Port Ess", "Elsewhere"))
    bars = [html.split('id="course"')[1].split("</svg>")[0] for html in (here, elsewhere)]
    assert "1 incidents" in bars[0] and "1 incidents" not in bars[1]
    assert 'aria-current="true"><g><title>Port Ess' in here and 'aria-current="true"' not in elsewhere
    assert "Only what happened in Port Ess." in here


def test_figures_lead_to_what_they_are_made_of(client: TestClient) -> None:
    html = client.get("/?since=2024-05-06&until=2024-05-08").text.replace("&amp;", "&")
    (own,) = re.findall(r'<a href="(/events\?voice=page[^"]*)"><strong>(\d+)', html)
    assert client.get(own[0]).text.count('<tr><td class="date">') == int(own[1]) == 2
    (said,) = re.findall(r'<a href="(/statements[^"]*)"><strong>(\d+)', html)
    assert client.get(said[0]).text.count('<tr><td class="date">') == int(said[1]) == 1


@pytest.mark.parametrize("query", [{"since": "2024-06-01", "until": "2024-05-01"}, {"since": "1.5.2024"}])
def test_an_impossible_period_is_refused(client: TestClient, query: dict[str, str]) -> None:
    assert client.get("/", params=query).status_code == 400


def test_actors_are_listed_and_lead_to_their_pages(client: TestClient) -> None:
    html = client.get("/actors", params={"q": "nor"}).text
    assert "/actor?name=Norland&amp;code=NORMIL" in html and ">Southmark<" not in html


@pytest.mark.parametrize(
    ("query", "did", "suffered"),
    [
        ({"name": "norland", "code": "NORMIL"}, "Norland attacked Southmark", "Southmark accused Norland"),
        ({"side": "SOU"}, "Southmark accused Norland", "Norland attacked Southmark"),
    ],
)
def test_an_actor_did_and_suffered(client: TestClient, query: dict[str, str], did: str, suffered: str) -> None:
    html = client.get("/actor", params=query).text
    first, second = html.split('id="did"')[1].split('id="suffered"')
    assert did in first and suffered not in first
    assert suffered in second.split('id="told"')[0]


def test_an_actor_whom_no_page_names_is_not_found(client: TestClient) -> None:
    assert client.get("/actor?name=Nobody").status_code == 404 and client.get("/actor").status_code == 400


def test_a_pair_shows_who_acts_on_whom(client: TestClient) -> None:
    html = client.get("/pair?a=NOR&b=SOU").text
    assert "Norland attacked Southmark" in html and re.search(
        r"<td>ASSAULT</td><td class=.number.>1</td><td class=.number.>·</td>", html
    )
    swapped = client.get("/pair?a=SOU&b=NOR").text
    assert re.search(r"<td>ASSAULT</td><td class=.number.>·</td><td class=.number.>1</td>", swapped)
    assert "No dated incident" in client.get("/pair?a=NOR&b=XXX").text


@pytest.fixture
def grouped(tmp_path: Path) -> Path:
    """Two pages of the same shelling, put into incidents."""
    path = make_db(tmp_path)
    with open_store(path) as store:
        run = store.start_run(program="test", sources=["more/"])
        store.add([shelling("d2")], run=run)
        update_incidents(store, run=run)
    return path


def test_reports_of_an_incident_stand_side_by_side_and_can_be_split_and_merged(grouped: Path) -> None:
    with TestClient(create_app(RoomSettings(db=grouped)), base_url=HOST, follow_redirects=False) as client:
        listed = client.get("/incidents").text
        ids = list(dict.fromkeys(re.findall(r"/incident\?id=([\w%-]+)", listed)))
        pages = {id_: client.get(f"/incident?id={id_}").text for id_ in ids}
        id_, page = next((i, p) for i, p in pages.items() if p.count('class="report"') == 2 and "ASSAULT" in p)
        assert "Who did it" in page and "agreed" in page
        form = {"incident": id_, "report": "d2/e1", "form_token": re.findall(r'form_token" value="(\w+)"', page)[0]}
        assert client.post("/incident/split", data={**form, "form_token": "0" * 64}).status_code == 403
        assert client.post("/incident/split", data=form, headers={"origin": "http://evil.example"}).status_code == 403
        assert client.post("/incident/split", data={**form, "report": "d9/e9"}).status_code == 400
        assert client.get("/incident/split").status_code == 405
        answer = client.post("/incident/split", data=form)
        assert answer.status_code == 303
        assert client.get(answer.headers["location"]).text.count('class="report"') == 1
        new = answer.headers["location"].split("id=")[1]
        merged = client.post("/incident/merge", data={"incident": id_, "other": new, "form_token": form["form_token"]})
        assert client.get(merged.headers["location"]).text.count('class="report"') == 2
        assert "They are in" in client.get(f"/incident?id={new}").text


def test_nothing_can_be_written_while_another_process_writes(grouped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tacitus.errors import StoreError

    def locked(path: Path, *, read_only: bool = False) -> None:
        raise StoreError(f"{path}: in use by another process; wait until it has finished")

    with TestClient(create_app(RoomSettings(db=grouped)), base_url=HOST, follow_redirects=False) as client:
        token = re.findall(r'form_token" value="(\w+)"', client.get(_first_incident(client)).text)[0]
        monkeypatch.setattr("tacitus.store.reading.open_store", locked)
        answer = client.post("/incident/merge", data={"incident": "a", "other": "b", "form_token": token})
    assert answer.status_code == 503 and "in use by another process" in answer.text


def _first_incident(client: TestClient) -> str:
    return re.findall(r'href="(/incident\?id=[^"]+)"', client.get("/incidents").text)[0]


@pytest.mark.parametrize(
    ("query", "hit"),
    [
        ({"q": "shelled port"}, "Norland shells Port Ess"),
        ({"q": '"Port Ess"'}, "Norland shells Port Ess"),
        ({"q": "SOUTHM", "in": "claims"}, "its minister"),
        ({"q": "assault norland", "in": "events"}, "event=e1#chosen"),
        ({"q": "nowhere"}, "0 hits"),
        ({"q": "shelled", "since": "2024-05-09"}, "0 hits"),
        ({"q": "* OR NEAR( ^ -"}, "0 hits"),
    ],
)
def test_search_finds_words_in_their_place(client: TestClient, query: dict[str, str], hit: str) -> None:
    assert hit in client.get("/search", params=query).text


@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(words=st.text(max_size=40) | st.text(alphabet="\"*()^-:{}NEARORANDNOT \x00'", max_size=40))
def test_no_query_breaks_the_search(tmp_path_factory: pytest.TempPathFactory, words: str) -> None:
    index = SearchIndex(tmp_path_factory.getbasetemp() / "hostile.sqlite")
    assert index.search(words, kind="texts", limit=1) == (0, [])


@pytest.mark.parametrize(
    ("words", "query"),
    [("a b", '"a" "b"*'), ('"a b" c', '"a b" "c"*'), ('x "', '"x"*'), ("", ""), ("- *", ""), ('"!!" a', '"a"*')],
)
def test_words_become_a_query_that_cannot_be_misread(words: str, query: str) -> None:
    assert fts_query(words) == query


def test_the_index_follows_the_database(tmp_path: Path) -> None:
    path = make_db(tmp_path)
    index = SearchIndex(tmp_path / "index.sqlite")
    copy = ReadingCopy(path)
    with copy.reader() as reader:
        index.update(reader, version=copy.version)
    assert index.search("shelled", kind="texts", limit=5)[0] == 1
    with open_store(path) as store:
        store.add([shelling("d7"), shelling("d1")], run=store.start_run(program="test", sources=[]))
    copy.keep_up(wait=True)
    with copy.reader() as reader:
        index.update(reader, version=copy.version)
    total, found = index.search("shelled", kind="texts", limit=5)
    copy.close()
    assert total == 2 and {hit.document for hit in found} == {"d1", "d7"}
    assert "\ue000shelled\ue001" in found[0].snippet


def test_a_search_does_not_wait_for_an_index_that_takes_long(tmp_path: Path) -> None:
    index, copy, begin = SearchIndex(tmp_path / "index.sqlite"), ReadingCopy(make_db(tmp_path)), threading.Event()

    @contextmanager
    def reading() -> Iterator[Reader]:
        begin.wait()
        with copy.reader() as reader:
            yield reader

    assert index.keep_up(reading, version=copy.version, patience=0.0) > 0
    assert index.search("shelled", kind="texts", limit=5)[0] == 0
    begin.set()
    assert index.keep_up(reading, version=copy.version) == 0
    assert index.search("shelled", kind="texts", limit=5)[0] == 1
    index.close()
    copy.close()


def test_claims_and_events_of_a_page_coded_again_are_found_once(tmp_path: Path) -> None:
    path = make_db(tmp_path)
    index, copy = SearchIndex(tmp_path / "index.sqlite"), ReadingCopy(path)
    assert index.keep_up(copy.reader, version=copy.version) == 0
    before = index.search("shelled", kind="events", limit=5)
    with open_store(path) as store:
        store.add([shelling("d1")], run=store.start_run(program="test", sources=[]))
    copy.keep_up(wait=True)
    assert index.keep_up(copy.reader, version=copy.version) == 0
    assert before[0] == 1 and index.search("shelled", kind="events", limit=5) == before
    index.close()
    copy.close()
