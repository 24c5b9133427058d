"""Usage, maintenance, regulation: the right topic for the words, the right words for the watch."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales import maintenance, regulation, usage
from aftersales.knowledge import load

MOVEMENTS = [None, "mechanical", "quartz", "solar", "kinetic", "spring_drive", "hybrid"]


@pytest.mark.parametrize(
    ("text", "topic"),
    [("怎么调时间", "set_time"), ("日历怎么调", "calendar"), ("星期怎么改成中文", "calendar"),
     ("7S26怎么上弦", "wind"), ("新表要拧多少圈", "wind"), ("光动能要晒多久", "charge"),
     ("能戴着洗澡吗", "water"), ("100米防水能潜水吗", "water"), ("表带太长怎么取节", "strap"),
     ("计时针怎么归零", "chronograph"), ("螺旋表冠怎么弄", "screw_crown"),
     ("kinetic摇多少下", "kinetic"),
     ("长期不戴怎么保管", "store"), ("GPS怎么收信号", "gps"), ("放手机旁会有磁吗", "magnet_care"),
     ("這個怎麼用", "unclear"), ("", "unclear")],
)  # fmt: skip
def test_the_topic_follows_the_words(text: str, topic: str) -> None:
    assert usage.topic_of(text) == topic


@pytest.mark.parametrize(
    ("text", "facts", "said", "not_said"),
    [("怎么上弦", {"calibre": "7S26"}, "不能手上链", "20 圈"),
     ("怎么上弦", {"calibre": "4R36"}, "20 圈", "不能手上链"),
     ("怎么上弦", {"calibre": "9R02"}, "到头会顶住", "拧不到头"),
     ("怎么上弦", {"movement": "quartz"}, "不用上弦", "20 圈"),
     ("怎么上弦", {"calibre": "7019"}, "没有查到", "20 圈"),
     ("晒多久能充满", {"calibre": "V192"}, "5 小时", "25 小时"),
     ("晒多久能充满", {"movement": "solar"}, "以说明书为准", "5 小时"),
     ("怎么调时间", {"movement": "quartz"}, "四五分钟", "五到十分钟"),
     ("计时归零", {"calibre": "7T92"}, "按住 A", "说明书"),
     ("计时归零", {"movement": "hybrid"}, "送修", "按住 A")],
)  # fmt: skip
def test_the_answer_suits_the_watch(
    text: str, facts: dict[str, str], said: str, not_said: str
) -> None:
    answer = "".join(line.say for line in usage.find(text, facts))
    assert said in answer and not_said not in answer


@pytest.mark.parametrize("movement", MOVEMENTS)
def test_every_topic_answers_every_movement(movement: str | None) -> None:
    for topic in load("usage")["topics"]:
        lines = usage.topic_lines(topic, {"movement": movement} if movement else {})
        assert lines, (topic, movement)
        assert all(line.say and line.say_desk and line.source for line in lines)


def test_every_calibre_gets_every_topic() -> None:
    for code in load("calibres")["calibres"]:
        for topic in load("usage")["topics"]:
            lines = usage.topic_lines(topic, {"calibre": code})
            assert lines, (topic, code)
            assert not set("{}") & set("".join(line.say for line in lines))


@given(st.text(max_size=30))
def test_any_question_is_answered(text: str) -> None:
    assert usage.find(text) and regulation.find(text)


@pytest.mark.parametrize("movement", MOVEMENTS)
def test_maintenance_names_the_interval_first(movement: str | None) -> None:
    lines = maintenance.lines(movement)
    assert "年" in lines[0].say and all(line.source for line in lines)


def test_maintenance_believes_the_table() -> None:
    assert maintenance.lines("mechanical", "V157") == maintenance.lines("solar")


@pytest.mark.parametrize(
    ("text", "said"),
    [("怎么自己调快慢", "不建议自己动手"), ("摆幅越大是不是越慢", "不能这么讲"),
     ("上弦多了会快吗", "不会上坏"), ("误差多少算正常", "慢 35 秒到快 45 秒"), ("", "游丝")],
)  # fmt: skip
def test_regulation_is_explained_and_the_popular_page_corrected(text: str, said: str) -> None:
    assert said in "".join(line.say for line in regulation.find(text))
