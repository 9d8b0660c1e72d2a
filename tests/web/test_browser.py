"""Every page in a real browser: light and dark, wide and narrow, no request to another host, nothing axe-core finds wrong.

Uses the system's chromium (Debian: `apt-get install chromium`; `tools/setup.sh --dev` does it where it may), else is skipped.
"""

from __future__ import annotations

import re
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import uvicorn

from tacitus.analysis.grouping import update_incidents
from tacitus.records import Span
from tacitus.review import EventFacts, added_entry, new_entry
from tacitus.store import open_store
from tacitus.store.journal import Journal
from tacitus.web import RoomSettings, create_app
from tests.factories import make_record
from tests.web.conftest import make_db, shelling

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
AXE = Path(__file__).parent / "axe" / "axe.min.js"
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium here: apt-get install chromium")

LOOKS = [("light", 1280), ("dark", 380)]
PAGES = [
    "/",
    "/?since=2024-05-06&until=2024-05-06",
    "/incidents",
    "/events",
    "/statements",
    "/actors",
    "/actor?side=SOU",
    "/pair?a=NOR&b=SOU",
    "/documents",
    "/document?id=d1&event=e1",
    "/search?q=shelled",
    "/review",
    "/review/event?document=d1&event=e1",
    "/review/add?document=d1",
    "/review/add?document=d1&sentence=0",
    "/review/actor?document=d1&actor=a1&find=France",
    "/review/place?document=d1&place=0&find=Paris",
    "/review/log",
    "/review/agreement",
    "/api",
    "/nothing",
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A running reading room in which people have judged the reports of one incident: put right, rejected and added one."""
    path = make_db(tmp_path_factory.mktemp("browser"))
    more = [replace(shelling(id_), publisher=id_) for id_ in ("d2", "d3", "d4")]
    with open_store(path) as store:
        run = store.start_run(program="test", sources=["more/"])
        store.add([more[0], more[1], replace(more[2], events=())], run=run)
        update_incidents(store, run=run)
    attack = EventFacts.of(more[0].events[0], more[0])
    start = more[2].text.index("shelled")
    Journal(path).add(
        [
            new_entry(more[0], subject="event", item="e1", becomes=replace(attack, contexts=("military",)), who="Ann"),
            new_entry(more[1], subject="event", item="e1", becomes=None, who="Bob"),
            added_entry(
                replace(more[2], events=()), trigger=Span(start, start + 7), becomes=attack, who="Ann", whole=True
            ),
        ]
    )
    with running(path) as address:
        yield address


@contextmanager
def running(path: Path) -> Iterator[str]:
    """A server over a database, in a thread; gives its address."""
    config = uvicorn.Config(create_app(RoomSettings(db=path)), port=0, log_level="error", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        time.sleep(0.05)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=30)


@pytest.fixture(scope="module")
def browser():  # type: ignore[no-untyped-def]
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module", params=LOOKS, ids=lambda look: f"{look[0]}-{look[1]}")
def page(request: pytest.FixtureRequest, browser):  # type: ignore[no-untyped-def]
    """A tab in one of the looks; axe needs the policy out of its way, so that its script can be put in."""
    scheme, width = request.param
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=True)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_whole_in_every_look(address: str, page, path: str) -> None:  # type: ignore[no-untyped-def]
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + path, timeout=120_000)
    assert asked and [url for url in asked if not url.startswith(address)] == []
    is_whole(page)


def test_an_incident_with_reviews_is_whole_in_every_look(address: str, page) -> None:  # type: ignore[no-untyped-def]
    page.goto(f"{address}/incidents?type=ASSAULT", timeout=120_000)
    links = page.locator('a[href^="/incident?"]').all()
    found = {link.get_attribute("href") for link in links}
    told = ""
    for href in sorted(filter(None, found)):
        page.goto(address + href, timeout=120_000)
        told += page.inner_text("main")
        is_whole(page)
    assert "1 corrected by Ann, 1 added by Ann" in told and "rejected by hand by Bob" in told


def is_whole(page) -> None:  # type: ignore[no-untyped-def]
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "no scrolling sideways"
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run()")["violations"]
    assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found] == []


def test_hostile_text_does_nothing_in_a_browser(address: str, browser) -> None:  # type: ignore[no-untyped-def]
    context = browser.new_context(viewport={"width": 380, "height": 900})
    page = context.new_page()
    dialogs, faults = [], []
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    page.on(
        "console", lambda message: faults.append(message.text) if "Content Security Policy" in message.text else None
    )
    page.goto(f"{address}/documents", timeout=120_000)
    with page.expect_navigation(timeout=120_000):
        page.get_by_role("link", name=re.compile("script")).first.click()
    assert "alert(1)" in page.inner_text("#text")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert (dialogs, faults, page.locator("script, img").count()) == ([], [], 0)
    context.close()


def test_the_keyboard_is_enough(address: str, browser) -> None:  # type: ignore[no-untyped-def]
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{address}/", timeout=120_000)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.locator("#happened ~ .two .clause a").first.focus()
    with page.expect_navigation(timeout=120_000):
        page.keyboard.press("Enter")
    assert page.locator(".report, #chosen").count() >= 1
    context.close()


@pytest.fixture(scope="module")
def crisis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The reading room over the pages that `make demo` codes."""
    from tacitus.cli.main import cli
    from tacitus.resources import data_path

    path = tmp_path_factory.mktemp("walk") / "cuba-1962.duckdb"
    pages = data_path("demo", "cuba-1962", "pages")
    cli.main(["code", str(pages), "--db", str(path)], standalone_mode=False)
    with running(path) as address:
        yield address


BETWEEN_THEM = re.compile("The United States → the Soviet Union|The Soviet Union → the United States")


def test_why_tension_jumped_and_who_said_so_in_four_clicks(crisis: str, browser) -> None:  # type: ignore[no-untyped-def]
    """The walk of docs/reading-room.md, click by click."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto(f"{crisis}/", timeout=120_000)
    with page.expect_navigation(timeout=120_000):  # 1: the two of whom the question is
        page.locator("#changed ~ .scroll a", has_text=BETWEEN_THEM).first.click()
    with page.expect_navigation(timeout=120_000):  # 2: the day that stands out
        page.locator("#jumps ~ .scroll a", has_text="22 Oct 1962").click()
    line = page.locator("#incidents ~ .two .clause a", has_text="accused the Soviet Union")
    with page.expect_navigation(timeout=120_000):  # 3: what was reported of it
        line.first.click()
    if "/incident" in page.url:
        with page.expect_navigation(timeout=120_000):  # 4: the first report
            page.locator(".report a").first.click()
    chosen = page.inner_text("#chosen")
    assert "John F. Kennedy" in chosen and "Soviet Union" in chosen and "ACCUSE" in chosen
    assert "Who says so" in chosen and "the page itself" in chosen
    assert "accused" in page.inner_text("#text .chosen")


def test_reviewing_needs_no_mouse(tmp_path: Path, browser) -> None:  # type: ignore[no-untyped-def]
    """From the name to two verdicts and one taken back, by keys alone; without any script."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=False)
    page = context.new_page()
    with running(make_db(tmp_path)) as address:
        page.goto(f"{address}/review?order=sure", timeout=120_000)
        keys = [element.get_attribute("accesskey") for element in page.locator("[accesskey]").all()]
        assert sorted(keys) == ["a", "k", "m", "r", "s"], "a letter for each verdict, and for what the machine missed"
        page.get_by_label("Your name").focus()
        page.keyboard.type("Ann Example")
        page.get_by_label("Status").focus()
        page.keyboard.type("negated")
        for _ in range(60):  # to the end of the form
            page.keyboard.press("Tab")
            if page.locator("button:focus", has_text="Save what is set above").count():
                break
        with page.expect_navigation(timeout=120_000):
            page.keyboard.press("Enter")
        page.locator("button:focus", has_text="Right as the machine has it").wait_for(timeout=120_000)
        with page.expect_navigation(timeout=120_000):
            page.keyboard.press("Enter")
        assert "2 events wait" in page.inner_text("main"), "of four"
        page.goto(f"{address}/review/log", timeout=120_000)
        assert page.locator("tbody tr").count() == 2
        assert "in status" in page.inner_text("tbody")
        page.get_by_role("button", name="Take back").first.focus()
        with page.expect_navigation(timeout=120_000):
            page.keyboard.press("Enter")
        assert "taken back" in page.inner_text("tbody")
    context.close()


def test_adding_an_event_needs_no_mouse(tmp_path: Path, browser) -> None:  # type: ignore[no-untyped-def]
    """From a page to an event that the machine missed, told by words that stand there twice; by keys alone and without any script."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=False)
    page = context.new_page()
    path = tmp_path / "world.duckdb"
    text = "Norland shelled Port Ess and shelled it again."
    with open_store(path) as store:
        store.add([make_record(text, id="d1")], run=store.start_run(program="test", sources=["pages/"]))
    with running(path) as address:
        page.goto(f"{address}/document?id=d1", timeout=120_000)
        page.get_by_role("link", name="Add an event that the machine missed").focus()
        with page.expect_navigation(timeout=120_000):
            page.keyboard.press("Enter")
        page.get_by_role("link", name=text).focus()
        with page.expect_navigation(timeout=120_000):
            page.keyboard.press("Enter")
        page.get_by_label("Your name").focus()
        page.keyboard.type("Ann Example")
        page.get_by_label("The words of the sentence").focus()
        page.keyboard.type("shelled")
        page.keyboard.press("Tab")
        page.keyboard.type("ASSAULT")
        with page.expect_navigation(timeout=120_000):
            page.get_by_label("Note").press("Enter")
        assert "has these words 2 times" in page.inner_text("form.verdict")
        page.locator('input[name="at"]').first.focus()
        page.keyboard.press("ArrowDown")
        with page.expect_navigation(timeout=120_000):
            page.get_by_label("Note").press("Enter")
        assert "added by hand" in page.inner_text("#chosen") and "Ann Example" in page.inner_text("#chosen")
        assert page.inner_text("#text .chosen") == "shelled"
    context.close()
