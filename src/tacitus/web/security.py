"""Who is answered, and what a page may do in the browser: Host check, token, forms of our own only, and a policy that allows no script.

Everything a source page says is hostile. Templates escape it; if one ever failed to, the policy leaves it nothing to run or to load.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tacitus.web.faults import Fault, fault_response
from tacitus.web.settings import RoomSettings

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",  # under no-referrer a browser sends our own forms with "Origin: null"
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
SESSION, PASS = "tacitus_session", "tacitus_pass"


class Guard:
    """Stands before every request: host, token, and the headers of every answer."""

    def __init__(self, app: ASGIApp, *, settings: RoomSettings) -> None:
        self._app = app
        self._settings = settings
        self._pass = _digest(settings.token or "", "pass")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        session = request.cookies.get(SESSION) or secrets.token_urlsafe(24)
        scope["session"] = session
        refusal = self._refusal(request)
        fresh = SESSION not in request.cookies and refusal is None

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if fresh:
                    headers.append("set-cookie", _cookie(SESSION, session))
            await send(message)

        await (refusal or self._app)(scope, receive, with_headers)

    def _refusal(self, request: Request) -> Response | None:
        """The answer to whoever is not to be answered; or the redirection that takes the token out of the address."""
        hosts = self._settings.hosts
        if hosts is not None and host_name(request.headers) not in hosts:
            return fault_response(
                request, Fault(400, "host", "This name is not one under which the reading room answers.")
            )
        if self._settings.token is None:
            return None
        given = request.query_params.get("token", "")
        if hmac.compare_digest(given.encode(), self._settings.token.encode()):
            return self._let_in(request)
        bearer = request.headers.get("authorization", "").removeprefix("Bearer ")
        if hmac.compare_digest(bearer.encode(), self._settings.token.encode()):
            return None
        if hmac.compare_digest(request.cookies.get(PASS, "").encode(), self._pass.encode()):
            return None
        return fault_response(
            request, Fault(401, "token", "Open the address with ?token=…, as the command tacitus serve printed it.")
        )

    def _let_in(self, request: Request) -> Response:
        """The token is kept out of histories and logs: what stays with the visitor is a digest of it, in a cookie."""
        query = urlencode([(name, value) for name, value in parse_qsl(request.url.query) if name != "token"])
        path = "/" + request.url.path.lstrip("/")  # two slashes would lead to another host
        response = RedirectResponse(f"{path}?{query}" if query else path, status_code=303)
        response.headers.append("set-cookie", _cookie(PASS, self._pass))
        return response


class Forms:
    """Makes and checks the hidden field that shows that a form is one of ours, shown to this very visitor."""

    def __init__(self) -> None:
        self._secret = secrets.token_hex(32)

    def token(self, request: Request) -> str:
        """The value of the hidden field `form_token`."""
        return _digest(self._secret, str(request.scope["session"]))

    def check(self, request: Request, given: str) -> None:
        """Raises Fault when the form was not ours."""
        origin = request.headers.get("origin")
        foreign = origin is not None and urlsplit(origin).netloc != request.headers.get("host", "")
        if foreign or not hmac.compare_digest(given.encode(), self.token(request).encode()):
            raise Fault(403, "form", "This form is too old or not ours. Go back, reload the page, and try again.")


def host_name(headers: Headers) -> str:
    """The host's name without the port; "" where there is none."""
    try:
        return urlsplit(f"//{headers.get('host', '')}").hostname or ""
    except ValueError:
        return ""


def _cookie(name: str, value: str) -> str:
    return f"{name}={value}; Path=/; HttpOnly; SameSite=Strict"


def _digest(key: str, text: str) -> str:
    return hmac.new(key.encode(), text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
