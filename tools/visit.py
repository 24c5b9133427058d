"""Visits at the terminal: ``python -m tools.visit`` lists those of today."""

from datetime import timedelta
from typing import Annotated, NoReturn

import typer
from sqlalchemy.orm import Session

from aftersales import visits
from aftersales.calendar import local_date
from aftersales.knowledge import load
from aftersales.store.tables import Visit
from tools import shop

HELP: dict[str, str] = load("visits")["terminal"]["help"]
NOW = "now"

app = typer.Typer(
    help=HELP["app"], add_completion=False, no_args_is_help=False, pretty_exceptions_enable=False
)
Id = Annotated[int, typer.Argument(help=HELP["id"])]


@app.callback(invoke_without_command=True)
def listing(
    context: typer.Context,
    day: Annotated[str | None, typer.Option(help=HELP["day"])] = None,
) -> None:
    """List the visits of a day."""
    if context.invoked_subcommand is not None:
        return
    words = load("visits")["terminal"]
    wanted = local_date(shop.moment(day)) if day else local_date(shop.clock.now())
    with shop.session() as session:
        rows = [
            (
                str(visit.id),
                shop.local(visit.planned_at),
                visit.name,
                visit.ticket.number if visit.ticket is not None else "–",
                visit.received_by or visit.host,
                words["states"][visits.state_of(visit)],
                visit.help_note or "–",
            )
            for visit in visits.visits_on(session, wanted)
        ]
    shop.show(words["columns"], rows, words["none"])


@app.command(help=HELP["arrange"])
def arrange(
    when: Annotated[str, typer.Argument(help=HELP["when"])],
    host: Annotated[str, typer.Argument(help=HELP["host"])],
    name: Annotated[str, typer.Option(help=HELP["name"])] = "",
    number: Annotated[str | None, typer.Option("--ticket", help=HELP["ticket"])] = None,
    purpose: Annotated[str | None, typer.Option(help=HELP["purpose"])] = None,
    help_note: Annotated[str | None, typer.Option("--help-with", help=HELP["help_note"])] = None,
) -> None:
    words, now = load("visits")["terminal"], shop.clock.now()
    with shop.session() as session:
        ticket = shop.ticket(session, number) if number else None
        try:
            visit, told = visits.do_arrange_visit(
                session, now if when == NOW else shop.moment(when), host, now, shop.who(),
                name=name, ticket=ticket, purpose=purpose, help_note=help_note,
            )  # fmt: skip
        except visits.VisitRefused as refused:
            _refuse(refused)
        shop.out.print(words["arranged"].format(id=visit.id, say=told.say_desk))


@app.command(help=HELP["arrived"])
def arrived(id_: Id) -> None:
    with shop.session() as session:
        visits.do_note_arrived(session, _visit(session, id_), shop.clock.now(), shop.who())
    shop.out.print(load("visits")["terminal"]["arrived"].format(id=id_))


@app.command(help=HELP["received"])
def received(id_: Id, by: Annotated[str | None, typer.Option(help=HELP["by"])] = None) -> None:
    with shop.session() as session:
        visit = _visit(session, id_)
        try:
            visits.do_note_received(session, visit, shop.clock.now(), shop.who(), by)
        except visits.VisitRefused as refused:
            _refuse(refused)
        waited = (visit.received_at or shop.clock.now()) - (visit.arrived_at or shop.clock.now())
        shop.out.print(
            load("visits")["terminal"]["received"].format(
                id=id_, host=visit.received_by, minutes=waited // timedelta(minutes=1)
            )
        )


@app.command(help=HELP["left"])
def left(id_: Id) -> None:
    with shop.session() as session:
        try:
            visits.do_note_left(session, _visit(session, id_), shop.clock.now(), shop.who())
        except visits.VisitRefused as refused:
            _refuse(refused)
    shop.out.print(load("visits")["terminal"]["left"].format(id=id_))


def _visit(session: Session, id_: int) -> Visit:
    return shop.find(session, Visit, id_, load("visits")["terminal"]["unknown"])


def _refuse(refused: visits.VisitRefused) -> NoReturn:
    if refused.told is not None:
        shop.refuse(refused.told.say_desk)
    shop.refuse(load("visits")["terminal"]["problems"][refused.problem])


if __name__ == "__main__":
    app()
