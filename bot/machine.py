"""The trained machine: features, support vectors and neighbours give one margin per intent.

A one-versus-rest linear SVM learns from each sentence and from its copies with a mistake
(`bot/mistakes.py`); the resemblance to the nearest known sentences of each intent is added to its
margins (`bot/neighbours.py`). Nothing here knows Rasa.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, vstack
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from bot.features import Featuriser, Weights, read
from bot.mistakes import MISTAKES
from bot.neighbours import Neighbours

OUT_OF_SCOPE = "out_of_scope"
# Half of the sentences are enough to fit one temperature on, and the other half trains fastest.
FOLDS = 2
SEED = 0
#: Closer to the optimum than this changes no answer and takes longer.
_TOLERANCE = 1e-3


@dataclass(frozen=True)
class Leaning:
    """How much the neighbours count, and how readily a message is taken for a stray one.

    Both were chosen on the first blind set and confirmed on the second (`make evaluate`).

    Attributes:
        resemblance: what a resemblance of 1 adds to a margin.
        outside: what is added to the margin of "out of scope": an answer to something else is
            worse than one more question.
    """

    resemblance: float = 3.0
    outside: float = 0.2


@dataclass(frozen=True)
class Settings:
    """What a machine is trained with.

    Attributes:
        penalty: C of the support vector machine.
        blocks: weights of the feature blocks.
        leaning: weights of the neighbours and of "out of scope".
    """

    penalty: float = 0.7
    blocks: Weights = field(default_factory=Weights)
    leaning: Leaning = field(default_factory=Leaning)

    @classmethod
    def of(cls, config: Mapping[str, Any]) -> Settings:
        """Read `penalty` and the names of `Weights` and `Leaning`; others stay as usual."""
        return cls(
            config.get("penalty", cls.penalty),
            Weights(**{key: config[key] for key in vars(Weights()) if key in config}),
            Leaning(**{key: config[key] for key in vars(Leaning()) if key in config}),
        )


@dataclass(frozen=True)
class Machine:
    """One trained machine.

    `weights` has a row per feature: laid out so, a sentence touches only its own rows, while a
    transposed matrix would be copied whole for each sentence.
    """

    labels: list[str]
    featuriser: Featuriser
    weights: np.ndarray
    bias: np.ndarray
    neighbours: Neighbours
    leaning: Leaning

    @property
    def outside(self) -> int | None:
        """The column of "out of scope", None for a machine without stray sentences."""
        return self.labels.index(OUT_OF_SCOPE) if OUT_OF_SCOPE in self.labels else None

    def margins(self, rows: csr_matrix) -> np.ndarray:
        """Return one row of margins per row of features."""
        # In the weights' own precision: with another one, scipy converts all of them at each call.
        margins = np.asarray(rows.astype(self.weights.dtype) @ self.weights) + self.bias
        margins = margins + self.leaning.resemblance * self.neighbours.resemblance(rows)
        if self.outside is not None:
            margins[:, self.outside] += self.leaning.outside
        return margins


@dataclass(frozen=True)
class Lesson:
    """Sentences as numbers, each beside its copies with a mistake.

    Attributes:
        labels: the intents.
        targets: the intent of each sentence, an index into `labels`.
        featuriser: its vocabularies and frequencies are those of all sentences and copies.
        versions: the sentences as they are, then the copies with each mistake; a row for each.
    """

    labels: list[str]
    targets: np.ndarray
    featuriser: Featuriser
    versions: list[csr_matrix]

    @classmethod
    def of(cls, texts: Sequence[str], intents: Sequence[str], blocks: Weights) -> Lesson:
        """Read normalised sentences and their copies; the costly step, done once."""
        labels = sorted(set(intents))
        index = {label: number for number, label in enumerate(labels)}
        written = [texts, *(mistake(texts) for mistake in MISTAKES)]
        documents = [[read(text, blocks) for text in version] for version in written]
        featuriser = Featuriser(blocks).fit(list(chain.from_iterable(documents)))
        return cls(
            labels,
            np.array([index[intent] for intent in intents]),
            featuriser,
            [featuriser.rows(version) for version in documents],
        )

    def part(self, rows: np.ndarray) -> Lesson:
        """Return some of the sentences with their copies, in the same features."""
        versions = [version[rows] for version in self.versions]
        return Lesson(self.labels, self.targets[rows], self.featuriser, versions)


def fit(lesson: Lesson, settings: Settings) -> Machine:
    """Train on sentences and copies; only the sentences themselves become neighbours."""
    svm = LinearSVC(C=settings.penalty, tol=_TOLERANCE, random_state=SEED)
    svm.fit(vstack(lesson.versions, format="csr"), np.tile(lesson.targets, len(lesson.versions)))
    weights, bias = svm.coef_, svm.intercept_
    if len(weights) == 1:  # two classes: one margin serves both
        weights, bias = np.vstack([-weights, weights]), np.concatenate([-bias, bias])
    return Machine(
        lesson.labels,
        lesson.featuriser,
        np.ascontiguousarray(weights.T, dtype=np.float32),
        bias.astype(np.float32),
        Neighbours.fit(lesson.versions[0], lesson.targets, len(lesson.labels)),
        settings.leaning,
    )


def out_of_fold(
    lesson: Lesson, settings: Settings, folds: int = FOLDS, rounds: int | None = None
) -> np.ndarray | None:
    """Return margins of every sentence by a machine that had not seen it.

    Vocabulary and frequencies are those of all sentences: which intent they have is not in them.

    Args:
        lesson: all sentences.
        settings: what the machines are trained with.
        folds: into how many parts the sentences are divided.
        rounds: how many parts are judged; all when None.

    Returns:
        One row per sentence, NaN for those not judged; None when an intent has too few sentences
        to be divided.
    """
    smallest = min(Counter(lesson.targets.tolist()).values())
    if smallest < 2:
        return None
    splitter = StratifiedKFold(min(folds, smallest), shuffle=True, random_state=SEED)
    margins = np.full((len(lesson.targets), len(lesson.labels)), np.nan)
    parts = splitter.split(np.zeros(len(lesson.targets)), lesson.targets)
    for seen, held_out in islice(parts, rounds):
        machine = fit(lesson.part(seen), settings)
        margins[held_out] = machine.margins(lesson.part(held_out).versions[0])
    return margins
