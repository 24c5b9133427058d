"""Whether a score of 0.7 is right in seven of ten cases."""

from __future__ import annotations

import numpy as np

from tools.evaluation.scores import Judged

BINS = 10


def calibration(judged: Judged, bins: int = BINS) -> list[tuple[str, int, float, float]]:
    """Return (range, sentences, mean score, share right) for equal ranges of the score."""
    right, top = judged.right, judged.top
    edges = np.linspace(0, 1, bins + 1)
    rows = []
    for low, high in zip(edges[:-1], edges[1:], strict=True):
        inside = (top > low) & (top <= high)
        if inside.any():
            name = f"{low:.1f}-{high:.1f}"
            mean, share = float(top[inside].mean()), float(right[inside].mean())
            rows.append((name, int(inside.sum()), mean, share))
    return rows


def calibration_error(judged: Judged, bins: int = BINS) -> float:
    """Return the mean distance between score and share right, weighted by sentences."""
    rows = calibration(judged, bins)
    total = sum(count for _, count, _, _ in rows)
    return sum(count * abs(score - right) for _, count, score, right in rows) / total
