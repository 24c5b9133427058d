"""The report counts what it says it counts."""

from pathlib import Path

import numpy as np
import pytest

from tools.evaluate import Judged, calibration, confusions, macro_f1, main, per_intent, summary

pytestmark = pytest.mark.rasa

JUDGED = Judged(
    labels=["greet", "out_of_scope", "runs_fast"],
    texts=["a", "b", "c", "d"],
    targets=np.array([0, 1, 2, 2]),
    probabilities=np.array(
        [[0.9, 0.05, 0.05], [0.1, 0.15, 0.12], [0.1, 0.2, 0.7], [0.6, 0.1, 0.3]]
    ),
)


def test_the_overall_figures() -> None:
    rows = dict(summary(JUDGED, threshold=0.2))
    assert rows["sentences"] == "4"
    assert rows["accuracy (first intent)"] == "0.750"
    assert rows["below the fallback threshold 0.2"] == "0.250"
    assert rows["out of scope, rejected"] == "1.000"
    assert rows["in scope, but refused"] == "0.000"
    assert rows["accuracy of what is answered"] == "0.667"


def test_figures_per_intent() -> None:
    assert per_intent(JUDGED)["greet"] == (1, 0.5, 1.0, pytest.approx(2 / 3))
    assert per_intent(JUDGED)["runs_fast"] == (2, 1.0, 0.5, pytest.approx(2 / 3))
    assert macro_f1(JUDGED) == pytest.approx((2 / 3 + 1 + 2 / 3) / 3)


def test_calibration_and_confusions() -> None:
    assert calibration(JUDGED)[0] == ("0.0-0.2", 1, pytest.approx(0.15), 1.0)
    assert confusions(JUDGED) == [(1, "runs_fast", "greet", "d")]


def test_a_report_is_written(
    tiny: tuple[list[str], list[str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = ['version: "3.1"', "nlu:"]
    for intent in dict.fromkeys(tiny[1]):
        lines += [f"- intent: {intent}", "  examples: |"]
        lines += [f"    - {t}" for t, i in zip(*tiny, strict=True) if i == intent]
    nlu, blind = tmp_path / "nlu.yml", tmp_path / "blind"
    nlu.write_text("\n".join(lines) + "\n", encoding="utf-8")
    blind.mkdir()
    options = ["--nlu", str(nlu), "--blind", str(blind), "--out", str(tmp_path / "reports")]
    (blind / "one.yml").write_text("\n".join(lines[:6]) + "\n", encoding="utf-8")
    assert main(options) == 0
    report = (tmp_path / "reports" / "understanding.md").read_text(encoding="utf-8")
    assert "Never trained on: one.yml" in report
    assert report in capsys.readouterr().out
    (blind / "one.yml").write_text("nlu:\n- intent: x\n  examples: |\n    - y\n", encoding="utf-8")
    assert main(options) == 1
