"""Care at the terminal: ``python -m tools.care`` lists the calls and reminders that are due.

``called`` writes down a call and what the customer said; ``record`` and ``file`` show the two files
of the document, masked unless ``--reveal``; ``sweep`` leaves the reminders due for the next visit.
"""

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Annotated, Any

import typer
from rich.table import Table

from aftersales import care
from aftersales.knowledge import load
from aftersales.store import audit
from aftersales.store.tables import CarePlan
from tools import shop
from tools.shop import Number

app = typer.Typer(add_completion=False, no_args_is_help=False, pretty_exceptions_enable=False)


@app.callback(invoke_without_command=True)
def listing(
    context: typer.Context,
    days: Annotated[int, typer.Option(help="also what is due in so many days")] = 7,
) -> None:
    """List what is due."""
    if context.invoked_subcommand is not None:
        return
    words = load("care")["terminal"]
    with shop.session() as session:
        rows = care.due_list(session, shop.clock.now() + timedelta(days=days))
    if not rows:
        shop.out.print(words["none"])
        return
    table = Table(*words["columns"])
    for row in rows:
        table.add_row(
            str(row.plan_id),
            shop.local(row.due_at),
            words["kinds"][row.kind],
            row.number,
            row.movement or "–",
            words["consent"][row.consent],
        )
    shop.out.print(table)


@app.command()
def sweep() -> None:
    """Leave the reminders that are due for the customers' next visits."""
    with shop.session() as session:
        told = care.do_sweep(session, shop.clock.now())
    shop.out.print(load("care")["terminal"]["told"].format(told=told))


@app.command()
def called(
    plan: Annotated[int, typer.Argument(help="the first column of the list")],
    outcome: Annotated[str, typer.Argument(help="what came of the call")],
    on_product: Annotated[str | None, typer.Option(help="what he thinks of the watch")] = None,
    on_service: Annotated[str | None, typer.Option(help="what he thinks of the service")] = None,
    score: Annotated[int | None, typer.Option(min=1, max=5)] = None,
) -> None:
    """Write down a call after the work, and the customer's opinions."""
    words = load("care")["terminal"]
    with shop.session() as session:
        row = session.get(CarePlan, plan)
        if row is None:
            shop.refuse(words["unknown"].format(what=plan))
        try:
            care.do_finish_callback(session, row, outcome, shop.clock.now(), shop.who())
        except ValueError as refused:
            shop.refuse(words["refused"].format(why=refused))
        if on_product or on_service or score:
            care.do_record_opinion(
                session, row.ticket, shop.clock.now(), shop.who(), on_product, on_service, score
            )
        shop.out.print(words["done"].format(number=row.ticket.number))


@app.command()
def record(number: Number) -> None:
    """Show the service record of a ticket."""
    with shop.session() as session:
        ticket = shop.ticket(session, number)
        _print(asdict(care.service_record(session, ticket)), "service")


@app.command()
def file(
    number: Number,
    reveal: Annotated[str | None, typer.Option(help="show it in full, for this reason")] = None,
    address: Annotated[str | None, typer.Option(help="write the address down")] = None,
    key_customer: Annotated[bool | None, typer.Option("--key/--not-key")] = None,
) -> None:
    """Show the customer file of a ticket's customer, or add to it."""
    with shop.session() as session:
        ticket = shop.ticket(session, number)
        now = shop.clock.now()
        care.do_update_file(session, ticket.customer, now, shop.who(), address, key_customer)
        if reveal:
            subject = ("customer", ticket.customer_id)
            audit.record(
                session, who=shop.who(), what="reveal", subject=subject, now=now, why=reveal
            )
        shown = care.customer_file(session, ticket.customer, reveal=bool(reveal))
        _print(asdict(shown), "customer")


def _print(values: dict[str, Any], which: str) -> None:
    for field, label in load("care")["files"][which].items():
        shop.out.print(f"{label}：{_said(values[field])}")


def _said(value: Any) -> str:
    if isinstance(value, datetime):
        return shop.local(value)
    if isinstance(value, dict):
        return " ".join(str(part) for part in value.values() if part)
    if isinstance(value, tuple):
        return "；".join(_said(part) for part in value) or "–"
    return str(value) if value else "–"


if __name__ == "__main__":
    app()
