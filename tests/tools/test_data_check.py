"""Each check of the training sentences catches what it claims, and nothing else."""

from pathlib import Path

import pytest

from tools.data_check import (
    Sentence,
    check_across,
    check_blind,
    check_counts,
    check_intents,
    check_near_copies,
    check_templates,
    main,
    read_blind,
    read_contract,
    read_sentences,
    template,
)

CONTRACT = {"runs_fast": "core", "greet": "small"}


def _sentences(intent: str, *texts: str) -> list[Sentence]:
    return [Sentence(intent, text, line) for line, text in enumerate(texts, start=1)]


def test_a_missing_and_a_foreign_intent_are_named() -> None:
    findings = check_intents(_sentences("weather", "下雨吗"), CONTRACT)
    messages = " ".join(finding.message for finding in findings)
    assert "runs_fast" in messages
    assert "greet" in messages
    assert "weather" in messages


def test_the_contracts_order_is_held() -> None:
    right = _sentences("runs_fast", "快") + _sentences("greet", "好")
    assert check_intents(right, CONTRACT) == []
    wrong = check_intents(list(reversed(right)), CONTRACT)
    assert [finding.message for finding in wrong] == [
        "order: found greet where the contract has runs_fast"
    ]


def test_core_intents_need_forty_and_others_twenty_different_sentences() -> None:
    def texts(count: int) -> list[str]:
        return [chr(0x4E00 + number) for number in range(count)]

    enough = _sentences("runs_fast", *texts(40)) + _sentences("greet", *texts(20))
    assert check_counts(enough, CONTRACT) == []
    # A repeated sentence does not count twice.
    few = _sentences("runs_fast", *texts(39), texts(1)[0] + "!") + _sentences("greet", *texts(19))
    assert [finding.message for finding in check_counts(few, CONTRACT)] == [
        "runs_fast: 39 sentences, 40 are needed",
        "greet: 19 sentences, 20 are needed",
    ]


def test_a_near_copy_is_named_with_both_lines() -> None:
    copies = _sentences("runs_fast", "我的手表每天都走得太快了", "别的", "我的手表每天都走得太快啊")
    findings = check_near_copies(copies)
    assert len(findings) == 1
    assert "line 1" in findings[0].message
    assert "line 3" in findings[0].message


def test_different_sentences_are_no_copies() -> None:
    assert check_near_copies(_sentences("runs_fast", "走快了", "一天快三十秒", "往前赶")) == []


def test_a_copy_in_another_intent_is_no_near_copy() -> None:
    pair = _sentences("runs_fast", "走快了") + _sentences("greet", "走快了")
    assert check_near_copies(pair) == []


def test_one_sentence_under_two_intents_is_found_whatever_its_punctuation() -> None:
    pair = _sentences("runs_fast", "走快了!") + _sentences("greet", "走 快了。")
    assert len(check_across(pair)) == 1
    assert check_across(_sentences("runs_fast", "走快了", "走快了")) == []


def test_texts_of_punctuation_differ() -> None:
    assert check_across(_sentences("runs_fast", "??") + _sentences("greet", "!!")) == []


def test_a_template_may_be_used_five_times() -> None:
    numbers = ("10", "三十", "25", "四十五", "7", "100")
    texts = [f"一天快{number}秒" for number in numbers]
    assert check_templates(_sentences("runs_fast", *texts[:5])) == []
    findings = check_templates(_sentences("runs_fast", *texts))
    assert len(findings) == 1
    assert "6 times" in findings[0].message


def test_a_training_sentence_that_is_near_a_blind_one_is_named_with_its_line() -> None:
    trained = _sentences("runs_fast", "别的", "我的手表每天都走得太快啊")
    findings = check_blind(trained, {"blind.yml": ["我的手表每天都走得太快了！", "一天快三十秒"]})
    assert [finding.check for finding in findings] == ["blind"]
    assert "blind.yml “我的手表每天都走得太快了！” and line 2" in findings[0].message
    # Another intent does not excuse it.
    assert check_blind(_sentences("greet", "我的表走得太快"), {"b": ["我的表走得太快"]})


def test_what_anybody_says_may_be_in_both() -> None:
    assert check_blind(_sentences("talk_to_human", "转人工"), {"blind.yml": ["转人工！！"]}) == []


def test_blind_sets_are_read_in_both_formats_and_phrases_are_left_out(tmp_path: Path) -> None:
    files = {
        "blind.yml": "sentences:\n- {text: 走快了, intent: runs_fast}\n",
        "rasa.yml": "nlu:\n- intent: greet\n  examples: |\n    - 你好\n",
        "entities.yml": "phrases:\n- {text: 一天快三十秒, entities: {}}\n",
        "scores.yml": "blind.yml: {}\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = read_blind(tmp_path)
    assert found == {"blind.yml": ["走快了"], "entities.yml": [], "rasa.yml": ["你好"]}


def test_codes_and_dates_are_masked() -> None:
    assert template("后盖7S26-0020") == template("后盖4R36-01J0")
    assert template("2021年5月买的") == template("二零二二年十月买的")


def test_an_answer_that_is_only_a_value_has_its_shape_as_template() -> None:
    assert template("7S26-0020") == template("8T68-0010") != template("138")


def test_annotations_and_other_blocks_are_not_part_of_sentences(tmp_path: Path) -> None:
    path = tmp_path / "nlu.yml"
    path.write_text(
        'version: "3.1"\nnlu:\n- intent: greet\n  examples: |\n    - 你好[7S26](calibre)\n'
        "- lookup: city\n  examples: |\n    - 上海\n",
        encoding="utf-8",
    )
    assert read_sentences(path) == [Sentence("greet", "你好7S26", 5)]


def test_a_foreign_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.yml"
    path.write_text("- a\n", encoding="utf-8")
    with pytest.raises(ValueError, match="training file"):
        read_sentences(path)


def test_the_exit_code_says_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    contract, nlu = tmp_path / "contract.yml", tmp_path / "nlu.yml"
    contract.write_text("intents:\n  greet: {importance: small}\n", encoding="utf-8")
    assert read_contract(contract) == {"greet": "small"}
    lines = "\n".join(f"    - {chr(0x4E00 + n)}好" for n in range(20))
    head = 'version: "3.1"\nnlu:\n- intent: greet\n  examples: |\n'
    nlu.write_text(head + lines + "\n", encoding="utf-8")
    options = ["--nlu", str(nlu), "--contract", str(contract), "--blind", str(tmp_path / "none")]
    assert main(options) == 0
    nlu.write_text(head + "    - 你好\n", encoding="utf-8")
    assert main(options) == 1
    assert "count: greet" in capsys.readouterr().out
