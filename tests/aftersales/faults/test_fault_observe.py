"""What a sentence says by itself, and how replies to questions are read."""

from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales.faults import Findings, answer, observe
from aftersales.knowledge import load
from aftersales.language import extract

TODAY = date(2026, 11, 23)


def seen(text: str) -> dict[str, str | float]:
    return observe(text, extract(text, TODAY))


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("刚放过音箱旁边", "near_magnet", "yes"),
        ("晚上睡觉跟手机放一起", "near_magnet", "yes"),
        ("包上有磁扣", "near_magnet", "yes"),
        ("我放在iPad上面了", "near_magnet", "yes"),
        ("放在耳机盒旁边一晚", "near_magnet", "yes"),
        ("没有碰磁铁", "near_magnet", "no"),
        ("没放过手机旁边", "near_magnet", "no"),
        ("跟手機時間對過，慢兩分鐘", "near_magnet", None),
        ("和手机对比一天快20秒", "near_magnet", None),
        ("摔过一次", "shock", "yes"),
        ("不小心磕了一下", "shock", "yes"),
        ("昨天掉地上了", "shock", "yes"),
        ("没摔过", "shock", "no"),
        ("从来没磕碰过", "shock", "no"),
        ("没多久就摔了", "shock", "yes"),
        ("表不走了摔过", "shock", "yes"),
        ("没摔过，就是轻轻磕了一下", "shock", "yes"),
        ("表盘掉漆了", "shock", None),
        ("碰过水", "shock", None),
        ("突然就快了", "onset", "sudden"),
        ("买来就一直这样", "onset", "always"),
        ("越来越慢", "onset", "gradual"),
        ("戴着游泳进水了", "water", "yes"),
        ("没进过水", "water", "no"),
        ("能不能戴着游泳", "water", None),
        ("晚上表盘朝上放桌上", "night", "dial_up"),
        ("晚上睡觉前把表平放", "night", "dial_up"),
        ("平放快立放慢", "night", None),
        ("每天戴六个小时", "hours_worn", "short"),
        ("每天戴十个小时", "hours_worn", "long"),
        ("五年没保养过", "last_service", "over_3y"),
        ("刚保养完就这样", "last_service", "recent"),
        ("秒针两秒一跳", "jump_seconds", "2"),
        ("秒針四秒跳一下", "jump_seconds", "5"),
        ("上满弦能走三十个小时", "runs_hours", 30.0),
        ("放一晚上就停", "stopped_when", "overnight"),
        ("日历中午才跳", "change_time", "noon"),
        ("日历卡在中间", "change_time", "stuck"),
        ("晚上调了日历", "set_at_night", "yes"),
        ("是螺旋式表冠", "screw_crown", "yes"),
        ("把头掉了", "crown_state", "off"),
        ("去年换的电池", "last_battery", "recent"),
        ("冬天放室外", "temperature", "cold"),
        ("戴了手腕发红过敏", "skin", "yes"),
        ("电池漏液了", "leak", "yes"),
        ("玻璃裂了", "glass_crack", "yes"),
        ("是石英的", "movement", "quartz"),
        ("机械还是石英我不知道", "movement", None),
        ("一天快三十秒", "rate_s_per_day", 30.0),
        ("一天快七八分钟", "rate_low", 420.0),
        ("7S26的机芯", "movement", "mechanical"),
        ("没受过磁", "near_magnet", "no"),
        ("昨天撞门框上了", "wound", None),
        ("没上过弦", "wound", "no"),
        ("换了电池没几天又停了", "last_battery", "recent"),
        ("晚上12点换不了日历", "change_time", None),
    ],
)
def test_a_sentence_gives_its_facts(text: str, fact: str, value: str | float | None) -> None:
    assert seen(text).get(fact) == value


@pytest.mark.parametrize("text", ["", "你好", "？？？", "在吗", "手表坏了"])
def test_nothing_is_read_into_empty_talk(text: str) -> None:
    assert seen(text) == {}


def test_entities_may_be_mappings_as_rasa_gives_them() -> None:
    entities = [
        {"entity": "rate_s_per_day", "value": 15.0, "low": 10.0, "high": 20.0},
        {"name": "calibre", "value": "5M62"},
        {"name": "movement", "value": "mechanical"},
    ]
    assert observe("", entities) == {
        "rate_s_per_day": 15.0,
        "rate_low": 10.0,
        "rate_high": 20.0,
        "calibre": "5M62",
        "movement": "kinetic",
    }


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("watch", "机械", {"movement": "mechanical"}),
        ("watch", "movement=solar", {"movement": "solar"}),
        ("watch", "4R36", {"calibre": "4R36", "movement": "mechanical"}),
        ("watch", "不知道", {"watch": "unknown"}),
        ("watch", "不清楚", {"watch": "unknown"}),
        ("watch", "要上弦的那种", {"movement": "mechanical"}),
        ("calibre", "看不清", {"calibre": "unknown"}),
        ("rate_s_per_day", "一天快二十秒", {"rate_s_per_day": 20.0}),
        ("rate_s_per_day", "没量过", {"rate_s_per_day": "unknown"}),
        ("onset", "突然变的", {"onset": "sudden"}),
        ("onset", "从买来就这样", {"onset": "always"}),
        ("near_magnet", "有", {"near_magnet": "yes"}),
        ("near_magnet", "没有", {"near_magnet": "no"}),
        ("near_magnet", "天天和手机放一块儿", {"near_magnet": "yes"}),
        ("shock", "没有啊", {"shock": "no"}),
        ("shock", "摔过", {"shock": "yes"}),
        ("hours_worn", "十来个小时", {"hours_worn": "long"}),
        ("hours_worn", "五个小时吧", {"hours_worn": "short"}),
        ("last_service", "没有", {"last_service": "never"}),
        ("last_service", "两年前", {"last_service": "recent"}),
        ("runs_hours", "三十个小时", {"runs_hours": 30.0}),
        ("jump_seconds", "不动了", {"jump_seconds": "stopped"}),
        ("jump_seconds", "两秒一跳", {"jump_seconds": "2"}),
        ("magnet_type", "和手机一起", {"near_magnet": "yes"}),
        ("night", "表盘朝上平放", {"night": "dial_up"}),
        ("night", "随便放桌上", {"night": "dial_up"}),
        ("scene", "海边游泳", {"scene": "sea", "water": "yes"}),
        ("stops_overnight", "早上就停了", {"stops_overnight": "yes"}),
        ("charged", "晒了一整天", {"charged": "long", "light": "yes"}),
        ("change_time", "中午", {"change_time": "noon"}),
        ("crown_state", "拧不动", {"crown_state": "slips"}),
        ("day_direction", "偏快一点", {"day_direction": "fast"}),
    ],
)
def test_a_reply_is_read(question: str, text: str, expected: dict[str, str | float]) -> None:
    found = answer(question, text, None, extract(text, TODAY))
    assert found is not None
    assert expected.items() <= found.items()


@pytest.mark.parametrize(
    ("question", "text", "intent"),
    [
        ("near_magnet", "多少钱", "repair_price"),
        ("near_magnet", "编号在哪看？", "find_numbers"),
        ("onset", "一直没人理我，我要投诉", "complain"),
        ("shock", "转人工", "talk_to_human"),
        ("near_magnet", "磁铁会影响吗", None),
        ("hours_worn", "今天天气不错", "out_of_scope"),
    ],
)
def test_another_need_is_no_reply(question: str, text: str, intent: str | None) -> None:
    assert answer(question, text, intent, extract(text, TODAY)) is None


def test_a_bare_reply_stays_a_reply_whatever_the_classifier_thinks() -> None:
    assert answer("shock", "没有", "greet") == {"shock": "no"}


def test_intents_stand_in_for_words_that_are_not_read() -> None:
    assert answer("shock", "那倒是", "affirm") == {"shock": "yes"}
    assert answer("shock", "呃", "dont_know") == {"shock": "unknown"}


def test_every_button_is_understood_by_its_label_and_by_its_value() -> None:
    for question_id, spec in load("questions")["questions"].items():
        for choice in spec.get("choices", []):
            by_label = answer(question_id, choice["label"])
            assert by_label, (question_id, choice)
            assert answer(question_id, choice["value"]), (question_id, choice)


def test_an_unknown_question_is_an_error() -> None:
    with pytest.raises(KeyError):
        answer("no_such_question", "有")


@given(st.text(max_size=40))
def test_observe_and_answer_survive_any_text(text: str) -> None:
    assert isinstance(observe(text), dict)
    for question_id in ("watch", "near_magnet", "hours_worn", "runs_hours"):
        found = answer(question_id, text)
        assert found is None or found


FACTS = st.dictionaries(
    st.sampled_from(["shock", "near_magnet", "onset", "water", "calibre", "rate_s_per_day"]),
    st.one_of(st.sampled_from(["yes", "no", "sudden", "4R36", "V192"]), st.floats(-500, 500)),
    max_size=4,
)


@given(FACTS)
def test_the_order_of_facts_does_not_matter(facts: dict[str, str | float]) -> None:
    results = []
    for order in permutations(facts.items()):
        findings = Findings("runs_fast")
        for name, value in order:
            findings = findings.with_fact(name, value)
        results.append(findings)
    assert all(one == results[0] and one.symptom == results[0].symptom for one in results)


CLAUSES = ["没摔过", "放过音箱旁边", "突然变快的", "每天戴六个小时", "三年没保养", "是石英的"]


@given(st.permutations(CLAUSES))
def test_the_order_of_clauses_does_not_matter(clauses: list[str]) -> None:
    assert observe("，".join(clauses)) == observe("，".join(CLAUSES))


@given(FACTS, st.lists(st.sampled_from(["watch", "shock"]), max_size=3))
def test_findings_survive_the_way_through_json(
    facts: dict[str, str | float], asked: list[str]
) -> None:
    findings = Findings("stopped").with_facts(facts)
    for question_id in asked:
        findings = findings.with_asked(question_id)
    assert Findings.from_dict(findings.to_dict()) == findings


def test_unknown_does_not_overwrite_what_is_known() -> None:
    findings = Findings("stopped").with_fact("shock", "yes").with_fact("shock", "unknown")
    assert findings.facts["shock"] == "yes"
    assert findings.with_fact("shock", "no").facts["shock"] == "no"


@pytest.mark.parametrize(
    "data",
    [{}, {"intent": 3}, {"intent": "x", "facts": []}, {"intent": "x", "asked": [1]},
     {"intent": "x", "facts": {"a": None}}, {"intent": "x", "facts": {"a": True}}],
)  # fmt: skip
def test_broken_findings_are_refused(data: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        Findings.from_dict(data)
