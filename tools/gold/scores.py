"""Figures over many talks, and the marks of the gate."""

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from aftersales import faults
from tools.gold.talks import Played, in_fixed_order, play_all

#: Least share right first, least share among the first three, most questions, most Brier.
TOP_1, TOP_3, QUESTIONS, BRIER = 0.85, 0.96, 3.0, 0.15
#: At most this share of the fixed tree's questions at equal top-1.
OF_THE_TREE = 0.70


@dataclass
class Score:
    """Figures over some cases."""

    cases: int = 0
    top_1: float = 0.0
    top_3: float = 0.0
    asked: float = 0.0
    brier: float = 0.0
    brier_of_first: float = 0.0
    stated: float = 0.0
    urgency: float = 0.0
    misses: list[Played] = field(default_factory=list)

    @classmethod
    def of(cls, played: Sequence[Played]) -> "Score":
        """The means over the cases."""

        def mean(values: Iterable[float]) -> float:
            return statistics.fmean(values)

        return cls(
            cases=len(played),
            top_1=mean(p.first for p in played),
            top_3=mean(p.among_three for p in played),
            asked=mean(len(p.asked) for p in played),
            brier=mean(p.brier for p in played),
            brier_of_first=mean(p.brier_of_first for p in played),
            stated=mean(p.judgement.rows[0].probability for p in played),
            urgency=mean(p.judgement.urgency == p.case.urgency for p in played),
            misses=[p for p in played if not p.first],
        )


def tree_at_equal_top_1(name: str, wanted: float) -> tuple[Score, int]:
    """The fixed tree with the least number of questions that is as often right first.

    When it never is, the tree that asks all it has.
    """
    score = Score()
    for limit in range(faults.MAX_QUESTIONS + 1):
        score = Score.of(play_all(name, in_fixed_order, limit))
        if score.top_1 >= wanted:
            return score, limit
    return score, faults.MAX_QUESTIONS


def faults_of(score: Score, tree: Score) -> list[str]:
    """What misses its mark, in words; none = passed."""
    marks = [
        (score.top_1 >= TOP_1, f"top-1 {score.top_1:.1%} is below {TOP_1:.0%}"),
        (score.top_3 >= TOP_3, f"top-3 {score.top_3:.1%} is below {TOP_3:.0%}"),
        (score.asked <= QUESTIONS, f"{score.asked:.2f} questions are more than {QUESTIONS:g}"),
        (score.brier_of_first <= BRIER, f"Brier {score.brier_of_first:.3f} is above {BRIER}"),
        (
            score.asked <= OF_THE_TREE * tree.asked and score.top_1 >= tree.top_1,
            f"{score.asked:.2f} questions against the fixed tree's {tree.asked:.2f}",
        ),
    ]
    return [message for fits, message in marks if not fits]
