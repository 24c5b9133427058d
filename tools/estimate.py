"""Estimates from the terminal, until the desk has them.

python -m tools.estimate make FW261123-04821 --labour 保养=680 --part 表镜=220 --part 防水圈=15x2
python -m tools.estimate send FW261123-04821        prints the link to give to the customer
python -m tools.estimate show FW261123-04821
python -m tools.estimate withdraw FW261123-04821
python -m tools.estimate link FW261123-04821        another link to the offer in force
"""

from datetime import timedelta
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales import estimates
from aftersales.calendar import spoken
from aftersales.estimates import EstimateRefused, Item
from aftersales.ids import RandomIds
from aftersales.knowledge import load
from aftersales.store.tables import Estimate, Ticket
from tools import shop
from tools.shop import ME, Number, Who

app = typer.Typer(no_args_is_help=True, add_completion=False, help="报价：出、发、看、撤回。")
Lines = Annotated[list[str] | None, typer.Option(help="名称=单价（元），几件写成 名称=单价x件数")]


@app.command()
def make(
    number: Number,
    who: Who = ME,
    labour: Lines = None,
    part: Lines = None,
    postage: Lines = None,
    days: Annotated[int | None, typer.Option(help="几天内有效")] = None,
    note: Annotated[str | None, typer.Option(help="给顾客的一句说明")] = None,
) -> None:
    """Make a new version; nobody outside sees it before it is sent."""
    given = {"labour": labour, "part": part, "postage": postage}
    try:
        items = [item(kind, text) for kind, texts in given.items() for text in texts or ()]
    except ValueError as problem:
        shop.refuse(str(problem))
    now = shop.clock.now()
    with shop.opened() as (store, _settings), store.session() as session:
        ticket = shop.ticket(session, number)
        until = None if days is None else now + timedelta(days=days)
        try:
            made = estimates.do_make_estimate(session, ticket, items, now, who, until, note)
        except ValueError as problem:
            shop.refuse(str(problem))
        _print([made])


@app.command()
def send(number: Number, who: Who = ME) -> None:
    """Offer the newest draft to the customer and print the link."""
    now = shop.clock.now()
    with shop.opened() as (store, settings):
        with store.session() as session:
            draft = _newest(session, shop.ticket(session, number), "draft")
            try:
                sent = estimates.do_send_estimate(session, draft, now, who)
            except EstimateRefused as problem:
                shop.refuse(str(problem))
            issued = estimates.do_issue_estimate_link(session, sent, now, RandomIds(), who)
            _print([sent])
        typer.echo(shop.address(settings, f"/e/{issued.token}"))


@app.command()
def show(number: Number) -> None:
    """Show all versions."""
    with shop.opened() as (store, _settings), store.session(read_only=True) as session:
        found = _versions(session, shop.ticket(session, number))
        if not found:
            shop.refuse(f"{number}: no estimate")
        _print(found)


@app.command()
def withdraw(
    number: Number, who: Who = ME, why: Annotated[str | None, typer.Option(help="为什么")] = None
) -> None:
    """Take back the newest version that is a draft or waits for the customer."""
    with shop.opened() as (store, _settings), store.session() as session:
        offer = _newest(session, shop.ticket(session, number), "draft", "sent")
        _print([estimates.do_withdraw_estimate(session, offer, shop.clock.now(), who, why)])


@app.command()
def link(number: Number, who: Who = ME) -> None:
    """Print another link to the offer in force; those given before stay good."""
    now = shop.clock.now()
    with shop.opened() as (store, settings):
        with store.session() as session:
            offer = estimates.find_in_force(session, shop.ticket(session, number))
            if offer is None:
                shop.refuse(f"{number}: nothing was sent")
            issued = estimates.do_issue_estimate_link(session, offer, now, RandomIds(), who)
        typer.echo(shop.address(settings, f"/e/{issued.token}"))


def item(kind: str, text: str) -> Item:
    """Read one line: ``表镜=220``, ``防水圈=15x2``.

    Raises:
        ValueError: it cannot be read; the message shows how it is written.
    """
    label, sign, rest = text.rpartition("=")
    price, _, quantity = rest.lower().replace("×", "x").partition("x")
    if not sign or not (quantity or "1").isdecimal():
        raise ValueError(f"{text!r}: write it as 表镜=220 or 防水圈=15x2")
    return Item(kind, label, int(quantity or "1"), estimates.fen_of(price))


def _versions(session: Session, ticket: Ticket) -> list[Estimate]:
    found = select(Estimate).where(Estimate.ticket_id == ticket.id).order_by(Estimate.version)
    return list(session.scalars(found))


def _newest(session: Session, ticket: Ticket, *states: str) -> Estimate:
    found = [each for each in _versions(session, ticket) if each.state in states]
    if not found:
        shop.refuse(f"{ticket.number}: no estimate is {' or '.join(states)}")
    return found[-1]


def _print(versions: list[Estimate]) -> None:
    words = load("estimates")
    for version in versions:
        end = spoken(version.valid_until, version.made_at)
        table = Table(
            title=f"{version.ticket.number} v{version.version} {words['states'][version.state]}",
            caption=f"¥{estimates.yuan(version.total_fen)} → {end.date} {end.time}",
            show_header=False,
        )
        for row in version.lines:
            table.add_row(
                words["kinds"][row.kind],
                row.label,
                f"{estimates.yuan(row.unit_fen)} × {row.quantity}",
                estimates.yuan(row.unit_fen * row.quantity),
            )
        Console().print(table)


if __name__ == "__main__":
    app()
