"""What browsers may do with our answers, how large requests are, where writes come from.

Pure ASGI, outermost, so that errors and streams carry the same headers.

- Content Security Policy: everything from this host only; no inline script anywhere. deep-chat and
  swagger-ui set styles on elements and carry style elements, hence ``style-src 'unsafe-inline'``;
  scripts never.
- Writes are refused when the browser says they come from another site (``Sec-Fetch-Site``, else
  ``Origin``): together with ``SameSite`` cookies this replaces tokens in forms.
- A body larger than its route may need is refused while it arrives, also when its length was not
  announced.
"""

from traceback import extract_tb
from urllib.parse import urlsplit

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.refusals import refusal_answer

CSP = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "connect-src 'self'",
        "font-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)
ALWAYS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
MAX_BODY = 256 * 1024
MAX_PHOTO_BODY = 8 * 1024 * 1024 + 64 * 1024  # the picture and the multipart around it
log = structlog.get_logger("web")
_SAFE = {"GET", "HEAD", "OPTIONS"}


class TooLarge(Exception):
    """More bytes arrived than the route takes."""


class Guard:
    """The outermost middleware."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check where a write comes from and its size; put the headers on what goes out."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        out = _Out(scope, send)
        if scope["method"] not in _SAFE and foreign(headers):
            await refusal_answer(403, "cross_site")(scope, receive, out.send)
            return
        photo = scope["path"] == "/chat/photos"
        limit = MAX_PHOTO_BODY if photo else MAX_BODY
        too_large = refusal_answer(413, "photo_size" if photo else "too_large")
        announced = headers.get("content-length", "")
        if announced.isdigit() and int(announced) > limit:
            await too_large(scope, receive, out.send)
            return
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            if message["type"] == "http.request":
                seen += len(message.get("body", b""))
                if seen > limit:
                    out.muted = not out.started
                    raise TooLarge
            return message

        try:
            await self.app(scope, counted, out.send)
        except TooLarge:
            pass
        except Exception as problem:
            # Only where it happened is logged: the text of an exception may quote a customer.
            where = [f"{frame.name}:{frame.lineno}" for frame in extract_tb(problem.__traceback__)]
            kind = type(problem).__name__
            log.error("request_failed", path=scope["path"], problem=kind, where=where[-8:])
            if not out.started:
                await refusal_answer(503, "unavailable")(scope, receive, out.send)
            return
        if out.muted:  # whatever the application made of the cut body is not sent
            out.muted = False
            await too_large(scope, receive, out.send)


class _Out:
    """The way out: puts the headers on, and can be muted."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._scope = scope
        self._send = send
        self.started = False
        self.muted = False

    async def send(self, message: Message) -> None:
        """Send one ASGI message with our headers."""
        if self.muted:
            return
        if message["type"] == "http.response.start":
            self.started = True
            headers = MutableHeaders(scope=message)
            for name, value in ALWAYS.items():
                headers.setdefault(name, value)
            headers.setdefault("Cache-Control", "no-store")
            if self._scope.get("scheme") == "https":
                headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        await self._send(message)


def foreign(headers: Headers) -> bool:
    """Say whether a browser marks this request as coming from another site.

    Programs send neither header and carry no one else's cookie: they pass.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = headers.get("origin")
    if origin is None:
        return False
    return urlsplit(origin).netloc.lower() != headers.get("host", "").lower()
