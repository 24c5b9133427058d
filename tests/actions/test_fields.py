"""What a message puts into the fields of a case, and what it does not."""

import pytest

from actions import fields
from actions.services import Services
from tests.actions.talking import turn


def test_a_sentence_may_fill_several_fields_unasked(services: Services) -> None:
    told = turn(services, "我叫王芳，电话13812345678，表是7S26-0020", "inform")
    assert fields.volunteered(told) == {
        "name": "王芳",
        "phone": "13812345678",
        "watch": "7S26-0020 机械表",
    }


@pytest.mark.parametrize(
    ("question", "text", "intent", "value"),
    [
        ("consent", "可以登记", "affirm", "yes"),
        ("consent", "没摔过", "deny", None),
        ("consent", "我再等等", "deny", None),
        ("consent", "别登记了", "deny", "no"),
        ("name", "我是他老公", "inform", fields.Hint("whose_name")),
        ("phone", "1381234", "inform", fields.Hint("phone_invalid")),
        ("watch", "不清楚", "dont_know", "未说明"),
        ("watch", "在哪里看", "find_numbers", None),
        ("fault", "说不清", "dont_know", "说不清楚，请检测"),
        ("fault", "发票能开吗", "after_sales_scope", None),
        ("matter", "对", "affirm", fields.Hint("say_more")),
        ("matter", "修了三次还慢", "complain", "修了三次还慢"),
    ],
)
def test_an_answer_is_taken_sent_back_or_left_to_the_rules(
    services: Services, question: str, text: str, intent: str, value: object
) -> None:
    assert fields.answer(question, turn(services, text, intent)) == value


@pytest.mark.parametrize(
    ("text", "refused"), [("不想说", True), ("没必要留", True), ("王芳", False)]
)
def test_a_refusal_is_told_from_an_answer(services: Services, text: str, refused: bool) -> None:
    assert fields.refuses(turn(services, text, "inform")) is refused
