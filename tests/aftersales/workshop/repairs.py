"""A repair and everything that can be done to it, for the tests: names, values and a moving clock
are filled in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from aftersales import estimates, pickup, workshop
from aftersales.ids import RandomIds
from aftersales.settings import Secret
from aftersales.store.tables import Estimate, Paper, Ticket
from aftersales.tickets import TicketDraft, Watch, do_create_ticket

CLERK, CHIEF, TECHNICIAN, ACCOUNTANT = "业务员周", "主任陈", "李师傅", "会计孙"
KEY = Secret("k" * 32)


@dataclass
class Repair:
    """One repair ticket in a session; each call happens five minutes after the last."""

    session: Session
    ticket: Ticket
    now: datetime

    @classmethod
    def new(cls, session: Session, now: datetime, kind: str = "repair") -> "Repair":
        ids = RandomIds()
        draft = TicketDraft(
            draft_id=ids.draft_id(), kind=kind, name="王小明", phone="13800005678",
            channel="widget", sender="visitor-1", watch=Watch("4R36", "0001", "510001"),
            fault="一天快半分钟", findings=[("日差", "+30 秒/天")],
        )  # fmt: skip
        return cls(session, do_create_ticket(session, draft, now, ids), now)

    def _(self, do: Callable[..., Any], *args: object, who: str = CLERK, **options: object) -> Any:
        self.now += timedelta(minutes=5)
        return do(self.session, self.ticket, *args, now=self.now, who=who, **options)

    @property
    def state(self) -> str:
        return self.ticket.state

    def paper(self, kind: str) -> Paper | None:
        return workshop.find_paper(self.ticket, kind)

    def register(self, mode: str = "counter", cls: str = "A", **given: Any) -> None:
        given = {"address": "示例市示例路 1 号"} | given
        self._(workshop.do_register_call, mode, cls, "已过保修期", **given)

    def stage(self, stage: str) -> None:
        self._(workshop.do_note_stage, stage)

    def assign(self, technician: str = TECHNICIAN) -> None:
        self._(workshop.do_assign, technician, who=CHIEF)

    def start(self) -> None:
        self._(workshop.do_start_service, who=TECHNICIAN)

    def approve(self, how: str = "signed") -> None:
        self._(workshop.do_record_approval, how)

    def log_work(self, minutes: int = 30) -> None:
        self._(workshop.do_log_work, minutes, "检测走时", who=TECHNICIAN)

    def use_part(self, quantity: int = 1) -> None:
        self._(workshop.do_use_part, "主发条", quantity=quantity, unit_fen=12000, who=TECHNICIAN)

    def finish_on_spot(self) -> None:
        self._(workshop.do_finish_on_spot, "王小明", who=TECHNICIAN)

    def take_in(self) -> None:
        self._(workshop.do_take_in, "王小明", "表壳有划痕", who=TECHNICIAN)

    def ask_approval(self) -> None:
        self._(workshop.do_ask_approval)

    def offer(self, *fen: int, accepted: bool = True) -> Estimate:
        """Send an estimate with one line of labour per price, and let the customer accept it."""
        items = [estimates.Item("labour", "拆洗", 1, one) for one in fen]
        made: Estimate = self._(estimates.do_make_estimate, items)
        self.now += timedelta(minutes=5)
        estimates.do_send_estimate(self.session, made, self.now, CLERK)
        if accepted:
            self.now += timedelta(minutes=5)
            estimates.do_accept(self.session, made, f"key-{made.id}", self.now, "link")
        return made

    def repair(self) -> None:
        self._(workshop.do_start_repair, who=TECHNICIAN)

    def give_up(self) -> None:
        self._(workshop.do_give_up_repair, "顾客不修了")

    def wait_parts(self) -> None:
        self._(workshop.do_wait_for_parts, "等主发条", who=TECHNICIAN)

    def resume(self) -> None:
        self._(workshop.do_resume_repair, who=TECHNICIAN)

    def to_check(self) -> None:
        self._(workshop.do_send_to_check, who=TECHNICIAN)

    def pass_check(self, who: str = CHIEF) -> None:
        self._(workshop.do_pass_check, who=who)

    def fail_check(self) -> None:
        self._(workshop.do_fail_check, "日差还大", who=CHIEF)

    def lose_receipt(self) -> None:
        self._(workshop.do_report_receipt_lost, "出门丢了，核对身份证姓名")

    def say_code(self, right: bool = True) -> bool:
        """The customer says the pick-up code; nothing happens when there is none."""
        link = pickup.find_pickup(self.session, self.ticket, self.now)
        if link is None:
            return False
        code = pickup.pickup_code(link, KEY)
        given = code if right else f"{(int(code) + 1) % 1_000_000:06d}"
        try:
            return bool(self._(pickup.do_check_pickup_code, given, KEY))
        except pickup.CodeLocked:
            return False

    def hand_back(self, receipt: str | None = "paper", without_code: str | None = None) -> None:
        self._(workshop.do_hand_back, "王小明", CLERK, receipt, without_code=without_code)

    def collect(self, amount_fen: int | None = 38000, less_reason: str | None = None) -> None:
        self._(workshop.do_collect, amount_fen=amount_fen, less_reason=less_reason)

    def invoice(
        self,
        amount_fen: int | None = None,
        late_reason: str | None = None,
        less_reason: str | None = None,
    ) -> None:
        self._(
            workshop.do_issue_invoice, "00012345", amount_fen=amount_fen,
            late_reason=late_reason, less_reason=less_reason, who=ACCOUNTANT,
        )  # fmt: skip

    def waive(self) -> None:
        self._(workshop.do_waive_fee, "没有修，不收费")

    def classify(self, cls: str) -> None:
        self._(workshop.do_classify, cls, "检测结果")

    def archive(self) -> None:
        self._(workshop.do_archive)

    def cancel(self) -> None:
        self._(workshop.do_cancel_call, "顾客来电不修了")

    def to(self, state: str, mode: str = "counter", cls: str = "A") -> "Repair":
        """Walk from the beginning to a state by the shortest honest way."""
        if state == "registered":
            return self
        if state == "cancelled":
            self.cancel()
            return self
        self.register(mode, cls)
        if state == "awaiting_assignment":
            return self
        self.assign()
        if mode != "on_site":
            self.stage("arrived")
        self.start()
        if state == "in_service":
            return self
        if mode == "on_site":
            self.stage("arrived")
        if cls == "A" and state != "awaiting_approval":
            self.approve()
        if state == "done_on_spot":
            self.log_work()
            self.finish_on_spot()
            return self
        for name, step in (
            ("taken_in", self.take_in),
            ("awaiting_approval", self.ask_approval if state == "awaiting_approval" else None),
            ("repairing", self.repair),
            ("awaiting_parts", self.wait_parts if state == "awaiting_parts" else None),
            ("awaiting_check", self._work_and_send),
            ("awaiting_return", self.pass_check),
            ("returned", lambda: self._return(mode)),
            ("archived", lambda: self._settle(cls)),
        ):
            if step is not None:
                step()
            if name == state:
                return self
        raise LookupError(state)

    def _work_and_send(self) -> None:
        self.log_work()
        self.to_check()

    def _return(self, mode: str) -> None:
        if mode == "mail_in":
            self.stage("delivered")
        self.say_code()
        self.hand_back("courier" if mode == "mail_in" else "paper")

    def _settle(self, cls: str) -> None:
        if cls == "A":
            self.collect()
            self.invoice()
        self.archive()
