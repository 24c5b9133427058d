"""Another case about the same thing: asked first, put into the open one, or linked unseen."""

from sqlalchemy import select

from actions.services import Services
from aftersales.store.tables import Ticket, TicketLink
from tests.actions.filing import Filing, count


def test_the_same_thing_goes_into_the_ticket_that_is_open(
    filing: Filing, services: Services
) -> None:
    filing.take_down("停了两天", "13812345678")
    filing.confirm()
    number = filing.messages[0]["number"]
    filing.take_down("表镜也裂了", "13812345678")
    assert filing.asked == "same" and number in filing.messages[0]["question"]
    filing.say("是同一件事", "affirm")
    assert filing.slots["requested_slot"] is None
    done = filing.conclude("是同一件事", "affirm")
    assert done == ["utter_ticket_same"] and filing.messages[0]["number"] == number
    assert count(services, Ticket) == 1
    with services.store.session() as session:
        told = [f.value for f in session.scalars(select(Ticket)).one().findings]
        assert "表镜也裂了" in told


def test_another_thing_gets_a_ticket_of_its_own(filing: Filing, services: Services) -> None:
    filing.take_down("停了两天", "13812345678")
    filing.confirm()
    filing.take_down("表镜也裂了", "13812345678")
    filing.say("是另一件事", "inform")
    assert filing.asked == "confirm"
    filing.say("电话改成13812349999", "correct_answer")
    assert filing.asked == "confirm"
    assert filing.confirm() == ["utter_ticket_repair"]
    assert count(services, Ticket) == 2
    assert count(services, TicketLink) == 0


def test_a_stranger_learns_nothing_of_what_a_phone_has_open(
    filing: Filing, services: Services
) -> None:
    filing.take_down("停了两天", "13812345678")
    filing.confirm()
    with services.store.session() as session:
        session.scalars(select(Ticket)).one().sender = "somebody else"
    filing.slots = {}
    filing.take_down("表镜裂了", "13812345678")
    assert filing.asked == "confirm"
    assert filing.confirm() == ["utter_ticket_repair"]
    with services.store.session() as session:  # the desk sees it
        assert session.scalars(select(TicketLink.kind)).all() == ["related"]


def test_a_repeated_confirmation_is_not_asked_whether_it_is_the_same(
    filing: Filing, services: Services
) -> None:
    filing.take_down("停了两天", "13812345678")
    before = dict(filing.slots)
    filing.confirm()
    filing.slots = before
    assert filing.confirm() == ["utter_ticket_repair"]
    assert count(services, Ticket) == 1
