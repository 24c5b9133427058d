"""How well what is out of scope is told from what is ours, at every threshold.

The score is one minus the best probability of an intent in scope: high when the model calls a
sentence out of scope, and high when it is sure of nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bot.machine import OUT_OF_SCOPE
from tools.evaluation.scores import Judged

#: The share of sentences in scope one may lose, for the figure that is compared.
LOSS = 0.05


@dataclass(frozen=True)
class Curve:
    """The receiver operating characteristic.

    Attributes:
        lost: shares of sentences in scope that are refused, ascending.
        caught: shares of sentences out of scope that are refused at the same thresholds.
    """

    lost: np.ndarray
    caught: np.ndarray

    @property
    def area(self) -> float:
        """The chance that a sentence out of scope scores higher than one in scope."""
        return float(np.trapz(self.caught, self.lost))

    def caught_at(self, loss: float = LOSS) -> float:
        """Return the share caught when at most `loss` of the sentences in scope is lost."""
        return float(self.caught[self.lost <= loss].max())


def curve(judged: Judged) -> Curve | None:
    """Return the curve, None when one of the two kinds is missing."""
    outside = judged.outside
    if outside.all() or not outside.any():
        return None
    ours = [number for number, label in enumerate(judged.labels) if label != OUT_OF_SCOPE]
    score = 1 - judged.probabilities[:, ours].max(axis=1)
    order = np.argsort(-score, kind="stable")
    score, kinds = score[order], outside[order]
    # Equal scores fall together: a point stands only where the score changes.
    ends = np.append(np.flatnonzero(np.diff(score)), len(score) - 1)
    caught = np.cumsum(kinds)[ends] / kinds.sum()
    lost = np.cumsum(~kinds)[ends] / (~kinds).sum()
    return Curve(np.concatenate([[0.0], lost]), np.concatenate([[0.0], caught]))
