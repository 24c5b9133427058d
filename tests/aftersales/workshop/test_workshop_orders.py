"""Whatever is tried in whatever order, the papers and the history of a repair stay true."""

from datetime import UTC, datetime
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from aftersales import knowledge, workshop
from aftersales.pickup.codes import SAID_FOR
from aftersales.store import open_store
from aftersales.store.tables import Base
from aftersales.workshop import Refused
from tests.aftersales.workshop.repairs import CHIEF, TECHNICIAN, Repair

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
MOVES = knowledge.load("tickets")["moves"]["repair"]
#: Which papers there are in each state of a repair that was taken in.
REGISTERED = {"call_register", "service_voucher"}
TAKEN_IN = REGISTERED | {"item_receipt", "inout_register", "repair_card"}
PAPERS = {
    "registered": set(), "awaiting_assignment": REGISTERED, "in_service": REGISTERED,
    "done_on_spot": REGISTERED, "taken_in": TAKEN_IN, "awaiting_approval": TAKEN_IN,
    "repairing": TAKEN_IN, "awaiting_parts": TAKEN_IN, "awaiting_check": TAKEN_IN,
    "awaiting_return": TAKEN_IN, "returned": TAKEN_IN,
}  # fmt: skip
CLASSES = st.sampled_from(["A", "A", "B", "C", "D"])
MODES = st.sampled_from(["counter", "mail_in", "on_site"])
STAGES = st.sampled_from(sorted(knowledge.load("workshop")["stages"]))
#: Steps without a choice; each is one rule.
PLAIN = (
    "start", "finish_on_spot", "take_in", "ask_approval", "repair", "give_up", "wait_parts",
    "resume", "to_check", "fail_check", "lose_receipt", "waive", "archive", "log_work",
)  # fmt: skip


class AnyOrder(RuleBasedStateMachine):
    """One repair; every rule is one thing somebody tries."""

    def __init__(self) -> None:
        super().__init__()
        self.store = open_store("sqlite://")
        Base.metadata.create_all(self.store.engine)
        self.said_at: datetime | None = None
        self.block = self.store.session()
        self.repair = Repair.new(self.block.__enter__(), NOW)

    def teardown(self) -> None:
        self.block.__exit__(None, None, None)
        self.store.close()

    def attempt(self, name: str, *given: Any) -> None:
        before = (self.repair.state, len(self.repair.ticket.moves))
        try:
            getattr(self.repair, name)(*given)
        except Refused as refused:
            assert refused.text()
            assert (self.repair.state, len(self.repair.ticket.moves)) == before

    @initialize(mode=MODES, cls=CLASSES, far=st.integers(0, 10))
    def begin(self, mode: str, cls: str, far: int) -> None:
        """Start somewhere along the way, or nothing would ever get far by chance."""
        if far:
            states = [
                "awaiting_assignment", "in_service", "done_on_spot" if mode != "mail_in" else
                "taken_in", "taken_in", "awaiting_approval", "repairing", "awaiting_parts",
                "awaiting_check", "awaiting_return", "returned",
            ]  # fmt: skip
            self.repair.to(states[far - 1], mode, cls)
            if self.repair.state == "returned":
                self.said_at = self.repair.now

    @rule(name=st.sampled_from(PLAIN))
    def plain(self, name: str) -> None:
        self.attempt(name)

    @rule(mode=MODES, cls=CLASSES)
    def register(self, mode: str, cls: str) -> None:
        self.attempt("register", mode, cls)

    @rule(stage=STAGES)
    def stage(self, stage: str) -> None:
        self.attempt("stage", stage)

    @rule(technician=st.sampled_from([TECHNICIAN, "赵师傅"]))
    def assign(self, technician: str) -> None:
        self.attempt("assign", technician)

    @rule(how=st.sampled_from(["signed", "link"]))
    def approve(self, how: str) -> None:
        self.attempt("approve", how)

    @rule(who=st.sampled_from([CHIEF, TECHNICIAN]))
    def pass_check(self, who: str) -> None:
        self.attempt("pass_check", who)

    @rule(right=st.sampled_from([True, True, False]))
    def say_code(self, right: bool) -> None:
        if self.repair.say_code(right):
            self.said_at = self.repair.now

    @rule(
        receipt=st.sampled_from(["paper", "paper", "courier", "lost", None]),
        without_code=st.sampled_from([None, None, " ", "当面核对身份证"]),
    )
    def hand_back(self, receipt: str | None, without_code: str | None) -> None:
        self.attempt("hand_back", receipt, without_code)

    @rule(cls=CLASSES)
    def classify(self, cls: str) -> None:
        self.attempt("classify", cls)

    @rule(amount=st.sampled_from([None, 0, 1, 38000]))
    def collect(self, amount: int | None) -> None:
        self.attempt("collect", amount)

    @rule(amount=st.sampled_from([None, 38000]))
    def invoice(self, amount: int | None) -> None:
        self.attempt("invoice", amount)

    @rule(sure=st.integers(0, 9))
    def cancel(self, sure: int) -> None:
        if sure == 0:
            self.attempt("cancel")

    @invariant()
    def the_history_is_a_legal_path(self) -> None:
        path = [move.to_state for move in self.repair.ticket.moves]
        assert path[0] == "registered"
        assert path[-1] == self.repair.state
        for before, after in zip(path, path[1:], strict=False):
            assert after in MOVES[before]
        assert all(move.who for move in self.repair.ticket.moves)

    @invariant()
    def nothing_repaired_goes_back_unchecked(self) -> None:
        path = [move.to_state for move in self.repair.ticket.moves]
        if "returned" in path and "repairing" in path:
            assert path[path.index("awaiting_return") - 1] == "awaiting_check"

    @invariant()
    def nothing_goes_over_the_counter_without_a_code_or_a_reason(self) -> None:
        ticket = self.repair.ticket
        back = next((move for move in ticket.moves if move.to_state == "returned"), None)
        if back is None or ticket.service_mode != "counter":
            return
        said = self.said_at is not None and back.at - self.said_at < SAID_FOR
        assert said or "当面核对身份证" in (back.why or "")

    @invariant()
    def nothing_charged_is_on_the_bench_unapproved(self) -> None:
        ticket = self.repair.ticket
        at_work = {"repairing", "awaiting_parts", "awaiting_check", "done_on_spot"}
        if ticket.state in at_work and ticket.service_class == "A":
            assert workshop.is_approved(self.repair.session, ticket)

    @invariant()
    def the_receipt_is_void_exactly_when_the_watch_is_back(self) -> None:
        receipt = self.repair.paper("item_receipt")
        back = "returned" in {move.to_state for move in self.repair.ticket.moves}
        assert (receipt is not None and receipt.state == "void") == back

    @invariant()
    def every_state_has_its_papers(self) -> None:
        found = workshop.dossier(self.repair.session, self.repair.ticket)
        kinds = set(found.papers) - {"settlement"}
        path = {move.to_state for move in self.repair.ticket.moves}
        if self.repair.state in PAPERS:
            assert kinds == PAPERS[self.repair.state]
        if self.repair.state == "archived":
            assert kinds == (TAKEN_IN if "taken_in" in path else REGISTERED)
            assert workshop.settlement_left(self.repair.session, self.repair.ticket) is None
            assert {paper.state for paper in found.papers.values()} <= {"closed", "void"}
        if self.repair.state == "cancelled":
            assert all(paper.state == "void" for paper in found.papers.values())
        assert len([one for one in found.assignments if one.ended_at is None]) <= 1


AnyOrder.TestCase.settings = settings(
    max_examples=60, stateful_step_count=25, deadline=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
TestAnyOrder = AnyOrder.TestCase
