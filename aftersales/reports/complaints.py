"""Why customers complained: what it was about and the cause that was found."""

from collections import Counter
from collections.abc import Container
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales import knowledge
from aftersales.reports.figures import share
from aftersales.reports.merged import stands_alone
from aftersales.reports.periods import Period
from aftersales.store.tables import ComplaintCase, Ticket

OPEN = "open"


@dataclass(frozen=True)
class Cause:
    """Rounds of complaints opened in the period with one subject and one cause; ``open`` is not
    found out yet."""

    about: str
    cause: str
    count: int
    share: float


def complaint_causes(session: Session, period: Period) -> tuple[Cause, ...]:
    """Count the causes, the most frequent first."""
    book = knowledge.load("complaints")
    rows = session.execute(
        select(ComplaintCase.about, ComplaintCase.cause)
        .join(Ticket, Ticket.id == ComplaintCase.ticket_id)
        .where(
            ComplaintCase.opened_at >= period.start,
            ComplaintCase.opened_at < period.end,
            stands_alone(),
        )
    )
    found = Counter(
        (_known(about, book["about"]), _known(cause, book["causes"])) for about, cause in rows
    )
    total = sum(found.values())
    lines = [
        Cause(about, cause, count, share(count, total) or 0.0)
        for (about, cause), count in found.items()
    ]
    return tuple(sorted(lines, key=lambda line: (-line.count, line.about, line.cause)))


def _known(key: str | None, names: Container[str]) -> str:
    return key if key is not None and key in names else OPEN
