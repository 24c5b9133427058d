"""``make demo-repair``: one repair in a scratch database, from the call to the archive, and its six
papers as pages and pictures in ``var/papers``.

Everything in it is an example. On the way it tries what must not be done and prints the reason.
"""

import random
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from rich.console import Console
from sqlalchemy.orm import Session

from aftersales import estimates, knowledge, pickup, workshop
from aftersales.calendar import opening_hours
from aftersales.ids import RandomIds
from aftersales.links import do_issue_link, do_use_link
from aftersales.settings import Secret
from aftersales.store import migrate, open_store
from aftersales.store.tables import Estimate, Ticket
from aftersales.tickets import TicketDraft, Watch, do_create_ticket
from aftersales.tickets.states import entry
from tools import paper_files, paths
from web.papers import render_paper

BASE_URL = "http://127.0.0.1:8000"
#: A Wednesday, 9:10 in Shanghai.
START = datetime(2026, 11, 25, 1, 10, tzinfo=UTC)
#: The key behind the pick-up code of a scratch database.
KEY = Secret("the demonstration's own key")


class Demo:
    """One ticket and a clock that moves on with each step."""

    def __init__(self, session: Session, out: Console) -> None:
        self.session, self.out, self.now = session, out, START
        self.book = knowledge.load("workshop")
        self.example = knowledge.load("demo")["repair"]
        self.staff: dict[str, str] = self.example["staff"]
        draft = TicketDraft(
            draft_id="demo-repair", channel="demo", sender="demo", kind="repair",
            name=self.example["name"], phone=self.example["phone"],
            watch=Watch(**self.example["watch"]), fault=self.example["fault"],
            findings=[(label, value) for label, value in self.example["findings"]],
        )  # fmt: skip
        # A seeded source: the demonstration's number is the same every time.
        ids = RandomIds(random.Random(7))  # noqa: S311
        self.ids = ids
        self.ticket: Ticket = do_create_ticket(session, draft, self.now, ids)
        self.total_fen = 0
        self._say(self.ticket.number, "")

    def step(
        self, action: str, do: Callable[..., Any], *given: object, who: str, minutes: int = 10,
        detail: str = "", **options: object,
    ) -> None:  # fmt: skip
        """Do one step so many minutes later, and print it."""
        self.now += timedelta(minutes=minutes)
        options |= {"now": self.now, "who": self.staff[who]}
        name = self.book["actions"][action]["name"]
        try:
            do(self.session, self.ticket, *given, **options)
        except workshop.Refused as refused:
            name, detail = self.book["terminal"]["demo_refused"], f"「{name}」{refused.text()}"
        self._say(name, detail)

    def offer(self, minutes: int) -> None:
        """Offer the price of the example's lines; the ticket waits for the answer."""
        self.now += timedelta(minutes=minutes)
        items = [estimates.Item(*line) for line in self.example["estimate"]]
        who = self.staff["technician"]
        made = estimates.do_make_estimate(self.session, self.ticket, items, self.now, who)
        estimates.do_send_estimate(self.session, made, self.now, self.staff["clerk"])
        self.total_fen = made.total_fen
        self._say(
            self.book["actions"]["ask_approval"]["name"], f"¥{estimates.yuan(self.total_fen)}"
        )

    def accept(self, minutes: int) -> None:
        """The customer opens the link to the offer and accepts it: the repair goes on."""
        made = estimates.find_open(self.session, self.ticket, self.now)
        if made is None:
            raise LookupError("no offer waits for an answer")
        issued = estimates.do_issue_estimate_link(
            self.session, made, self.now, self.ids, self.staff["clerk"]
        )
        self.now += timedelta(minutes=minutes)
        link = do_use_link(self.session, "estimate", issued.token, self.now)
        found = self.session.get_one(Estimate, int(link.subject)) if link else made
        estimates.do_accept(self.session, found, self.ids.token(), self.now, "link")
        how = self.book["approvals"]["link"]
        self._say(self.book["actions"]["approve"]["name"], how)

    def say_code(self) -> None:
        """The customer says the pick-up code of the status page."""
        self.now += timedelta(minutes=1)
        link = pickup.find_pickup(self.session, self.ticket, self.now)
        if link is None:
            raise LookupError("no pick-up code is in force")
        code = pickup.pickup_code(link, KEY)
        pickup.do_check_pickup_code(
            self.session, self.ticket, code, KEY, self.now, self.staff["clerk"]
        )
        self._say(self.book["terminal"]["demo_code"], f"{code[:3]} {code[3:]}")

    def _say(self, action: str, detail: str) -> None:
        line = self.book["terminal"]["step"].format(
            time=f"{opening_hours().local(self.now):%m-%d %H:%M}",
            action=action,
            detail=f" {detail}" if detail else "",
            state=entry(self.ticket.state)["name"],
        )
        self.out.print(line, markup=False, highlight=False)


# fmt: off
def run(session: Session, out: Console) -> workshop.Dossier:
    """Walk the whole way; return the repair with its papers."""
    demo = Demo(session, out)
    e = demo.example
    step, customer = demo.step, e["name"]
    step(
        "register",
        workshop.do_register_call,
        "counter",
        "A",
        e["class_reason"],
        who="clerk",
        address=e["address"],
        model=e["model"],
    )
    step("start", workshop.do_start_service, who="technician", minutes=1)
    step(
        "assign",
        workshop.do_assign,
        demo.staff["technician"],
        who="chief",
        detail=demo.staff["technician"],
    )
    step("stage", workshop.do_note_stage, "arrived", who="clerk", minutes=1)
    step("start", workshop.do_start_service, who="technician", minutes=5)
    step("log_work", workshop.do_log_work, 15, e["looked"], who="technician", minutes=15)
    step(
        "take_in",
        workshop.do_take_in,
        customer,
        e["condition"],
        who="technician",
        accessories=e["accessories"],
    )
    step("repair", workshop.do_start_repair, who="technician", minutes=2)
    demo.offer(minutes=20)
    demo.accept(minutes=55)
    step("wait_parts", workshop.do_wait_for_parts, e["waiting_for"], who="technician", minutes=20)
    step("resume", workshop.do_resume_repair, who="technician", minutes=24 * 60)
    for minutes, done in e["work"]:
        step(
            "log_work",
            workshop.do_log_work,
            minutes,
            done,
            who="technician",
            minutes=minutes,
            detail=done,
        )
    for part in e["parts"]:
        step(
            "use_part",
            workshop.do_use_part,
            part["part"],
            who="technician",
            minutes=1,
            part_number=part["number"],
            unit_fen=part["fen"],
            damage=part["damage"],
            detail=part["part"],
        )
    found = {"cause": e["cause"], "remark": e["remark"]}
    step("to_check", workshop.do_send_to_check, who="technician", **found)
    step("hand_back", workshop.do_hand_back, customer, demo.staff["clerk"], "paper", who="clerk")
    step("fail_check", workshop.do_fail_check, e["sent_back"], who="chief", detail=e["sent_back"])
    step(
        "log_work",
        workshop.do_log_work,
        25,
        e["adjusted"],
        who="technician",
        minutes=25,
        detail=e["adjusted"],
    )
    step("to_check", workshop.do_send_to_check, who="technician", minutes=5, **found)
    step("pass_check", workshop.do_pass_check, who="chief", minutes=15)
    step(
        "hand_back", workshop.do_hand_back, customer, demo.staff["clerk"], "paper",
        who="clerk", minutes=19 * 60,
    )
    demo.say_code()
    step(
        "hand_back", workshop.do_hand_back, customer, demo.staff["clerk"], None,
        who="clerk", minutes=1,
    )
    step(
        "hand_back", workshop.do_hand_back, customer, demo.staff["clerk"], "paper",
        who="clerk", minutes=3,
    )
    step("archive", workshop.do_archive, who="clerk", minutes=2)
    step("settle", workshop.do_collect, who="clerk", minutes=3, amount_fen=demo.total_fen)
    step("settle", workshop.do_issue_invoice, e["invoice"], who="accountant", minutes=40)
    step("archive", workshop.do_archive, who="clerk", minutes=20)
    return workshop.dossier(session, demo.ticket)


# fmt: on
def main() -> int:
    """Run it in a scratch database and write the papers."""
    out = Console()
    words = knowledge.load("workshop")["terminal"]
    out.print(words["demo_title"])
    with tempfile.TemporaryDirectory() as scratch:
        url = f"sqlite:///{scratch}/repair.db"
        migrate(url)
        store = open_store(url)
        with store.session() as session:
            found = run(session, out)
            printed = found.ticket.closed_at or START
            token = do_issue_link(
                session, "status", found.ticket.number, printed, RandomIds(),
                who="demo", ticket=found.ticket,
            ).token  # fmt: skip
            pages = [
                (
                    f"demo-{place}-{kind}",
                    render_paper(kind, found, now=printed, base_url=BASE_URL, token=token),
                )
                for place, kind in enumerate(workshop.KINDS, 1)
            ]
        store.close()
    files: list[Path] = paper_files.write_html(pages, paths.var() / "papers")
    browser = paper_files.chromium()
    if browser is None:
        out.print(words["no_chromium"])
    else:
        files += paper_files.print_pages(files, browser, png=True, pdf=True)
    for file in files:
        shown = file.relative_to(paths.ROOT) if file.is_relative_to(paths.ROOT) else file
        out.print(words["written"].format(path=shown), markup=False, highlight=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
