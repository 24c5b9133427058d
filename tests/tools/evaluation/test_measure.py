"""The whole way on a few sentences: trained, asked, written."""

import json
import sys
from pathlib import Path

import pytest

from tools.evaluation.measure import main
from tools.evaluation.trial import measure

pytestmark = pytest.mark.rasa

SENTENCES = {
    "greet": ["你好", "您好啊", "在吗", "hello", "早上好"],
    "runs_fast": ["走快了", "一天快三十秒", "表跑得太快", "每天快两分钟", "往前赶了一刻钟"],
    "out_of_scope": ["今天天气怎么样", "讲个笑话", "股票涨了吗", "帮我写诗", "空调坏了"],
}
BLIND = """\
sentences:
- {text: 手表走快了, intent: runs_fast, entities: {rate_s_per_day: 30.0}}
- {text: 你好呀, intent: greet}
- {text: 手錶走快了, intent: runs_fast, slice: traditional}
- {text: 附近有餐馆吗, intent: out_of_scope}
"""
CONFIG = """\
recipe: default.v1
language: zh
assistant_id: tiny
pipeline:
- name: bot.normaliser.TextNormaliser
- name: bot.classifier.LinearIntentClassifier
- name: FallbackClassifier
  threshold: 0.2
"""


@pytest.fixture
def options(tmp_path: Path) -> list[str]:
    lines = ['version: "3.1"', "nlu:"]
    for intent, texts in SENTENCES.items():
        lines += [f"- intent: {intent}", "  examples: |", *(f"    - {text}" for text in texts)]
    (tmp_path / "nlu.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (tmp_path / "config.yml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "blind").mkdir()
    (tmp_path / "blind" / "one.yml").write_text(BLIND, encoding="utf-8")
    # The recorded scores lie beside the sets and are none.
    (tmp_path / "blind" / "scores.yml").write_text("one.yml: {}\n", encoding="utf-8")
    words = ["--nlu", "nlu.yml", "--config", "config.yml", "--blind", "blind", "--out", "reports"]
    return [word if word.startswith("--") else str(tmp_path / word) for word in words]


def test_the_report_has_every_part(options: list[str], tmp_path: Path) -> None:
    stock = {"costs": {"train_seconds": 600.0}, "answers": {}}
    (tmp_path / "stock.json").write_text(json.dumps(stock), encoding="utf-8")
    assert main([*options, "--stock", str(tmp_path / "stock.json"), "--note", "A note."]) == 0
    text = (tmp_path / "reports" / "understanding.md").read_text(encoding="utf-8")
    assert "A note." in text
    for part in ("Never trained on", "Slices", "What a mistake costs", "Calibration"):
        assert f"## {part}: one.yml" in text
    for part in ("Out of scope: one.yml", "Values: one.yml", "Costs", "Cross-validation"):
        assert f"## {part}" in text
    assert "600.0" in text
    for chart in ("reliability", "out-of-scope", "mistakes"):
        assert (tmp_path / "reports" / f"{chart}-one.svg").exists()
    data = json.loads((tmp_path / "reports" / "understanding.json").read_text(encoding="utf-8"))
    assert data["scores"]["one.yml"]["sentences"] == 4
    assert {"first", "three", "out_of_scope", "strict", "sha256"} <= set(data["scores"]["one.yml"])


def test_an_intent_that_cannot_be_learnt_is_named(
    options: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blind = "sentences:\n- {text: 掉漆了, intent: exterior_damage}\n"
    (tmp_path / "blind" / "one.yml").write_text(blind, encoding="utf-8")
    assert main(options) == 1
    assert "exterior_damage" in capsys.readouterr().err


def test_two_pipelines_are_asked_in_turn(options: list[str], tmp_path: Path) -> None:
    model, answers = tmp_path / "model.tar.gz", tmp_path / "answers.json"
    config, nlu = tmp_path / "config.yml", tmp_path / "nlu.yml"
    measure(config, nlu, model, ["走快了"], answers)
    alone = json.loads(answers.read_text(encoding="utf-8"))["costs"]
    assert "parse_p50_ms" not in alone
    words = ["--stock", str(answers), "--stock-python", sys.executable, "--folds", "0"]
    assert main([*options, *words]) == 0
    text = (tmp_path / "reports" / "understanding.md").read_text(encoding="utf-8")
    assert "in turn, the same sentence by both" in text
    row = next(line for line in text.splitlines() if line.startswith("| parse p50"))
    assert all(float(cell) > 0 for cell in row.strip("| ").split("|")[1:3])
