"""Taking down a case: asked in order, read back, written exactly once."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from actions.entry import ConcludeSkill, OpenSkill
from actions.forms import ValidateForm
from actions.intake import Intake
from actions.services import Services
from aftersales import photos
from aftersales.store.tables import Consent, Customer, Ticket
from tests.actions.talking import NOW, Talk


@pytest.fixture
def say(talk: Talk, services: Services) -> Callable[[str, str], list[str]]:
    form = ValidateForm(Intake(), services)
    return lambda text, intent="inform": talk.run(form, text, intent)


def begin(talk: Talk, services: Services, text: str, intent: str) -> None:
    """The rule's action, then the form asks."""
    talk.run(OpenSkill(Intake(), services), text, intent)
    talk.run(ValidateForm(Intake(), services), text, intent, after="action_intake")


def count(services: Services, table: type) -> int:
    with services.store.session() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def asked(talk: Talk) -> str:
    return str(talk.slots["frames"][-1]["question"])


def test_a_repair_is_asked_for_step_by_step_and_written_once(
    talk: Talk, services: Services, say: Callable[..., list[str]]
) -> None:
    begin(talk, services, "我要报修", "open_ticket")
    assert asked(talk) == "fault"
    say("表不走了，放了两天", "stopped")
    assert asked(talk) == "watch"
    say("7S26-0020")
    assert asked(talk) == "consent"
    assert count(services, Customer) == 0
    say("同意", "affirm")
    say("我叫王芳")
    say("13812345678")
    assert asked(talk) == "confirm"
    assert "王芳" in talk.messages[0]["question"] and "7S26-0020" in talk.messages[0]["question"]
    say("确认提交", "affirm")
    done = ConcludeSkill(Intake(), services)
    before = dict(talk.slots)
    assert talk.run(done, "确认提交", "affirm") == ["utter_ticket_repair"]
    number = talk.messages[0]["number"]
    talk.slots = before  # the same confirmation delivered again
    talk.run(done, "确认提交", "affirm")
    assert talk.messages[0]["number"] == number
    assert count(services, Ticket) == 1
    assert count(services, Consent) == 1
    with services.store.session() as session:
        ticket = session.scalars(select(Ticket)).one()
        assert (ticket.calibre, ticket.case_code, ticket.fault) == (
            "7S26",
            "0020",
            "表不走了，放了两天",
        )


def test_a_refused_consent_keeps_nothing(
    talk: Talk, services: Services, say: Callable[..., list[str]]
) -> None:
    begin(talk, services, "给我回个电话", "request_callback")
    say("不同意", "deny")
    said = talk.run(ConcludeSkill(Intake(), services), "不同意", "deny")
    assert said == ["utter_consent_refused"]
    assert count(services, Customer) == 0


def test_a_wrong_phone_is_asked_again_and_a_later_one_replaces_it(
    talk: Talk, services: Services, say: Callable[..., list[str]]
) -> None:
    begin(talk, services, "给我回个电话", "request_callback")
    say("可以", "affirm")
    say("张伟")
    say("1381234")
    assert asked(talk) == "phone" and "位数" in talk.messages[0]["question"]
    say("13812340000")
    assert asked(talk) == "confirm"
    say("电话改成13812349999", "correct_answer")
    assert talk.slots["frames"][-1]["data"]["answers"]["phone"] == "13812349999"
    assert asked(talk) == "confirm"


def test_another_subject_in_the_form_is_left_to_the_rules(
    talk: Talk, services: Services, say: Callable[..., list[str]]
) -> None:
    begin(talk, services, "给我回个电话", "request_callback")
    say("可以", "affirm")
    say("修一次多少钱", "repair_price")
    assert talk.events == []
    assert asked(talk) == "name"


def test_stopping_ends_the_questions(
    talk: Talk, services: Services, say: Callable[..., list[str]]
) -> None:
    begin(talk, services, "我要报修", "open_ticket")
    say("算了", "deny")
    assert talk.slots["requested_slot"] is None
    assert talk.run(ConcludeSkill(Intake(), services), "算了", "deny") == ["utter_stopped"]
    assert talk.slots["frames"] == []


def test_photos_of_the_talk_hang_on_the_ticket(
    talk: Talk, services: Services, say: Callable[..., list[str]]
) -> None:
    with services.store.session() as session:
        photos.do_record_photo(
            session,
            name="p" * 26,
            sender="somebody",
            channel="widget",
            media_type="image/jpeg",
            size_bytes=10,
            width_px=1,
            height_px=1,
            sha256="0" * 64,
            now=NOW,
        )
    begin(talk, services, "我要报修", "open_ticket")
    for text, intent in (("表镜裂了", "exterior_damage"), ("不清楚", "dont_know")):
        say(text, intent)
    for text, intent in (("同意", "affirm"), ("王芳", "inform"), ("13812345678", "inform")):
        say(text, intent)
    say("确认提交", "affirm")
    said = talk.run(ConcludeSkill(Intake(), services), "确认提交", "affirm")
    assert said == ["utter_ticket_repair", "utter_photos_attached"]
    with services.store.session() as session:
        assert photos.unattached(session, "somebody") == []
        assert len(session.scalars(select(Ticket)).one().photos) == 1
