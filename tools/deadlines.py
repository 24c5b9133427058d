"""Deadlines at the terminal: ``python -m tools.deadlines`` lists what runs.

``sweep`` warns and escalates once, as the worker does all the time; ``adjust`` recounts after the
calendar was changed; ``agree``, ``pause``, ``resume`` and ``meet`` write down what people did.
"""

from dataclasses import asdict
from typing import Annotated

import typer
from rich.table import Table

from aftersales import deadlines
from aftersales.knowledge import load
from tools import shop

app = typer.Typer(add_completion=False, no_args_is_help=False, pretty_exceptions_enable=False)
Key = Annotated[str, typer.Argument(help="the last column of the list")]


@app.callback(invoke_without_command=True)
def listing(context: typer.Context) -> None:
    """List the running deadlines, the earliest first."""
    if context.invoked_subcommand is not None:
        return
    words = load("deadlines")["terminal"]
    with shop.session() as session:
        rows = deadlines.running(session, shop.clock.now())
    if not rows:
        shop.out.print(words["none"])
        return
    table = Table()
    for title in words["columns"]:
        # The key is what the other commands are given: never cut.
        table.add_column(title, no_wrap=title in (words["columns"][0], words["columns"][-1]))
    for row in rows:
        name = f"{row.name}（{words['clocks'][row.clock]}）"
        table.add_row(
            shop.local(row.due_at, words["no_moment"]),
            words["states"][row.state],
            row.role,
            name,
            row.key,
        )
    shop.out.print(table)


@app.command()
def sweep() -> None:
    """Warn and escalate what is due, once."""
    with shop.session() as session:
        swept = deadlines.do_sweep(session, shop.clock.now())
    shop.out.print(load("deadlines")["terminal"]["swept"].format(**asdict(swept)))


@app.command()
def adjust() -> None:
    """Count all running deadlines anew after the calendar was changed."""
    with shop.session() as session:
        changed = deadlines.do_adjust(session, shop.clock.now(), shop.who())
    shop.out.print(load("deadlines")["terminal"]["adjusted"].format(changed=changed))


@app.command()
def agree(
    number: Annotated[str, typer.Argument(help="the repair")],
    until: Annotated[str, typer.Argument(help='agreed with the customer, "2026-12-01 18:00"')],
) -> None:
    """Write down when the watch will be handed back."""
    words = load("deadlines")["terminal"]
    with shop.session() as session:
        ticket = shop.ticket(session, number)
        try:
            row = deadlines.do_agree_delivery(
                session, ticket, shop.moment(until), shop.clock.now(), shop.who()
            )
        except ValueError as problem:
            shop.refuse(str(problem))
        shop.out.print(words["agreed"].format(number=ticket.number, due=shop.local(row.due_at)))


@app.command()
def pause(
    key: Key, reason: Annotated[str, typer.Argument(help="customer or parts")] = "customer"
) -> None:
    """Stop the clock of a deadline while waiting for somebody else."""
    data = load("deadlines")
    with shop.session() as session:
        try:
            row = deadlines.find(session, key)
            deadlines.do_pause(session, row, reason, shop.clock.now(), shop.who())
        except (deadlines.UnknownDeadline, deadlines.NotPausable) as problem:
            shop.refuse(str(problem))
    shop.out.print(data["terminal"]["paused"].format(key=key, reason=data["reasons"][reason]))


@app.command()
def resume(key: Key) -> None:
    """Let the clock of a deadline go on."""
    with shop.session() as session:
        try:
            row = deadlines.find(session, key)
        except deadlines.UnknownDeadline as problem:
            shop.refuse(str(problem))
        deadlines.do_resume(session, row, shop.clock.now(), shop.who())
        due = shop.local(row.due_at)
    shop.out.print(load("deadlines")["terminal"]["resumed"].format(key=key, due=due))


@app.command()
def meet(key: Key) -> None:
    """Write down that it was done, such as the monthly report handed in."""
    with shop.session() as session:
        try:
            row = deadlines.find(session, key)
        except deadlines.UnknownDeadline as problem:
            shop.refuse(str(problem))
        deadlines.do_meet(session, row, shop.clock.now(), shop.who())
    shop.out.print(load("deadlines")["terminal"]["met"].format(key=key))


if __name__ == "__main__":
    app()
