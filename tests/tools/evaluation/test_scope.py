"""The curve of what is out of scope."""

import numpy as np
import pytest

from tools.evaluation.scope import curve
from tools.evaluation.scores import Judged

pytestmark = pytest.mark.rasa


def _judged(targets: list[int], foreign: list[float]) -> Judged:
    rows = np.array([[1 - score, score] for score in foreign])
    return Judged(["greet", "out_of_scope"], [""] * len(targets), np.array(targets), rows)


def test_a_perfect_order_has_area_one() -> None:
    found = curve(_judged([1, 1, 0, 0], [0.9, 0.8, 0.2, 0.1]))
    assert found is not None
    assert found.area == pytest.approx(1)
    assert found.caught_at(0.0) == 1


def test_equal_scores_say_nothing() -> None:
    found = curve(_judged([1, 0, 1, 0], [0.5, 0.5, 0.5, 0.5]))
    assert found is not None
    assert found.area == pytest.approx(0.5)
    assert found.caught_at(0.05) == 0


def test_what_is_caught_is_counted_at_the_allowed_loss() -> None:
    found = curve(_judged([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1]))
    assert found is not None
    assert found.caught_at(0.05) == 0.5
    assert found.caught_at(0.5) == 1


def test_without_foreign_sentences_there_is_no_curve() -> None:
    assert curve(_judged([0, 0], [0.1, 0.2])) is None
