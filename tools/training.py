"""Trainings for dealers at the terminal: ``python -m tools.training`` lists those still owed."""

from typing import Annotated, NoReturn

import typer
from sqlalchemy.orm import Session

from aftersales import trainings
from aftersales.knowledge import load
from aftersales.store.tables import Training
from tools import shop

HELP: dict[str, str] = load("trainings")["terminal"]["help"]

app = typer.Typer(
    help=HELP["app"], add_completion=False, no_args_is_help=False, pretty_exceptions_enable=False
)
Id = Annotated[int, typer.Argument(help=HELP["id"])]


@app.callback(invoke_without_command=True)
def listing(context: typer.Context) -> None:
    """List the trainings still owed."""
    if context.invoked_subcommand is not None:
        return
    words = load("trainings")["terminal"]
    with shop.session() as session:
        rows = [
            (
                str(one.id),
                shop.local(trainings.deadline_of(session, one).due_at),
                one.dealer,
                one.contact or "–",
                one.topic,
                shop.local(one.asked_at),
            )
            for one in trainings.open_trainings(session)
        ]
    shop.show(words["columns"], rows, words["none"])


@app.command(help=HELP["ask"])
def ask(
    dealer: Annotated[str, typer.Argument(help=HELP["dealer"])],
    topic: Annotated[str, typer.Argument(help=HELP["topic"])],
    contact: Annotated[str | None, typer.Option(help=HELP["contact"])] = None,
    asked: Annotated[str | None, typer.Option(help=HELP["asked"])] = None,
) -> None:
    now = shop.clock.now()
    with shop.session() as session:
        try:
            one = trainings.do_ask_training(
                session, dealer, topic, shop.moment(asked) if asked else now, now, shop.who(),
                contact,
            )  # fmt: skip
        except trainings.TrainingRefused as refused:
            _refuse(refused)
        due = shop.local(trainings.deadline_of(session, one).due_at)
        shop.out.print(load("trainings")["terminal"]["asked"].format(id=one.id, due=due))


@app.command(help=HELP["done"])
def done(
    id_: Id,
    trainer: Annotated[str, typer.Argument(help=HELP["trainer"])],
    when: Annotated[str | None, typer.Option(help=HELP["when"])] = None,
    outcome: Annotated[str | None, typer.Option(help=HELP["outcome"])] = None,
) -> None:
    now = shop.clock.now()
    with shop.session() as session:
        try:
            trainings.do_finish_training(
                session, _training(session, id_), trainer, shop.moment(when) if when else now,
                now, shop.who(), outcome,
            )  # fmt: skip
        except trainings.TrainingRefused as refused:
            _refuse(refused)
    shop.out.print(load("trainings")["terminal"]["done"].format(id=id_))


@app.command("call-off", help=HELP["call_off"])
def call_off(id_: Id, why: Annotated[str, typer.Argument(help=HELP["why"])]) -> None:
    with shop.session() as session:
        try:
            trainings.do_call_off_training(
                session, _training(session, id_), why, shop.clock.now(), shop.who()
            )
        except trainings.TrainingRefused as refused:
            _refuse(refused)
    shop.out.print(load("trainings")["terminal"]["called_off"].format(id=id_))


def _training(session: Session, id_: int) -> Training:
    return shop.find(session, Training, id_, load("trainings")["terminal"]["unknown"])


def _refuse(refused: trainings.TrainingRefused) -> NoReturn:
    shop.refuse(load("trainings")["terminal"]["problems"][refused.problem])


if __name__ == "__main__":
    app()
