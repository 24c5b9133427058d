"""The support page, the handbook of the chat API, and the few files that both need."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from fastapi import APIRouter
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from aftersales.operator import Operator, operator
from web import asking
from web.dial import dial
from web.parts import ThePartsOf
from web.refusals import Refusal
from web.texts import texts

router = APIRouter(include_in_schema=False)
HERE = Path(__file__).parent
VERSION = "1"

# Only these files of node_modules can be fetched.
VENDOR = {
    "deep-chat.js": ("deep-chat/dist/deepChat.bundle.js", "text/javascript"),
    "swagger-ui.js": ("swagger-ui-dist/swagger-ui-bundle.js", "text/javascript"),
    "swagger-ui.css": ("swagger-ui-dist/swagger-ui.css", "text/css"),
}
OWN = {
    "chat.js": "text/javascript",
    "docs.js": "text/javascript",
    "page.css": "text/css",
    "sheet.css": "text/css",
    "favicon.svg": "image/svg+xml",
}


@lru_cache(maxsize=1)
def templates() -> Environment:
    """Return the templates; everything put into them is escaped, a missing value is an error."""
    return Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined
    )


@router.api_route("/", methods=["GET", "HEAD"])
def page(parts: ThePartsOf, ask: str = "") -> HTMLResponse:
    """Show the support page; with the pass of a status page, with a question about that ticket."""
    return HTMLResponse(_page(operator(), asking.opened_with(parts, ask, parts.clock.now())))


@router.get("/docs")
def docs() -> HTMLResponse:
    """Show the handbook of the chat API."""
    return HTMLResponse(templates().get_template("docs.html").render(operator=operator()))


@router.get("/favicon.ico")
def favicon() -> RedirectResponse:
    """Point old browsers at the drawing."""
    return RedirectResponse("/static/favicon.svg", status_code=308)


@router.get("/static/vendor/{name}")
def vendor(name: str, parts: ThePartsOf) -> FileResponse:
    """Serve one of the few files of other people that the pages use."""
    if name not in VENDOR:
        raise Refusal(404, "not_found")
    path, media_type = VENDOR[name]
    return _file(parts.settings.root / "node_modules" / path, media_type)


@router.get("/static/{name}")
def own(name: str) -> FileResponse:
    """Serve one of our own files."""
    if name not in OWN:
        raise Refusal(404, "not_found")
    return _file(HERE / "static" / name, OWN[name])


def _file(path: Path, media_type: str) -> FileResponse:
    if not path.is_file():
        raise Refusal(404, "not_found")
    # no-cache: kept, but asked for by its tag each time, so that old and new never mix
    return FileResponse(path, media_type=media_type, headers={"Cache-Control": "no-cache"})


def _page(who: Operator, opened: asking.Asking | None) -> str:
    words = _filled(texts()["page"], who.name)
    chat = texts()["chat"]
    contact = [
        {"label": words["contact_name"], "value": who.name},
        {"label": words["contact_status"], "value": who.status},
        {"label": words["contact_phone"], "value": who.phone},
        {"label": words["contact_address"], "value": who.address},
        {"label": words["contact_hours"], "value": who.hours},
    ]
    client = {key: value for key, value in chat.items() if isinstance(value, str)}
    client["end_confirm"] = words["end_confirm"]
    return (
        templates()
        .get_template("page.html")
        .render(
            page=words,
            opened=opened,
            chat=chat,
            operator=who,
            contact=contact,
            dial=dial(),
            version=VERSION,
            client_texts=script_data(client),
        )
    )


def script_data(value: Any) -> Markup:
    """Return JSON that may stand inside a script element: no ``<`` can end it early."""
    text = json.dumps(value, ensure_ascii=False)
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704 - escaped just above


def _filled(value: Any, name: str) -> Any:
    if isinstance(value, str):
        return value.replace("{name}", name)
    if isinstance(value, list):
        return [_filled(item, name) for item in value]
    if isinstance(value, dict):
        return {key: _filled(item, name) for key, item in value.items()}
    return value
