"""Who runs this service, as the page says it: from ``knowledge/operator.yml``, never guessed."""

from dataclasses import dataclass
from typing import Any

from aftersales import knowledge


@dataclass(frozen=True)
class Operator:
    """What may be shown. None means that the operator has not filled the field in."""

    name: str
    example: bool
    status: str | None
    phone: str | None
    address: str | None
    hours: str | None
    notice: str | None


def operator() -> Operator:
    """Return who we are."""
    facts = knowledge.load("operator")
    notice = facts.get("say", {}).get("notice", {}).get("say")
    return Operator(
        name=str(facts["name"]),
        example=bool(facts["example"]),
        status=_text(facts.get("status")),
        phone=_text(facts.get("phone")),
        address=_text(facts.get("address")),
        hours=_text(facts.get("hours")),
        notice=_text(notice),
    )


def _text(value: Any) -> str | None:
    """Return what is filled in; None for an empty field."""
    return str(value).strip() or None if value is not None else None
