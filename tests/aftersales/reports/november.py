"""One November, written by hand row by row: what the reports must make of it can be counted on
paper. Times are given as the shop's clock shows them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from aftersales.store.tables import (
    CarePlan,
    ComplaintCase,
    Conversation,
    Customer,
    Deadline,
    DeadlinePause,
    HandOver,
    LateDay,
    Paper,
    Satisfaction,
    Ticket,
    TicketFinding,
    TicketMove,
)

SECRET = "机密"  # stands in every personal column
SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    """A moment of 2026 by the shop's clock."""
    return datetime(2026, month, day, hour, minute, second, tzinfo=SHANGHAI).astimezone(UTC)


class Book:
    """Writes rows; ids count up in the order they are written."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.customer = Customer(
            name=SECRET, phone="13800005678", phone_digest=SECRET, phone_last4="5678",
            address=SECRET, created_at=at(10, 1), updated_at=at(10, 1),
        )  # fmt: skip
        session.add(self.customer)
        session.flush()

    def ticket(
        self, number: str, kind: str, *moves: tuple[str, datetime], calibre: str | None = None,
        case_code: str | None = None, serial: str | None = None, cls: str | None = None,
        symptom: str | None = None, note: str | None = None, cause: str | None = None,
    ) -> Ticket:  # fmt: skip
        """Write a ticket with its moves; the first one is its creation."""
        before = [None, *(state for state, _ in moves)]
        ticket = Ticket(
            number=number, draft_id=number, kind=kind, state=moves[-1][0],
            customer_id=self.customer.id, contact_name=SECRET, channel="widget", sender=SECRET,
            fault=SECRET, note=SECRET, address=SECRET, calibre=calibre, case_code=case_code,
            serial=serial, service_class=cls, created_at=moves[0][1], updated_at=moves[-1][1],
            moves=[
                TicketMove(from_state=old, to_state=new, who=SECRET, why=SECRET, at=moment)
                for old, (new, moment) in zip(before, moves, strict=False)
            ],
            findings=[TicketFinding(position=0, label="备注", value=SECRET)],
        )  # fmt: skip
        if symptom is not None:
            ticket.findings.append(TicketFinding(position=1, label="现象", value=symptom))
        self.session.add(ticket)
        self.session.flush()
        if note is not None or cause is not None:
            self.session.add(
                Paper(
                    ticket_id=ticket.id,
                    kind="repair_card",
                    number=f"XH-{number}",
                    state="open",
                    issued_at=moves[0][1],
                    issued_by=SECRET,
                    note=note,
                    cause=cause,
                )  # fmt: skip
            )
        return ticket

    def deadline(
        self, ticket: Ticket, kind: str, due: datetime, met: datetime | None = None,
        dropped: datetime | None = None, paused: datetime | None = None,
    ) -> Deadline:  # fmt: skip
        """Write a deadline."""
        row = Deadline(
            key=f"{kind}:{ticket.number}", kind=kind, clock="wall", ticket_id=ticket.id,
            started_at=ticket.created_at, allowance_s=1.0, due_at=due, met_at=met,
            dropped_at=dropped,
        )  # fmt: skip
        if paused is not None:
            row.pauses.append(DeadlinePause(reason="parts", begun_at=paused))
        self.session.add(row)
        self.session.flush()
        return row

    def late(self, deadline: Deadline, *days: date) -> None:
        """Write days late."""
        for day in days:
            self.session.add(
                LateDay(
                    deadline_id=deadline.id,
                    ticket_id=deadline.ticket_id,
                    day=day,
                    noted_at=at(11, 6),
                )  # fmt: skip
            )

    def plan(self, ticket: Ticket, kind: str, due: datetime, done: datetime | None = None) -> None:
        """Write a call or a reminder."""
        self.session.add(
            CarePlan(
                ticket_id=ticket.id,
                customer_id=self.customer.id,
                kind=kind,
                state="done" if done else "planned",
                planned_at=at(10, 26),
                due_at=due,
                done_at=done,
                outcome=SECRET,
            )  # fmt: skip
        )

    def opinion(self, key: str, asked: datetime, answered: datetime | None, score: int) -> None:
        """Write what somebody said."""
        self.session.add(
            Satisfaction(
                case_key=key,
                sender=SECRET,
                channel="widget",
                asked_at=asked,
                answered_at=answered,
                score=score if answered else None,
                comment=SECRET,
                on_product=SECRET,
                on_service=SECRET,
            )  # fmt: skip
        )

    def hand_over(
        self, asked: datetime, taken: datetime | None = None, closed: datetime | None = None
    ) -> None:
        """Write a request for a person."""
        talk = Conversation(
            channel="widget", sender=f"{SECRET}{asked}", owner="bot", owner_since=asked,
            person=SECRET, created_at=asked, last_message_at=asked,
        )  # fmt: skip
        self.session.add(talk)
        self.session.flush()
        self.session.add(
            HandOver(
                conversation_id=talk.id,
                reason="asked",
                asked_at=asked,
                taken_at=taken,
                taken_by=SECRET,
                closed_at=closed,
            )  # fmt: skip
        )

    def case(self, ticket: Ticket, about: str | None, cause: str | None) -> None:
        """Write a round of a complaint."""
        self.session.add(
            ComplaintCase(
                ticket_id=ticket.id,
                opened_at=ticket.created_at,
                about=about,
                cause=cause,
                cause_note=SECRET,
                measure=SECRET,
                answer=SECRET,
                answered_by=SECRET,
                staff=SECRET,
            )  # fmt: skip
        )


def write(session: Session) -> None:
    """Write the month. November 2026: the 1st is a Sunday, the 2nd a Monday."""
    book = Book(session)
    # A repair of three days, with two of them late.
    r1 = book.ticket(
        "FW-1", "repair", ("registered", at(11, 2, 10)), ("awaiting_assignment", at(11, 2, 10, 5)),
        ("in_service", at(11, 2, 10, 30)), ("taken_in", at(11, 2, 11)),
        ("repairing", at(11, 2, 13)), ("awaiting_check", at(11, 4, 10)),
        ("awaiting_return", at(11, 4, 11)), ("returned", at(11, 5, 10)),
        ("archived", at(11, 5, 10, 30)), calibre="4R36", case_code="0001", serial="510001",
        cls="A", symptom="机械表走快", note="受磁，已消磁",
    )  # fmt: skip
    # The same watch again fifteen days later: a repeat; still here when the month ends.
    r2 = book.ticket(
        "FW-2", "repair", ("registered", at(11, 20, 10)), ("in_service", at(11, 20, 10, 30)),
        ("taken_in", at(11, 20, 11)), calibre="4r36", case_code="0001", serial="510001", cls="C",
        symptom="机械表走快", note="没有受磁",
    )  # fmt: skip
    # Opened a second before November, archived the moment December begins.
    r3 = book.ticket(
        "FW-3", "repair", ("registered", at(10, 31, 23, 59, 59)),
        ("done_on_spot", at(11, 2, 9, 30)), ("archived", at(12, 1)),
        calibre="7S26", case_code="0020", serial="710002", cls="C",
    )  # fmt: skip
    # Opened the moment November begins, cancelled in its last second.
    r4 = book.ticket(
        "FW-4", "repair", ("registered", at(11, 1)), ("cancelled", at(11, 30, 23, 59, 59)),
        calibre="7S26",
    )  # fmt: skip
    c1 = book.ticket(
        "TS-1", "complaint", ("registered", at(11, 10, 9)), ("answering", at(11, 10, 15)),
        ("closed", at(11, 12, 9)),
    )  # fmt: skip
    c2 = book.ticket("TS-2", "complaint", ("registered", at(11, 28, 9)))
    book.ticket("HD-1", "callback", ("registered", at(12, 1)))  # the moment December begins

    book.deadline(r1, "first_answer", at(11, 2, 15), met=at(11, 2, 10, 30))
    book.deadline(r2, "first_answer", at(11, 20, 14), met=at(11, 20, 14, 0, 1))
    book.deadline(r4, "first_answer", at(11, 2, 14), met=at(11, 2, 14))
    book.deadline(c1, "complaint_answer", at(11, 11, 9), met=at(11, 10, 15))
    book.deadline(c2, "complaint_answer", at(11, 29, 9), met=at(12, 1, 9))  # broken in November
    book.deadline(c1, "complaint_close", at(12, 10, 9), met=at(11, 12, 9))
    book.deadline(c2, "complaint_close", at(12, 28, 9))
    agreed = book.deadline(r1, "delivery", at(11, 3, 12), met=at(11, 5, 10))
    book.deadline(r2, "delivery", at(11, 27, 12), paused=at(11, 25, 12))
    book.deadline(r4, "assign", at(12, 2), dropped=at(11, 30, 23, 59, 59))
    old = book.deadline(r3, "delivery", at(10, 30, 12), met=at(11, 2, 9, 30))
    book.late(agreed, date(2026, 11, 4), date(2026, 11, 5))
    book.late(old, date(2026, 10, 31), date(2026, 12, 1))

    book.plan(r1, "callback", at(11, 25, 10), done=at(11, 26, 10))
    book.plan(r1, "maintenance", at(11, 25, 10))
    book.plan(r3, "callback", at(11, 29, 10))
    book.plan(r2, "callback", at(12, 3, 10), done=at(11, 28, 10))
    book.opinion("a", at(11, 6), at(11, 6, 1), 5)
    book.opinion("b", at(11, 7), at(11, 30, 23, 59, 59), 4)
    book.opinion("c", at(11, 30), at(12, 1), 1)
    book.opinion("d", at(11, 9), None, 1)
    book.hand_over(at(10, 31, 23, 59, 59), at(11, 1), at(11, 1))
    book.hand_over(at(11, 1), at(11, 2, 9), at(11, 2, 10))
    book.hand_over(at(11, 30, 18), at(12, 1, 9))
    book.case(c1, "delay", "waiting_parts")
    book.case(c2, None, None)
    session.flush()
