"""Fetching what the user named, politely: robots.txt, a pause between requests to one host, and nothing twice that has not changed.

A host's addresses are checked when the connection is made, and the connection goes to the address that was checked: neither a redirect
nor a name that answers differently the second time leads into the private network.
"""

from __future__ import annotations

import io
import ipaddress
import socket
import time
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO, Any
from urllib.parse import urljoin, urlsplit

from protego import Protego
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager, Timeout
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, NewConnectionError

from tacitus.errors import SourceError

AGENT = "tacitus"
MAX_REDIRECTS = 5
MAX_ROBOTS = 512 * 1024
MAX_PAUSE = 60.0
"""Seconds between requests that a robots.txt may ask for; a longer wish is cut."""
NEVER_BELOW = 500.0
"""Bytes a second on average, after the first `patience` seconds; a server that drips is given up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a server gave to ask later whether a page has changed."""

    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How to fetch. Times in seconds: `pause` between requests to one host, `connect` and `read` for one step, `patience` before a slow
    body is given up. `allow_private`: also addresses that are not of the public internet.
    """

    allow_private: bool = False
    pause: float = 1.0
    connect: float = 10.0
    read: float = 20.0
    patience: float = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """An answer. `body` is None when the page has not changed since `validators` were kept."""

    url: str
    charset: str | None
    body: IO[bytes] | None
    validators: Validators = field(default_factory=Validators)


class Fetcher:
    """Fetches pages. `validators` are asked with and kept by URL; whoever owns the mapping decides when they count."""

    def __init__(
        self,
        manners: Manners | None = None,
        *,
        validators: MutableMapping[str, Validators] | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.manners = manners or Manners()
        self.validators: MutableMapping[str, Validators] = {} if validators is None else validators
        self._sleep = sleep
        self._ready: dict[str, float] = {}
        self._robots: dict[str, Protego | None] = {}
        self._pools = _pools(self.manners)

    def close(self) -> None:
        """Close all connections."""
        self._pools.clear()

    @contextmanager
    def open(self, url: str, *, conditional: bool = False) -> Iterator[Response]:
        """The answer to a request; `conditional` asks only for what has changed.

        Raises SourceError: `robots`, `private`, or `network` for all that goes wrong on the way; also while the body is read.
        """
        headers = self._condition(url) if conditional else {}
        where = url
        for _ in range(MAX_REDIRECTS + 1):
            self._ask_robots(where)
            self._wait(where)
            with self._request(where, headers=headers) as answer:
                target = answer.get_redirect_location()
                if not target:
                    yield self._response(url, where, answer)
                    return
            where = _joined(where, target)
        raise SourceError("network", f"{url}: is redirected more than {MAX_REDIRECTS} times")

    def _condition(self, url: str) -> dict[str, str]:
        kept = self.validators.get(url, Validators())
        headers = {"If-None-Match": kept.etag, "If-Modified-Since": kept.modified}
        return {name: value for name, value in headers.items() if value}

    def _response(self, url: str, where: str, answer: Any) -> Response:
        if answer.status == 304:
            return Response(url=where, charset=None, body=None)
        if answer.status != 200:
            raise SourceError(
                "network", f"{url}: the server answers with status {answer.status} {answer.reason or ''}".rstrip()
            )
        kept = Validators(etag=answer.headers.get("ETag"), modified=answer.headers.get("Last-Modified"))
        self.validators[url] = kept
        body = io.BufferedReader(_Body(answer, name=url, patience=self.manners.patience))
        charset = _charset(answer.headers.get("Content-Type", ""))
        return Response(url=where, charset=charset, body=body, validators=kept)

    @contextmanager
    def _request(self, url: str, *, headers: dict[str, str] | None = None) -> Iterator[Any]:
        host = _host(url)
        try:
            answer = self._pools.request(
                "GET", url, redirect=False, preload_content=False, headers={**self._pools.headers, **(headers or {})}
            )
        except HTTPError as err:
            raise SourceError("network", f"{url}: cannot be fetched: {_reason(err)}") from err
        except (ValueError, UnicodeError) as err:
            raise SourceError("network", f"{url}: is no address that can be fetched ({err})") from err
        finally:
            self._ready[host] = time.monotonic() + max(self.manners.pause, self._crawl_delay(url))
        try:
            yield answer
        finally:
            answer.close()

    def _wait(self, url: str) -> None:
        seconds = self._ready.get(_host(url), 0.0) - time.monotonic()
        if seconds > 0:
            self._sleep(seconds)

    def _ask_robots(self, url: str) -> None:
        site = _site(url)
        if site not in self._robots:
            self._robots[site] = self._read_robots(site)
        rules = self._robots[site]
        if rules is not None and not rules.can_fetch(url, AGENT):
            raise SourceError("robots", f"{url}: robots.txt of {site} does not allow it to be fetched")

    def _read_robots(self, site: str) -> Protego | None:
        """The rules of a site; None when it has none. As RFC 9309 says: a site whose rules cannot be read is not fetched."""
        url = f"{site}/robots.txt"
        for _ in range(MAX_REDIRECTS + 1):
            with self._request(url) as answer:
                if target := answer.get_redirect_location():
                    url = _joined(url, target)
                    continue
                if answer.status >= 500:
                    raise SourceError(
                        "robots", f"{url}: cannot be read (status {answer.status}), so nothing is fetched"
                    )
                if answer.status != 200:
                    return None
                body = io.BufferedReader(_Body(answer, name=url, patience=self.manners.patience))
                return Protego.parse(body.read(MAX_ROBOTS).decode("utf-8", "replace"))
        return None

    def _crawl_delay(self, url: str) -> float:
        rules = self._robots.get(_site(url))
        return min(float(rules.crawl_delay(AGENT) or 0.0), MAX_PAUSE) if rules is not None else 0.0


def post_json(url: str, value: Any, *, manners: Manners) -> None:
    """Post a value as JSON; redirects are not followed. Raises SourceError when the server does not take it."""
    _site(url)
    try:
        with _pools(manners) as pools:
            answer = pools.request("POST", url, json=value, redirect=False)
    except (HTTPError, ValueError) as err:
        raise SourceError("network", f"{url}: cannot be posted to: {_reason(err)}") from err
    if not 200 <= answer.status < 300:
        raise SourceError("network", f"{url}: the server answers a post with status {answer.status}")


def _pools(manners: Manners) -> PoolManager:
    timeout = Timeout(connect=manners.connect, read=manners.read)
    pools = PoolManager(retries=False, timeout=timeout, headers={"User-Agent": AGENT})
    if not manners.allow_private:
        pools.pool_classes_by_scheme = {"http": _PublicPool, "https": _PublicSecurePool}
    return pools


class _Body(io.RawIOBase):
    """The body of an answer, unpacked; raises SourceError when it breaks off or only drips."""

    def __init__(self, answer: Any, *, name: str, patience: float) -> None:
        self._answer, self._name, self._patience = answer, name, patience
        self._seconds = 0.0  # spent waiting for the server; how long our own work takes is not its fault
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        started = time.monotonic()
        try:
            piece = self._answer.read1(len(buffer))
        except (HTTPError, OSError) as err:
            raise SourceError("network", f"{self._name}: breaks off: {_reason(err)}") from err
        self._count += len(piece)
        self._seconds += time.monotonic() - started
        if self._seconds > self._patience and self._count < NEVER_BELOW * self._seconds:
            raise SourceError("network", f"{self._name}: comes too slowly; given up after {self._seconds:.0f} s")
        buffer[: len(piece)] = piece
        return len(piece)


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet; addresses that wrap another one are judged by both."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = (
            found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None) or _translated(found)
        )
        if inner is not None and not is_public(str(inner)):
            return False
        if found.ipv4_mapped is not None:
            return True
    return found.is_global and not found.is_multicast


def _translated(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address in one of NAT64 (RFC 6052)."""
    if address in ipaddress.ip_network("64:ff9b::/96"):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return None


def _connect(connection: HTTPConnection) -> socket.socket:
    """Connect to the first public address of the host that answers."""
    host = connection.host.strip("[]")
    try:
        infos = socket.getaddrinfo(host, connection.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as err:
        raise NewConnectionError(connection, f"the name cannot be resolved ({err})") from err
    addresses = list(dict.fromkeys(str(info[4][0]) for info in infos))
    private = [address for address in addresses if not is_public(address)]
    if private:
        raise SourceError("private", f"{host}: is the private address {private[0]}; allow such with --allow-private")
    problem: OSError | None = None
    for address in addresses:
        try:
            return socket.create_connection((address, connection.port), timeout=connection.timeout)
        except OSError as err:
            problem = err
    raise NewConnectionError(connection, f"no connection ({problem})") from problem


class _PublicConnection(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _connect(self)


class _PublicSecureConnection(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _connect(self)


class _PublicPool(HTTPConnectionPool):
    ConnectionCls = _PublicConnection


class _PublicSecurePool(HTTPSConnectionPool):
    ConnectionCls = _PublicSecureConnection


def _reason(err: Exception) -> str:
    """The last words of an error of urllib3, without the object's address that stands before them."""
    return str(err).split(">: ")[-1].removeprefix("(").rstrip(")") or type(err).__name__


def _charset(content_type: str) -> str | None:
    found = content_type.lower().partition("charset=")[2].split(";")[0].strip(" \"'")
    return found or None


def _site(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError as err:
        raise SourceError("network", f"{url}: is no address ({err})") from err
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise SourceError("network", f"{url}: only http and https addresses can be fetched")
    return f"{parts.scheme}://{parts.netloc}"


def _joined(url: str, target: str) -> str:
    """Where a redirect leads; an address that cannot be read leads nowhere and is refused as such."""
    try:
        return urljoin(url, target)
    except ValueError:
        return target


def _host(url: str) -> str:
    return urlsplit(url).netloc.rpartition("@")[2].lower()
