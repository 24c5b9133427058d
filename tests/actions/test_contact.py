"""Name and phone are asked for once in a conversation, while the consent stands."""

from actions import contact
from actions.services import Services
from aftersales.people.consent import do_withdraw_all
from aftersales.store.tables import Ticket
from tests.actions.filing import Filing
from tests.actions.talking import NOW, turn


def filed(filing: Filing) -> dict[str, object]:
    filing.take_down("停了两天", "13812345678")
    filing.confirm()
    return filing.slots


def test_nothing_is_known_before_the_first_case(services: Services) -> None:
    assert contact.known(turn(services, "我要报修", "open_ticket"), "repair") == {}


def test_the_same_purpose_is_agreed_to_once(services: Services, filing: Filing) -> None:
    told = turn(services, "我要报修", "open_ticket", filed(filing))
    assert contact.known(told, "repair") == {
        "name": "王芳",
        "phone": "13812345678",
        "consent": "yes",
    }


def test_another_purpose_is_asked_about(services: Services, filing: Filing) -> None:
    told = turn(services, "我要投诉", "complain", filed(filing))
    assert contact.known(told, "complaint") == {"name": "王芳", "phone": "13812345678"}


def test_who_takes_his_consent_back_is_not_remembered(services: Services, filing: Filing) -> None:
    slots = filed(filing)
    with services.store.session() as session:
        do_withdraw_all(session, "somebody", "widget", NOW)
    assert contact.known(turn(services, "我要报修", "open_ticket", slots), "repair") == {}


def test_a_case_of_somebody_else_tells_nothing(services: Services, filing: Filing) -> None:
    slots = filed(filing)
    with services.store.session() as session:
        session.query(Ticket).one().sender = "somebody else"
    assert contact.known(turn(services, "我要报修", "open_ticket", slots), "repair") == {}


def test_the_desk_remembers_nobody(services: Services, filing: Filing) -> None:
    told = turn(services, "我要报修", "open_ticket", filed(filing))
    told.metadata = {"channel": "desk"}
    assert contact.known(told, "repair") == {}
