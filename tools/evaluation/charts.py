"""The pictures of the report, ours beside the stock pipeline's: reliability, scope, mistakes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import matplotlib
import numpy as np

matplotlib.use("Agg")
# The same bytes for the same figures.
matplotlib.rcParams["svg.hashsalt"] = "evaluation"

from matplotlib import pyplot  # noqa: E402 - after the choice of Agg

from tools.evaluation.calibration import calibration  # noqa: E402
from tools.evaluation.scope import LOSS, Curve  # noqa: E402
from tools.evaluation.scores import Judged  # noqa: E402

COLOURS = {"ours": "#0b5cad", "stock": "#b3541e"}


def reliability(sets: Mapping[str, Judged], path: Path) -> None:
    """Draw share right over score, one line per pipeline, dots as large as their sentences."""
    figure, axes = pyplot.subplots(figsize=(5, 5))
    axes.plot([0, 1], [0, 1], color="#999999", linewidth=1, linestyle="--", label="as it says")
    for name, judged in sets.items():
        rows = calibration(judged)
        scores, right = [row[2] for row in rows], [row[3] for row in rows]
        sizes = 10 + 200 * np.array([row[1] for row in rows]) / len(judged.texts)
        axes.plot(scores, right, color=COLOURS.get(name), label=name)
        axes.scatter(scores, right, s=sizes, color=COLOURS.get(name))
    _finish(axes, "mean score", "share right", "Reliability")
    _save(figure, path)


def scope_curves(curves: Mapping[str, Curve], path: Path) -> None:
    """Draw what is caught out of scope over what is lost in scope."""
    figure, axes = pyplot.subplots(figsize=(5, 5))
    axes.axvline(LOSS, color="#999999", linewidth=1, linestyle="--")
    for name, one in curves.items():
        label = f"{name} (AUC {one.area:.3f})"
        axes.plot(one.lost, one.caught, color=COLOURS.get(name), label=label)
    _finish(axes, "in scope, refused", "out of scope, refused", "Out of scope")
    _save(figure, path)


def losses(kinds: Mapping[str, Mapping[str, float]], path: Path) -> None:
    """Draw the points lost by each kind of mistake, one bar per pipeline."""
    figure, axes = pyplot.subplots(figsize=(7, 3.5))
    width = 0.8 / max(1, len(kinds))
    for place, (name, points) in enumerate(kinds.items()):
        where = np.arange(len(points)) + place * width
        axes.bar(where, list(points.values()), width, color=COLOURS.get(name), label=name)
    names = list(next(iter(kinds.values()), {}))
    axes.set_xticks(np.arange(len(names)) + 0.4 - width / 2)
    axes.set_xticklabels(names, fontsize=8)
    axes.set_ylabel("points lost")
    axes.set_title("What a mistake costs")
    axes.legend()
    _save(figure, path)


def _finish(axes: pyplot.Axes, across: str, up: str, title: str) -> None:
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1.02)
    axes.set_xlabel(across)
    axes.set_ylabel(up)
    axes.set_title(title)
    axes.legend(loc="lower right")


def _save(figure: pyplot.Figure, path: Path) -> None:
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})
    pyplot.close(figure)
