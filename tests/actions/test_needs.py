"""Two needs in one message: one is answered aside, the other is asked about or waits below."""

import pytest

from actions import needs
from actions.services import Services
from tests.actions.talking import turn
from tests.actions.walking import Walk


@pytest.mark.parametrize(
    ("text", "intent", "also"),
    [
        ("走慢了，还在保吗", "runs_slow", ("check_warranty",)),
        ("还在保吗，走慢了", "check_warranty", ("runs_slow",)),
        ("走慢了，修一次多少钱", "runs_slow", ("repair_price",)),
        ("修一次多少钱，我的表停了", "repair_price", ("stopped",)),
        ("走慢了，日历也不跳", "runs_slow", ()),
        ("走慢了", "runs_slow", ()),
        ("走慢了还在保吗", "runs_slow", ()),
    ],
)
def test_the_other_need_is_found_in_another_clause(
    services: Services, text: str, intent: str, also: tuple[str, ...]
) -> None:
    assert needs.others(turn(services, text, intent)) == also


def test_while_a_question_waits_no_second_need_is_opened(services: Services) -> None:
    walk = Walk(services)
    walk.say("查保修", "check_warranty")
    assert needs.others(turn(services, "走慢了，还在保吗", "runs_slow", walk.slots)) == ()


def test_a_plain_question_is_answered_before_the_first_question(services: Services) -> None:
    walk = Walk(services)
    spoken = walk.say("走慢了，修一次多少钱", "runs_slow")
    assert spoken == ["utter_answer", "utter_question"]
    assert walk.waiting is not None and walk.waiting[0] == "diagnosis"


def test_a_fault_beside_a_plain_question_is_asked_about(services: Services) -> None:
    walk = Walk(services)
    walk.say("修一次多少钱，我的表停了", "repair_price")
    assert walk.waiting is not None and walk.waiting[0] == "diagnosis"


def test_the_guarantee_waits_below_the_fault_and_comes_after_it(services: Services) -> None:
    walk = Walk(services)
    walk.say("走慢了，还在保吗", "runs_slow")
    assert [f["skill"] for f in walk.slots["frames"]] == ["warranty", "diagnosis"]
    for _ in range(8):
        if walk.waiting is None or walk.waiting[0] == "warranty":
            break
        walk.say("不知道", "dont_know")
    assert walk.waiting == ("warranty", "purchase_date")


@pytest.mark.parametrize("intent", ["check_warranty", "ticket_status"])
def test_water_comes_first_also_when_it_was_said_second(services: Services, intent: str) -> None:
    walk = Walk(services)
    walk.say("我要查一下还在不在保，而且表进水了，泡了海水", intent)
    assert "表冠按回" in walk.words
    assert [frame["skill"] for frame in walk.slots["frames"]][0] in {"warranty", "status"}
