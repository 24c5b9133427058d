"""The posterior: order, unknowns, sums, stop rules, contradictions and what is worth asking."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales.faults import (
    MAX_QUESTIONS,
    Findings,
    Judgement,
    advise,
    answer,
    explain,
    judge_findings,
    next_question,
    observe,
    plan,
    question,
    table,
)
from aftersales.knowledge import load

TABLE = load("diagnosis")
COMPLAINTS = sorted(TABLE["complaints"])
VALUES: dict[str, list[str | float]] = {
    **{
        name: [*finding["base"], "unknown"]
        for name, finding in TABLE["findings"].items()
        if name not in ("rate", "reserve", "design", "about", "minute")
    },
    "calibre": ["7S26", "4R36", "6R35", "V192", "5M62", "9R65", "7T92", "VK64", "ZZ99"],
    "movement": ["mechanical", "quartz", "solar", "kinetic", "spring_drive", "hybrid", "unknown"],
    "rate_s_per_day": [0.0, 12.0, -30.0, 80.0, -300.0, 90000.0],
    "runs_hours": [3.0, 30.0, 60.0],
}
FACTS = st.lists(st.sampled_from(sorted(VALUES)), max_size=7, unique=True).flatmap(
    lambda names: st.tuples(*(st.tuples(st.just(n), st.sampled_from(VALUES[n])) for n in names))
)
Facts = Sequence[tuple[str, str | float]]


def findings(intent: str, **facts: str | float) -> Findings:
    return Findings(intent).with_facts(facts)


def told(intent: str, facts: Facts) -> Findings:
    now = Findings(intent)
    for name, value in facts:
        now = now.with_fact(name, value)
    return now


def judged(known: Findings) -> Judgement:
    found = judge_findings(known)
    assert found is not None
    return found


def shares(known: Findings) -> dict[str, float]:
    return {row.cause: round(row.probability, 9) for row in judged(known).rows}


@given(st.sampled_from(COMPLAINTS), FACTS, st.randoms(use_true_random=False))
def test_the_order_of_findings_does_not_matter(complaint: str, facts: Facts, dice: object) -> None:
    shuffled = list(facts)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    assert shares(told(complaint, facts)) == shares(told(complaint, shuffled))


@given(st.sampled_from(COMPLAINTS), FACTS)
def test_the_probabilities_sum_to_one(complaint: str, facts: Facts) -> None:
    rows = table(told(complaint, facts))
    assert sum(row.probability for row in rows) == pytest.approx(1)
    assert all(0 <= row.probability <= 1 for row in rows)
    assert [row.probability for row in rows] == sorted((r.probability for r in rows), reverse=True)


@given(st.sampled_from(COMPLAINTS), FACTS, st.sampled_from(sorted(VALUES)))
def test_unknown_says_nothing(complaint: str, facts: Facts, name: str) -> None:
    known = told(complaint, facts)
    assert shares(known) == shares(known.with_fact(name, "unknown"))


@given(st.sampled_from(COMPLAINTS), FACTS)
def test_at_most_four_questions_that_have_words(complaint: str, facts: Facts) -> None:
    known, ids = told(complaint, facts), []
    while (asked := next_question(known)) is not None:
        ids.append(asked.id)
        assert asked.say and asked.say_desk
        known = known.with_fact(asked.id, "unknown").with_asked(asked.id)
    assert len(ids) <= MAX_QUESTIONS == 4 and len(ids) == len(set(ids))


@given(st.sampled_from(COMPLAINTS), FACTS)
def test_a_stop_rule_ends_the_questions_at_once(complaint: str, facts: Facts) -> None:
    known = told(complaint, facts)
    stop = judged(known).stop
    if stop is not None:
        assert next_question(known) is None
        assert advise(known).urgency >= stop.urgency >= 2


@pytest.mark.parametrize(
    ("known", "stop", "urgency"),
    [
        (findings("stopped", calibre="4R36", water="yes"), "water", 3),
        (findings("battery", leak_powder="yes"), "leaking_cell", 3),
        (findings("stopped", opened="yes"), "opened_case", 2),
        (findings("runs_fast", shock="yes", how_fell="higher"), "deep_shock", 2),
        (findings("battery", hazard="swallowed_cell"), "swallowed_cell", 9),
        (findings("battery", hazard="burning"), "burning_smell", 3),
        (findings("exterior_damage", skin="yes"), "skin", 9),
    ],
)
def test_each_danger_stops_at_once(known: Findings, stop: str, urgency: int) -> None:
    found = judged(known).stop
    assert found is not None and (found.id, found.urgency) == (stop, urgency)
    assert next_question(known) is None


def test_a_mist_that_clears_is_no_flood() -> None:
    assert judged(findings("water_damage", scene="cold", fog_clears="yes")).stop is None


def test_a_code_that_contradicts_the_kind_is_asked_about_once_and_then_left_to_the_bench() -> None:
    known = findings("stopped", movement="quartz", calibre="7S26")
    asked = next_question(known)
    assert asked is not None and asked.id == "watch#kind_and_code" and "对不上" in asked.say
    known = known.with_fact("watch", "unknown").with_asked(asked.id)
    assert next_question(known) is None
    assert judged(known).cause == "cannot_tell_bench" and advise(known).needs_bench


def test_a_code_read_again_settles_which_watch_it_is() -> None:
    known = findings("stopped", movement="quartz", calibre="7S26", last_battery="old")
    known = known.with_asked("watch#kind_and_code")
    read = answer(
        "watch#kind_and_code", "是7N42，石英的", None, [{"name": "calibre", "value": "7N42"}]
    )
    assert read is not None
    assert judged(known.with_facts(read)).cause == "battery_exhausted"


@pytest.mark.parametrize(
    "known",
    [
        findings("second_hand_jumps", calibre="4R36", jump_seconds="2"),
        findings("runs_fast", calibre="4R35", rate_s_per_day=-40.0),
        findings("runs_fast", movement="mechanical", rate_s_per_day=90000.0),
        findings("battery", last_battery="recent", battery_changed="no"),
    ],
)
def test_contradictions_are_asked_about_first(known: Findings) -> None:
    planned = plan(known)
    assert planned.reason == "contradiction" and planned.question_id is not None
    assert question(planned.question_id).say != question(planned.question_id.split("#")[0]).say


def test_two_stories_in_one_sentence_count_as_none() -> None:
    seen = observe("突然变快的，也不是，是一年一年越来越快")
    assert seen["told_both"] == "onset"
    assert plan(findings("runs_fast", **seen)).question_id == "onset#onset_both"


def test_a_watch_of_unknown_kind_is_a_mixture() -> None:
    planned = plan(Findings("battery"))
    assert planned.question_id == "watch" and planned.worths[0].gain > 1


def test_one_figure_is_judged_by_its_own_calibre() -> None:
    good = judged(findings("runs_fast", calibre="4R36", rate_s_per_day=40.0, onset="always"))
    bad = judged(findings("runs_fast", calibre="6R35", rate_s_per_day=40.0, onset="always"))
    assert good.cause == "within_tolerance" and bad.cause == "regulation_needed"


def test_why_names_what_speaks_for_and_what_against() -> None:
    known = findings("runs_fast", calibre="4R36", rate_s_per_day=180.0, near_magnet="yes",
                     onset="gradual")  # fmt: skip
    first = explain(known)[0]
    assert "受磁" in first.say and "支持的" in first.say and "带磁" in first.say
    assert "不太像的" in first.say and "慢慢" in first.say and first.source


def test_every_row_carries_its_contributions() -> None:
    top = table(findings("stopped", calibre="4R36", stopped_when="weekend", crown_in="yes"))[0]
    assert top.cause == "reserve_run_down"
    assert {c.finding for c in top.contributions} == {"stopped_when", "crown_in"}
    assert top.contributions[0].finding == "stopped_when" and top.contributions[0].weight > 0


def test_a_complaint_the_table_does_not_know_is_taken_in_by_its_list() -> None:
    assert judge_findings(Findings("open_ticket")) is None and table(Findings("open_ticket")) == ()
    assert plan(Findings("open_ticket")).reason == "order"
