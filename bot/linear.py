"""The linear intent model: support vectors, then probabilities that mean something.

A one-versus-rest linear SVM gives margins. Margins are made probabilities by a softmax with
one temperature, fitted on margins of sentences the model had not seen (out of fold): so a
score of 0.7 is right in about seven of ten cases. Nothing here knows Rasa.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from bot.features import Featuriser, Weights, is_wordless
from bot.homophones import misspelt

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


class LinearIntentModel:
    """Featuriser, weights and temperature of a trained classifier."""

    def __init__(
        self,
        labels: list[str],
        featuriser: Featuriser,
        weights: np.ndarray,
        bias: np.ndarray,
        temperature: float,
    ) -> None:
        """Hold the parts; use `train` or `load` to get them."""
        self.labels = labels
        self.featuriser = featuriser
        self.weights = weights
        self.bias = bias
        self.temperature = temperature

    @classmethod
    def train(
        cls,
        texts: Sequence[str],
        intents: Sequence[str],
        penalty: float = 1.0,
        blocks: Weights | None = None,
    ) -> LinearIntentModel:
        """Train on normalised sentences.

        Args:
            texts: normalised sentences.
            intents: the intent of each.
            penalty: C of the support vector machine.
            blocks: weights of the feature blocks.

        Raises:
            ValueError: fewer than two different intents.
        """
        labels = sorted(set(intents))
        if len(labels) < 2:
            raise ValueError("the intent classifier needs sentences of at least two intents")
        index = {label: number for number, label in enumerate(labels)}
        targets = np.array([index[intent] for intent in intents])
        margins = out_of_fold_margins(texts, targets, len(labels), penalty, blocks)
        temperature = fit_temperature(margins, targets) if margins is not None else 1.0
        featuriser, weights, bias = _fit(
            [*texts, *misspelt(texts)], np.tile(targets, 2), penalty, blocks
        )
        return cls(labels, featuriser, weights, bias, temperature)

    def probabilities(self, texts: Sequence[str]) -> np.ndarray:
        """Return one row of probabilities per normalised text, in the order of `labels`."""
        matrix = self.featuriser.transform(texts)
        result = softmax(np.asarray(matrix @ self.weights.T) + self.bias, self.temperature)
        if OUT_OF_SCOPE in self.labels:
            column = self.labels.index(OUT_OF_SCOPE)
            known = np.diff(matrix.indptr) > 0
            for row, text in enumerate(texts):
                if is_wordless(text) or not known[row]:
                    others = (1 - WORDLESS_CONFIDENCE) / max(1, len(self.labels) - 1)
                    result[row] = others
                    result[row, column] = WORDLESS_CONFIDENCE
        return result

    def rank(self, text: str) -> list[tuple[str, float]]:
        """Return (intent, probability) of a normalised text, best first; never empty."""
        scores = self.probabilities([text])[0]
        # Stable order for equal scores, so that answers repeat.
        order = sorted(range(len(self.labels)), key=lambda i: (-scores[i], self.labels[i]))
        return [(self.labels[i], float(scores[i])) for i in order]

    def save(self, folder: Path) -> None:
        """Write JSON and plain arrays: no pickles, the same bytes for the same training."""
        meta, idf = self.featuriser.state()
        meta |= {"labels": self.labels, "temperature": self.temperature}
        (folder / _META).write_text(
            json.dumps(meta, ensure_ascii=False, sort_keys=True), encoding="utf-8"
        )
        np.save(folder / _IDF, idf, allow_pickle=False)
        np.save(folder / _WEIGHTS, self.weights, allow_pickle=False)
        np.save(folder / _BIAS, self.bias, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path) -> LinearIntentModel:
        """Read what `save` wrote."""
        meta = json.loads((folder / _META).read_text(encoding="utf-8"))
        arrays = [np.load(folder / name, allow_pickle=False) for name in (_IDF, _WEIGHTS, _BIAS)]
        featuriser = Featuriser.from_state(meta, arrays[0])
        return cls(meta["labels"], featuriser, arrays[1], arrays[2], meta["temperature"])


def _fit(
    texts: Sequence[str], targets: np.ndarray, penalty: float, blocks: Weights | None
) -> tuple[Featuriser, np.ndarray, np.ndarray]:
    featuriser = Featuriser(blocks).fit(texts)
    machine = LinearSVC(C=penalty, random_state=SEED)
    machine.fit(featuriser.transform(texts), targets)
    weights, bias = machine.coef_, machine.intercept_
    if len(weights) == 1:  # two classes: one margin serves both
        weights, bias = np.vstack([-weights, weights]), np.concatenate([-bias, bias])
    return featuriser, weights.astype(np.float32), bias.astype(np.float32)


def out_of_fold_margins(
    texts: Sequence[str],
    targets: np.ndarray,
    classes: int,
    penalty: float = 1.0,
    blocks: Weights | None = None,
    folds: int = FOLDS,
) -> np.ndarray | None:
    """Return margins of every sentence by a model that had not seen it.

    Returns:
        One row per sentence, or None when an intent has too few sentences to be divided.
    """
    smallest = min(Counter(targets.tolist()).values())
    if smallest < 2:
        return None
    splitter = StratifiedKFold(min(folds, smallest), shuffle=True, random_state=SEED)
    margins = np.zeros((len(texts), classes))
    copies = misspelt(texts)
    for seen, held_out in splitter.split(np.zeros(len(texts)), targets):
        known = [texts[i] for i in seen] + [copies[i] for i in seen]
        featuriser, weights, bias = _fit(known, np.tile(targets[seen], 2), penalty, blocks)
        rows = featuriser.transform([texts[i] for i in held_out])
        margins[held_out] = np.asarray(rows @ weights.T) + bias
    return margins
