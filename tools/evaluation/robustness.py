"""What a mistake costs: each clean sentence of a blind set beside the same one with a mistake."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tools.blind_sets import Sentence
from tools.evaluation.perturbations import KINDS
from tools.evaluation.scores import Ranking


@dataclass(frozen=True)
class Pair:
    """A clean sentence and what a mistake made of it."""

    kind: str
    clean: Sentence
    text: str


def pairs(told: Sequence[Sentence]) -> list[Pair]:
    """Return every pair of the clean sentences; a mistake that changes nothing makes none."""
    clean = [one for one in told if one.slice is None]
    made = [Pair(kind, one, change(one.text)) for kind, change in KINDS.items() for one in clean]
    return [pair for pair in made if pair.text != pair.clean.text]


def losses(
    made: Sequence[Pair], answers: Mapping[str, Ranking]
) -> dict[str, tuple[int, float, float]]:
    """Return kind -> (pairs, share right before, share right after); the last row is them all."""
    rows: dict[str, tuple[int, float, float]] = {}
    for kind in [*dict.fromkeys(pair.kind for pair in made), "all"]:
        some = [pair for pair in made if kind in (pair.kind, "all")]
        if not some:
            continue
        before = sum(_right(pair.clean, answers[pair.clean.text]) for pair in some)
        after = sum(_right(pair.clean, answers[pair.text]) for pair in some)
        rows[kind] = (len(some), before / len(some), after / len(some))
    return rows


def _right(sentence: Sentence, ranking: Ranking) -> bool:
    return bool(ranking) and ranking[0][0] in (sentence.intent, sentence.second)
