"""Puts the figures of one set into tables, ours beside the stock pipeline's."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tools.blind_sets import Sentence, slices
from tools.evaluation import charts
from tools.evaluation.calibration import calibration, calibration_error
from tools.evaluation.robustness import Pair, losses
from tools.evaluation.scope import LOSS, curve
from tools.evaluation.scores import Judged, Ranking, confusions, figures, per_intent
from tools.evaluation.tables import ABSENT, Table, number
from tools.evaluation.values import exact

#: Pipeline -> its judged sentences; "ours" first, "stock" where it is known.
Sets = Mapping[str, Judged]
PIPELINES = ("ours", "stock")
#: Below it the stock pipeline's default FallbackClassifier asks again.
STOCK_THRESHOLD = 0.3


def overall(title: str, sets: Sets, threshold: float) -> Table:
    """Accuracy, F1, the first three, calibration error, refusals."""
    limits = {"ours": threshold, "stock": STOCK_THRESHOLD}
    columns = {}
    for name, judged in sets.items():
        columns[name] = figures(judged, limits[name])
        columns[name]["expected calibration error"] = calibration_error(judged)
    names = list(next(iter(columns.values())))
    rows = [
        [
            name,
            *_each(
                columns,
                lambda c, name=name: number(c.get(name), 0 if name == "sentences" else 3),
            ),
        ]
        for name in names
    ]
    note = "Right is the first need or the labelled second; strict is the first need only."
    return Table(title, ["figure", *PIPELINES], rows, note)


def calibrated(title: str, sets: Sets, folder: Path, chart: str) -> Table:
    """Score against share right; draws the reliability chart."""
    charts.reliability(sets, folder / chart)
    found = {name: {row[0]: row for row in calibration(judged)} for name, judged in sets.items()}
    rows = [
        [one, *_cells(found, lambda c, one=one: _bin(c.get(one)), 3)]
        for one in sorted({one for bins in found.values() for one in bins})
    ]
    header = ["score", *(f"{p}: {c}" for p in PIPELINES for c in ("sentences", "mean", "right"))]
    return Table(title, header, rows, chart=chart)


def out_of_scope(title: str, sets: Sets, folder: Path, chart: str) -> Table | None:
    """How well the foreign is told from ours; draws the curve. None without foreign sentences."""
    curves = {name: found for name, judged in sets.items() if (found := curve(judged))}
    if not curves:
        return None
    charts.scope_curves(curves, folder / chart)
    rows = [
        ["area under the curve", *_each(curves, lambda c: number(c.area))],
        [
            f"refused out of scope when {LOSS:.0%} in scope is lost",
            *_each(curves, lambda c: number(c.caught_at())),
        ],
    ]
    return Table(title, ["figure", *PIPELINES], rows, chart=chart)


def labelled(title: str, told: Sequence[Sentence], answers: Mapping[str, Any]) -> Table:
    """The labelled slices of a set."""
    found = {}
    for name, rankings in answers.items():
        three = [[intent for intent, _ in rankings[one.text][:3]] for one in told]
        found[name] = slices(told, [row[0] if row else "" for row in three], three)
    rows = [
        [
            name,
            str(count),
            *_cells(found, lambda c, name=name: [number(value) for value in c[name][1:]], 2),
        ]
        for name, (count, _, _) in found["ours"].items()
    ]
    header = ["slice", "sentences", *(f"{p}: {c}" for p in PIPELINES for c in ("first", "three"))]
    return Table(title, header, rows)


def mistakes(
    title: str, made: Sequence[Pair], answers: Mapping[str, Mapping[str, Ranking]], chart: Path
) -> Table | None:
    """Each kind of mistake put into the clean sentences: before, after, and the points lost."""
    if not made:
        return None
    found = {name: losses(made, rankings) for name, rankings in answers.items()}
    charts.losses(
        {
            name: {kind: (a - b) * 100 for kind, (_, a, b) in rows.items()}
            for name, rows in found.items()
        },
        chart,
    )
    rows = [
        [kind, str(count), *_cells(found, lambda c, kind=kind: _loss(*c[kind][1:]), 3)]
        for kind, (count, _, _) in found["ours"].items()
    ]
    kinds = ("before", "after", "points lost")
    header = ["mistake", "pairs", *(f"{p}: {c}" for p in PIPELINES for c in kinds)]
    return Table(title, header, rows, chart=chart.name)


def values(title: str, told: Sequence[Sentence]) -> Iterator[Table]:
    """Exact values entity by entity, then those that were not read."""
    found = exact(told)
    total = sum(row[0] for row in found.values()), sum(row[1] for row in found.values())
    counted = [(name, row[0], row[1]) for name, row in found.items()] + [("all", *total)]
    rows = [[n, str(a), str(b), number(b / a if a else None), ABSENT] for n, a, b in counted]
    note = (
        "The stock pipeline learns entities from annotated sentences; ours need none and has none."
    )
    yield Table(title, ["entity", "expected", "exact", "share", "stock"], rows, note)
    wrong = [[name, line] for name, row in found.items() for line in row[2]]
    if wrong:
        yield Table(f"{title}: not exact", ["entity", "sentence"], wrong)


def intents(title: str, sets: Sets) -> Table:
    """Precision, recall and F1 of each intent."""
    found = {name: per_intent(judged) for name, judged in sets.items()}
    rows = [
        [
            name,
            str(count),
            *_cells(found, lambda c, name=name: [number(v, 2) for v in c[name][1:]], 3),
        ]
        for name, (count, *_) in found["ours"].items()
    ]
    kinds = ("precision", "recall", "F1")
    header = ["intent", "sentences", *(f"{p}: {c}" for p in PIPELINES for c in kinds)]
    return Table(title, header, rows)


def confused(title: str, sets: Sets) -> Iterator[Table]:
    """The most frequent confusions of each pipeline."""
    for name, judged in sets.items():
        rows = [[str(count), *rest] for count, *rest in confusions(judged)]
        yield Table(f"{title} ({name})", ["times", "true", "chosen", "example"], rows)


def costs(found: Mapping[str, Mapping[str, float]], raced: bool) -> Table:
    """Training time, parse time and size; `raced`: whether the parses took place in turn."""
    lines: list[tuple[str, str, float]] = [
        ("training, seconds", "train_seconds", 1),
        ("training, processor seconds", "train_cpu_seconds", 1),
        ("rounds of the network", "rounds", 1),
        ("parse p50, ms", "parse_p50_ms", 1),
        ("parse p95, ms", "parse_p95_ms", 1),
        ("model, MB", "model_bytes", 1e-6),
    ]
    rows = [
        [
            name,
            *_each(
                found,
                lambda c, key=key, scale=scale: number(
                    c[key] * scale if key in c else None, 0 if key == "rounds" else 1
                ),
            ),
        ]
        for name, key, scale in lines
    ]
    how = "in turn, the same sentence by both" if raced else "each at its own time"
    note = f"One sentence after the other, {how}; the understanding alone, no dialogue."
    return Table("Costs", ["figure", *PIPELINES], rows, note)


def _each(found: Mapping[str, Any], cell: Callable[..., str]) -> list[str]:
    return [cell(found[name]) if name in found else ABSENT for name in PIPELINES]


def _cells(found: Mapping[str, Any], cells: Callable[..., list[str]], width: int) -> list[str]:
    row: list[str] = []
    for name in PIPELINES:
        row += cells(found[name]) if name in found else [ABSENT] * width
    return row


def _bin(row: tuple[str, int, float, float] | None) -> list[str]:
    return [str(row[1]), number(row[2], 2), number(row[3], 2)] if row else [ABSENT] * 3


def _loss(before: float, after: float) -> list[str]:
    return [number(before), number(after), f"{(before - after) * 100:.1f}"]
