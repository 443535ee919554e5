"""
Who may talk to the simulator: programs on this machine, and its own page.

Any web site open in a browser can send requests to 127.0.0.1. It is stopped here by the Host header (DNS rebinding:
owasp.org/www-community/attacks/DNS_rebinding), by Origin and Fetch Metadata (w3.org/TR/fetch-metadata), and by the
demand for JSON, which a foreign form cannot send.
"""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

LOCAL_HOSTS = frozenset(("127.0.0.1", "localhost", "[::1]"))


class Guard:
    """ASGI middleware in front of everything."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through or answer 403."""
        reason = _objection(scope) if scope["type"] == "http" else None
        if reason is None:
            await self._app(scope, receive, send)
        else:
            await PlainTextResponse(reason, 403)(scope, receive, send)


def _objection(scope: Scope) -> str | None:
    headers = Headers(scope=scope)
    host = headers.get("host", "")
    if _without_port(host) not in LOCAL_HOSTS:
        return "This simulator answers to 127.0.0.1 and localhost only."
    is_page = scope["path"] == "/" and scope["method"] == "GET"
    if headers.get("sec-fetch-site", "none") not in ("none", "same-origin") and not is_page:
        return "Requests from other sites are refused."
    origin = headers.get("origin")
    if origin is not None and origin != f"http://{host}":
        return "Requests from other origins are refused."
    is_control = scope["path"].startswith("/_control/") and scope["method"] == "POST"
    if is_control and headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        return "Send JSON (Content-Type: application/json)."
    return None


def _without_port(host: str) -> str:
    name, colon, port = host.rpartition(":")
    return (name if colon and port.isdecimal() else host).lower()
