"""Who runs this service, as ``knowledge/operator.yml`` says; an empty field stays empty."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from aftersales.knowledge import KnowledgeError, load
from aftersales.lines import Line, line

Kind = Literal["authorised", "independent"]


@dataclass(frozen=True)
class Operator:
    """What may be said about us. None means: not filled in, so we say that we do not know.

    Attributes:
        name: as customers read it.
        example: whether this is demo data of no real shop.
        kind: authorised by the brand or independent.
        status: the same in words.
        address: street address.
        phone: the shop's own number.
        email: the shop's own address for mail.
        hours: opening hours in words.
        notice: what a demo must warn of.
    """

    name: str
    example: bool
    kind: Kind | None
    status: str | None
    address: str | None
    phone: str | None
    email: str | None
    hours: str | None
    notice: str | None


def operator() -> Operator:
    """Return who we are.

    Raises:
        KnowledgeError: there is no name, or ``kind`` or ``example`` is not what it must be.
    """
    facts = load("operator")
    name = _text(facts.get("name"))
    if name is None:
        raise KnowledgeError("operator: the name is missing")
    example = facts.get("example")
    if not isinstance(example, bool):
        # Without it a demo could pass for a real shop.
        raise KnowledgeError("operator: example must be true or false")
    return Operator(
        name=name,
        example=example,
        kind=_kind(facts.get("kind")),
        status=_text(facts.get("status")),
        address=_text(facts.get("address")),
        phone=_text(facts.get("phone")),
        email=_text(facts.get("email")),
        hours=_text(facts.get("hours")),
        notice=_notice(facts.get("say")),
    )


def sentence(key: str) -> Line:
    """Return one of the operator's own sentences: who, hours, notice, unknown.

    Raises:
        KeyError: no such sentence.
    """
    facts = load("operator")
    return line({"source": facts["source"], **facts["say"][key]})


def _kind(value: object) -> Kind | None:
    if value in (None, ""):
        return None
    if value not in ("authorised", "independent"):
        raise KnowledgeError(f"operator: kind is authorised, independent or empty, not {value!r}")
    return value


def _notice(say: Any) -> str | None:
    notice = say.get("notice") if isinstance(say, Mapping) else None
    return _text(notice.get("say")) if isinstance(notice, Mapping) else None


def _text(value: object) -> str | None:
    """Return what is filled in; None for an empty field."""
    return (str(value).strip() or None) if value is not None else None
