"""How well the sentences are understood: `make evaluate` (runs in Rasa's environment).

Cross-validation over `data/nlu.yml`: each sentence is judged by a model that has not seen it.
Files in `tests/nlu/*.yml`, sentences that are never trained on, are judged by a model trained on
everything, slice by slice (`tools/blind_sets.py`), and their values by the extractors. Prints the
tables and writes them as Markdown to `var/reports/`.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from aftersales.language import normalise  # noqa: E402
from bot.features import Weights  # noqa: E402
from bot.linear import (  # noqa: E402
    OUT_OF_SCOPE,
    LinearIntentModel,
    fit_temperature,
    out_of_fold_margins,
    softmax,
)
from tools.blind_sets import Sentence, entity_errors, load, slices  # noqa: E402
from tools.data_check import read_sentences  # noqa: E402

CALIBRATION_BINS = 5
SHOWN_CONFUSIONS = 25


@dataclass(frozen=True)
class Judged:
    """Sentences, their true intents and the probabilities a model gave."""

    labels: list[str]
    texts: list[str]
    targets: np.ndarray
    probabilities: np.ndarray

    @property
    def chosen(self) -> np.ndarray:
        """The intent with the highest probability, as an index into `labels`."""
        return np.asarray(self.probabilities.argmax(axis=1))


def macro_f1(judged: Judged) -> float:
    """Return the mean F1 over the intents that occur."""
    scores = [f1 for _, _, _, f1 in per_intent(judged).values()]
    return float(np.mean(scores))


def per_intent(judged: Judged) -> dict[str, tuple[int, float, float, float]]:
    """Return intent -> (sentences, precision, recall, F1)."""
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


def summary(judged: Judged, threshold: float) -> list[tuple[str, str]]:
    """Return the overall figures, name and value."""
    right = judged.chosen == judged.targets
    top = judged.probabilities.max(axis=1)
    best_three = np.argsort(-judged.probabilities, axis=1)[:, :3]
    in_three = (best_three == judged.targets[:, None]).any(axis=1)
    stray = judged.labels.index(OUT_OF_SCOPE) if OUT_OF_SCOPE in judged.labels else -1
    outside, sent_back = judged.targets == stray, top < threshold
    refused = sent_back | (judged.chosen == stray)
    rows = [
        ("sentences", str(len(judged.texts))),
        ("accuracy (first intent)", f"{right.mean():.3f}"),
        ("macro-F1", f"{macro_f1(judged):.3f}"),
        ("right intent among the first three", f"{in_three.mean():.3f}"),
        ("expected calibration error", f"{calibration_error(judged):.3f}"),
        (f"below the fallback threshold {threshold}", f"{sent_back.mean():.3f}"),
        ("- of these wrong anyway", f"{_share(~right[sent_back])}"),
        ("accuracy of what is answered", f"{_share(right[~sent_back])}"),
        ("in scope, but refused", f"{_share(refused[~outside])}"),
    ]
    if outside.any():
        rows.append(("out of scope, rejected", f"{_share(refused[outside])}"))
    return rows


def calibration(judged: Judged) -> list[tuple[str, int, float, float]]:
    """Return (range, sentences, mean score, share right) for equal ranges of the score."""
    right, top = judged.chosen == judged.targets, judged.probabilities.max(axis=1)
    edges = np.linspace(0, 1, CALIBRATION_BINS + 1)
    rows = []
    for low, high in zip(edges[:-1], edges[1:], strict=True):
        inside = (top > low) & (top <= high)
        if inside.any():
            rows.append(
                (
                    f"{low:.1f}-{high:.1f}",
                    int(inside.sum()),
                    float(top[inside].mean()),
                    float(right[inside].mean()),
                )
            )
    return rows


def calibration_error(judged: Judged) -> float:
    """Return the mean distance between score and share right, weighted by sentences."""
    rows = calibration(judged)
    total = sum(count for _, count, _, _ in rows)
    return sum(count * abs(score - right) for _, count, score, right in rows) / total


def confusions(judged: Judged) -> list[tuple[int, str, str, str]]:
    """Return (count, true intent, chosen intent, an example), most frequent first."""
    pairs: Counter[tuple[int, int]] = Counter()
    examples: dict[tuple[int, int], str] = {}
    for text, true, said in zip(judged.texts, judged.targets, judged.chosen, strict=True):
        if true != said:
            pairs[int(true), int(said)] += 1
            examples.setdefault((int(true), int(said)), text)
    return [
        (count, judged.labels[pair[0]], judged.labels[pair[1]], examples[pair])
        for pair, count in pairs.most_common(SHOWN_CONFUSIONS)
    ]


def report(title: str, judged: Judged, threshold: float) -> str:
    """Return the tables of one set as Markdown."""
    lines = [f"## {title}", "", "| figure | value |", "|---|---|"]
    lines += [f"| {name} | {value} |" for name, value in summary(judged, threshold)]
    lines += ["", "| score | sentences | mean score | right |", "|---|---|---|---|"]
    lines += [f"| {r} | {n} | {s:.2f} | {c:.2f} |" for r, n, s, c in calibration(judged)]
    lines += ["", "| intent | sentences | precision | recall | F1 |", "|---|---|---|---|---|"]
    lines += [
        f"| {name} | {n} | {p:.2f} | {r:.2f} | {f:.2f} |"
        for name, (n, p, r, f) in per_intent(judged).items()
    ]
    lines += ["", "| times | true | chosen | example |", "|---|---|---|---|"]
    lines += [f"| {n} | {t} | {s} | {e.replace('|', '/')} |" for n, t, s, e in confusions(judged)]
    return "\n".join(lines) + "\n"


def slice_report(judged: Judged, told: Sequence[Sentence]) -> str:
    """Return the slices of a blind set as Markdown; the second need counts as right too."""
    best = np.argsort(-judged.probabilities, axis=1)[:, :3]
    three = [[judged.labels[i] for i in row] for row in best]
    rows = slices(told, [row[0] for row in three], three)
    lines = ["| slice | sentences | first (or second need) | first three |", "|---|---|---|---|"]
    lines += [f"| {name} | {n} | {a:.3f} | {b:.3f} |" for name, (n, a, b) in rows.items()]
    return "\n".join(lines) + "\n"


def entity_report(title: str, told: Sequence[Sentence]) -> str:
    """Return how many values came out exactly, and those that did not, as Markdown."""
    expected, errors = entity_errors(told)
    share = f"{(expected - len(errors)) / expected:.3f} of {expected}" if expected else "-"
    lines = [f"## {title}", "", f"exact: {share}", ""]
    return "\n".join([*lines, *(f"- {error}" for error in errors)]) + "\n"


def read(path: Path) -> tuple[list[str], list[str]]:
    """Return normalised sentences and their intents."""
    sentences = read_sentences(path)
    return [normalise(s.text) for s in sentences], [s.intent for s in sentences]


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


def _share(values: np.ndarray) -> str:
    return f"{values.mean():.3f}" if len(values) else "-"


def main(arguments: Sequence[str] | None = None) -> int:
    """Evaluate, print, write the report; return the exit code."""
    parser = argparse.ArgumentParser(description="Evaluate the understanding of sentences.")
    parser.add_argument("--nlu", type=Path, default=ROOT / "data" / "nlu.yml")
    parser.add_argument("--config", type=Path, default=ROOT / "config.yml")
    parser.add_argument("--blind", type=Path, default=ROOT / "tests" / "nlu")
    parser.add_argument("--out", type=Path, default=None, help="folder of the report")
    parser.add_argument("--folds", type=int, default=5)
    options = parser.parse_args(arguments)
    penalty, weights, threshold = settings(options.config)
    texts, intents = read(options.nlu)
    labels = sorted(set(intents))
    targets = np.array([labels.index(intent) for intent in intents])
    margins = out_of_fold_margins(texts, targets, len(labels), penalty, weights, options.folds)
    if margins is None:
        print("an intent has fewer than two sentences: nothing to evaluate", file=sys.stderr)
        return 1
    scores = softmax(margins, fit_temperature(margins, targets))
    parts = [
        "# Understanding\n",
        report(
            f"Cross-validation ({options.folds} folds)",
            Judged(labels, texts, targets, scores),
            threshold,
        ),
    ]
    blind_files = sorted(options.blind.glob("*.yml"))
    if blind_files:
        model = LinearIntentModel.train(texts, intents, penalty, weights)
        for path in blind_files:
            told = load(path)
            if told and not told[0].intent:
                parts.append(entity_report(f"Values: {path.name}", told))
                continue
            if told:
                blind_texts = [normalise(one.text) for one in told]
                blind_intents = [str(one.intent) for one in told]
            else:
                blind_texts, blind_intents = read(path)
            unknown = set(blind_intents) - set(labels)
            if unknown or not blind_texts:
                print(f"{path}: no sentences or unknown intents {sorted(unknown)}", file=sys.stderr)
                return 1
            blind_targets = np.array([labels.index(intent) for intent in blind_intents])
            judged = Judged(labels, blind_texts, blind_targets, model.probabilities(blind_texts))
            parts.append(report(f"Never trained on: {path.name}", judged, threshold))
            if told:
                parts.append(slice_report(judged, told))
                parts.append(entity_report(f"Values: {path.name}", told))
    text = "\n".join(parts)
    print(text)
    folder = options.out or Path(os.environ.get("AFTERSALES_VAR") or ROOT / "var") / "reports"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "understanding.md").write_text(text, encoding="utf-8")
    print(f"written to {folder / 'understanding.md'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
