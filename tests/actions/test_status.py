"""Where is my repair, and cancelling it: number and four digits, one answer for all wrong pairs."""

from datetime import timedelta

import pytest

from actions.services import Services
from aftersales import complaints, estimates, tickets
from aftersales.links import OPEN_ESTIMATE, OPEN_STATUS, Passes, do_prove_by_link
from aftersales.settings import Secret
from aftersales.store.tables import Ticket
from tests.actions.filing import Filing
from tests.actions.talking import NOW
from tests.actions.walking import Walk

UNKNOWN = "FW261101-04825"


@pytest.fixture
def walk(services: Services) -> Walk:
    """A talk in a house that holds one case."""
    return Walk(services)


@pytest.fixture
def number(services: Services) -> str:
    """The number of an open repair; its phone ends in 5678."""
    draft = tickets.TicketDraft(
        draft_id="d" * 26,
        kind="repair",
        name="王小明",
        phone="13800005678",
        watch=tickets.Watch("7S26"),
        fault="走快",
        findings=[],
        channel="widget",
        sender="the owner",
        consent_version=str(tickets.purpose("repair")["version"]),
    )
    with services.store.session() as session:
        return tickets.do_create_ticket(session, draft, now=NOW, ids=services.ids).number


def state(services: Services, number: str) -> str:
    with services.store.session() as session:
        return session.query(Ticket).filter_by(number=number).one().state


def test_number_and_four_digits_show_the_state(walk: Walk, number: str) -> None:
    walk.say("查进度", "ticket_status")
    assert walk.waiting == ("status", "number")
    walk.say(number)
    assert walk.waiting == ("status", "last4")
    assert walk.say("5678") == ["utter_status"]
    assert walk.messages[0]["number"] == number
    assert "13800005678" not in walk.words and "王小明" not in walk.words


@pytest.mark.parametrize("text", ["{0} 后四位5678", "单号{0}，5678", "{0} 13800005678"])
def test_both_at_once_need_no_question(walk: Walk, number: str, text: str) -> None:
    walk.say("查进度", "ticket_status")
    assert walk.say(text.format(number)) == ["utter_status"]


def test_the_digits_of_the_number_are_no_second_proof(walk: Walk, number: str) -> None:
    walk.say(f"查进度 {number}", "ticket_status")
    assert walk.waiting == ("status", "last4")


def test_a_wrong_pair_and_an_unknown_number_cannot_be_told_apart(
    services: Services, number: str
) -> None:
    def guess(wanted: str, sender: str) -> tuple[object, ...]:
        walk = Walk(services, sender)
        walk.say(f"查进度 {wanted}", "ticket_status")
        spoken = walk.say("0000")
        text = walk.words.replace(wanted, "#")
        return spoken, text, sorted(walk.slots["frames"][0]["data"]), walk.waiting

    assert guess(number, "a") == guess(UNKNOWN, "b")


def test_a_mistyped_digit_is_put_right_without_giving_the_number_again(
    walk: Walk, number: str
) -> None:
    walk.say(f"查进度 {number}", "ticket_status")
    assert walk.say("5679") == ["utter_status_unknown", "utter_question"]
    assert walk.say("5678") == ["utter_status"]


def test_guessing_is_stopped_also_for_the_right_digits(walk: Walk, number: str) -> None:
    walk.say(f"查进度 {number}", "ticket_status")
    answers = [walk.say(f"{n:04d}")[0] for n in range(5)]
    assert answers == ["utter_status_unknown"] * 5
    assert walk.say("5678") == ["utter_too_many_attempts"]


@pytest.mark.parametrize(
    ("words", "intent", "hint"),
    [("FW2611", "inform", "不像完整的单号"), ("12", "inform", "不像完整的单号")],
)
def test_half_a_number_is_asked_for_again_with_the_reason(
    walk: Walk, words: str, intent: str, hint: str
) -> None:
    walk.say("查进度", "ticket_status")
    assert walk.say(words, intent) == ["utter_question"]
    assert hint in walk.words


@pytest.mark.parametrize(
    ("words", "intent"),
    [("找不到单号", "inform"), ("没有", "deny"), ("不知道", "dont_know"), ("单号忘了", "inform")],
)
def test_without_a_number_a_call_is_offered(walk: Walk, words: str, intent: str) -> None:
    walk.say("查进度", "ticket_status")
    assert walk.say(words, intent) == ["utter_status_no_number"]
    assert walk.slots["offer"] == "callback"
    assert walk.say("好的", "affirm") == ["utter_question"]
    assert walk.waiting == ("intake", "consent")


def test_no_number_in_the_first_message_is_understood_at_once(walk: Walk) -> None:
    assert walk.say("我没有单号查进度", "ticket_status") == ["utter_status_no_number"]


@pytest.mark.parametrize("yes", ["确定取消", "确定", "是的", "嗯，取消吧", "对"])
def test_it_is_cancelled_after_proof_and_a_last_yes(
    walk: Walk, services: Services, number: str, yes: str
) -> None:
    walk.say(f"取消{number}", "cancel_ticket")
    walk.say("5678")
    assert walk.waiting == ("status", "sure")
    assert state(services, number) == "registered"
    assert walk.say(yes, "affirm") == ["utter_cancelled"]
    assert state(services, number) == "cancelled"


@pytest.mark.parametrize("no", ["不取消", "不用取消了", "先留着", "不", "别取消"])
def test_a_no_keeps_it(walk: Walk, services: Services, number: str, no: str) -> None:
    walk.say(f"取消{number}", "cancel_ticket")
    walk.say("5678")
    assert walk.say(no, "deny") == ["utter_cancel_kept"]
    assert state(services, number) == "registered"


def test_nobody_cancels_a_case_without_its_digits(
    walk: Walk, services: Services, number: str
) -> None:
    walk.say(f"取消{number}", "cancel_ticket")
    walk.say("0000")
    assert walk.say("确定取消", "affirm")[0] == "utter_status_unknown"
    assert state(services, number) == "registered"


def test_work_already_begun_needs_a_person(walk: Walk, services: Services, number: str) -> None:
    with services.store.session() as session:
        session.query(Ticket).filter_by(number=number).one().state = "repairing"
    walk.say(f"取消{number}", "cancel_ticket")
    walk.say("5678")
    assert walk.say("确定取消", "affirm") == ["utter_cancel_refused"]
    assert state(services, number) == "repairing"


def test_no_repair_after_all_cancels_nothing_that_does_not_exist(walk: Walk) -> None:
    assert walk.say("太贵了不修了", "cancel_ticket") == ["utter_no_repair"]
    assert walk.waiting is None


def test_the_number_given_last_is_repeated(walk: Walk) -> None:
    walk.slots["last_ticket"] = UNKNOWN
    assert walk.say("我的单号是多少", "ticket_status") == ["utter_last_number"]
    assert UNKNOWN in walk.words


SECRET = Secret("a key of the tests")


def offer(services: Services, number: str) -> None:
    """An offer for this ticket, good for a week."""
    with services.store.session() as session:
        ticket = session.query(Ticket).filter_by(number=number).one()
        items = [estimates.Item("labour", "保养", 1, 80_050)]
        made = estimates.do_make_estimate(session, ticket, items, NOW, "chief")
        estimates.do_send_estimate(session, made, NOW, "chief")


def signed(services: Services) -> Services:
    return Services(services.store, services.clock, services.ids, SECRET)


def test_an_open_offer_is_mentioned_with_its_total_and_end(walk: Walk, number: str) -> None:
    offer(walk.services, number)
    walk.say(f"查进度 {number}", "ticket_status")
    assert walk.say("5678") == ["utter_status"]
    assert "¥800.50" in walk.words and "不会动手修" in walk.words and "/open/" not in walk.words


@pytest.mark.parametrize("offered", [False, True])
def test_whoever_proved_himself_gets_a_way_of_his_own(
    services: Services, number: str, offered: bool
) -> None:
    if offered:
        offer(services, number)
    walk = Walk(signed(services), "the owner")
    walk.say(f"查进度 {number}", "ticket_status")
    assert walk.say("5678") == ["utter_status"]
    use, path = (OPEN_ESTIMATE, "/e/open/") if offered else (OPEN_STATUS, "/s/open/")
    value = walk.words.rpartition(path)[2].split()[0]
    passes = Passes(SECRET)
    with services.store.session() as session:
        row = session.query(Ticket).filter_by(number=number).one().id
    assert passes.read(use, value, NOW, "the owner") == row
    assert passes.read(use, value, NOW, "somebody") is None
    assert passes.read(use, value, NOW + timedelta(minutes=31), "the owner") is None


def test_at_the_desk_no_address_is_read_aloud(services: Services, number: str) -> None:
    offer(services, number)
    walk = Walk(signed(services), "agent")
    walk.say(f"查进度 {number}", "ticket_status", channel="desk")
    walk.say("5678", channel="desk")
    assert "800.50 元" in walk.words and "/open/" not in walk.words


def test_whoever_comes_from_the_status_page_need_not_prove_it_again(
    services: Services, number: str
) -> None:
    offer(services, number)
    with services.store.session() as session:
        ticket = session.query(Ticket).filter_by(number=number).one()
        do_prove_by_link(session, "the owner", ticket, NOW)
    walk = Walk(signed(services), "the owner")
    assert walk.say(f"单号 {number} 现在到哪一步了？", "ticket_status") == ["utter_status"]
    assert "¥800.50" in walk.words
    assert "/open/" not in walk.words, "a printed address is not enough to agree to a price"
    assert walk.say(f"查进度 {UNKNOWN}", "ticket_status") == ["utter_question"]
    other = Walk(signed(services), "somebody")
    assert other.say(f"查进度 {number}", "ticket_status") == ["utter_question"]
    assert other.waiting == ("status", "last4")


def test_coming_from_the_status_page_cancels_nothing(services: Services, number: str) -> None:
    with services.store.session() as session:
        ticket = session.query(Ticket).filter_by(number=number).one()
        do_prove_by_link(session, "the owner", ticket, NOW)
    walk = Walk(services, "the owner")
    walk.say(f"取消{number}", "cancel_ticket")
    assert walk.waiting == ("status", "last4")
    assert state(services, number) == "registered"


def test_the_proof_by_link_ends(services: Services, number: str) -> None:
    with services.store.session() as session:
        ticket = session.query(Ticket).filter_by(number=number).one()
        do_prove_by_link(session, "the owner", ticket, NOW)
    walk = Walk(services, "the owner")
    walk.say(f"查进度 {number}", "ticket_status", after=3)
    assert walk.waiting == ("status", "last4")


@pytest.mark.parametrize("channel", ["widget", "desk"])
def test_a_complaints_answer_is_read_out_once_there_is_one(
    services: Services, channel: str
) -> None:
    with services.store.session() as session:
        draft = tickets.TicketDraft(
            "d-c", "complaint", "王小明", "13800005678", "widget", "w", fault="慢"
        )
        complaint = tickets.do_create_ticket(session, draft, NOW, services.ids)
    walk = Walk(services, "the owner")
    walk.say(f"查进度 {complaint.number}", "ticket_status", channel=channel)
    walk.say("5678", channel=channel)
    assert "答复是" not in walk.words
    with services.store.session() as session:
        mine = session.get_one(Ticket, complaint.id)
        complaints.do_answer_complaint(session, mine, "已经查过，{明天}重新检测。", NOW, "anna")
    walk.say(f"查进度 {complaint.number}", "ticket_status", channel=channel)
    assert walk.say("0000", channel=channel)[0] == "utter_status_unknown"
    assert "答复是" not in walk.words
    assert walk.say("5678", channel=channel) == ["utter_status"]
    assert "给您的答复是" in walk.words and "已经查过，{明天}重新检测。" in walk.words


@pytest.mark.parametrize("text", ["多久给我答复", "那我就等着吧", "然后我等着就行啦"])
@pytest.mark.parametrize("intent", ["repair_duration", "out_of_scope", "goodbye", "open_ticket"])
def test_who_waits_for_his_case_is_told_that_it_is_taken_care_of(
    filing: Filing, services: Services, text: str, intent: str
) -> None:
    filing.take_down("停了", "13812345678")
    filing.confirm()
    walk = Walk(services)
    walk.slots = dict(filing.slots)
    assert walk.say(text, intent) == ["utter_will_be_answered"]


def test_a_case_not_yet_filed_has_no_progress(services: Services) -> None:
    walk = Walk(services)
    walk.say("给我回个电话", "request_callback")
    assert walk.say("查一下进度", "ticket_status")[0] == "utter_no_number_yet"
    assert walk.waiting == ("intake", "consent")
