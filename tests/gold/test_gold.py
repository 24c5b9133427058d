"""The gate of ``make gold``: the diagnosis must stay as good as promised, in few questions."""

from collections import Counter

import pytest

from aftersales.faults import MAX_QUESTIONS
from aftersales.knowledge import load
from tools.gold.scores import Score, faults_of, tree_at_equal_top_1
from tools.gold.talks import Played, play_all


@pytest.fixture(scope="module")
def played() -> list[Played]:
    return play_all("cases")


def test_the_marks_are_met(played: list[Played]) -> None:
    score = Score.of(played)
    tree, _ = tree_at_equal_top_1("cases", score.top_1)
    assert faults_of(score, tree) == []


def test_a_worse_score_would_be_refused() -> None:
    poor = Score(cases=1, top_1=0.5, top_3=0.5, asked=3.5, brier_of_first=0.4)
    assert len(faults_of(poor, Score(asked=4.0, top_1=0.6))) == 5


def test_the_set_is_large_and_a_quarter_cannot_be_decided(played: list[Played]) -> None:
    causes = Counter(p.case.cause for p in played)
    assert len(played) >= 150 and causes["cannot_tell_bench"] >= len(played) / 4
    assert set(causes) <= set(load("diagnosis")["causes"])


def test_every_contradictory_account_goes_to_the_bench(played: list[Played]) -> None:
    wrong = [p.case.id for p in played if p.case.contradictory and not p.first]
    assert wrong == []


def test_nobody_is_asked_more_than_four_questions(played: list[Played]) -> None:
    assert max(len(p.asked) for p in played) <= MAX_QUESTIONS


def test_a_danger_to_a_person_or_a_wet_watch_is_never_asked_about(
    played: list[Played],
) -> None:
    grave = [p for p in played if p.judgement.stop]
    assert grave and all(p.asked == () or p.plans[-1].reason == "stop" for p in grave)
