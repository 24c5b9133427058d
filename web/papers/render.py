"""A paper as one HTML page that needs nothing else: style and square are inside it."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from aftersales import knowledge
from aftersales.operator import operator
from aftersales.people import mask_phone_end
from aftersales.workshop import FOR_CUSTOMERS, Dossier
from web.papers import formats
from web.papers.qr import square, status_url

_HERE = Path(__file__).parent / "templates"
#: Pages of a book: several repairs, one line each.
REGISTERS = ("call_register", "inout_register")
#: Lines of a register's page.
LINES = 10


class NotIssued(LookupError):
    """The repair has no such paper (yet)."""


def render_paper(
    kind: str,
    found: Dossier,
    *,
    now: datetime,
    base_url: str,
    token: str | None = None,
) -> str:
    """Return one paper of one repair as HTML.

    Args:
        kind: one of ``aftersales.workshop.KINDS``.
        found: the repair.
        now: when it is printed.
        base_url: where our pages are, for the square on the papers ``FOR_CUSTOMERS``.
        token: the status page's link, when there is one.

    Raises:
        NotIssued: the repair has no such paper.
    """
    square_of = square(status_url(base_url, token)) if kind in FOR_CUSTOMERS else None
    return _render(kind, [found], now, square_of)


def render_register(kind: str, found: Sequence[Dossier], *, now: datetime) -> str:
    """Return a page of 叫修登记簿 or 客户商品进出登记簿 with several repairs.

    Raises:
        ValueError: not a register, or more repairs than a page has lines.
        NotIssued: one of them does not stand in this register.
    """
    if kind not in REGISTERS or not 1 <= len(found) <= LINES:
        raise ValueError(f"{kind}: a register with 1 to {LINES} repairs is expected")
    return _render(kind, found, now)


@lru_cache(maxsize=1)
def templates() -> Environment:
    """Return the templates; everything put into them is escaped, a missing value is an error."""
    made = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for name in ("day", "clock", "short", "full", "money", "capitals", "hours"):
        made.filters[name] = getattr(formats, name)
    made.filters["mask_phone_end"] = mask_phone_end
    return made


def _render(kind: str, found: Sequence[Dossier], now: datetime, qr: Markup | None = None) -> str:
    for one in found:
        if kind not in one.papers:
            raise NotIssued(kind)
    css = (_HERE / "papers.css").read_text(encoding="utf-8")
    values: dict[str, Any] = {
        "css": Markup(css),  # noqa: S704 - our own file
        "operator": operator(),
        "book": knowledge.load("workshop"),
        "estimate_kinds": knowledge.load("estimates")["kinds"],
        "classes": knowledge.load("tickets")["classes"],
        "now": now,
        "qr": qr,
        "kind": kind,
        "title": knowledge.load("workshop")["papers"][kind]["name"],
        "found": found,
        "d": found[0],
        "t": found[0].ticket,
        "paper": found[0].papers[kind],
        "lines": LINES,
    }
    return templates().get_template(f"{kind}.html").render(values)
