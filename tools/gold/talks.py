"""One talk about a gold case, by our policy or by one to compare with.

The customer answers from the case's truth; what is not there is "不知道".
"""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from aftersales import faults
from aftersales.faults import Findings, Judgement, Plan
from aftersales.knowledge import load
from tools.gold.cases import Case, read

#: Facts a sentence gives that the findings of the gold cases have no word for.
_FROM_SENTENCE = ("opened", "runs_pulled", "late_minute", "no_end", "drops", "told_both", "hazard")

Policy = Callable[[Findings], Plan]


@dataclass(frozen=True)
class Played:
    """A case after the talk."""

    case: Case
    judgement: Judgement
    asked: tuple[str, ...]
    plans: tuple[Plan, ...] = ()

    @property
    def first(self) -> bool:
        """The likeliest cause is the right one."""
        return self.judgement.cause == self.case.cause

    @property
    def among_three(self) -> bool:
        """The right cause is one of the first three."""
        return self.case.cause in [row.cause for row in self.judgement.rows[:3]]

    @property
    def brier(self) -> float:
        """Brier's score over all causes: sum of squared errors, 0 best, 2 worst."""
        rows = {row.cause: row.probability for row in self.judgement.rows}
        causes = {*rows, self.case.cause}
        return sum((rows.get(c, 0.0) - (c == self.case.cause)) ** 2 for c in causes)

    @property
    def brier_of_first(self) -> float:
        """The squared error of the first cause's probability alone."""
        return (self.judgement.rows[0].probability - self.first) ** 2


def play(
    case: Case,
    policy: Policy = faults.plan,
    limit: int = faults.MAX_QUESTIONS,
    *,
    grounds: bool = False,
) -> Played:
    """Hold one talk: the customer answers from the case's truth.

    Args:
        case: the case.
        policy: decides what to ask.
        limit: questions at most.
        grounds: also work out what each finding contributed.
    """
    seen = faults.observe(case.says)
    extra = {name: seen[name] for name in _FROM_SENTENCE if name in seen}
    now = Findings(case.complaint).with_facts({**extra, **values(case.findings)})
    plans = []
    while True:
        planned = policy(now)
        plans.append(planned)
        if planned.question_id is None or len(now.asked) >= limit:
            break
        now = now.with_facts(answer(case, planned.question_id)).with_asked(planned.question_id)
    judgement = faults.judge_findings(now, grounds=grounds)
    if judgement is None:
        raise LookupError(f"{case.id}: the table of causes has no {case.complaint}")
    return Played(case, judgement, now.asked, tuple(plans))


def answer(case: Case, question_id: str) -> dict[str, str | float]:
    """What the customer answers, as facts; ``unknown`` when the truth does not say."""
    name = question_id.partition("#")[0]
    fills = load("questions")["questions"][name].get("fills", [name])
    told = {fact: case.truth[fact] for fact in fills if fact in case.truth}
    known = values(told)
    return known or {name: "unknown"}


def values(facts: Mapping[str, Any]) -> dict[str, str | float]:
    """Facts as the findings hold them: texts and numbers, hours in the bands of the question."""
    return {
        name: float(value) if isinstance(value, int | float) else str(value)
        for name, value in facts.items()
    }


def in_fixed_order(findings: Findings) -> Plan:
    """The baseline: the symptom's list of questions from top to bottom, as the source page asks."""
    return faults.plan_by_order(findings)


def at_random(seed: int) -> Callable[[Case], Policy]:
    """The baseline: any sensible open question, until the leader is clear; seeded per case."""

    def of(case: Case) -> Policy:
        dice = random.Random(f"{seed}-{case.id}")  # noqa: S311 - a baseline, not a secret

        def policy(findings: Findings) -> Plan:
            planned = faults.plan(findings)
            if planned.reason != "gain":
                return planned
            return Plan(dice.choice(planned.worths).question, "random", planned.worths)

        return policy

    return of


def play_all(name: str, policy: Policy = faults.plan, limit: int = 4) -> list[Played]:
    """All cases of a file with one policy."""
    return [play(case, policy, limit) for case in read(name)]
