"""More words for a case that is filed reach it, and only it."""

import pytest
from sqlalchemy import select

from actions import remark
from actions.services import Services
from aftersales.store.tables import Ticket
from tests.actions.filing import Filing
from tests.actions.talking import said, turn


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("等下，能不能加一句：表带要原装的", "表带要原装的"),
        ("再补充一点，表镜也花了", "表镜也花了"),
        ("帮我加一句晚上再打", "晚上再打"),
    ],
)
def test_what_is_added_is_put_into_the_case(
    filing: Filing, services: Services, text: str, words: str
) -> None:
    filing.take_down("停了", "13812345678")
    filing.confirm()
    told = turn(services, text, "exterior_damage", filing.slots)
    assert remark.answered(told)
    assert said(told.dispatcher) == ["utter_ticket_same"]
    with services.store.session() as session:
        ticket = session.scalars(select(Ticket)).one()
        assert words in [f.value for f in ticket.findings]


@pytest.mark.parametrize("text", ["加上表带多少钱", "加急", "我要加一块表"])
def test_other_words_add_nothing(filing: Filing, services: Services, text: str) -> None:
    filing.take_down("停了", "13812345678")
    filing.confirm()
    assert not remark.answered(turn(services, text, "inform", filing.slots))


def test_without_a_case_there_is_nothing_to_add_to(services: Services) -> None:
    assert not remark.answered(turn(services, "加一句：表带要原装的", "inform"))


def test_nothing_is_put_into_a_case_of_somebody_else(filing: Filing, services: Services) -> None:
    filing.take_down("停了", "13812345678")
    filing.confirm()
    with services.store.session() as session:
        session.scalars(select(Ticket)).one().sender = "somebody else"
    assert not remark.answered(turn(services, "加一句：表带要原装的", "inform", filing.slots))
