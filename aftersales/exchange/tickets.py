"""The table of tickets: one line per number.

A ticket that is not here yet is taken over as it stands: its history is that it was opened and, by
the import, brought to its state. A ticket that is here keeps its state, which only its own moves
change; the line may put right what is written about watch and fault.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from aftersales import knowledge
from aftersales.exchange import fields
from aftersales.exchange.importer import Importer, Row
from aftersales.exchange.pipeline import BATCH
from aftersales.exchange.problems import BadValue
from aftersales.exchange.reading import Cells
from aftersales.ids import PREFIXES, canonical_ticket_number
from aftersales.people.masking import mask_name, mask_phone, mask_serial
from aftersales.people.phones import digest, last4
from aftersales.store.tables import Customer, Ticket, TicketMove
from aftersales.tickets.follow import do_follow
from aftersales.tickets.states import initial_state, is_final

WHO = "import"
STARS = "****"
#: Texts a line may put right, with the most characters their column holds.
TEXTS = {
    "calibre": 10, "case_code": 10, "serial": 20, "model": 40, "line": 40, "fault": 2000,
    "note": 2000, "class_reason": 300, "address": 300,
}  # fmt: skip
#: What a line must not change: it says which ticket is meant, or what happened to it.
FIXED = ("kind", "state", "created_at", "closed_at")
_HIDDEN = ("fault", "note", "class_reason", "address")


class TicketImporter(Importer):
    """Tickets by number; empty cells leave what is known."""

    name, table, column, key = "tickets", Ticket, "number", "number"
    along = (joinedload(Ticket.customer),)

    def read(self, cells: Cells, now: datetime) -> Row:
        """Return what the line says of a ticket.

        Raises:
            BadValue: the first thing wrong with the line.
        """
        row = super().read(cells, now)
        _agree(row)
        return row

    def values(self, cells: Cells, now: datetime) -> Row:
        """Return what the cells say of a ticket.

        Raises:
            BadValue: the first thing wrong with them.
        """
        number = canonical_ticket_number(cells["number"])
        if number is None:
            raise BadValue("bad_number", cells["number"], "number")
        return {
            "number": number,
            "kind": fields.choice(cells, "kind", _names("kinds")),
            "state": fields.choice(cells, "state", _names("states")),
            "contact_name": fields.text(cells, "contact_name", 100),
            "phone": fields.phone(cells),
            "service_mode": fields.choice(cells, "service_mode", _modes()),
            "service_class": fields.choice(cells, "service_class", _names("classes")),
            "channel": fields.text(cells, "channel", 30),
            "created_at": fields.moment(cells, "created_at", now),
            "closed_at": fields.moment(cells, "closed_at", now),
            **{name: fields.text(cells, name, most) for name, most in TEXTS.items()},
        }

    def brings_back(self, found: Ticket | None, row: Row, erased_at: datetime) -> bool:
        """Say whether the ticket is older than the wish; a later one is of a person who is back."""
        return bool(row["created_at"] < erased_at)

    def check(self, found: Ticket | None, row: Row) -> None:
        """Object to a line that tells another story of a ticket that is here.

        Raises:
            BadValue: it does.
        """
        if found is None:
            return
        for name in FIXED:
            if getattr(found, name) != row.get(name):
                raise BadValue("differs", row["number"], name)
        if found.customer.phone != row["phone"]:
            raise BadValue("differs", row["number"], "phone")

    def changes(self, found: Ticket, row: Row) -> Row:
        """Return what is put right in the words about watch and fault."""
        said = {name: row[name] for name in (*TEXTS, "contact_name") if name in row}
        return super().changes(found, said)

    def add(self, session: Session, rows: Sequence[Row], now: datetime) -> None:
        """Take new tickets over, with their customers and their history."""
        people = _customers(session, rows, now)
        for row in rows:
            _add(session, row, people[row["phone"]], now)


def ticket_rows(session: Session, reveal: bool) -> Iterator[dict[str, str]]:
    """Give each ticket as a line; those of erased customers are left out.

    Args:
        session: a session that stays open meanwhile.
        reveal: in full.
    """
    query = (
        select(Ticket, Customer.phone)
        .join(Customer)
        .order_by(Ticket.id)
        .execution_options(yield_per=BATCH)
    )
    for ticket, phone in session.execute(query):
        if not phone:
            continue
        line = {name: str(getattr(ticket, name) or "") for name in (*TEXTS, "channel")}
        line |= {
            "number": ticket.number,
            "kind": ticket.kind,
            "state": ticket.state,
            "contact_name": ticket.contact_name,
            "phone": phone,
            "service_mode": ticket.service_mode or "",
            "service_class": ticket.service_class or "",
            "created_at": fields.moment_text(ticket.created_at),
            "closed_at": fields.moment_text(ticket.closed_at),
        }
        yield line if reveal else _masked(line)


def _masked(line: dict[str, str]) -> dict[str, str]:
    return {
        **line,
        "contact_name": mask_name(line["contact_name"]),
        "phone": mask_phone(line["phone"]),
        "serial": mask_serial(line["serial"]),
        **{name: STARS for name in _HIDDEN if line[name]},
    }


def _agree(row: Row) -> None:
    kind, state = row["kind"], row["state"]
    if not row["number"].startswith(PREFIXES[kind]):
        raise BadValue("kind_and_number", row["number"], "kind")
    moves = knowledge.load("tickets")["moves"][kind]
    if state not in {initial_state(kind), *moves, *(s for to in moves.values() for s in to)}:
        raise BadValue("bad_choice", state, "state")
    if is_final(state) != ("closed_at" in row):
        raise BadValue("state_and_end", column="closed_at")
    if "closed_at" in row and row["closed_at"] < row["created_at"]:
        raise BadValue("end_before_start", column="closed_at")
    if kind != "callback" and "fault" not in row:
        raise BadValue(
            "missing_value", knowledge.load("exchange")["tickets"]["columns"]["fault"][1], "fault"
        )


def _customers(session: Session, rows: Sequence[Row], now: datetime) -> dict[str, Customer]:
    """The customers of new tickets by phone; new ones are made."""
    wanted = {digest("phone", row["phone"]): row for row in reversed(rows)}
    query = select(Customer).where(Customer.phone_digest.in_(wanted))
    found = {customer.phone_digest: customer for customer in session.scalars(query)}
    for index, row in wanted.items():
        if index not in found:
            found[index] = Customer(
                name=row["contact_name"], phone=row["phone"], phone_digest=index,
                phone_last4=last4(row["phone"]), created_at=now, updated_at=now,
            )  # fmt: skip
            session.add(found[index])
    session.flush()
    return {customer.phone: customer for customer in found.values()}


def _add(session: Session, row: Row, customer: Customer, now: datetime) -> None:
    first, state, opened = initial_state(row["kind"]), row["state"], row["created_at"]
    moves = [TicketMove(from_state=None, to_state=first, who=WHO, at=opened)]
    if state != first:
        at = row.get("closed_at", now)
        moves.append(TicketMove(from_state=first, to_state=state, who=WHO, at=at))
    values = {name: value for name, value in row.items() if name != "phone"}
    ticket = Ticket(
        **{"channel": WHO, **values},
        draft_id=f"{WHO}:{row['number']}",
        customer_id=customer.id,
        sender=WHO,
        updated_at=now,
        moves=moves,
    )
    session.add(ticket)
    session.flush()
    if state == first:  # nobody has begun: from here on its promises count
        do_follow(session, ticket, None, now)


def _names(section: str) -> dict[str, str]:
    entries = knowledge.load("tickets")[section]
    return {key: str(entry["name"]) for key, entry in entries.items()}


def _modes() -> dict[str, str]:
    return {key: str(entry["name"]) for key, entry in knowledge.load("workshop")["modes"].items()}
