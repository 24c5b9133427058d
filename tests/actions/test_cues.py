"""The small words that steer the talk, and the ones that only look like them."""

import pytest

from actions import cues
from actions.registry import skills


@pytest.mark.parametrize(
    "text", ["算了", "算了吧。", "不查了", "我不说了", "取消", "别问了", "没空"]
)
def test_leaving_is_the_whole_message(text: str) -> None:
    assert cues.leaves(text)


@pytest.mark.parametrize("text", ["算了我还是说吧", "停了", "表停了", "取消单子", "不走了", "没有"])
def test_an_answer_is_not_leaving(text: str) -> None:
    assert not cues.leaves(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [("第一块", 0), ("先说第1只", 0), ("第二块呢", 1), ("后面那块", 1), ("另一块", None)],
)
def test_watches_are_named_by_number(text: str, number: int | None) -> None:
    assert cues.ordinal(text) == number


def test_another_watch_and_one_more_are_told_apart() -> None:
    assert cues.other_watch("另一块") and not cues.one_more("另一块")
    assert cues.other_watch("还有一块") and cues.one_more("还有一块")
    assert not cues.other_watch("这块表")
    assert cues.names_watch("第二块呢") and not cues.names_watch("表走快了")


@pytest.mark.parametrize(
    ("cue", "yes", "no"),
    [
        (cues.two_watches, "我有两块表", "我有一块表"),
        (cues.goes_on, "继续吧", "好的"),
        (cues.asks, "编号在哪里看", "编号是7S26"),
        (cues.skips, "跳过", "5678"),
        (cues.why, "为什么这么说？", "为什么走快了"),
        (cues.what_now, "那我该怎么办", "进水了怎么办"),
        (cues.no_repair_after_all, "太贵了不修了", "我的单子不修了"),
        (cues.takes_back, "不投诉了", "我要投诉"),
        (cues.just_now, "刚掉水里", "上个月掉过水里"),
        (cues.has_words, "表", "。。！"),
        (cues.sensitive, "我的身份证是110101199003074578", "编号7S26-0020"),
        (cues.other_brand, "劳力士走快了", "精工和劳力士"),
    ],
)
def test_each_cue_hears_its_word_and_not_its_neighbour(cue: object, yes: str, no: str) -> None:
    assert callable(cue)
    assert cue(yes)
    assert not cue(no)


def test_a_phone_is_no_sensitive_number() -> None:
    assert not cues.sensitive("13812345678")


def test_every_skill_can_be_named_to_the_customer() -> None:
    assert all(cues.topic(name) for name in skills())
