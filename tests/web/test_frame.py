"""Who is answered, under which policy, and in which shape things go wrong."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tacitus.errors import SettingsError, StoreError
from tacitus.web import RoomSettings, create_app
from tests.web.conftest import EVIL, HOST, hostile

TOKEN = "a-long-enough-token"


class Tags(HTMLParser):
    """The tags of a page with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize("path", ["/documents", "/document?id=d1", "/nothing", "/static/room.css", "/document"])
def test_every_answer_carries_the_policy(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "script-src" not in policy
    assert headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8400", 200),
        ("localhost", 200),
        ("[::1]:8400", 200),
        ("evil.example", 400),
        ("127.0.0.1.evil.example", 400),
        ("[", 400),
    ],
)
def test_only_our_own_names_are_answered(client: TestClient, host: str, status: int) -> None:
    assert client.get("/documents", headers={"host": host}).status_code == status


def test_other_addresses_need_a_long_token(db: Path) -> None:
    with pytest.raises(SettingsError, match="--token"):
        RoomSettings(db=db, host="0.0.0.0")
    with pytest.raises(SettingsError, match="16 characters"):
        RoomSettings(db=db, host="0.0.0.0", token="short")


def test_a_token_lets_in_once_and_stays_out_of_the_address(db: Path) -> None:
    app = create_app(RoomSettings(db=db, host="0.0.0.0", token=TOKEN))
    with TestClient(app, base_url="http://reader.example", follow_redirects=False) as client:
        assert client.get("/documents").status_code == 401
        assert client.get("/documents?token=wrong").status_code == 401
        assert client.get("/static/room.css").status_code == 401
        answer = client.get(f"/documents?title=ess&token={TOKEN}")
        assert (answer.status_code, answer.headers["location"]) == (303, "/documents?title=ess")
        assert TOKEN not in answer.headers["set-cookie"]
        assert client.get("/documents").status_code == 200
        other = TestClient(app, base_url="http://reader.example", follow_redirects=False)
        assert other.get("/documents", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200
        assert (
            other.get(f"http://reader.example//evil.example/?token={TOKEN}")
            .headers["location"]
            .startswith("/evil.example")
        )


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        ("/nothing", 404, "not-found"),
        ("/document", 400, "request"),
        ("/document?id=nobody", 404, "not-found"),
        ("/documents?since=yesterday", 400, "request"),
        ("/documents?page=0", 400, "request"),
        ("/documents?page=²", 400, "request"),
        ("/documents?title=" + "x" * 500, 400, "request"),
    ],
)
def test_errors_have_one_shape(client: TestClient, path: str, status: int, kind: str) -> None:
    as_json = client.get(path, headers={"accept": "application/json"})
    error = as_json.json()["error"]
    assert as_json.status_code == status and (error["status"], error["kind"]) == (status, kind) and error["message"]
    as_page = client.get(path)
    assert as_page.status_code == status and "<h1>This did not work</h1>" in as_page.text


def test_a_failure_inside_is_told_in_the_same_shape(app: Starlette, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tacitus.store.reading_pages.Reader.machine_record", lambda self, id: 1 / 0)
    client = TestClient(app, base_url=HOST, raise_server_exceptions=False)
    answer = client.get("/document?id=d1", headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["error"]["kind"]) == (500, "internal")
    assert "ZeroDivision" not in answer.text


def test_a_missing_database_is_told_before_the_room_opens(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no such database"):
        create_app(RoomSettings(db=tmp_path / "none.duckdb"))


@pytest.mark.parametrize("path", ["/documents", "/document"])
def test_hostile_text_is_text(client: TestClient, path: str) -> None:
    answer = client.get(path, params={"id": hostile().id, "event": "e1"} if path == "/document" else {})
    assert answer.status_code == 200
    tags = Tags(answer.text).found
    assert not {tag for tag, _ in tags} & {"script", "img", "b", "x", "iframe", "object"}
    assert not [name for _, attributes in tags for name in attributes if name.startswith("on") or name == "style"]
    links = [attributes.get("href") or "" for tag, attributes in tags if tag == "a"]
    assert links and all(link.startswith(("/", "#")) and not link.startswith("//") for link in links)
    assert (
        "49" not in answer.text.split("<main", 1)[1].split("</h1>")[0]
        and EVIL[:25].replace("<", "&lt;").replace(">", "&gt;") in answer.text
    )
    assert not set("\x00\x1b\u202e\u2066") & set(answer.text)
