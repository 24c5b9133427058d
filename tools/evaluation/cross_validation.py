"""Every training sentence, judged by a model that has not seen it."""

from __future__ import annotations

from pathlib import Path

import yaml

from aftersales.language import normalise
from bot.calibration import fit_temperature, softmax
from bot.machine import Lesson, Settings, out_of_fold
from tools.data_check import read_sentences
from tools.evaluation.scores import Judged


def settings(config: Path) -> tuple[Settings, float]:
    """Return what `config.yml` trains with, and its fallback threshold."""
    found, threshold = Settings(), 0.0
    for component in yaml.safe_load(config.read_text(encoding="utf-8"))["pipeline"]:
        if component["name"].endswith("LinearIntentClassifier"):
            found = Settings.of(component)
        if component["name"] == "FallbackClassifier":
            threshold = component.get("threshold", threshold)
    return found, threshold


def cross_validate(nlu: Path, config: Path, folds: int) -> Judged | None:
    """Return the judged training sentences, None when an intent has fewer than two."""
    chosen, _ = settings(config)
    sentences = read_sentences(nlu)
    texts = [normalise(one.text) for one in sentences]
    lesson = Lesson.of(texts, [one.intent for one in sentences], chosen.blocks)
    margins = out_of_fold(lesson, chosen, folds)
    if margins is None:
        return None
    probabilities = softmax(margins, fit_temperature(margins, lesson.targets))
    return Judged(lesson.labels, texts, lesson.targets, probabilities)
