"""The linear intent model: a machine's margins, then probabilities that mean something.

The temperature of the probabilities is fitted on margins of half of the sentences by a machine
that had not seen it: so a score of 0.7 is right in about seven of ten cases. Nothing here knows
Rasa.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.calibration import fit_temperature, softmax
from bot.features import Featuriser, is_wordless
from bot.machine import Leaning, Lesson, Machine, Settings, fit, out_of_fold
from bot.neighbours import Neighbours

# A text without any word is out of scope by the contract; not 1.0, for it may be a "?" that
# meant something.
WORDLESS_CONFIDENCE = 0.95
_META, _IDF, _WEIGHTS, _BIAS = "model.json", "idf.npy", "weights.npy", "bias.npy"


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
    """A trained classifier: machine and temperature."""

    def __init__(self, machine: Machine, temperature: float) -> None:
        """Hold the parts; use `train` or `load` to get them."""
        self.temperature = temperature
        self._machine = machine

    @property
    def labels(self) -> list[str]:
        """The intents, in the order of the columns."""
        return self._machine.labels

    @classmethod
    def train(
        cls, texts: Sequence[str], intents: Sequence[str], settings: Settings | None = None
    ) -> LinearIntentModel:
        """Train on normalised sentences.

        Args:
            texts: normalised sentences.
            intents: the intent of each.
            settings: what to train with; the usual ones when None.

        Raises:
            ValueError: fewer than two different intents.
        """
        if len(set(intents)) < 2:
            raise ValueError("the intent classifier needs sentences of at least two intents")
        chosen = settings or Settings()
        lesson = Lesson.of(texts, intents, chosen.blocks)
        margins = out_of_fold(lesson, chosen, rounds=1)
        temperature = 1.0
        if margins is not None:
            judged = ~np.isnan(margins[:, 0])
            temperature = fit_temperature(margins[judged], lesson.targets[judged])
        return cls(fit(lesson, chosen), temperature)

    def probabilities(self, texts: Sequence[str]) -> np.ndarray:
        """Return one row of probabilities per normalised text, in the order of `labels`."""
        return self._judge(texts)[0]

    def judge(self, text: str) -> Judgement:
        """Return what a normalised text asks for and how far outside of everything known it is."""
        probabilities, margins = self._judge([text])
        scores, outside, column = probabilities[0], None, self._machine.outside
        if column is not None:
            outside = float(margins[0, column] - np.delete(margins[0], column).max())
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
        machine = self._machine
        meta, idf = machine.featuriser.state()
        meta |= {
            "labels": machine.labels,
            "temperature": self.temperature,
            "leaning": vars(machine.leaning),
        }
        (folder / _META).write_text(
            json.dumps(meta, ensure_ascii=False, sort_keys=True), encoding="utf-8"
        )
        np.save(folder / _IDF, idf, allow_pickle=False)
        np.save(folder / _WEIGHTS, machine.weights, allow_pickle=False)
        np.save(folder / _BIAS, machine.bias, allow_pickle=False)
        machine.neighbours.save(folder)

    @classmethod
    def load(cls, folder: Path) -> LinearIntentModel:
        """Read what `save` wrote."""
        meta = json.loads((folder / _META).read_text(encoding="utf-8"))
        idf, weights, bias = (
            np.load(folder / name, allow_pickle=False) for name in (_IDF, _WEIGHTS, _BIAS)
        )
        featuriser = Featuriser.from_state(meta, idf)
        neighbours = Neighbours.load(folder, featuriser.size)
        leaning = Leaning(**meta["leaning"])
        machine = Machine(meta["labels"], featuriser, weights, bias, neighbours, leaning)
        return cls(machine, meta["temperature"])

    def _judge(self, texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        """Return probabilities and margins, one row per text."""
        rows = self._machine.featuriser.transform(texts)
        margins = self._machine.margins(rows)
        result = softmax(margins, self.temperature)
        outside = self._machine.outside
        if outside is not None:
            known = np.diff(rows.indptr) > 0
            for row, text in enumerate(texts):
                if is_wordless(text) or not known[row]:
                    result[row] = (1 - WORDLESS_CONFIDENCE) / max(1, len(self.labels) - 1)
                    result[row, outside] = WORDLESS_CONFIDENCE
        return result, margins
