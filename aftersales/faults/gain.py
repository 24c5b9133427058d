"""The best next question: what it would teach on average, times how easily it is answered."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aftersales.conditions import holds
from aftersales.faults.causes import KIND, Model, setting, table
from aftersales.faults.engine import State
from aftersales.faults.findings import Findings

#: Hypotheses below this share do not change what is worth asking.
_NEGLIGIBLE = 1e-4
#: What a rate is worth when nobody can say what this watch may do.
_WITHOUT_FIGURE = 0.4


@dataclass(frozen=True)
class Worth:
    """A question that could be put.

    Attributes:
        question: its id.
        gain: bits the answer is expected to tell about the cause.
        ease: share of customers who can answer it.
    """

    question: str
    gain: float
    ease: float

    @property
    def score(self) -> float:
        """Expected bits, those who cannot answer counted as none."""
        return self.gain * self.ease


def worths(now: State, findings: Findings, open_questions: Iterable[str]) -> list[Worth]:
    """The questions that may be put with what they are worth, the best first.

    Args:
        now: the state of the diagnosis.
        findings: what it came from.
        open_questions: ids of questions neither answered nor asked.
    """
    known = table()["questions"]
    kept = [number for number, share in enumerate(now.shares) if share > _NEGLIGIBLE]
    families = {now.model.families[number] for number in kept}
    found = []
    for name in open_questions:
        entry = known.get(name)
        if entry is None or not _sensible(entry, families, now):
            continue
        ease = float(entry["ease"])
        if name == "rate_s_per_day" and not _judgeable(findings):
            ease *= _WITHOUT_FIGURE
        gain = expected_gain(now, _finding_of(name, findings, now), kept)
        found.append(Worth(name, gain, ease))
    return sorted(found, key=lambda one: (-one.score, one.question))


def expected_gain(now: State, finding: str | None, kept: Sequence[int]) -> float:
    """Bits a finding is expected to tell about the cause."""
    values = now.model.likelihood.get(finding or "")
    if not values:
        return 0.0
    shares = [now.shares[number] for number in kept]
    causes = _numbered(now.model, kept)
    before = _entropy(shares, causes)
    after = 0.0
    for row in _answers(finding, values):
        joint = [share * row[number] for share, number in zip(shares, kept, strict=True)]
        chance = sum(joint)
        if chance > 0:
            after += chance * _entropy([value / chance for value in joint], causes)
    return max(0.0, before - after)


def _answers(
    finding: str | None, values: Mapping[str, tuple[float, ...]]
) -> list[tuple[float, ...]]:
    # Asked what watch it is, the customer tells the family by its code or by its name.
    if finding == KIND:
        return [row for value, row in values.items() if value.startswith("=")]
    return list(values.values())


def _finding_of(question: str, findings: Findings, now: State) -> str | None:
    """The finding an answer would give."""
    if question == "watch":
        return KIND
    if question == "calibre":
        # With the code a rate can be judged that was told before.
        return "rate" if findings.known("rate_s_per_day") and not now.facts.get("rate") else None
    special = {"rate_s_per_day": "rate", "runs_hours": "reserve", "magnet_type": "near_magnet",
               "place": "temperature"}  # fmt: skip
    return special.get(question, question)


def _sensible(entry: Mapping[str, Any], families: set[str], now: State) -> bool:
    if now.facts["intent"] not in entry.get("complaints", []):
        return False
    wanted = entry.get("families")
    return (wanted is None or bool(families & set(wanted))) and holds(entry.get("if"), now.facts)


def _judgeable(findings: Findings) -> bool:
    """Whether a rate could be held against a figure."""
    calibre = findings.calibre
    if calibre is not None:
        return bool(calibre.rate or calibre.family_rate) or calibre.movement != "mechanical"
    return findings.movement not in (None, "mechanical")


def _numbered(model: Model, kept: Sequence[int]) -> list[int]:
    """A small number for the cause of each kept hypothesis."""
    numbers: dict[str, int] = {}
    return [numbers.setdefault(model.causes[number], len(numbers)) for number in kept]


def _entropy(shares: Sequence[float], causes: Sequence[int]) -> float:
    sums = [0.0] * (max(causes, default=0) + 1)
    for share, cause in zip(shares, causes, strict=True):
        sums[cause] += share
    return -sum(share * math.log2(share) for share in sums if share > 0)


def is_clear(leader: float) -> bool:
    """Whether the leading cause is clear enough to stop asking."""
    return leader >= setting("clear")
