"""Repairs as a list, and one of them with its papers and its history; personal data is masked."""

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales import knowledge, workshop
from aftersales.calendar import opening_hours
from aftersales.estimates.money import yuan
from aftersales.people import mask_name, mask_phone
from aftersales.store.tables import Ticket
from aftersales.tickets.states import entry, final_states
from tools.ticket.steps import words


def show_list(opened: Session, state: str | None, everything: bool, limit: int) -> None:
    """Print repairs as a table, the newest first; names are masked.

    Args:
        opened: a session.
        state: only those in this state.
        everything: also those that are over.
        limit: at most so many.
    """
    query = select(Ticket).where(Ticket.kind == "repair")
    if state is not None:
        query = query.where(Ticket.state == state)
    elif not everything:
        query = query.where(Ticket.state.not_in(final_states()))
    found = opened.scalars(query.order_by(Ticket.id.desc()).limit(limit)).all()
    if not found:
        typer.echo(words()["nothing"])
        return
    table = Table(*words()["columns"])
    modes = knowledge.load("workshop")["modes"]
    for ticket in found:
        table.add_row(
            ticket.number,
            entry(ticket.state)["name"],
            modes[ticket.service_mode]["name"] if ticket.service_mode else "–",
            ticket.service_class or "–",
            workshop.dossier(opened, ticket).technician or "–",
            mask_name(ticket.contact_name),
            ticket.model or ticket.calibre or "–",
            f"{opening_hours().local(ticket.created_at):%m-%d %H:%M}",
        )
    Console().print(table)


def show_one(ticket: Ticket, opened: Session) -> None:
    """Print one ticket with its papers and its history; personal data is masked."""
    found, book, say = workshop.dossier(opened, ticket), knowledge.load("workshop"), words()
    none = say["none"]
    payment = found.payment
    fee = none
    if payment is not None:
        fee = f"{book['payment_ways'][payment.way]} {yuan(payment.amount_fen)}"
    left = workshop.settlement_left(opened, ticket)
    classes = knowledge.load("tickets")["classes"]
    of_class = ticket.service_class
    papers = "、".join(
        f"{book['papers'][kind]['name']}（{book['paper_states'][paper.state]}）"
        for kind, paper in found.papers.items()
    )
    name = mask_name(ticket.contact_name)
    approved = book["approvals"][ticket.approved_how] if ticket.approved_how else none
    rows = [
        (ticket.number, entry(ticket.state)["name"]),
        (say["stage"], book["stages"][ticket.stage] if ticket.stage else none),
        (
            say["columns"][5],
            f"{name} {mask_phone(ticket.customer.phone)}",
        ),
        (say["columns"][4], found.technician or none),
        (say["class"], f"{of_class} {classes[of_class]['name']}" if of_class else none),
        (say["approved"], approved),
        (say["hours"], f"{found.minutes // 60}:{found.minutes % 60:02d}"),
        (say["parts"], "、".join(part.part for part in found.parts) or none),
        (say["fee"], fee),
        (say["left"], book["left"][left] if left else none),
        (say["papers"], papers or none),
    ]
    for label, value in rows:
        typer.echo(f"{label}  {value}")
    typer.echo(say["history"])
    for move in ticket.moves:
        at = f"{opening_hours().local(move.at):%m-%d %H:%M}"
        why = f"（{move.why}）" if move.why else ""
        typer.echo(f"  {at}  {entry(move.to_state)['name']}  {move.who}{why}")
