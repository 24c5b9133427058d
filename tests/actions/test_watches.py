"""The customer's watches, kept apart."""

from typing import Any

import pytest

from actions import watches
from actions.services import Services
from tests.actions.talking import turn

TWO = {"watches": [{"calibre": "7S26"}, {"calibre": "4R36"}], "watch_no": 0}


def test_what_is_said_is_kept_with_the_watch(services: Services) -> None:
    heard = turn(services, "7S26-0020", "inform")
    assert watches.noted(heard).known == {"calibre": "7S26", "case_code": "0020"}
    assert not watches.learns(heard)  # the same again is nothing new


def test_one_more_watch_gets_its_own_number(services: Services) -> None:
    heard = turn(services, "还有一块4R36", "inform", {"watches": [{"calibre": "7S26"}]})
    assert watches.noted(heard).number == 1
    assert [w["calibre"] for w in heard.slot("watches")] == ["7S26", "4R36"]


@pytest.mark.parametrize(
    ("text", "slots", "number"),
    [
        ("第二块", TWO, 1),
        ("第一块", {**TWO, "watch_no": 1}, 0),
        ("另一块", TWO, 1),
        ("第二块", {"watches": [{}]}, None),
        ("还有一块", TWO, None),
    ],
)
def test_turning_to_a_watch_needs_two(
    services: Services, text: str, slots: dict[str, Any], number: int | None
) -> None:
    assert watches.turned_to(turn(services, text, "inform", slots)) == number


def test_the_table_knows_the_movement_better_than_the_word(services: Services) -> None:
    slots = {"watches": [{"calibre": "7S26", "movement": "quartz"}]}
    assert watches.current(turn(services, "嗯", "affirm", slots)).facts()["movement"] == (
        "mechanical"
    )


def test_a_new_calibre_outdates_the_old_case(services: Services) -> None:
    slots = {"watches": [{"calibre": "7S26", "case_code": "0020"}]}
    assert watches.noted(turn(services, "是4R36", "inform", slots)).known == {"calibre": "4R36"}


def test_a_spring_drive_is_not_the_quartz_talked_about(services: Services) -> None:
    heard = turn(
        services, "Spring Drive要上链吗", "usage_help", {"watches": [{"movement": "quartz"}]}
    )
    assert watches.noted(heard).number == 1
