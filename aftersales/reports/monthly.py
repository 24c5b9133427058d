"""The monthly report (standard 3): everything the other files count, for one period."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from aftersales.reports.care import (
    Callbacks,
    HandOvers,
    Opinions,
    callbacks,
    hand_overs,
    opinions,
)
from aftersales.reports.complaints import Cause, complaint_causes
from aftersales.reports.kept import Kept, deadlines_kept
from aftersales.reports.late import Overdue, overdue
from aftersales.reports.pareto import Fault, fault_pareto
from aftersales.reports.periods import Period
from aftersales.reports.repeats import Repeats, repeats
from aftersales.reports.turnround import TurnRound, turn_rounds
from aftersales.reports.visits import Visits, visits
from aftersales.reports.volume import Volume, classes, volumes
from aftersales.staff import Crew, crew

#: The promises of the source document that head the report.
PROMISES = ("first_answer", "question", "complaint_answer", "complaint_close", "training")


@dataclass(frozen=True)
class MonthlyReport:
    """One month in figures. Nothing in it is about a person."""

    period: Period
    volumes: tuple[Volume, ...]
    classes: Mapping[str, int]
    kept: tuple[Kept, ...]
    overdue: Overdue
    callbacks: Callbacks
    opinions: Opinions
    hand_overs: HandOvers
    visits: Visits
    turn_rounds: tuple[TurnRound, ...]
    repeats: tuple[Repeats, ...]
    causes: tuple[Cause, ...]
    faults: tuple[Fault, ...]
    crew: Crew

    def promise(self, kind: str) -> Kept:
        """Return how one kind of deadline was kept.

        Raises:
            KeyError: there is no such kind.
        """
        for line in self.kept:
            if line.kind == kind:
                return line
        raise KeyError(kind)


def monthly_report(session: Session, period: Period) -> MonthlyReport:
    """Count everything for a period; reads only."""
    return MonthlyReport(
        period=period,
        volumes=volumes(session, period),
        classes=classes(session, period),
        kept=deadlines_kept(session, period),
        overdue=overdue(session, period),
        callbacks=callbacks(session, period),
        opinions=opinions(session, period),
        hand_overs=hand_overs(session, period),
        visits=visits(session, period),
        turn_rounds=turn_rounds(session, period),
        repeats=repeats(session, period),
        causes=complaint_causes(session, period),
        faults=fault_pareto(session, period),
        crew=crew(session, period.first_day, period.last_day),
    )
