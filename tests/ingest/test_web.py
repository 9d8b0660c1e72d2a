"""Fetching from a real server on this machine: politeness, limits, redirects, feeds."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from tacitus.errors import SourceError
from tacitus.ingest import Reading, read_sources
from tacitus.ingest.web import Fetcher, Manners, Validators, is_public
from tacitus.records import Article

PROSE = "The council of Norhaven met on Tuesday to discuss the new bridge over the river. Members from both sides spoke for hours. "
PAGE = f"<html><head><title>Bridge</title></head><body><article><p>{PROSE * 4}</p></article></body></html>"
QUICK = Manners(allow_private=True, pause=0.0, connect=2.0, read=2.0, patience=1.0)

Answer = tuple[int, dict[str, str], bytes | Callable[[Any], None]]


@dataclass
class Site:
    """What the server answers, by path, and what it was asked."""

    url: str = ""
    answers: dict[str, Answer | Callable[[dict[str, str]], Answer]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def put(self, path: str, body: str | bytes | Callable[[Any], None], status: int = 200, **headers: str) -> str:
        """Serve this from now on; returns the URL."""
        data = body.encode() if isinstance(body, str) else body
        self.answers[path] = (status, {name.replace("_", "-"): value for name, value in headers.items()}, data)
        return self.url + path


@contextmanager
def served(site: Site) -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            answer = site.answers.get(self.path, (404, {}, b"none"))
            status, headers, body = answer(dict(self.headers)) if callable(answer) else answer
            self.send_response(status)
            for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                _ = body(self.wfile) if callable(body) else self.wfile.write(body)
            except OSError:
                return

        def log_message(self, *_: object) -> None:
            """Nothing: the test asks the site itself."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def site() -> Iterator[Site]:
    with served(Site()) as found:
        yield found


def read(*urls: str, manners: Manners = QUICK, **reading: Any) -> list[Article]:
    fetcher = Fetcher(manners)
    try:
        return list(read_sources(urls, reading=Reading(fetcher=fetcher, **reading)))
    finally:
        fetcher.close()


def kinds(articles: list[Article]) -> list[str | None]:
    return [article.error.kind if article.error else None for article in articles]


def feed(*items: str, title: str = "The Norhaven Courier") -> str:
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>{title}</title>{''.join(items)}</channel></rss>"


def item(url: str | None, text: str = "In short.", date: str = "Wed, 08 May 2024 10:00:00 GMT") -> str:
    link = f"<link>{url}</link>" if url else ""
    return f"<item><title>Bridge</title>{link}<pubDate>{date}</pubDate><description>{text}</description></item>"


def test_a_page_has_its_address_as_id(site: Site) -> None:
    url = site.put("/a.html", PAGE)
    (article,) = read(url)
    assert (article.id, article.url) == (url, url)
    assert PROSE.strip() in article.text
    assert site.asked == ["/robots.txt", "/a.html"]


def test_any_kind_of_source_may_lie_at_an_address(site: Site) -> None:
    url = site.put("/a.jsonl", '{"id": "1", "text": "Troops came."}\n{"id": "2", "text": "They left."}\n')
    assert [article.id for article in read(url)] == ["1", "2"]


@pytest.mark.parametrize(
    ("body", "header"),
    [
        ("<p>Café Élysée, " + PROSE * 4, "text/html; charset=utf-8"),
        ("<p>Café Élysée, " + PROSE * 4, "text/html; charset=windows-1252"),
        ("<p>Café Élysée, " + PROSE * 4, "text/html; charset=utf-8 "),
        ("<p>Café Élysée, " + PROSE * 4, "text/html; charset=nonsense"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_a_wrong_charset_does_not_garble_the_page(site: Site, body: str, header: str, encoding: str) -> None:
    (article,) = read(site.put("/a", body.encode(encoding), Content_Type=header))
    assert "Café Élysée" in article.text


@pytest.mark.parametrize(
    ("rules", "status", "kind"),
    [
        ("User-agent: *\nDisallow: /private", 200, "robots"),
        ("User-agent: *\nDisallow: /*.html$", 200, "robots"),
        ("User-agent: tacitus\nDisallow: /", 200, "robots"),
        ("User-agent: other\nDisallow: /", 200, None),
        ("", 404, None),
        ("", 503, "robots"),
    ],
)
def test_robots_txt_is_obeyed(site: Site, rules: str, status: int, kind: str | None) -> None:
    site.put("/robots.txt", rules, status)
    url = site.put("/private/a.html", PAGE)
    assert kinds(read(url)) == [kind]
    assert ("/private/a.html" in site.asked) == (kind is None)


def test_the_pause_between_requests_to_a_host(site: Site) -> None:
    pauses: list[float] = []
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 7")
    fetcher = Fetcher(Manners(allow_private=True, pause=1.0), sleep=pauses.append)
    urls = [site.put(f"/{n}", PAGE) for n in range(3)]
    assert kinds(list(read_sources(urls, reading=Reading(fetcher=fetcher)))) == [None] * 3
    fetcher.close()
    assert len(pauses) == 3 and 0 < pauses[0] <= 1
    assert all(6 < pause <= 7 for pause in pauses[1:])


def test_what_has_not_changed_is_not_fetched_again(site: Site) -> None:
    def answer(headers: dict[str, str]) -> Answer:
        if headers.get("If-None-Match") == '"v1"':
            return 304, {}, b""
        return 200, {"ETag": '"v1"', "Last-Modified": "Wed, 08 May 2024 10:00:00 GMT"}, PAGE.encode()

    site.answers["/a"] = answer
    kept: dict[str, Validators] = {}
    fetcher = Fetcher(QUICK, validators=kept)
    reading = Reading(fetcher=fetcher, conditional=True)
    assert [len(list(read_sources([site.url + "/a"], reading=reading))) for _ in range(2)] == [1, 0]
    assert kept == {site.url + "/a": Validators(etag='"v1"', modified="Wed, 08 May 2024 10:00:00 GMT")}
    assert len(list(read_sources([site.url + "/a"], reading=Reading(fetcher=fetcher)))) == 1, (
        "asked for without condition"
    )
    fetcher.close()


@pytest.mark.parametrize(
    "target", ["http://10.0.0.7/x", "http://169.254.169.254/latest", "http://[::1]/x", "http://localhost/x"]
)
def test_private_addresses_are_refused(target: str) -> None:
    (article,) = read(target, manners=Manners())
    assert article.error is not None and article.error.kind == "private"
    assert article.id == target and "--allow-private" in article.error.message


def test_a_redirect_to_a_private_address_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server counts as public here; what it points at does not."""
    port = site.url.rpartition(":")[2]
    monkeypatch.setattr("tacitus.ingest.web.is_public", lambda address: address == "127.0.0.1")
    url = site.put("/a", "", 302, Location=f"http://[::1]:{port}/secret")
    assert kinds(read(url, manners=Manners(pause=0.0))) == ["private"]
    assert "/secret" not in site.asked


def test_the_address_that_was_checked_is_the_one_connected_to(monkeypatch: pytest.MonkeyPatch, site: Site) -> None:
    """A name that answers with a public address first and a private one next (DNS rebinding) is asked once a connection."""
    answers = iter(["93.184.216.34", "127.0.0.1", "127.0.0.1"])
    connected: list[str] = []

    def resolve(host: str, port: int, **_: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    def connect(address: tuple[str, int], **_: Any) -> socket.socket:
        connected.append(address[0])
        raise OSError("not in a test")

    monkeypatch.setattr("tacitus.ingest.web.socket.getaddrinfo", resolve)
    monkeypatch.setattr("tacitus.ingest.web.socket.create_connection", connect)
    assert kinds(read("http://rebind.example/a", manners=Manners(pause=0.0))) == ["network"]
    assert kinds(read("http://rebind.example/a", manners=Manners(pause=0.0))) == ["private"]
    assert connected == ["93.184.216.34"]


def test_redirects_are_followed_and_counted(site: Site) -> None:
    page = site.put("/page", PAGE)
    first = site.put("/first", "", 301, Location="/second")
    site.put("/second", "", 302, Location=page)
    loop = site.put("/loop", "", 302, Location="/loop")
    article, failure = read(first, loop)
    assert (article.id, article.url) == (first, page)
    assert failure.error is not None and "redirected more than" in failure.error.message


@pytest.mark.parametrize("status", [403, 404, 410, 429, 500])
def test_an_answer_without_a_page_is_a_failure(site: Site, status: int) -> None:
    url = site.put("/a", "nothing", status)
    (article,) = read(url)
    assert article.error is not None and article.error.kind == "network"
    assert url in article.error.message and str(status) in article.error.message


def test_a_server_that_drips_or_hangs_is_given_up(site: Site) -> None:
    def drip(out: Any) -> None:
        for _ in range(100):
            out.write(b"<p>")
            time.sleep(0.05)

    def hang(_: Any) -> None:
        time.sleep(1.5)

    started = time.monotonic()
    manners = Manners(allow_private=True, pause=0.0, read=0.5, patience=0.5)
    articles = read(site.put("/drip", drip), site.put("/hang", hang), manners=manners)
    assert kinds(articles) == ["network", "network"]
    assert time.monotonic() - started < 5


def test_our_own_slowness_is_not_the_servers(site: Site) -> None:
    lines = "".join(f'{{"id": "{number}", "text": "Troops came."}}\n' for number in range(3))
    fetcher = Fetcher(Manners(allow_private=True, pause=0.0, patience=0.2))
    articles = read_sources([site.put("/a.jsonl", lines)], reading=Reading(fetcher=fetcher))
    first = next(articles)
    time.sleep(0.5)
    assert kinds([first, *articles]) == [None] * 3
    fetcher.close()


def test_nobody_there(site: Site) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        (article,) = read(f"http://127.0.0.1:{taken.getsockname()[1]}/")
    assert article.error is not None and article.error.kind == "network"
    assert "object at 0x" not in article.error.message


@pytest.mark.parametrize("url", ["ftp://example.org/a", "http://", "http:///x", "http://[bad/", "http://a b/"])
def test_what_is_no_address(url: str) -> None:
    (article,) = read(url)
    assert article.error is not None and article.error.kind == "network"


def test_the_items_of_a_feed_are_its_pages(site: Site) -> None:
    one, two = site.put("/1", PAGE), site.url + "/gone"
    pdf = site.put("/doc", b"%PDF-1.7 x")
    url = site.put("/feed", feed(item(one), item(two), item(pdf), item(None, f"<p>{PROSE * 4}</p>"), item(None, "")))
    articles = read(url)
    assert kinds(articles) == [None, "network", "unsupported", None, "empty"]
    assert [article.id for article in articles[:3]] == [one, two, pdf]
    assert (articles[0].published, articles[0].publisher) == ("2024-05-08T10:00:00Z", "The Norhaven Courier")
    assert two in articles[1].error.message  # type: ignore[union-attr]
    assert PROSE.strip() in articles[0].text and PROSE.strip() in articles[3].text


def test_the_text_of_a_feed_without_its_pages(site: Site) -> None:
    one = site.url + "/1"
    (article,) = read(site.put("/feed", feed(item(one, f"<p>{PROSE * 4}</p>"))), feed_text=True)
    assert (article.id, article.url, article.text) == (one, one, (PROSE * 4).strip())
    assert site.asked == ["/robots.txt", "/feed"]


def test_known_items_are_not_fetched(site: Site) -> None:
    one, two = site.put("/1", PAGE), site.put("/2", PAGE)
    articles = read(site.put("/feed", feed(item(one), item(two))), is_known=lambda url: url == one)
    assert [article.id for article in articles] == [two]
    assert "/1" not in site.asked


def test_a_feed_on_disk_is_not_a_wish_to_fetch(tmp_path: Any, site: Site) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(feed(item(site.put("/1", PAGE), PROSE * 4)), encoding="utf-8")
    (article,) = read(str(path))
    assert PROSE.strip() in article.text and site.asked == []


def test_atom(site: Site) -> None:
    entry = "<entry><title>B</title><id>tag:1</id><updated>2024-05-08T10:00:00Z</updated><content type='html'>{}</content></entry>"
    atom = f"<feed xmlns='http://www.w3.org/2005/Atom'><title>C</title>{entry.format('&lt;p&gt;' + PROSE * 4)}</feed>"
    (article,) = read(site.put("/atom", atom))
    assert (article.id, article.published, article.text) == ("tag:1", "2024-05-08T10:00:00Z", (PROSE * 4).strip())


def test_of_a_feed_that_never_ends_the_first_items_are_read(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tacitus.ingest.feeds.MAX_FEED", 2**20)

    def endless(out: Any) -> None:
        out.write(feed(*(item(None, PROSE * 4) for _ in range(3))).replace("</channel></rss>", "").encode())
        while True:
            out.write(b"<!-- " + b"x" * 2**20 + b" -->")

    articles = read(site.put("/feed", endless))
    assert kinds(articles) == [None, None, None, "too-large"]
    assert f"{2**20:,}" in articles[-1].error.message  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True), ("2606:2800:220:1:248:1893:25c8:1946", True), ("127.0.0.1", False), ("10.1.2.3", False),
        ("172.16.0.1", False), ("192.168.0.1", False), ("169.254.169.254", False), ("100.64.0.1", False), ("0.0.0.0", False),
        ("224.0.0.1", False), ("255.255.255.255", False), ("::1", False), ("::", False), ("fe80::1%eth0", False), ("fd00::1", False),
        ("::ffff:127.0.0.1", False), ("::ffff:93.184.216.34", True), ("64:ff9b::a00:1", False), ("2002:a00:1::", False),
    ],
)  # fmt: skip
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_errors_while_fetching_are_raised_as_source_errors(site: Site) -> None:
    fetcher = Fetcher(QUICK)
    with pytest.raises(SourceError, match="404"), fetcher.open(site.url + "/none"):
        raise AssertionError("there is nothing to read")
    fetcher.close()
