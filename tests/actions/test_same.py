"""Another case about the same thing: asked first, put into the open one, or linked unseen."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from actions.entry import ConcludeSkill, OpenSkill
from actions.forms import ValidateForm
from actions.intake import Intake
from actions.services import Services
from aftersales.store.tables import Ticket, TicketLink
from tests.actions.talking import Talk


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


def take_down(
    talk: Talk, services: Services, say: Callable[..., list[str]], fault: str, phone: str
) -> None:
    begin(talk, services, "我要报修", "open_ticket")
    for text, intent in ((fault, "stopped"), ("不清楚", "dont_know"), ("同意", "affirm")):
        say(text, intent)
    say("王芳")
    say(phone)


def confirm(talk: Talk, services: Services, say: Callable[..., list[str]]) -> list[str]:
    say("确认提交", "affirm")
    return talk.run(ConcludeSkill(Intake(), services), "确认提交", "affirm")


def test_the_same_thing_goes_into_the_ticket_that_is_open(
    talk: Talk, services: Services, say: Callable[..., list[str]]
) -> None:
    take_down(talk, services, say, "停了两天", "13812345678")
    confirm(talk, services, say)
    number = talk.messages[0]["number"]
    take_down(talk, services, say, "表镜也裂了", "13812345678")
    assert asked(talk) == "same" and number in talk.messages[0]["question"]
    say("是同一件事", "affirm")
    assert talk.slots["requested_slot"] is None
    done = talk.run(ConcludeSkill(Intake(), services), "是同一件事", "affirm")
    assert done == ["utter_ticket_same"] and talk.messages[0]["number"] == number
    assert count(services, Ticket) == 1
    with services.store.session() as session:
        told = [f.value for f in session.scalars(select(Ticket)).one().findings]
        assert "表镜也裂了" in told


def test_another_thing_gets_a_ticket_of_its_own(
    talk: Talk, services: Services, say: Callable[..., list[str]]
) -> None:
    take_down(talk, services, say, "停了两天", "13812345678")
    confirm(talk, services, say)
    take_down(talk, services, say, "表镜也裂了", "13812345678")
    say("是另一件事", "inform")
    assert asked(talk) == "confirm"
    say("电话改成13812349999", "correct_answer")
    assert asked(talk) == "confirm"
    assert confirm(talk, services, say) == ["utter_ticket_repair"]
    assert count(services, Ticket) == 2
    assert count(services, TicketLink) == 0


def test_a_stranger_learns_nothing_of_what_a_phone_has_open(
    talk: Talk, services: Services, say: Callable[..., list[str]]
) -> None:
    take_down(talk, services, say, "停了两天", "13812345678")
    confirm(talk, services, say)
    with services.store.session() as session:
        session.scalars(select(Ticket)).one().sender = "somebody else"
    talk.slots = {}
    take_down(talk, services, say, "表镜裂了", "13812345678")
    assert asked(talk) == "confirm"
    assert confirm(talk, services, say) == ["utter_ticket_repair"]
    with services.store.session() as session:  # the desk sees it
        assert session.scalars(select(TicketLink.kind)).all() == ["related"]


def test_a_repeated_confirmation_is_not_asked_whether_it_is_the_same(
    talk: Talk, services: Services, say: Callable[..., list[str]]
) -> None:
    take_down(talk, services, say, "停了两天", "13812345678")
    before = dict(talk.slots)
    confirm(talk, services, say)
    talk.slots = before
    assert confirm(talk, services, say) == ["utter_ticket_repair"]
    assert count(services, Ticket) == 1
