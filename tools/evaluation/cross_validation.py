"""Every training sentence, judged by a model that has not seen it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import yaml

from aftersales.language import normalise
from bot.features import Weights
from bot.linear import fit_temperature, out_of_fold_margins, softmax
from tools.data_check import read_sentences
from tools.evaluation.scores import Judged


def settings(config: Path) -> tuple[float, Weights, float]:
    """Return penalty, block weights and fallback threshold of `config.yml`."""
    penalty, weights, threshold = 1.0, Weights(), 0.0
    for component in yaml.safe_load(config.read_text(encoding="utf-8"))["pipeline"]:
        if component["name"].endswith("LinearIntentClassifier"):
            penalty = component.get("penalty", penalty)
            changed = {k: v for k, v in component.items() if k in vars(weights)}
            weights = Weights(**{**vars(weights), **changed})
        if component["name"] == "FallbackClassifier":
            threshold = component.get("threshold", threshold)
    return penalty, weights, threshold


def cross_validate(nlu: Path, config: Path, folds: int) -> Judged | None:
    """Return the judged training sentences, None when an intent has fewer than two."""
    penalty, weights, _ = settings(config)
    sentences = read_sentences(nlu)
    texts = [normalise(one.text) for one in sentences]
    labels = sorted({one.intent for one in sentences})
    targets = np.array([labels.index(one.intent) for one in sentences])
    margins = out_of_fold_margins(texts, targets, len(labels), penalty, weights, folds)
    if margins is None:
        return None
    return Judged(labels, texts, targets, softmax(margins, fit_temperature(margins, targets)))
