"""What we keep, shown and deleted after a proof; consent taken back."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from actions.privacy import wanted
from actions.services import Services
from aftersales import conversations, tickets
from aftersales.people import has_consent
from aftersales.people.erasures import GRACE
from aftersales.people.subjects import subject_of
from aftersales.settings import Secret
from aftersales.store.tables import Erasure, OutboxRow, Ticket
from tests.actions.talking import NOW
from tests.actions.walking import Walk


def opened(services: Services, sender: str, draft_id: str = "d-1") -> str:
    """Open a repair; its phone ends in 5678."""
    draft = tickets.TicketDraft(
        draft_id=draft_id,
        kind="repair",
        name="王小明",
        phone="13800005678",
        fault="走快",
        channel="widget",
        sender=sender,
        consent_version=str(tickets.purpose("repair")["version"]),
    )
    with services.store.session() as session:
        return tickets.do_create_ticket(session, draft, now=NOW, ids=services.ids).number


@pytest.fixture
def owner(services: Services) -> Walk:
    """The talk that opened a ticket."""
    opened(services, "owner")
    with services.store.session() as session:
        talk = conversations.get_or_open(session, "owner", "widget", NOW)
        conversations.do_store_message(session, talk, "in", "走快", message_key="k", now=NOW)
    return Walk(services, "owner")


def asked(services: Services) -> list[Erasure]:
    with services.store.session() as session:
        return list(session.scalars(select(Erasure)))


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("你们有我什么信息", "show"),
        ("你们存了我哪些资料", "show"),
        ("导出我的数据", "show"),
        ("查看我的个人信息", "show"),
        ("把我的数据删掉", "delete"),
        ("可以删了吗", "delete"),
        ("我的信息能删掉吗", "delete"),
        ("删了没有", "state"),
        ("我的信息删除了吗", "state"),
        ("什么时候能删完", "state"),
        ("注销我的账号", "delete"),
        ("不想让你们保存我的照片", "delete"),
        ("撤回同意", "withdraw"),
        ("取消授权", "withdraw"),
        ("别再用我的号码了", "withdraw"),
        ("别删了", "keep"),
        ("我填错了姓名，个人资料怎么改", "change"),
        ("会不会泄露我的隐私", None),
        ("隐私政策", None),
        ("为什么要留电话，用来干嘛", None),
    ],
)
def test_what_is_wanted_is_heard(text: str, want: str | None) -> None:
    assert wanted(text) == want


def test_a_general_question_gets_the_general_answer(services: Services) -> None:
    assert Walk(services).say("会不会泄露我的隐私", "privacy_request") == ["utter_privacy"]


def test_a_correction_is_for_a_person(services: Services) -> None:
    walk = Walk(services)
    assert walk.say("名字填错了怎么改", "privacy_request") == ["utter_privacy_request"]
    assert walk.slots["offer"] == "callback"


def test_a_visitor_without_a_ticket_sees_this_talk_only(services: Services, owner: Walk) -> None:
    walk = Walk(services, "visitor")
    assert walk.say("你们有我什么信息", "privacy_request") == ["utter_privacy_holdings"]
    assert "单号" in walk.words and "王" not in walk.words


def test_the_owner_sees_masked_data_after_four_digits(owner: Walk) -> None:
    assert owner.say("你们有我什么信息", "privacy_request") == ["utter_question"]
    assert owner.waiting == ("privacy", "last4")
    assert owner.say("5678") == ["utter_privacy_holdings"]
    assert "王**" in owner.words and "138****5678" in owner.words and "聊天 1 条" in owner.words
    assert "13800005678" not in owner.words and "/chat/copy/" not in owner.words


def test_the_whole_copy_is_behind_a_signed_address(services: Services) -> None:
    opened(services, "owner")
    walk = Walk(replace(services, secret=Secret("s")), "owner")
    walk.say("导出我的数据", "privacy_request")
    walk.say("5678")
    assert "/chat/copy/" in walk.words


def test_a_wrong_proof_and_an_unknown_number_are_answered_alike(
    services: Services, owner: Walk
) -> None:
    said = []
    for number in (opened(services, "another", "d-9"), "FW261101-04825"):
        walk = Walk(services, "stranger")
        walk.say(f"删除我的信息 {number}", "privacy_request")
        assert walk.waiting == ("privacy", "last4")
        walk.say("0000")
        said.append(walk.words)
        assert walk.waiting == ("privacy", "last4")
    assert said[0] == said[1]
    assert asked(services) == []


def test_guessing_ends(services: Services, owner: Walk) -> None:
    owner.say("你们有我什么信息", "privacy_request")
    for _ in range(5):
        owner.say("0000")
    assert owner.say("0001") == ["utter_too_many_attempts"]


def test_nothing_is_deleted_without_the_last_yes(services: Services, owner: Walk) -> None:
    owner.say("把我的数据删掉", "privacy_request")
    owner.say("5678")
    assert owner.waiting == ("privacy", "sure_delete")
    assert owner.say("先不删") == ["utter_privacy_kept"]
    assert asked(services) == []


def test_a_deletion_is_noted_and_says_what_waits(services: Services, owner: Walk) -> None:
    owner.say("把我的数据删掉", "privacy_request")
    owner.say("5678")
    assert owner.say("确定删除", "affirm") == ["utter_erasure_waits"]
    with services.store.session() as session:
        number = session.scalars(select(Ticket.number)).one()
    assert owner.messages[0]["numbers"] == number
    (erasure,) = asked(services)
    assert (erasure.proof, erasure.sender, erasure.due_at) == ("session", "owner", NOW + GRACE)


@pytest.mark.parametrize("intent", ["privacy_request", "deny", "nlu_fallback", "cancel_ticket"])
def test_it_can_be_taken_back(services: Services, owner: Walk, intent: str) -> None:
    owner.say("把我的数据删掉", "privacy_request")
    owner.say("5678")
    owner.say("确定删除", "affirm")
    assert owner.say("别删了", intent) == ["utter_erasure_recalled"]
    assert asked(services) == []


def test_without_a_deletion_there_is_nothing_to_take_back(services: Services) -> None:
    assert Walk(services).say("别删了", "privacy_request") == ["utter_nothing_more"]


def test_a_visitor_without_a_ticket_may_delete_the_talk(services: Services) -> None:
    walk = Walk(services, "visitor")
    walk.say("删除我的聊天记录", "privacy_request")
    assert walk.waiting == ("privacy", "sure_delete")
    assert walk.say("确定删除", "affirm") == ["utter_erasure_asked"]
    (erasure,) = asked(services)
    assert (erasure.proof, erasure.tickets) == ("session", [])


def test_somebody_elses_paper_opens_that_ticket_only(services: Services, owner: Walk) -> None:
    number = opened(services, "another", "d-9")
    owner.say(f"删除我的信息，单号{number}", "privacy_request")
    owner.say("5678")
    owner.say("确定删除", "affirm")
    (erasure,) = asked(services)
    assert erasure.proof == "number" and len(erasure.tickets) == 1


def test_at_the_desk_only_a_number_proves_anything(services: Services) -> None:
    number = opened(services, "agent")
    opened(services, "agent", "d-2")
    walk = Walk(services, "agent")
    walk.say("客人要删除信息", "privacy_request", channel="desk")
    assert walk.waiting == ("privacy", "number")
    walk.say(number, channel="desk")
    walk.say("5678", channel="desk")
    walk.say("确定删除", "affirm", channel="desk")
    (erasure,) = asked(services)
    assert erasure.proof == "number"
    with services.store.session() as session:
        assert len(subject_of(session, set(), erasure.tickets).open_tickets) == 1


def test_consent_is_taken_back_and_the_desk_is_told(services: Services, owner: Walk) -> None:
    owner.say("撤回同意", "privacy_request")
    owner.say("5678")
    assert owner.waiting == ("privacy", "sure_withdraw")
    assert owner.say("确定撤回", "affirm") == ["utter_consent_withdrawn"]
    assert owner.messages[0]["purposes"] == "报修"
    with services.store.session() as session:
        assert not has_consent(session, "owner", "repair")
        events = [row.payload["event"] for row in session.scalars(select(OutboxRow))]
        assert "consent_withdrawn" in events
    owner.say("撤回同意", "privacy_request", after=1)
    owner.say("5678", after=1)
    assert owner.say("确定撤回", "affirm", after=1) == ["utter_privacy_nothing_agreed"]


def test_another_subject_in_between_is_answered(owner: Walk) -> None:
    owner.say("把我的数据删掉", "privacy_request")
    said = owner.say("修一次多少钱", "repair_price")
    assert said[0] == "utter_answer" and owner.waiting == ("privacy", "last4")


@pytest.mark.parametrize("intent", ["deny", "privacy_request", "ticket_status", "inform"])
def test_how_far_a_deletion_is_is_said_whatever_the_classifier_heard(
    services: Services, intent: str
) -> None:
    walk = Walk(services, "somebody")
    assert walk.say("删了没有", intent) == ["utter_erasure_none"]
    walk.say("删除我的信息", "privacy_request")
    walk.say("确定删除", "affirm")
    assert walk.say("删了没有", intent) == ["utter_erasure_soon"]
    assert walk.say("删了没有", intent, after=1) == ["utter_erasure_due"]
    assert asked(services)[0].state == "asked"


def test_what_a_deletion_still_waits_for_is_named(owner: Walk, services: Services) -> None:
    owner.say("删除我的信息", "privacy_request")
    owner.say("5678")
    owner.say("确定删除", "affirm")
    with services.store.session() as session:
        ticket = session.scalars(select(Ticket)).one()
        erasure = session.scalars(select(Erasure)).one()
        erasure.state, erasure.tickets = "waiting", [ticket.id]
        number = ticket.number
    assert owner.say("删完了没", "deny") == ["utter_erasure_partly"]
    assert owner.messages[0]["numbers"] == number
