"""The blind sets: read, counted by slice, and their values compared exactly."""

from datetime import date
from pathlib import Path

from aftersales.language import Entity
from tools.blind_sets import Sentence, entity_errors, load, slices

ROOT = Path(__file__).resolve().parent.parent.parent


def test_the_sets_are_there_and_keep_the_contract() -> None:
    sentences = load(ROOT / "tests/nlu/blind.yml")
    phrases = load(ROOT / "tests/nlu/entities.yml")
    contract = (ROOT / "tests/contract.yml").read_text(encoding="utf-8")
    assert len(sentences) >= 1200 and len(phrases) >= 450
    for name in {s.intent for s in sentences} | {s.second for s in sentences if s.second}:
        assert f"\n  {name}:" in contract


def test_a_file_in_rasas_format_holds_no_blind_sentences(tmp_path: Path) -> None:
    path = tmp_path / "nlu.yml"
    path.write_text("nlu:\n- intent: greet\n  examples: |\n    - hi\n", encoding="utf-8")
    assert load(path) == []


def test_the_second_need_counts_as_right() -> None:
    told = [Sentence("a", "greet", "thank", "two_needs"), Sentence("b", "greet")]
    rows = slices(told, ["thank", "deny"], [["thank"], ["deny", "greet", "affirm"]])
    assert rows == {"all": (2, 0.5, 1.0), "two_needs": (1, 1.0, 1.0), "plain": (1, 0.0, 1.0)}


def test_a_value_must_come_out_exactly() -> None:
    def read(text: str, today: date) -> list[Entity]:
        return [Entity("rate_s_per_day", 30.0, 0, 1, "x")]

    told = [
        Sentence("x", entities={"rate_s_per_day": 30}),
        Sentence("y", entities={"rate_s_per_day": -30, "calibre": "7S26"}),
    ]
    expected, errors = entity_errors(told, read)
    assert expected == 3 and len(errors) == 2
