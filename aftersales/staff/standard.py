"""What the source document asks of service people (standard 2): five years in the trade, college or
above. Information for the head, no gate: nobody is kept from working by it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from aftersales import knowledge
from aftersales.staff.register import on_staff
from aftersales.store.tables import StaffMember


@dataclass(frozen=True)
class Standing:
    """The two parts of the standard; None where the register does not say."""

    years: bool | None
    education: bool | None

    @property
    def meets(self) -> bool | None:
        """Whether both are met; None while that is open."""
        parts = (self.years, self.education)
        if False in parts:
            return False
        return None if None in parts else True


@dataclass(frozen=True)
class Crew:
    """How many of our people meet the standard: who was here, of them five years in the trade,
    college or above, both; ``unknown`` are those the register does not say enough about."""

    here: int
    years: int
    education: int
    both: int
    unknown: int


def crew(session: Session, first: date, last: date) -> Crew:
    """Count who was here on some day from ``first`` to ``last``, as of the last day."""
    found = [standing(member, last) for member in on_staff(session, first, last)]
    return Crew(
        here=len(found),
        years=sum(one.years is True for one in found),
        education=sum(one.education is True for one in found),
        both=sum(one.meets is True for one in found),
        unknown=sum(one.meets is None for one in found),
    )


def standing(member: StaffMember, day: date) -> Standing:
    """Hold one of our people against the standard, as of a day."""
    book = knowledge.load("staff")
    years, degrees = int(book["standard"]["trade_years"]), list(book["education"])
    least = degrees.index(book["standard"]["education"])
    return Standing(
        years=None if member.trade_since is None else _years(member.trade_since, day) >= years,
        education=None if member.education is None else degrees.index(member.education) >= least,
    )


def _years(since: date, day: date) -> int:
    """Whole years; somebody who began on 29 February has one more on 1 March."""
    return day.year - since.year - ((day.month, day.day) < (since.month, since.day))
