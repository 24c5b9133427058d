"""The linear intent model: support vectors and neighbours, then probabilities that mean something.

A one-versus-rest linear SVM gives margins; the resemblance to the nearest known sentences of each
intent is added to them (`bot/neighbours.py`). Margins are made probabilities by a softmax with one
temperature, fitted on margins of a quarter of the sentences by a machine that had not seen it: so a
score of 0.7 is right in about seven of ten cases. Nothing here knows Rasa.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from bot.features import Document, Featuriser, Weights, is_wordless, read
from bot.homophones import misspelt
from bot.neighbours import Neighbours

OUT_OF_SCOPE = "out_of_scope"
# A text without any word is out of scope by the contract; not 1.0, for it may be a "?" that
# meant something.
WORDLESS_CONFIDENCE = 0.95
FOLDS = 4
SEED = 0
_META, _IDF, _WEIGHTS, _BIAS = "model.json", "idf.npy", "weights.npy", "bias.npy"


def softmax(margins: np.ndarray, temperature: float) -> np.ndarray:
    """Return row-wise probabilities of `margins` divided by `temperature`."""
    scaled = margins / temperature
    scaled = scaled - scaled.max(axis=1, keepdims=True)
    exponents = np.exp(scaled)
    return np.asarray(exponents / exponents.sum(axis=1, keepdims=True))


def fit_temperature(margins: np.ndarray, targets: np.ndarray) -> float:
    """Return the temperature that makes the true intents most likely (golden section)."""

    def loss(log_temperature: float) -> float:
        chosen = softmax(margins, float(np.exp(log_temperature)))[np.arange(len(targets)), targets]
        return float(-np.log(np.clip(chosen, 1e-12, None)).mean())

    low, high = np.log(0.02), np.log(5.0)
    ratio = (5**0.5 - 1) / 2
    for _ in range(40):
        left, right = high - ratio * (high - low), low + ratio * (high - low)
        if loss(left) < loss(right):
            high = right
        else:
            low = left
    return float(np.exp((low + high) / 2))


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
class Fitted:
    """One trained machine: features, support vectors, neighbours.

    `weights` has a row per feature: laid out so, a sentence touches only its own rows, while a
    transposed matrix would be copied whole for each sentence.
    """

    featuriser: Featuriser
    weights: np.ndarray
    bias: np.ndarray
    neighbours: Neighbours

    def margins(self, matrix: csr_matrix, leaning: Leaning) -> np.ndarray:
        """Return one row of margins per row of features."""
        # In the weights' own precision: with another one, scipy converts all of them at each call.
        margins = np.asarray(matrix.astype(self.weights.dtype) @ self.weights) + self.bias
        return margins + leaning.resemblance * self.neighbours.resemblance(matrix)


@dataclass(frozen=True)
class Judgement:
    """What a text asks for.

    Attributes:
        ranking: (intent, probability), best first; never empty.
        outside: the margin of "out of scope" less the best other margin; the resemblance to the
            nearest known sentences is part of both. Above 0 the text is taken for a stray one.
            None for a model without stray sentences.
    """

    ranking: list[tuple[str, float]]
    outside: float | None


class LinearIntentModel:
    """A trained classifier: machine, labels and temperature."""

    def __init__(
        self, labels: list[str], fitted: Fitted, temperature: float, leaning: Leaning | None = None
    ) -> None:
        """Hold the parts; use `train` or `load` to get them."""
        self.labels = labels
        self.temperature = temperature
        self._fitted = fitted
        self._leaning = leaning or Leaning()
        self._outside = labels.index(OUT_OF_SCOPE) if OUT_OF_SCOPE in labels else None

    @classmethod
    def train(
        cls,
        texts: Sequence[str],
        intents: Sequence[str],
        penalty: float = 1.0,
        blocks: Weights | None = None,
        leaning: Leaning | None = None,
    ) -> LinearIntentModel:
        """Train on normalised sentences.

        Args:
            texts: normalised sentences.
            intents: the intent of each.
            penalty: C of the support vector machine.
            blocks: weights of the feature blocks.
            leaning: weights of the neighbours and of "out of scope".

        Raises:
            ValueError: fewer than two different intents.
        """
        labels = sorted(set(intents))
        if len(labels) < 2:
            raise ValueError("the intent classifier needs sentences of at least two intents")
        index = {label: number for number, label in enumerate(labels)}
        targets = np.array([index[intent] for intent in intents])
        told, copies = _read(texts, blocks)
        margins = _out_of_fold(
            told, copies, targets, len(labels), penalty, blocks, FOLDS, leaning or Leaning(), 1
        )
        if margins is None:
            temperature = 1.0
        else:
            unseen = ~np.isnan(margins[:, 0])
            temperature = fit_temperature(margins[unseen], targets[unseen])
        fitted = _fit(told, copies, targets, len(labels), penalty, blocks)
        return cls(labels, fitted, temperature, leaning)

    def probabilities(self, texts: Sequence[str]) -> np.ndarray:
        """Return one row of probabilities per normalised text, in the order of `labels`."""
        return self._judge(texts)[0]

    def judge(self, text: str) -> Judgement:
        """Return what a normalised text asks for and how far outside of everything known it is."""
        probabilities, margins = self._judge([text])
        scores, outside = probabilities[0], None
        if self._outside is not None:
            others = np.delete(margins[0], self._outside)
            outside = float(margins[0, self._outside] - others.max())
        # Stable order for equal scores, so that answers repeat.
        order = sorted(range(len(self.labels)), key=lambda i: (-scores[i], self.labels[i]))
        return Judgement([(self.labels[i], float(scores[i])) for i in order], outside)

    def best(self, texts: Sequence[str]) -> list[tuple[str, float]]:
        """Return the best intent of each normalised text and its probability; judged together."""
        rows = self._judge(texts)[0]
        return [(self.labels[int(row.argmax())], float(row.max())) for row in rows]

    def rank(self, text: str) -> list[tuple[str, float]]:
        """Return (intent, probability) of a normalised text, best first; never empty."""
        return self.judge(text).ranking

    def save(self, folder: Path) -> None:
        """Write JSON and plain arrays: no pickles, the same bytes for the same training."""
        meta, idf = self._fitted.featuriser.state()
        meta |= {
            "labels": self.labels,
            "temperature": self.temperature,
            "leaning": vars(self._leaning),
        }
        (folder / _META).write_text(
            json.dumps(meta, ensure_ascii=False, sort_keys=True), encoding="utf-8"
        )
        np.save(folder / _IDF, idf, allow_pickle=False)
        np.save(folder / _WEIGHTS, self._fitted.weights, allow_pickle=False)
        np.save(folder / _BIAS, self._fitted.bias, allow_pickle=False)
        self._fitted.neighbours.save(folder)

    @classmethod
    def load(cls, folder: Path) -> LinearIntentModel:
        """Read what `save` wrote."""
        meta = json.loads((folder / _META).read_text(encoding="utf-8"))
        arrays = [np.load(folder / name, allow_pickle=False) for name in (_IDF, _WEIGHTS, _BIAS)]
        featuriser = Featuriser.from_state(meta, arrays[0])
        neighbours = Neighbours.load(folder, featuriser.size)
        fitted = Fitted(featuriser, arrays[1], arrays[2], neighbours)
        return cls(meta["labels"], fitted, meta["temperature"], Leaning(**meta["leaning"]))

    def _judge(self, texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        """Return probabilities and margins, one row per text."""
        matrix = self._fitted.featuriser.transform(texts)
        margins = self._fitted.margins(matrix, self._leaning)
        if self._outside is None:
            return softmax(margins, self.temperature), margins
        margins[:, self._outside] += self._leaning.outside
        result = softmax(margins, self.temperature)
        known = np.diff(matrix.indptr) > 0
        for row, text in enumerate(texts):
            if is_wordless(text) or not known[row]:
                others = (1 - WORDLESS_CONFIDENCE) / max(1, len(self.labels) - 1)
                result[row] = others
                result[row, self._outside] = WORDLESS_CONFIDENCE
        return result, margins


def out_of_fold_margins(
    texts: Sequence[str],
    targets: np.ndarray,
    classes: int,
    penalty: float = 1.0,
    blocks: Weights | None = None,
    folds: int = FOLDS,
    leaning: Leaning | None = None,
) -> np.ndarray | None:
    """Return margins of every sentence by a model that had not seen it.

    Returns:
        One row per sentence, or None when an intent has too few sentences to be divided.
    """
    told, copies = _read(texts, blocks)
    return _out_of_fold(
        told, copies, targets, classes, penalty, blocks, folds, leaning or Leaning()
    )


def _read(texts: Sequence[str], blocks: Weights | None) -> tuple[list[Document], list[Document]]:
    """Read the sentences and one misspelt copy of each."""
    weights = blocks or Weights()
    return [read(t, weights) for t in texts], [read(t, weights) for t in misspelt(texts)]


def _fit(
    told: Sequence[Document],
    copies: Sequence[Document],
    targets: np.ndarray,
    classes: int,
    penalty: float,
    blocks: Weights | None,
) -> Fitted:
    """Fit on sentences and their misspelt copies; only the sentences themselves are neighbours."""
    featuriser = Featuriser(blocks).fit([*told, *copies])
    rows = featuriser.rows([*told, *copies])
    machine = LinearSVC(C=penalty, random_state=SEED)
    machine.fit(rows, np.tile(targets, 2))
    weights, bias = machine.coef_, machine.intercept_
    if len(weights) == 1:  # two classes: one margin serves both
        weights, bias = np.vstack([-weights, weights]), np.concatenate([-bias, bias])
    neighbours = Neighbours.fit(rows[: len(told)], targets, classes)
    by_feature = np.ascontiguousarray(weights.T, dtype=np.float32)
    return Fitted(featuriser, by_feature, bias.astype(np.float32), neighbours)


def _out_of_fold(
    told: Sequence[Document],
    copies: Sequence[Document],
    targets: np.ndarray,
    classes: int,
    penalty: float,
    blocks: Weights | None,
    folds: int,
    leaning: Leaning,
    rounds: int | None = None,
) -> np.ndarray | None:
    """Return the margins; after fewer `rounds` than folds the rows left over are NaN."""
    smallest = min(Counter(targets.tolist()).values())
    if smallest < 2:
        return None
    splitter = StratifiedKFold(min(folds, smallest), shuffle=True, random_state=SEED)
    margins = np.full((len(told), classes), np.nan)
    for seen, held_out in islice(splitter.split(np.zeros(len(told)), targets), rounds):
        fitted = _fit(
            [told[i] for i in seen],
            [copies[i] for i in seen],
            targets[seen],
            classes,
            penalty,
            blocks,
        )
        rows = fitted.featuriser.rows([told[i] for i in held_out])
        margins[held_out] = fitted.margins(rows, leaning)
    return margins
