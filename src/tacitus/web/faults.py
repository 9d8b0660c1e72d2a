"""What goes wrong, in one shape: `{"error": {"status", "kind", "message"}}` as JSON, the same three as a page."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tacitus.errors import StoreError

KINDS = {404: "not-found", 405: "method", 400: "request"}
MESSAGES = {404: "There is nothing at this address.", 405: "This address does not take such requests."}


class Fault(Exception):
    """A request that cannot be answered. `kind` is a short stable word, `message` a sentence for the visitor."""

    def __init__(self, status: int, kind: str, message: str) -> None:
        super().__init__(message)
        self.status, self.kind, self.message = status, kind, message


def fault_response(request: Request, fault: Fault) -> Response:
    """The fault as JSON under /api/ and for who asks for JSON, else as a page."""
    if wants_json(request):
        error = {"status": fault.status, "kind": fault.kind, "message": fault.message}
        return JSONResponse({"error": error}, status_code=fault.status)
    from tacitus.web.templates import environment

    html = environment().get_template("fault.html").render(fault=fault, here=None)
    return Response(html, status_code=fault.status, media_type="text/html")


def wants_json(request: Request) -> bool:
    """Whether the visitor is a program."""
    return request.url.path.startswith("/api/") or request.headers.get("accept", "").startswith("application/json")


async def on_fault(request: Request, error: Exception) -> Response:
    """Turns what handlers raise into an answer."""
    match error:
        case Fault():
            return fault_response(request, error)
        case HTTPException(status_code=status):
            message = MESSAGES.get(status, str(error.detail))
            return fault_response(request, Fault(status, KINDS.get(status, "request"), message))
        case StoreError():
            return fault_response(request, Fault(503, "store", str(error)))
        case _:
            return fault_response(
                request, Fault(500, "internal", "The reading room failed at this page; its log says why.")
            )
