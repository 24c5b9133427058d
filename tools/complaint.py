"""Complaints at the terminal: ``python -m tools.complaint show TS…`` and the steps to its end."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

import typer
from sqlalchemy.orm import Session

from aftersales import complaints
from aftersales.knowledge import load
from aftersales.store.tables import Ticket
from aftersales.tickets import IllegalMove
from tools import shop

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
Number = Annotated[str, typer.Argument(help="the complaint, TS…")]


@app.command()
def show(number: Number) -> None:
    """Show what the house knows of a complaint; internal."""
    with shop.session() as session:
        _print(session, _ticket(session, number))


@app.command()
def answer(number: Number, text: Annotated[str, typer.Argument(help="for the customer")]) -> None:
    """Answer; the customer reads it at the next visit."""
    with shop.session() as session:
        ticket = _ticket(session, number)
        _do(complaints.do_answer_complaint, session, ticket, text, shop.clock.now(), shop.who())
        _print(session, ticket)


@app.command()
def cause(
    number: Number,
    about: Annotated[str, typer.Argument(help="product|service|price|delay|person|other")],
    reason: Annotated[str, typer.Argument(help="a key of causes in knowledge/complaints.yml")],
    note: Annotated[str | None, typer.Option(help="in words")] = None,
) -> None:
    """Write down what it is about and why it came to it."""
    with shop.session() as session:
        ticket = _ticket(session, number)
        _do(
            complaints.do_record_cause,
            session, ticket, about, reason, shop.clock.now(), shop.who(), note,
        )  # fmt: skip
        _print(session, ticket)


@app.command()
def measure(number: Number, text: str) -> None:
    """Write down what was done about it."""
    with shop.session() as session:
        ticket = _ticket(session, number)
        _do(complaints.do_record_measure, session, ticket, text, shop.clock.now(), shop.who())
        _print(session, ticket)


@app.command()
def finding(
    number: Number,
    upheld: Annotated[bool, typer.Option("--upheld/--not-upheld", help="did it prove true")],
    staff: Annotated[str | None, typer.Option(help="the one of our people it is about")] = None,
) -> None:
    """Write down whether it proved true; internal."""
    with shop.session() as session:
        ticket = _ticket(session, number)
        _do(
            complaints.do_record_finding,
            session, ticket, upheld, shop.clock.now(), shop.who(), staff,
        )  # fmt: skip
        _print(session, ticket)


@app.command()
def close(
    number: Number,
    satisfied: Annotated[bool | None, typer.Option("--satisfied/--unsatisfied")] = None,
) -> None:
    """Close it; refused while answer, cause or measure is missing."""
    with shop.session() as session:
        ticket = _ticket(session, number)
        _do(
            complaints.do_close_complaint,
            session, ticket, shop.clock.now(), shop.who(), satisfied,
        )  # fmt: skip
        _print(session, ticket)


@app.command()
def reopen(number: Number, why: str) -> None:
    """Take a closed one up again."""
    with shop.session() as session:
        ticket = _ticket(session, number)
        _do(complaints.do_reopen_complaint, session, ticket, shop.clock.now(), shop.who(), why)
        _print(session, ticket)


def _ticket(session: Session, number: str) -> Ticket:
    found = shop.ticket(session, number)
    if found.kind != "complaint":
        shop.refuse(load("complaints")["terminal"]["unknown"].format(number=number))
    return found


def _do(step: Any, *given: Any) -> None:
    words = load("complaints")["terminal"]
    try:
        step(*given)
    except complaints.ComplaintUnfinished as refused:
        why = " ".join(words["needed"][name] for name in refused.missing)
        shop.refuse(f"{words['fields']['missing']}：{why}")
    except (complaints.NotAComplaint, complaints.TellsInternal, IllegalMove, ValueError) as refused:
        shop.refuse(words["refused"].format(why=refused))


def _print(session: Session, ticket: Ticket) -> None:
    words = load("complaints")["terminal"]
    seen = complaints.internal(session, ticket)
    values = {**asdict(seen.customer), **{k: getattr(seen, k) for k in vars(seen)}}
    for field, label in words["fields"].items():
        shop.out.print(f"{label}：{_said(field, values[field], words)}")


def _said(field: str, value: Any, words: dict[str, Any]) -> str:
    if isinstance(value, complaints.Ladder):
        return str(words["ladder"]).format(upheld=value.upheld, name=value.name or words["none"])
    if isinstance(value, datetime):
        return shop.local(value)
    if isinstance(value, bool):
        return str(words["yes_no"][value])
    if field == "missing":
        return " ".join(words["needed"][name] for name in value) or str(words["none"])
    return str(value) if value is not None else str(words["none"])


if __name__ == "__main__":
    app()
