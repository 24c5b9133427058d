"""The checklist when a watch is taken in, and its pick-up code, from the terminal.

python -m tools.intake show FW261123-04821
python -m tools.intake check FW261123-04821 case damaged --note 六点位磕碰 --photo a.jpg
python -m tools.intake status-link FW261123-04821   prints the address of the progress page
python -m tools.intake pickup FW261123-04821 123456 says whether this is the code
python -m tools.intake reissue FW261123-04821       puts a new code in force
"""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy.orm import Session

from aftersales import pickup
from aftersales.ids import RandomIds
from aftersales.intake_check import CheckRefused, checklist, do_check_item
from aftersales.links import do_issue_link
from aftersales.photos import do_record_photo
from aftersales.settings import Settings
from aftersales.store.tables import Ticket
from tools import shop
from tools.shop import ME, Number, Who
from web import pictures
from web.refusals import Refusal
from web.texts import say

app = typer.Typer(no_args_is_help=True, add_completion=False, help="收表检查、进度链接、取表码。")


@app.command()
def show(number: Number) -> None:
    """Show every item, looked at or not."""
    with shop.opened() as (store, _settings), store.session(read_only=True) as session:
        _print(session, shop.ticket(session, number))


@app.command()
def check(
    number: Number,
    item: Annotated[str, typer.Argument(help="crystal case bracelet crown dial running …")],
    condition: Annotated[str, typer.Argument(help="good worn damaged missing")],
    who: Who = ME,
    note: Annotated[str | None, typer.Option(help="损坏、缺失要写明")] = None,
    photo: Annotated[list[Path] | None, typer.Option(exists=True, dir_okay=False)] = None,
) -> None:
    """Write down how one item was found; photos are encoded again, without place and camera."""
    now = shop.clock.now()
    with shop.opened() as (store, settings):
        kept: list[str] = []
        try:
            cleaned = [_cleaned(path) for path in photo or ()]
            with store.session() as session:
                ticket = shop.ticket(session, number)
                kept = [_keep(session, settings, each, now, who) for each in cleaned]
                do_check_item(session, ticket, item, condition, now, who, note, kept)
                _print(session, ticket)
        except (CheckRefused, typer.Exit) as problem:
            for name in kept:  # nothing was written, so no file may stay either
                (settings.photos_dir / name).unlink(missing_ok=True)
            if isinstance(problem, CheckRefused):
                shop.refuse(str(problem))
            raise


@app.command()
def status_link(number: Number, who: Who = ME) -> None:
    """Print the address of a ticket's progress page."""
    with shop.opened() as (store, settings):
        with store.session() as session:
            ticket = shop.ticket(session, number)
            issued = do_issue_link(
                session,
                "status",
                ticket.number,
                shop.clock.now(),
                RandomIds(),
                who=who,
                ticket=ticket,
            )
        typer.echo(shop.address(settings, f"/s/{issued.token}"))


@app.command("pickup")
def check_code(number: Number, code: str, who: Who = ME) -> None:
    """Say whether this is the code; five wrong ones lock it."""
    answer: str | None = None
    with shop.opened() as (store, settings), store.session() as session:
        ticket = shop.ticket(session, number)
        try:
            right = pickup.do_check_pickup_code(
                session, ticket, code, settings.session_secret(), shop.clock.now(), who
            )
            answer = None if right else f"{ticket.number}: wrong code"
        except pickup.NothingToPickUp as problem:
            answer = str(problem)
        except pickup.CodeLocked:
            answer = f"{ticket.number}: too many wrong codes; look at the receipt, then reissue"
    if answer:  # outside the transaction: the wrong try stays counted
        shop.refuse(answer)
    typer.echo("OK")


@app.command()
def reissue(number: Number, who: Who = ME) -> None:
    """Put a new pick-up code in force; the customer finds it on the progress page."""
    with shop.opened() as (store, _settings), store.session() as session:
        try:
            pickup.do_issue_pickup_code(
                session, shop.ticket(session, number), shop.clock.now(), RandomIds(), who
            )
        except pickup.NothingToPickUp as problem:
            shop.refuse(str(problem))
    typer.echo("OK")


def _cleaned(path: Path) -> pictures.Picture:
    try:
        return pictures.clean(path.read_bytes())
    except Refusal as refusal:
        shop.refuse(f"{path.name}: {say('error', refusal.code)}")


def _keep(
    session: Session, settings: Settings, picture: pictures.Picture, now: datetime, who: str
) -> str:
    name = f"{RandomIds().token()}.jpg"
    pictures.keep(settings.photos_dir, name, picture)
    do_record_photo(
        session,
        name=name,
        sender=f"desk:{who}"[:100],
        channel="desk",
        media_type="image/jpeg",
        size_bytes=len(picture.content),
        width_px=picture.width_px,
        height_px=picture.height_px,
        sha256=picture.sha256,
        now=now,
    )
    return name


def _print(session: Session, ticket: Ticket) -> None:
    table = Table(title=ticket.number, show_header=False)
    for entry in checklist(session, ticket):
        photos = f"{len(entry.photos)} jpg" if entry.photos else ""
        table.add_row(entry.item, entry.name, entry.condition_name or "–", entry.note or "", photos)
    Console().print(table)


if __name__ == "__main__":
    app()
