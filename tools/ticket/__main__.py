"""Every step of a repair in the terminal: ``python -m tools.ticket --help``.

Each command calls the function the desk calls; a step that is not allowed is one line with the
reason and exit code 1. ``--who`` (or ``AFTERSALES_WHO``) says who does it.
"""

from typing import Annotated

import typer

from aftersales import workshop
from aftersales.tickets import Watch
from tools import shop
from tools.shop import ME, OPTIONS, Number, Who
from tools.ticket.papers import write_papers
from tools.ticket.show import show_list, show_one
from tools.ticket.steps import (
    HELP,
    Why,
    act,
    check_code,
    fen,
    new_repair,
    note_contact,
    say_done,
    session,
    words,
)

app = typer.Typer(help=HELP["app"], no_args_is_help=True)
SignedBy = Annotated[str, typer.Option(help=OPTIONS["signed_by"])]
Typed = Annotated[bool, typer.Option("--typed", help=OPTIONS["typed"])]
Reason = Annotated[str, typer.Option(help=OPTIONS["reason"])]
Amount = Annotated[str | None, typer.Option(help=OPTIONS["amount"])]


@app.command("list", help=HELP["list"])
def list_(
    state: Annotated[str | None, typer.Option(help=OPTIONS["state"])] = None,
    everything: Annotated[bool, typer.Option("--all", help=OPTIONS["everything"])] = False,
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 50,
) -> None:
    with session() as opened:
        show_list(opened, state, everything, limit)


@app.command(help=HELP["show"])
def show(number: Number) -> None:
    with session() as opened:
        show_one(shop.ticket(opened, number), opened)


@app.command(help=HELP["register"])
def register(
    number: Annotated[str | None, typer.Argument(help=OPTIONS["number_or_new"])] = None,
    mode: Annotated[str, typer.Option(help=OPTIONS["mode"])] = "counter",
    service_class: Annotated[str, typer.Option("--class", help=OPTIONS["service_class"])] = "A",
    reason: Annotated[str, typer.Option(help=OPTIONS["class_reason"])] = "",
    address: Annotated[str | None, typer.Option(help=OPTIONS["address"])] = None,
    model: Annotated[str | None, typer.Option(help=OPTIONS["model"])] = None,
    name: Annotated[str, typer.Option(help=OPTIONS["name"])] = "",
    phone: Annotated[str, typer.Option(help=OPTIONS["phone"])] = "",
    fault: Annotated[str | None, typer.Option(help=OPTIONS["fault"])] = None,
    calibre: Annotated[str | None, typer.Option(help=OPTIONS["calibre"])] = None,
    case_code: Annotated[str | None, typer.Option(help=OPTIONS["case_code"])] = None,
    serial: Annotated[str | None, typer.Option(help=OPTIONS["serial"])] = None,
    agreed: Annotated[bool, typer.Option("--agreed", help=OPTIONS["agreed"])] = False,
    who: Who = ME,
) -> None:
    now = shop.clock.now()
    with session() as opened:
        if number is not None:
            ticket = shop.ticket(opened, number)
        elif not agreed:
            shop.refuse(words()["not_agreed"])
        else:
            watch = Watch(calibre, case_code, serial, model)
            ticket = new_repair(opened, name, phone, watch, fault, now)
        workshop.do_register_call(
            opened, ticket, mode, service_class, reason, now, who, address=address, model=model
        )
        say_done(ticket, "register")


@app.command(help=HELP["assign"])
def assign(number: Number, technician: str, reason: Why = None, who: Who = ME) -> None:
    act(number, "assign", workshop.do_assign, technician, reason=reason, who=who)


@app.command(help=HELP["called"])
def called(
    number: Number,
    how: Annotated[str, typer.Option(help=OPTIONS["contact"])] = "phone",
    over: Annotated[bool, typer.Option("--done", help=OPTIONS["over"])] = False,
    who: Who = ME,
) -> None:
    note_contact(number, how, over, who)


@app.command(help=HELP["stage"])
def stage(number: Number, step: str, why: Why = None, who: Who = ME) -> None:
    act(number, "stage", workshop.do_note_stage, step, why=why, who=who)


@app.command(help=HELP["classify"])
def classify(number: Number, service_class: str, reason: Reason, who: Who = ME) -> None:
    act(number, "classify", workshop.do_classify, service_class, reason, who=who)


@app.command(help=HELP["start"])
def start(number: Number, why: Why = None, who: Who = ME) -> None:
    act(number, "start", workshop.do_start_service, why=why, who=who)


@app.command("done-on-spot", help=HELP["done_on_spot"])
def done_on_spot(
    number: Number, signed_by: SignedBy, typed: Typed = False, why: Why = None, who: Who = ME
) -> None:
    do = workshop.do_finish_on_spot
    act(number, "finish_on_spot", do, signed_by, on_paper=not typed, why=why, who=who)


@app.command("take-in", help=HELP["take_in"])
def take_in(
    number: Number,
    signed_by: SignedBy,
    condition: Annotated[str, typer.Option(help=OPTIONS["condition"])],
    accessories: Annotated[str | None, typer.Option(help=OPTIONS["accessories"])] = None,
    typed: Typed = False,
    why: Why = None,
    who: Who = ME,
) -> None:
    act(
        number, "take_in", workshop.do_take_in, signed_by, condition,
        accessories=accessories, on_paper=not typed, why=why, who=who,
    )  # fmt: skip


@app.command("ask-approval", help=HELP["ask_approval"])
def ask_approval(number: Number, why: Why = None, who: Who = ME) -> None:
    act(number, "ask_approval", workshop.do_ask_approval, why=why, who=who)


@app.command(help=HELP["approve"])
def approve(
    number: Number,
    how: Annotated[str, typer.Option(help=OPTIONS["how"])] = "spoken",
    why: Why = None,
    who: Who = ME,
) -> None:
    act(number, "approve", workshop.do_record_approval, how, why=why, who=who)


@app.command("give-up", help=HELP["give_up"])
def give_up(number: Number, reason: Reason, who: Who = ME) -> None:
    act(number, "give_up", workshop.do_give_up_repair, reason, who=who)


@app.command(help=HELP["repair"])
def repair(number: Number, why: Why = None, who: Who = ME) -> None:
    act(number, "repair", workshop.do_start_repair, why=why, who=who)


@app.command("parts-wait", help=HELP["parts_wait"])
def parts_wait(
    number: Number,
    reason: Annotated[str, typer.Option(help=OPTIONS["waiting_for"])] = "",
    here: Annotated[bool, typer.Option("--here", help=OPTIONS["here"])] = False,
    who: Who = ME,
) -> None:
    if here:
        act(number, "resume", workshop.do_resume_repair, why=reason, who=who)
    else:
        act(number, "wait_parts", workshop.do_wait_for_parts, reason, who=who)


@app.command("repair-log", help=HELP["repair_log"])
def repair_log(
    number: Number,
    minutes: Annotated[int | None, typer.Option(help=OPTIONS["minutes"])] = None,
    done: Annotated[str, typer.Option(help=OPTIONS["done"])] = "",
    part: Annotated[str | None, typer.Option(help=OPTIONS["part"])] = None,
    part_number: Annotated[str | None, typer.Option(help=OPTIONS["part_number"])] = None,
    quantity: Annotated[int, typer.Option(help=OPTIONS["quantity"])] = 1,
    price: Amount = None,
    damage: Annotated[str | None, typer.Option(help=OPTIONS["damage"])] = None,
    who: Who = ME,
) -> None:
    if minutes is None and part is None:
        shop.refuse(words()["log_choice"])
    if minutes is not None:
        act(number, "log_work", workshop.do_log_work, minutes, done, who=who)
    if part is not None:
        act(
            number, "use_part", workshop.do_use_part, part, quantity=quantity,
            part_number=part_number, unit_fen=fen(price), damage=damage, who=who,
        )  # fmt: skip


@app.command("to-check", help=HELP["to_check"])
def to_check(
    number: Number,
    cause: Annotated[str | None, typer.Option(help=OPTIONS["cause"])] = None,
    remark: Annotated[str | None, typer.Option(help=OPTIONS["remark"])] = None,
    who: Who = ME,
) -> None:
    act(number, "to_check", workshop.do_send_to_check, cause=cause, remark=remark, who=who)


@app.command(help=HELP["check"])
def check(
    number: Number,
    passed: Annotated[bool, typer.Option("--pass", help=OPTIONS["passed"])] = False,
    back: Annotated[str | None, typer.Option(help=OPTIONS["back"])] = None,
    who: Who = ME,
) -> None:
    if passed == (back is not None):
        shop.refuse(words()["check_choice"])
    if back is not None:
        act(number, "fail_check", workshop.do_fail_check, back, who=who)
    else:
        act(number, "pass_check", workshop.do_pass_check, who=who)


@app.command("lose-receipt", help=HELP["lose_receipt"])
def lose_receipt(number: Number, reason: Reason, who: Who = ME) -> None:
    act(number, "lose_receipt", workshop.do_report_receipt_lost, reason, who=who)


@app.command("hand-back", help=HELP["hand_back"])
def hand_back(
    number: Number,
    signed_by: SignedBy,
    receipt: Annotated[str | None, typer.Option(help=OPTIONS["receipt"])] = None,
    handed_by: Annotated[str | None, typer.Option(help=OPTIONS["handed_by"])] = None,
    code: Annotated[str | None, typer.Option(help=OPTIONS["code"])] = None,
    without_code: Annotated[str | None, typer.Option(help=OPTIONS["without_code"])] = None,
    typed: Typed = False,
    why: Why = None,
    who: Who = ME,
) -> None:
    if code is not None:
        check_code(number, code, who)
    act(
        number, "hand_back", workshop.do_hand_back, signed_by, handed_by or who, receipt,
        on_paper=not typed, without_code=without_code, why=why, who=who,
    )  # fmt: skip


@app.command(help=HELP["settle"])
def settle(
    number: Number,
    collect: Annotated[str | None, typer.Option(help=OPTIONS["collect"])] = None,
    paid: Annotated[bool, typer.Option("--paid", help=OPTIONS["paid"])] = False,
    invoice: Annotated[str | None, typer.Option(help=OPTIONS["invoice"])] = None,
    amount: Amount = None,
    less: Annotated[str | None, typer.Option(help=OPTIONS["less"])] = None,
    late: Annotated[str | None, typer.Option(help=OPTIONS["late"])] = None,
    waive: Annotated[str | None, typer.Option(help=OPTIONS["waive"])] = None,
    who: Who = ME,
) -> None:
    if sum([collect is not None, paid, invoice is not None, waive is not None]) != 1:
        shop.refuse(words()["settle_choice"])
    if invoice is not None:
        act(
            number, "settle", workshop.do_issue_invoice, invoice, amount_fen=fen(amount),
            less_reason=less, late_reason=late, who=who,
        )  # fmt: skip
    elif waive is not None:
        act(number, "settle", workshop.do_waive_fee, waive, who=who)
    else:
        amount_fen = fen(collect)
        act(
            number, "settle", workshop.do_collect, amount_fen=amount_fen, less_reason=less, who=who
        )  # fmt: skip


@app.command(help=HELP["archive"])
def archive(number: Number, why: Why = None, who: Who = ME) -> None:
    act(number, "archive", workshop.do_archive, why=why, who=who)


@app.command(help=HELP["cancel"])
def cancel(number: Number, reason: Reason, who: Who = ME) -> None:
    act(number, "cancel", workshop.do_cancel_call, reason, who=who)


@app.command(help=HELP["papers"])
def papers(
    number: Number,
    only: Annotated[str | None, typer.Option(help=OPTIONS["only"])] = None,
    png: Annotated[bool, typer.Option("--png", help=OPTIONS["png"])] = False,
    pdf: Annotated[bool, typer.Option("--pdf", help=OPTIONS["pdf"])] = False,
    token: Annotated[str | None, typer.Option(help=OPTIONS["token"])] = None,
    base: Annotated[str | None, typer.Option(help=OPTIONS["base"])] = None,
) -> None:
    write_papers(number, only, png=png, pdf=pdf, token=token, base=base)


if __name__ == "__main__":
    app()
