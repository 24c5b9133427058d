"""Judged sentences and their plain figures: accuracy, F1, the first three, confusions.

The first intent counts as right when it is the first need or the labelled second one: a customer
would count so. The strict figure, first need only, stands beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from bot.machine import OUT_OF_SCOPE

SHOWN_CONFUSIONS = 25

#: Intents with their scores, best first, as a pipeline answered.
Ranking = Sequence[tuple[str, float]]


@dataclass(frozen=True)
class Judged:
    """Sentences, their true intents and the probabilities a model gave.

    Attributes:
        labels: the intents, in the order of the columns.
        texts: the sentences.
        targets: the first need of each, as an index into `labels`.
        probabilities: one row per sentence.
        seconds: the labelled second need, -1 where there is none; empty when none has one.
    """

    labels: list[str]
    texts: list[str]
    targets: np.ndarray
    probabilities: np.ndarray
    seconds: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=int))

    @property
    def chosen(self) -> np.ndarray:
        """The intent with the highest probability, as an index into `labels`."""
        return np.asarray(self.probabilities.argmax(axis=1))

    @property
    def top(self) -> np.ndarray:
        """The highest probability of each sentence."""
        return np.asarray(self.probabilities.max(axis=1))

    @property
    def strict(self) -> np.ndarray:
        """Whether the chosen intent is the first need."""
        return np.asarray(self.chosen == self.targets)

    @property
    def right(self) -> np.ndarray:
        """Whether the chosen intent is the first need or the second."""
        return self._is_need(self.chosen)

    @property
    def in_three(self) -> np.ndarray:
        """Whether a need is among the three best intents."""
        best = np.argsort(-self.probabilities, axis=1, kind="stable")[:, :3]
        return np.asarray(np.stack([self._is_need(column) for column in best.T]).any(axis=0))

    @property
    def outside(self) -> np.ndarray:
        """Whether the sentence is out of scope."""
        column = self.labels.index(OUT_OF_SCOPE) if OUT_OF_SCOPE in self.labels else -1
        return np.asarray(self.targets == column)

    def refused(self, threshold: float) -> np.ndarray:
        """Whether a sentence is not answered: called out of scope, or asked again."""
        column = self.labels.index(OUT_OF_SCOPE) if OUT_OF_SCOPE in self.labels else -1
        return np.asarray((self.top < threshold) | (self.chosen == column))

    def _is_need(self, said: np.ndarray) -> np.ndarray:
        found = said == self.targets
        return found | (said == self.seconds) if len(self.seconds) else found


def judge(
    labels: Sequence[str],
    told: Sequence[tuple[str, str, str | None]],
    answers: Mapping[str, Ranking],
) -> Judged:
    """Put rankings into rows.

    Args:
        labels: the intents there are.
        told: text, first need and second need (or None) of each sentence.
        answers: the ranking of each text. What a cut-off ranking leaves is spread over the rest.
    """
    index = {label: number for number, label in enumerate(labels)}
    rows = np.zeros((len(told), len(labels)))
    for row, (text, _, _) in zip(rows, told, strict=True):
        ranking = [(name, score) for name, score in answers[text] if name in index]
        left = max(0.0, 1.0 - sum(score for _, score in ranking))
        unnamed = len(labels) - len(ranking)
        row[:] = min(left / unnamed, min((s for _, s in ranking), default=1.0)) if unnamed else 0.0
        for name, score in ranking:
            row[index[name]] = score
    return Judged(
        list(labels),
        [text for text, _, _ in told],
        np.array([index[first] for _, first, _ in told]),
        rows,
        np.array([index[second] if second else -1 for _, _, second in told]),
    )


def per_intent(judged: Judged) -> dict[str, tuple[int, float, float, float]]:
    """Return intent -> (sentences, precision, recall, F1), first needs only."""
    rows = {}
    for index, label in enumerate(judged.labels):
        true, said = judged.targets == index, judged.chosen == index
        if not true.any():
            continue
        hits = float((true & said).sum())
        precision = hits / said.sum() if said.any() else 0.0
        recall = hits / true.sum()
        f1 = 2 * precision * recall / (precision + recall) if hits else 0.0
        rows[label] = (int(true.sum()), float(precision), float(recall), f1)
    return rows


def macro_f1(judged: Judged) -> float:
    """Return the mean F1 over the intents that occur."""
    return float(np.mean([f1 for _, _, _, f1 in per_intent(judged).values()]))


def confusions(judged: Judged) -> list[tuple[int, str, str, str]]:
    """Return (count, true intent, chosen intent, an example), most frequent first."""
    pairs: Counter[tuple[int, int]] = Counter()
    examples: dict[tuple[int, int], str] = {}
    for row in np.flatnonzero(~judged.right):
        pair = int(judged.targets[row]), int(judged.chosen[row])
        pairs[pair] += 1
        examples.setdefault(pair, judged.texts[row])
    return [
        (count, judged.labels[pair[0]], judged.labels[pair[1]], examples[pair])
        for pair, count in pairs.most_common(SHOWN_CONFUSIONS)
    ]


def figures(judged: Judged, threshold: float) -> dict[str, float]:
    """Return the overall figures by name; `threshold` is the score below which one asks again."""
    outside, refused, sent_back = judged.outside, judged.refused(threshold), judged.top < threshold
    rows = {
        "sentences": float(len(judged.texts)),
        "first intent right": share(judged.right),
        "first intent right, strict": share(judged.strict),
        "macro-F1, strict": macro_f1(judged),
        "right among the first three": share(judged.in_three),
        "out of scope, not answered as something else": share(refused[outside]),
        "in scope, but refused": share(refused[~outside]),
        "asked again (score too low)": share(sent_back),
        "- of these wrong anyway": share(~judged.right[sent_back]),
        "right among what is answered": share(judged.right[~sent_back]),
    }
    return {name: value for name, value in rows.items() if not np.isnan(value)}


def share(values: np.ndarray) -> float:
    """Return the share that is true; not a number when there is nothing to count."""
    return float(values.mean()) if len(values) else float("nan")
