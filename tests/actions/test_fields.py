"""What a message puts into the fields of a case, and what it does not."""

import pytest

from actions import fields
from actions.frames import Frame
from actions.services import Services
from actions.turn import SURE
from tests.actions.talking import NOW, turn


def test_a_sentence_may_fill_several_fields_unasked(services: Services) -> None:
    told = turn(services, "我叫王芳，电话13812345678，表是7S26-0020", "inform")
    assert fields.volunteered(told) == {
        "name": "王芳",
        "phone": "13812345678",
        "watch": "7S26-0020 机械表",
    }


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("姓赵", "赵"),
        ("姓赵的", "赵"),
        ("不对，我姓欧阳", "欧阳"),
        ("姓什么", None),
        ("我是没带卡", None),
    ],
)
def test_a_surname_corrects_whatever_is_asked(
    services: Services, text: str, name: str | None
) -> None:
    assert fields.volunteered(turn(services, text, "inform")).get("name") == name


@pytest.mark.parametrize(
    ("question", "text", "intent", "value"),
    [
        ("consent", "可以登记", "affirm", "yes"),
        ("consent", "没摔过", "deny", None),
        ("name", "没带卡", "deny", fields.Hint("whose_name")),
        ("name", "保修卡丢了", "warranty_card", None),
        ("name", "带卡了吗", "warranty_card", None),
        ("consent", "那咋办啊", "affirm", None),
        ("consent", "那你弄吧", "affirm", "yes"),
        ("consent", "我再等等", "deny", None),
        ("consent", "别登记了", "deny", "no"),
        ("consent", "寄之前要不要填单", "service_centre", None),
        ("consent", "上海", "inform", None),
        ("name", "老赵", "greet", "老赵"),
        ("name", "我是他老公", "inform", fields.Hint("whose_name")),
        ("phone", "1381234", "inform", fields.Hint("phone_invalid")),
        ("watch", "不清楚", "dont_know", "未说明"),
        ("watch", "在哪里看", "find_numbers", None),
        ("fault", "说不清", "dont_know", "说不清楚，请检测"),
        ("fault", "发票能开吗", "after_sales_scope", None),
        ("fault", "快", "runs_fast", "快"),
        ("fault", "确认提交", "affirm", fields.Hint("say_more")),
        ("fault", "7S26-0020，2024年5月买的", "inform", None),
        ("matter", "对", "affirm", fields.Hint("say_more")),
        ("matter", "修了三次还慢", "complain", "修了三次还慢"),
        ("matter", "不给", "deny", fields.Hint("say_more")),
        ("matter", "不给修", "complain", "不给修"),
    ],
)
def test_an_answer_is_taken_sent_back_or_left_to_the_rules(
    services: Services, question: str, text: str, intent: str, value: object
) -> None:
    assert fields.answer(question, turn(services, text, intent)) == value


@pytest.mark.parametrize(
    ("text", "meant"),
    [("没带卡", None), ("没有店？", None), ("没空弄", "no"), ("没有", "no"), ("去不了", "no")],
)
def test_a_no_about_the_past_is_told_from_a_no(
    services: Services, text: str, meant: str | None
) -> None:
    assert fields.meant(turn(services, text, "deny")) == meant


@pytest.mark.parametrize(
    ("text", "refused"), [("不想说", True), ("没必要留", True), ("王芳", False)]
)
def test_a_refusal_is_told_from_an_answer(services: Services, text: str, refused: bool) -> None:
    assert fields.refuses(turn(services, text, "inform")) is refused


def waiting(question: str, **answers: str) -> Frame:
    return Frame("intake", {"kind": "repair", "answers": answers}, NOW, question=question)


def test_a_question_submits_nothing(services: Services) -> None:
    asked = fields.confirmed(waiting("confirm"), turn(services, "那咋办啊", "affirm"))
    assert asked is None or "confirm" not in asked.data["answers"]


@pytest.mark.parametrize(
    ("question", "text", "intent", "adds"),
    [
        ("watch", "一分钟", "inform", True),
        ("watch", "一天大概30秒吧", "inform", True),
        ("name", "一分钟", "inform", False),
        ("consent", "其实是走走停停的", "stopped", True),
        ("confirm", "好像还停过", "stopped", True),
        ("confirm", "事由改成走快", "runs_fast", False),
        ("consent", "刚掉水里了", "water_damage", False),
        ("consent", "走快了多少算正常", "runs_fast", False),
    ],
)
def test_more_of_a_fault_joins_what_was_told(
    services: Services, question: str, text: str, intent: str, adds: bool
) -> None:
    told = turn(services, text, intent)
    assert fields.adds_to(waiting(question, fault="快"), told) == ("fault" if adds else None)
    assert fields.adds_to(waiting(question), told) is None


def test_a_fault_half_understood_joins_the_complaint_and_no_repair(services: Services) -> None:
    told = turn(services, "修了三次还是慢", "runs_slow")
    told.message["intent"]["confidence"] = SURE - 0.1
    answers = {"fault": "快", "matter": "垃圾售后"}
    complaint = Frame("intake", {"kind": "complaint", "answers": answers}, NOW, question="consent")
    assert fields.adds_to(complaint, told) == "matter"
    assert fields.adds_to(waiting("consent", fault="快"), told) is None


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("事由改成走快20秒", {"fault": "走快20秒", "watch": "老五号"}),
        ("事由不对", {"watch": "老五号"}),
        ("手表改成SPB143", {"fault": "停了", "watch": "SPB143"}),
    ],
)
def test_a_change_brings_its_new_words_or_asks_for_them(
    services: Services, text: str, left: dict[str, str]
) -> None:
    frame = waiting("confirm", fault="停了", watch="老五号")
    heard = fields.confirmed(frame, turn(services, text, "correct_answer"))
    assert heard is not None and heard.data["answers"] == left


def test_a_wrong_last_digit_asks_for_the_number_again(services: Services) -> None:
    frame = waiting("confirm", name="陈", phone="13812345678", same="other")
    heard = fields.confirmed(frame, turn(services, "哎呀我说错了最后是九", "correct_answer"))
    assert heard is not None and heard.data["answers"] == {"name": "陈"}


@pytest.mark.parametrize(
    ("text", "submitted"),
    [
        ("不用了 提交", True),
        ("不用了提交吧", True),
        ("没问题 提交吧", True),
        ("不改了，提交", True),
        ("不填了就这样提交", True),
        ("不了，就这样登记吧", True),
        ("不提交了", False),
        ("先不提交", False),
        ("不想提交", False),
        ("没想好，先别提交", False),
        ("没想好，想好了再提交", False),
        ("不用了，怎么提交", False),
        ("不用了", False),
    ],
)
def test_the_last_clause_decides_what_becomes_of_the_case(
    services: Services, text: str, submitted: bool
) -> None:
    heard = fields.confirmed(waiting("confirm"), turn(services, text, "deny"))
    assert (heard is not None and heard.data["answers"].get("confirm") == "yes") is submitted
