"""Scores that mean something: the temperature finds how sure the margins may be."""

import numpy as np
import pytest

from bot.calibration import fit_temperature, softmax

pytestmark = pytest.mark.rasa


def test_the_temperature_finds_overconfidence() -> None:
    targets = np.array([0, 0, 0, 1])
    margins = np.array([[1.0, 0.0]] * 4)  # right three times of four
    right = softmax(margins, fit_temperature(margins, targets))[0, 0]
    assert right == pytest.approx(0.75, abs=0.01)
