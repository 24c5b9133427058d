"""What we keep, and how to have it shown or deleted."""

import pytest
from sqlalchemy import func, select

from actions.services import Services
from aftersales.store.tables import Customer
from tests.actions.walking import Walk


@pytest.mark.parametrize(
    ("text", "response"),
    [
        ("你们存了我什么", "utter_privacy"),
        ("把我的数据删掉", "utter_privacy_request"),
        ("我要撤回同意", "utter_privacy_request"),
        ("导出我的信息", "utter_privacy_request"),
    ],
)
def test_a_question_and_a_request_are_told_apart(
    services: Services, text: str, response: str
) -> None:
    assert Walk(services).say(text, "privacy_request") == [response]


def test_a_request_needs_a_person_and_changes_nothing_by_itself(services: Services) -> None:
    walk = Walk(services)
    walk.say("把我的数据删掉", "privacy_request")
    assert walk.slots["offer"] == "callback"
    assert walk.say("好", "affirm") == ["utter_question"]
    assert walk.waiting == ("intake", "consent")
    with services.store.session() as session:
        assert session.scalar(select(func.count()).select_from(Customer)) == 0
