"""A person's copy of his own data, as JSON and as a page; only at a signed address that expires.

The address was given out in the conversation after a proof and opens for that conversation's
session only; it names nobody.
"""

import json
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from aftersales import knowledge
from aftersales.people.copies import copy_of
from aftersales.people.copy_links import PATH, CopyLinks
from aftersales.people.subjects import subject_of
from web.pages import templates
from web.parts import Parts, ThePartsOf, Visitor
from web.refusals import Refusal
from web.sessions import Session
from web.texts import texts

router = APIRouter(prefix=PATH.rstrip("/"), include_in_schema=False)
PRIVATE = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}


@router.get("/{key}.json")
def as_json(key: str, parts: ThePartsOf, who: Visitor) -> Response:
    """Hand over the copy as a file."""
    content = json.dumps(_copy(key, parts, who), ensure_ascii=False, indent=2)
    headers = {**PRIVATE, "Content-Disposition": 'attachment; filename="my-data.json"'}
    return Response(content, media_type="application/json", headers=headers)


@router.get("/{key}")
def as_page(key: str, parts: ThePartsOf, who: Visitor) -> HTMLResponse:
    """Show the copy."""
    copy = _copy(key, parts, who)
    return HTMLResponse(render(copy, f"{PATH}{key}.json"), headers=PRIVATE)


def render(copy: dict[str, Any], download: str) -> str:
    """Return the readable page of a copy.

    Args:
        copy: made by ``copy_of``.
        download: address of the same as JSON.
    """
    words = texts()["copy"]
    tables = [
        {
            "name": words["tables"].get(name, name),
            "rows": [
                [(words["columns"].get(key, key), _shown(value)) for key, value in row.items()]
                for row in rows
            ],
        }
        for name, rows in copy["tables"].items()
    ]
    lead = words["lead"].format(made_at=_shown(copy["made_at"]))
    page = templates().get_template("copy.html")
    return page.render(words=words, lead=lead, tables=tables, download=download)


def _copy(key: str, parts: Parts, who: Session) -> dict[str, Any]:
    now = parts.clock.now()
    if not CopyLinks(parts.settings.session_secret()).good(who.sender, key, now):
        raise Refusal(403, "copy_gone")
    with parts.store.session(read_only=True) as session:
        return copy_of(session, subject_of(session, {who.sender}, whole=True), now)


def _shown(value: Any) -> str:
    """A value for people: moments in the shop's time, nothing as a dash."""
    if value in (None, "", [], {}):
        return "–"
    if isinstance(value, str):
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            return value
        if moment.tzinfo is not None:
            zone = ZoneInfo(knowledge.load("calendar")["time_zone"])
            return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"
        return value
    if isinstance(value, list):
        return "、".join(
            str(one.get("title", "")) if isinstance(one, dict) else str(one) for one in value
        )
    return str(value)
