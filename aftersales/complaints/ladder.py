"""The document's ladder (standard 15), as a counter and nothing more.

Internal: people decide, this only counts how many complaints about one person's conduct proved
true. No view for customers and no sentence knows of it.
"""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from aftersales import knowledge
from aftersales.store.tables import ComplaintCase


@dataclass(frozen=True)
class Ladder:
    """Where one of our people stands.

    Attributes:
        staff: the name as recorded.
        upheld: how many complaints about conduct proved true.
        step: key of the step the document names for that count; None before the first.
        name: the step's name, for internal eyes.
    """

    staff: str
    upheld: int
    step: str | None
    name: str | None


def counts(about: str | None) -> bool:
    """Say whether complaints about this subject count on the ladder."""
    return about in knowledge.load("complaints")["ladder"]["about"]


def ladder(session: Session, staff: str, *also: str) -> Ladder:
    """Return how often complaints about this person's conduct proved true.

    Several rounds of one complaint count once.

    Args:
        session: a session.
        staff: the name as recorded.
        also: other names records may have for the same person.
    """
    rules = knowledge.load("complaints")["ladder"]
    upheld = (
        session.scalar(
            select(func.count(func.distinct(ComplaintCase.ticket_id))).where(
                ComplaintCase.staff.in_([staff.strip(), *also]),
                ComplaintCase.upheld.is_(True),
                ComplaintCase.about.in_(rules["about"]),
            )
        )
        or 0
    )
    reached = rules["steps"][min(upheld, len(rules["steps"])) - 1] if upheld else None
    return Ladder(
        staff=staff.strip(),
        upheld=upheld,
        step=reached["key"] if reached else None,
        name=reached["name"] if reached else None,
    )
