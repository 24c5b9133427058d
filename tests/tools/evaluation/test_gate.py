"""The gate closes below its thresholds and at a loss of more than a point."""

from pathlib import Path

import pytest

from tools.evaluation import gate

GOOD = {"first": 0.95, "three": 0.99, "out_of_scope": 0.96, "sha256": "x"}


def test_good_figures_pass() -> None:
    assert gate.shortfalls({"blind.yml": GOOD}) == []
    assert "open" in gate.verdict([])


@pytest.mark.parametrize("figure", gate.LEAST)
def test_each_threshold_closes_it(figure: str) -> None:
    low = {**GOOD, figure: gate.LEAST[figure] - 0.001}
    lines = gate.shortfalls({"good.yml": GOOD, "low.yml": low})
    assert len(lines) == 1 and lines[0].startswith("low.yml") and gate.NAMES[figure] in lines[0]
    assert lines[0] in gate.verdict(lines)


def test_nothing_measured_is_not_good() -> None:
    assert gate.shortfalls({})


def test_a_loss_of_one_point_is_borne_and_more_is_not() -> None:
    before = {"blind.yml": GOOD}
    assert gate.regressions(before, {"blind.yml": {**GOOD, "first": 0.94}}) == []
    assert gate.regressions(before, {"blind.yml": {**GOOD, "first": 0.939}})
    assert gate.regressions(before, {"blind.yml": {**GOOD, "first": 1.0}}) == []


def test_another_set_than_the_recorded_one_is_named() -> None:
    changed = {"blind.yml": {**GOOD, "sha256": "y"}}
    assert "record" in gate.regressions({"blind.yml": GOOD}, changed)[0]
    assert gate.regressions({}, changed)
    assert gate.regressions({"blind.yml": GOOD}, {})


def test_what_is_recorded_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "scores.yml"
    assert gate.recorded(path) == {}
    gate.record(path, {"blind.yml": GOOD})
    assert gate.recorded(path) == {"blind.yml": GOOD}
