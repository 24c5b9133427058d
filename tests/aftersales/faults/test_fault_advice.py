"""From symptoms to questions and advice: order, limits, safety and the customer's words."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales.faults import (
    MAX_QUESTIONS,
    Findings,
    advise,
    explain,
    hazard_lines,
    next_question,
    question,
    symptom_for,
)
from aftersales.knowledge import load

SYMPTOMS = sorted(load("faults")["symptoms"])
QUESTIONS: dict[str, Any] = load("questions")["questions"]
INTENTS = sorted(set(load("faults")["routes"]) - {"default"})
MOVEMENTS = ["mechanical", "quartz", "solar", "kinetic", "spring_drive", "hybrid"]
OF_THE_FACTS = {
    "mech_fast", "mech_slow", "mech_stops", "erratic", "magnetised", "positional", "low_amplitude",
    "temperature", "battery_eol", "battery_leak", "battery_swallowed", "solar_undercharge",
    "gps_radio", "kinetic", "spring_drive", "quartz_rate", "water_fog", "calendar", "shock",
    "crown_stem", "chrono_zero", "skin", "normal_not_fault",
}  # fmt: skip


def findings(intent: str, **facts: str | float) -> Findings:
    return Findings(intent).with_facts(facts)


def any_findings() -> st.SearchStrategy[Findings]:
    """Findings that may really come about: an intent and values of the questions."""
    values: dict[str, list[str | float]] = {
        "calibre": ["7S26", "4R36", "6R35", "V192", "5M62", "9R65", "7T92", "ZZ99", "9R02"],
        "movement": [*MOVEMENTS, "unknown"],
        "rate_s_per_day": [0.0, 5.0, -30.0, 80.0, 300.0, 9000.0, "unknown"],
        "runs_hours": [3.0, 30.0, 60.0],
        **{f: ["yes", "no"] for f in ("skin", "leak", "gps", "chrono", "hands_loose", "noise")},
    }
    for question_id, spec in QUESTIONS.items():
        if question_id not in values:
            values[question_id] = [c["value"] for c in spec.get("choices", [])] + ["unknown"]
    facts = st.lists(st.sampled_from(sorted(values)), max_size=5, unique=True).flatmap(
        lambda names: st.fixed_dictionaries({n: st.sampled_from(values[n]) for n in names})
    )
    return st.builds(Findings, st.sampled_from(INTENTS + SYMPTOMS), facts)


def test_all_symptoms_of_the_trade_are_there() -> None:
    assert set(SYMPTOMS) >= OF_THE_FACTS


@pytest.mark.parametrize(
    ("intent", "movement", "expected"),
    [
        ("runs_fast", "mechanical", "mech_fast"), ("runs_fast", "quartz", "quartz_rate"),
        ("runs_fast", None, "fast_unclear"), ("runs_slow", "mechanical", "mech_slow"),
        ("runs_slow", "solar", "quartz_rate"), ("stopped", "mechanical", "mech_stops"),
        ("stopped", "quartz", "battery_eol"), ("stopped", "solar", "solar_undercharge"),
        ("stopped", "kinetic", "kinetic"), ("stopped", None, "stopped_unclear"),
        ("second_hand_jumps", "quartz", "battery_eol"), ("battery", "kinetic", "kinetic"),
        ("second_hand_jumps", "solar", "solar_undercharge"), ("battery", None, "battery_eol"),
        ("second_hand_jumps", "spring_drive", "spring_drive"), ("erratic_rate", None, "erratic"),
        ("magnetised", "mechanical", "magnetised"), ("positional_error", None, "positional"),
        ("water_damage", "quartz", "water_fog"), ("calendar_fault", None, "calendar"),
        ("crown_or_hands_fault", None, "crown_stem"), ("exterior_damage", None, "exterior"),
        ("mech_fast", None, "mech_fast"), ("greet", None, "general"),
    ],
)  # fmt: skip
def test_intent_and_movement_make_the_symptom(
    intent: str, movement: str | None, expected: str
) -> None:
    assert symptom_for(intent, movement) == expected


@pytest.mark.parametrize(
    ("given_findings", "expected"),
    [
        (findings("crown_or_hands_fault", chrono="yes"), "chrono_zero"),
        (findings("stopped", calibre="7X52"), "gps_radio"),
        (findings("exterior_damage", skin="yes"), "skin"),
        (findings("battery", leak="yes"), "battery_leak"),
        (findings("open_ticket", shock="yes"), "shock"),
        (findings("erratic_rate", calibre="4R36", rate_s_per_day=-20.0), "mech_slow"),
        (findings("stopped", calibre="5M62", movement="mechanical"), "kinetic"),
    ],
)
def test_facts_change_the_symptom(given_findings: Findings, expected: str) -> None:
    assert given_findings.symptom == expected


def test_the_kind_of_watch_is_asked_first_with_buttons() -> None:
    first = next_question(Findings("runs_slow"))
    assert first is not None and first.id == "watch"
    assert [choice.label for choice in first.choices] == ["机械", "石英", "光动能", "不清楚"]
    assert first.where and "后盖" in first.where


def test_the_most_telling_question_comes_first_and_the_known_is_skipped() -> None:
    known = findings("runs_fast", movement="mechanical", shock="no", rate_s_per_day=60.0)
    ids = []
    while (asked := next_question(known)) is not None:
        ids.append(asked.id)
        known = known.with_asked(asked.id).with_fact(asked.id, "unknown")
    assert ids[0] == "onset" and set(ids) >= {"calibre", "near_magnet"}
    assert not {"shock", "watch", "rate_s_per_day"} & set(ids)


def test_whoever_named_the_movement_is_not_asked_for_the_number_again() -> None:
    known = Findings("runs_fast").with_asked("watch").with_fact("movement", "mechanical")
    ids = []
    while (asked := next_question(known)) is not None:
        ids.append(asked.id)
        known = known.with_asked(asked.id).with_fact(asked.id, "unknown")
    assert ids and "calibre" not in ids


def test_a_rate_within_limits_ends_the_questions() -> None:
    assert next_question(findings("runs_fast", calibre="4R36", rate_s_per_day=30.0)) is None


@given(any_findings())
def test_never_more_than_four_questions_and_none_twice(start: Findings) -> None:
    now, ids = start, []
    while (asked := next_question(now)) is not None:
        ids.append(asked.id)
        now = now.with_asked(asked.id)
    assert len(ids) <= MAX_QUESTIONS and len(ids) == len(set(ids))
    assert not set(ids) & set(start.facts)


@given(any_findings())
def test_there_is_always_advice_in_finished_sentences(known: Findings) -> None:
    advice = advise(known)
    assert 0 <= advice.urgency <= 9
    assert 1 <= len(advice.causes) <= 2
    assert advice.home and advice.name
    lines = advice.causes + advice.home + advice.never + advice.service + explain(known)
    for one in lines:
        assert one.say and one.say_desk and one.source
        assert not set("{}") & set(one.say + one.say_desk)
    assert all(label and value for label, value in advice.ticket_facts)


@pytest.mark.parametrize(
    ("known", "cause"),
    [
        (findings("runs_fast", movement="mechanical", near_magnet="yes"), "magnetised"),
        (findings("runs_fast", calibre="7S26", rate_s_per_day=30.0), "within_limits"),
        (findings("runs_fast", calibre="7S26", rate_s_per_day=90.0, shock="yes"), "shock"),
        (findings("runs_fast", movement="mechanical", temperature="cold"), "cold"),
        (findings("runs_slow", movement="mechanical", hours_worn="short"), "mainspring"),
        (findings("runs_slow", movement="mechanical", last_service="over_3y", hours_worn="long"),
         "oil"),
        (findings("runs_slow", movement="mechanical", temperature="hot"), "hot"),
        (findings("stopped", movement="mechanical", stopped_when="weekend"), "reserve"),
        (findings("stopped", movement="mechanical", crown_in="no"), "crown"),
        (findings("stopped", calibre="4R36", runs_hours=15.0), "worn_out"),
        (findings("stopped", movement="quartz", last_battery="recent"), "movement"),
        (findings("battery", movement="mechanical"), "no_battery"),
        (findings("battery", movement="spring_drive"), "no_battery"),
        (findings("second_hand_jumps", movement="quartz"), "warning"),
        (findings("magnetised", movement="quartz"), "quartz"),
        (findings("magnetised", movement="mechanical"), "mechanical"),
        (findings("stopped", movement="kinetic", stops_overnight="yes"), "cell"),
        (findings("stopped", movement="solar", charged="long"), "old_cell"),
        (findings("water_damage", scene="cold", fog_clears="yes"), "condensation"),
        (findings("calendar_fault", change_time="noon"), "half_day"),
        (findings("calendar_fault", set_at_night="yes"), "danger_window"),
        (findings("calendar_fault", change_time="midnight"), "slow_by_design"),
        (findings("crown_or_hands_fault", crown_state="off"), "broken"),
    ],
)  # fmt: skip
def test_the_facts_bring_the_likeliest_cause_to_the_front(known: Findings, cause: str) -> None:
    assert advise(known).cause_ids[0] == cause


@pytest.mark.parametrize(
    ("known", "bench", "urgency"),
    [
        (findings("runs_fast", calibre="4R36", rate_s_per_day=40.0), False, 0),
        (findings("runs_fast", calibre="6R35", rate_s_per_day=40.0), True, 2),
        (findings("runs_fast", movement="mechanical", rate_s_per_day=120.0), True, 2),
        (findings("runs_slow", movement="mechanical"), False, 1),
        (findings("water_damage", fog_clears="no"), True, 3),
        (findings("water_damage", scene="cold", fog_clears="yes"), False, 1),
        (findings("calendar_fault", change_time="stuck"), True, 2),
        (findings("positional_error", movement="mechanical"), False, 0),
        (findings("exterior_damage", glass_crack="yes"), True, 3),
        (findings("battery", leak="yes"), True, 3),
    ],
)
def test_bench_and_urgency(known: Findings, bench: bool, urgency: int) -> None:
    advice = advise(known)
    assert (advice.needs_bench, advice.urgency) == (bench, urgency)


def test_a_judgement_says_that_it_is_one() -> None:
    advice = advise(findings("runs_fast", movement="mechanical", near_magnet="yes"))
    assert "初步判断" in advice.causes[0].say and "以检测为准" in advice.causes[0].say


@pytest.mark.parametrize(
    ("calibre", "word"), [("7S26", "不能手上链"), ("4R36", "可以手上链"), ("4206", "可以手上链")]
)
def test_winding_advice_knows_the_calibre(calibre: str, word: str) -> None:
    advice = advise(findings("runs_slow", calibre=calibre))
    assert any(word in one.say for one in advice.home)


@pytest.mark.parametrize("movement", ["solar", "kinetic"])
def test_rechargeable_watches_are_never_given_an_ordinary_cell(movement: str) -> None:
    for intent in ("stopped", "battery", "second_hand_jumps", "runs_slow"):
        advice = advise(findings(intent, movement=movement))
        assert any("普通" in one.say and "不能装" in one.say for one in advice.never)


def test_the_ticket_carries_the_findings_in_chinese() -> None:
    known = findings("runs_fast", calibre="7S26", rate_s_per_day=60.0, near_magnet="yes")
    pairs = dict(advise(known).ticket_facts)
    assert pairs["机芯编号"] == "7S26" and pairs["接触磁源"] == "有"
    assert "+60 秒/日" in pairs["日差（顾客自测）"]


def test_why_names_the_customers_own_words_and_the_figure() -> None:
    known = findings("runs_fast", calibre="7S26", rate_s_per_day=60.0, near_magnet="yes")
    said = "".join(one.say for one in explain(known))
    assert "带磁" in said and "快 45 秒" in said and "游丝" in said


@pytest.mark.parametrize(
    ("kind", "first"), [("swallowed_cell", "120"), ("leak_on_body", "冲"), ("burning", "摘下")]
)
def test_emergencies_begin_with_what_to_do_now(kind: str, first: str) -> None:
    lines = hazard_lines(kind)
    assert first in lines[0].say and all(one.source and one.say_desk for one in lines)


def test_no_other_emergency_is_invented() -> None:
    with pytest.raises(KeyError):
        hazard_lines("flood")


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("say", "say_desk", "now", "now_desk", "label"):
                yield str(inner)
            elif key == "phrases":
                yield from map(str, inner.values())
            else:
                yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


FILES = [
    "faults", "diagnosis", "questions", "hazards", "usage", "maintenance", "regulation",
    "identify", "rate",
]  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_nothing_forbidden_is_ever_said(name: str) -> None:
    for text in _texts(load(name)):
        assert not re.search(
            r"免费|赔|保证修好|我们是精工|您自己(弄|摔)坏|人为损坏|正品|假货", text
        ), text
        assert set(re.findall(r"(?<![\w-])\d{3,}(?!\w)", text, re.ASCII)) <= {
            "120",
            "119",
            "100",
            "2000",
        }, text
        assert "{" not in text or re.search(r"\{[a-z]+\}", text), text


def test_every_symptom_is_complete() -> None:
    for symptom_id, entry in load("faults")["symptoms"].items():
        assert entry["source"] and entry["why"] and entry["causes"], symptom_id
        assert all(question_id in QUESTIONS for question_id in entry["ask"]), symptom_id
        ids = [cause["id"] for cause in entry["causes"]]
        assert len(ids) == len(set(ids)), symptom_id


def test_every_question_can_be_put() -> None:
    for question_id in QUESTIONS:
        put = question(question_id)
        assert put.say.endswith(("？", "。", "）", "”。")) and put.say_desk
        assert "按钮" not in put.say_desk


def test_every_route_leads_to_a_symptom() -> None:
    knowledge = load("faults")
    for route in knowledge["routes"].values():
        for target in [route] if isinstance(route, str) else route.values():
            assert target in knowledge["symptoms"]
    assert all(d["symptom"] in knowledge["symptoms"] for d in knowledge["detours"])
