"""Our own people at the terminal: ``python -m tools.staff`` lists who works here. Internal."""

from datetime import date
from typing import Annotated, Any, NoReturn

import typer
from sqlalchemy.orm import Session

from aftersales import staff
from aftersales.calendar import local_date
from aftersales.knowledge import load
from aftersales.store.tables import StaffMember
from tools import shop

HELP: dict[str, str] = load("staff")["terminal"]["help"]

app = typer.Typer(
    help=HELP["app"], add_completion=False, no_args_is_help=False, pretty_exceptions_enable=False
)
Id = Annotated[int, typer.Argument(help=HELP["id"])]
Login = Annotated[str | None, typer.Option(help=HELP["login"])]
Since = Annotated[str | None, typer.Option(help=HELP["since"])]
Education = Annotated[str | None, typer.Option(help=HELP["education"])]


@app.callback(invoke_without_command=True)
def listing(
    context: typer.Context,
    everyone: Annotated[bool, typer.Option("--all", help=HELP["everyone"])] = False,
) -> None:
    """List who works here."""
    if context.invoked_subcommand is not None:
        return
    words, today = load("staff")["terminal"], local_date(shop.clock.now())
    with shop.session() as session:
        found = staff.on_staff(session, date.min if everyone else today, today)
        rows = [_cells(member, today, words) for member in found]
    shop.show(words["columns"], rows, words["none"])


@app.command(help=HELP["add"])
def add(
    name: Annotated[str, typer.Argument(help=HELP["name"])],
    role: Annotated[str, typer.Argument(help=HELP["role"])],
    login: Login = None,
    since: Since = None,
    education: Education = None,
    active_from: Annotated[str | None, typer.Option("--from", help=HELP["active_from"])] = None,
) -> None:
    now, words = shop.clock.now(), load("staff")["terminal"]
    with shop.session() as session:
        try:
            member = staff.do_add_staff(
                session, name, role, _day(active_from) or local_date(now), now, shop.who(),
                login=login, trade_since=_day(since), education=education,
            )  # fmt: skip
        except staff.StaffRefused as refused:
            _refuse(refused)
        shop.out.print(words["added"].format(name=member.name, id=member.id))


@app.command(help=HELP["change"])
def change(
    id_: Id,
    role: Annotated[str | None, typer.Option(help=HELP["role"])] = None,
    login: Login = None,
    since: Since = None,
    education: Education = None,
) -> None:
    with shop.session() as session:
        member = _member(session, id_)
        try:
            staff.do_change_staff(
                session, member, shop.clock.now(), shop.who(),
                role=role, login=login, trade_since=_day(since), education=education,
            )  # fmt: skip
        except staff.StaffRefused as refused:
            _refuse(refused)
        shop.out.print(load("staff")["terminal"]["changed"].format(name=member.name))


@app.command(help=HELP["leave"])
def leave(id_: Id, day: str) -> None:
    words = load("staff")["terminal"]
    with shop.session() as session:
        member, last = _member(session, id_), _day(day)
        if last is None:
            shop.refuse(words["bad_day"].format(given=day))
        try:
            staff.do_leave_staff(session, member, last, shop.clock.now(), shop.who())
        except staff.StaffRefused as refused:
            _refuse(refused)
        shop.out.print(words["left"].format(name=member.name, day=last))


def _cells(member: StaffMember, today: date, words: dict[str, Any]) -> tuple[str, ...]:
    book = load("staff")
    return (
        str(member.id),
        member.name,
        member.login or "–",
        book["roles"][member.role],
        str(member.trade_since or "–"),
        book["education"].get(member.education, "–"),
        f"{member.active_from} – {member.active_to or words['still']}",
        words["standard"][staff.standing(member, today).meets],
    )


def _member(session: Session, id_: int) -> StaffMember:
    return shop.find(session, StaffMember, id_, load("staff")["terminal"]["unknown"])


def _day(text: str | None) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        words = load("staff")["terminal"]
        raise typer.BadParameter(words["bad_day"].format(given=text)) from None


def _refuse(refused: staff.StaffRefused) -> NoReturn:
    problem = str(load("staff")["terminal"]["problems"][refused.problem])
    shop.refuse(problem.format(given=refused.given))


if __name__ == "__main__":
    app()
