"""The figures count what they say they count."""

import numpy as np
import pytest

from tools.evaluation.scores import Judged, confusions, figures, judge, macro_f1, per_intent

pytestmark = pytest.mark.rasa

LABELS = ["greet", "out_of_scope", "runs_fast"]
JUDGED = Judged(
    labels=LABELS,
    texts=["a", "b", "c", "d"],
    targets=np.array([0, 1, 2, 2]),
    probabilities=np.array(
        [[0.9, 0.05, 0.05], [0.1, 0.15, 0.12], [0.1, 0.2, 0.7], [0.6, 0.1, 0.3]]
    ),
)


def test_the_overall_figures() -> None:
    found = figures(JUDGED, threshold=0.2)
    assert found["sentences"] == 4
    assert found["first intent right"] == found["first intent right, strict"] == 0.75
    assert found["asked again (score too low)"] == 0.25
    assert found["out of scope, not answered as something else"] == 1
    assert found["in scope, but refused"] == 0
    assert found["right among what is answered"] == pytest.approx(2 / 3)


def test_the_second_need_is_right_too_but_not_strictly() -> None:
    told = [("a", "runs_fast", "greet"), ("b", "runs_fast", None)]
    ranking = [("greet", 0.6), ("out_of_scope", 0.3), ("runs_fast", 0.1)]
    judged = judge(LABELS, told, {"a": ranking, "b": ranking})
    found = figures(judged, threshold=0.2)
    assert found["first intent right"] == 0.5
    assert found["first intent right, strict"] == 0
    assert found["right among the first three"] == 1


def test_a_cut_off_ranking_leaves_the_rest_to_the_unnamed() -> None:
    judged = judge(LABELS, [("a", "greet", None)], {"a": [("greet", 0.8)]})
    assert judged.probabilities.tolist() == [pytest.approx([0.8, 0.1, 0.1])]
    unsure = judge(LABELS, [("a", "greet", None)], {"a": [("greet", 0.1)]})
    assert unsure.chosen.tolist() == [0]


def test_figures_per_intent() -> None:
    assert per_intent(JUDGED)["greet"] == (1, 0.5, 1.0, pytest.approx(2 / 3))
    assert per_intent(JUDGED)["runs_fast"] == (2, 1.0, 0.5, pytest.approx(2 / 3))
    assert macro_f1(JUDGED) == pytest.approx((2 / 3 + 1 + 2 / 3) / 3)


def test_confusions_are_counted_with_an_example() -> None:
    assert confusions(JUDGED) == [(1, "runs_fast", "greet", "d")]
