"""When somebody wants to be called is heard, kept on the case, and answered by the calendar."""

from datetime import datetime

import pytest
from sqlalchemy import select

from actions import wanted
from actions.services import Services
from actions.turn import SHANGHAI
from aftersales.store.tables import Ticket
from tests.actions.filing import Filing
from tests.actions.walking import Walk


@pytest.mark.parametrize(
    "text",
    ["今晚打给我", "今晚打", "周一联系我", "谢谢，周一联系我", "下午三点以后打给我", "能不能周六",
     "明天上午给我打电话吧", "那下周二回我", "周六行不行"],
)  # fmt: skip
def test_a_wanted_time_is_heard(text: str) -> None:
    assert wanted.said(text)


@pytest.mark.parametrize(
    "text",
    ["周一几点打", "上周说好周一联系我，到现在没人", "周一买的", "今天停了", "下午", "一点都没变",
     "打给我", "现在打给我", "早上停的，中午又走了"],
)  # fmt: skip
def test_what_is_no_wanted_time(text: str) -> None:
    assert not wanted.said(text)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("今晚打", (24, 18), (24, 23)),
        ("下午打给我", (24, 12), (24, 18)),
        ("上午打给我", (24, 10), (24, 12)),  # it is ten now
        ("早上九点打给我", (25, 9), (25, 10)),
        ("下午三点打给我", (24, 15), (24, 16)),
        ("三点打给我", (24, 15), (24, 16)),
        ("晚上八点打给我", (24, 20), (24, 21)),
        ("明天打", (25, 0), (26, 0)),
        ("周五上午联系我", (27, 8), (27, 12)),
        ("周一联系我", (30, 0), (31, 0)),
        ("下周二回我", (31, 0), (32, 0)),
        ("周末打给我", (28, 0), (29, 0)),
    ],
)
def test_the_window_it_leaves_open(text: str, start: tuple[int, int], end: tuple[int, int]) -> None:
    now = datetime(2026, 11, 24, 10, tzinfo=SHANGHAI)  # a Tuesday

    def hours(moment: datetime) -> tuple[int, int]:
        midnight = now.replace(hour=0)
        days = (moment - midnight).days
        return 24 + days, moment.hour

    assert tuple(map(hours, wanted.window(text, now))) == (start, end)


def _callback(walk: Walk) -> None:
    walk.say("给我回个电话", "request_callback")
    walk.say("同意", "affirm")
    walk.say("王芳")
    walk.say("13812345678")


def _paper(services: Services) -> str:
    """The words and findings on the only case there is."""
    with services.store.session() as session:
        ticket = session.scalars(select(Ticket)).one()
        return "；".join([ticket.fault, *(finding.value for finding in ticket.findings)])


def test_while_a_callback_is_taken_down_the_time_goes_on_it(services: Services) -> None:
    walk = Walk(services)
    _callback(walk)
    assert walk.say("今晚打给我", "request_callback")[0] == "utter_call_wanted_closed"
    assert "明天上午9:00" in walk.words
    walk.say("确认提交", "affirm")
    assert "今晚打给我" in _paper(services)


def test_a_call_asked_for_with_its_time_keeps_both(services: Services) -> None:
    walk = Walk(services)
    assert walk.say("明天下午打给我", "request_callback") == ["utter_call_wanted", "utter_question"]
    assert walk.slots["frames"][-1]["data"]["answers"]["wanted"] == "明天下午打给我"


def test_what_is_filed_gets_the_time_as_a_remark(services: Services) -> None:
    walk = Walk(services)
    _callback(walk)
    walk.say("确认提交", "affirm")
    assert walk.say("谢谢，周一联系我", "thank") == ["utter_call_wanted"]
    assert "周一联系我" in _paper(services)


def test_a_time_is_no_name(filing: Filing) -> None:
    filing.begin("给我回个电话", "request_callback")
    filing.say("同意", "affirm")
    filing.say("今晚打", "inform")
    assert filing.asked == "name" and filing.events == []


def test_without_a_case_nothing_is_promised(services: Services) -> None:
    assert "utter_call_wanted" not in Walk(services).say("周一联系我", "thank")
