"""How the customer takes the talk is heard, and words about a watch are not taken for it."""

import pytest

from actions import cues, mood
from actions.services import Services
from tests.actions.talking import said, turn

PEACE = ["行吧，刚才态度不好，抱歉", "对不起刚才说话太冲", "我太急了"]


@pytest.mark.parametrize(
    "text", ["你烦不烦", "不是说了吗", "说过了", "问来问去", "滚！", "你有什么用"]
)
def test_a_tired_customer_is_heard(services: Services, text: str) -> None:
    now = turn(services, text, "out_of_scope")
    assert mood.taken(now)
    assert said(now.dispatcher) == ["utter_annoyed_again"]  # no question waits


@pytest.mark.parametrize(
    "text",
    ["我七十多了不会弄手机", "我不会打字", "眼睛花看不清", "听不懂你说什么", "你说的什么意思"],
)
def test_somebody_at_a_loss_is_offered_a_call(services: Services, text: str) -> None:
    now = turn(services, text, "out_of_scope")
    assert mood.taken(now)
    assert said(now.dispatcher) == ["utter_struggles"]
    assert now.slot("offer") == "callback"


@pytest.mark.parametrize("text", PEACE)
def test_peace_is_no_complaint(services: Services, text: str) -> None:
    now = turn(services, text, "complain")
    assert mood.calmed(now)
    assert said(now.dispatcher) == ["utter_no_harm"]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("上弦没用", "inform"),
        ("换了电池没用", "inform"),
        ("表停了，烦死了", "stopped"),
        ("你们给我道歉", "complain"),
        ("7S26说了快", "inform"),
        ("不会调日历", "usage_help"),
        ("看不清编号", "dont_know"),
    ],
)
def test_a_watch_or_a_demand_is_no_mood(services: Services, text: str, intent: str) -> None:
    assert not mood.taken(turn(services, text, intent))


def test_the_question_is_repeated_only_when_one_waits(services: Services) -> None:
    assert cues.repeats("你刚才问什么来着？")
    assert not mood.taken(turn(services, "你刚才问什么来着？", "out_of_scope"))


@pytest.mark.parametrize("text", ["我再说一遍", "让我重新说一下"])
def test_who_says_it_again_is_listened_to(services: Services, text: str) -> None:
    now = turn(services, text, "deny")
    assert mood.taken(now)
    assert said(now.dispatcher) == ["utter_listening"]


@pytest.mark.parametrize(
    ("text", "heard"), [("哦", True), ("知道了。", True), ("哦？多少钱", False)]
)
def test_a_nod_is_no_other_subject(services: Services, text: str, heard: bool) -> None:
    assert mood.taken(turn(services, text, "out_of_scope")) is heard


@pytest.mark.parametrize("text", ["有人吗", "喂有人在吗？", "在不在", "有没有人啊"])
def test_who_asks_whether_anybody_is_there_is_greeted(services: Services, text: str) -> None:
    now = turn(services, text, "service_centre")
    assert mood.taken(now)
    assert said(now.dispatcher) == ["utter_greet"]


@pytest.mark.parametrize("text", ["电话我想想啊139", "等一下我找找", "编号我看一下"])
def test_who_is_still_looking_is_not_hurried(services: Services, text: str) -> None:
    now = turn(services, text, "out_of_scope")
    assert mood.taken(now)
    assert said(now.dispatcher) == ["utter_no_hurry"]


@pytest.mark.parametrize("text", ["哦按进去了", "拧紧了", "已经擦干了"])
def test_what_was_done_as_advised_is_praised(services: Services, text: str) -> None:
    advised = {"case": {"words": "进水了", "facts": [], "watch_no": 0}}
    now = turn(services, text, "out_of_scope", advised)
    assert mood.taken(now)
    assert said(now.dispatcher) == ["utter_done_right"]
    assert not mood.taken(turn(services, text, "out_of_scope"))  # nothing was advised


@pytest.mark.parametrize("text", ["有人工吗", "附近有店吗", "我想想要不要修", "表冠按不进去了"])
def test_their_neighbours_are_other_subjects(services: Services, text: str) -> None:
    assert not mood.taken(turn(services, text, "out_of_scope"))
