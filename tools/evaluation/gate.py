"""The quality gate: what the understanding must reach, and what it may not lose.

The thresholds are here and nowhere else. `tests/nlu/scores.yml` holds the figures of the last
recording (`make evaluate ARGS=--record`); a change that loses more than a point against them fails
the tests. Standard library and YAML only: it is asked in both environments.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

#: Least share of each figure, on every blind set.
LEAST = {"first": 0.92, "three": 0.98, "out_of_scope": 0.95}
#: What a change may lose against the recorded figures: one point.
MOST_LOST = 0.01

NAMES = {
    "first": "first intent right",
    "three": "right among the first three",
    "out_of_scope": "out of scope, not answered as something else",
}
HEAD = """\
# What the understanding reached on each blind set when it was last recorded. Written by
# `make evaluate ARGS=--record`, never by hand. A change that loses a point fails `make test`.
"""

#: File name of a blind set -> figure -> share.
Scores = Mapping[str, Mapping[str, Any]]


def shortfalls(scores: Scores) -> list[str]:
    """Return a line for each figure below its threshold; a set that was not measured is one too."""
    lines = [] if scores else ["no blind set was measured"]
    for name, figures in scores.items():
        for figure, least in LEAST.items():
            if figure in figures and figures[figure] < least:
                told = f"{figures[figure]:.4f}, at least {least} is needed"
                lines.append(f"{name}: {NAMES[figure]} {told}")
    return lines


def regressions(recorded: Scores, scores: Scores) -> list[str]:
    """Return a line for each figure that lost more than a point, and for each set not recorded."""
    lines = []
    for name in [*recorded, *(one for one in scores if one not in recorded)]:
        before, now = recorded.get(name), scores.get(name)
        if before is None or now is None or before["sha256"] != now["sha256"]:
            lines.append(f"{name}: not the set that was recorded; make evaluate ARGS=--record")
            continue
        for figure in LEAST:
            if figure in before and before[figure] - now[figure] > MOST_LOST + 1e-9:
                told = f"{before[figure]:.4f} was recorded, {now[figure]:.4f} is left"
                lines.append(f"{name}: {NAMES[figure]} {told}")
    return lines


def record(path: Path, scores: Scores) -> None:
    """Write the figures for the tests to compare with."""
    plain = {name: dict(figures) for name, figures in scores.items()}
    path.write_text(HEAD + yaml.safe_dump(plain, sort_keys=True), encoding="utf-8")


def recorded(path: Path) -> Scores:
    """Return what was recorded; nothing when nothing was."""
    found = yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else None
    return found if isinstance(found, dict) else {}


def fingerprint(path: Path) -> str:
    """Return the hash of a blind set."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def verdict(lines: Sequence[str]) -> str:
    """Return one line for the reader."""
    return (
        "\n".join(["The gate is closed:", *(f"  {one}" for one in lines)])
        if lines
        else ("The gate is open: every figure is high enough.")
    )
