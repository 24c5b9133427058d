"""Score against share right."""

import numpy as np
import pytest

from tools.evaluation.calibration import calibration, calibration_error
from tools.evaluation.scores import Judged

pytestmark = pytest.mark.rasa


def test_each_range_has_its_mean_score_and_its_share_right() -> None:
    scores = np.array([[0.95, 0.05], [0.95, 0.05], [0.55, 0.45]])
    judged = Judged(["a", "b"], ["1", "2", "3"], np.array([0, 1, 0]), scores)
    assert calibration(judged) == [
        ("0.5-0.6", 1, pytest.approx(0.55), 1.0),
        ("0.9-1.0", 2, pytest.approx(0.95), 0.5),
    ]
    assert calibration_error(judged) == pytest.approx((0.45 + 2 * 0.45) / 3)
