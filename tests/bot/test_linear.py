"""The linear model: right on what it learned, honest about what it did not, repeatable."""

from pathlib import Path

import pytest

from bot.linear import LinearIntentModel
from bot.machine import OUT_OF_SCOPE, Leaning, Settings

pytestmark = pytest.mark.rasa


@pytest.fixture(scope="module")
def model(tiny: tuple[list[str], list[str]]) -> LinearIntentModel:
    return LinearIntentModel.train(*tiny)


def test_it_understands_a_new_sentence(model: LinearIntentModel) -> None:
    assert model.rank("我的表一天快十秒")[0][0] == "runs_fast"
    assert model.rank("表里起雾了")[0][0] == "water_damage"


def test_a_ranking_is_complete_and_sums_to_one(model: LinearIntentModel) -> None:
    ranking = model.rank("你好")
    assert sorted(name for name, _ in ranking) == model.labels
    assert sum(score for _, score in ranking) == pytest.approx(1.0)
    assert [score for _, score in ranking] == sorted((s for _, s in ranking), reverse=True)


@pytest.mark.parametrize("text", ["", "?!", "\N{GRINNING FACE}", "\u1f7a\u16b7"])
def test_texts_without_a_known_word_are_out_of_scope(model: LinearIntentModel, text: str) -> None:
    ranking = model.rank(text)
    assert len(ranking) == len(model.labels)
    if text != "\u1f7a\u16b7":
        assert ranking[0] == (OUT_OF_SCOPE, pytest.approx(0.95))


def test_training_writes_the_same_bytes_twice(
    tiny: tuple[list[str], list[str]], tmp_path: Path
) -> None:
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        LinearIntentModel.train(*tiny).save(tmp_path / name)
    files = sorted(path.name for path in (tmp_path / "first").iterdir())
    assert {"bias.npy", "idf.npy", "model.json", "neighbour_values.npy", "weights.npy"} <= {*files}
    for file in files:
        assert (tmp_path / "first" / file).read_bytes() == (tmp_path / "second" / file).read_bytes()


def test_a_stored_model_answers_the_same(model: LinearIntentModel, tmp_path: Path) -> None:
    model.save(tmp_path)
    assert LinearIntentModel.load(tmp_path).rank("走快了") == model.rank("走快了")


def test_a_stray_sentence_lies_outside_and_ours_does_not(model: LinearIntentModel) -> None:
    ours, stray = (model.judge(text).outside for text in ("我的表一天快十秒", "今天天气怎么样"))
    assert ours is not None
    assert stray is not None
    assert ours < 0 < stray


def test_several_texts_are_judged_like_one_by_one(model: LinearIntentModel) -> None:
    texts = ["我的表一天快十秒", "表里起雾了", "", "今天天气怎么样"]
    together = model.best(texts)
    for text, (name, score) in zip(texts, together, strict=True):
        first, confidence = model.rank(text)[0]
        assert (name, score) == (first, pytest.approx(confidence))


def test_leaning_outside_sends_more_to_out_of_scope(tiny: tuple[list[str], list[str]]) -> None:
    strict = LinearIntentModel.train(*tiny, Settings(leaning=Leaning(outside=5.0)))
    assert strict.rank("我的表一天快十秒")[0][0] == OUT_OF_SCOPE


def test_one_intent_is_refused() -> None:
    with pytest.raises(ValueError, match="two intents"):
        LinearIntentModel.train(["你好", "您好"], ["greet", "greet"])


def test_two_intents_and_single_sentences_are_enough() -> None:
    model = LinearIntentModel.train(["你好", "走快了"], ["greet", "runs_fast"])
    assert model.rank("走快了")[0][0] == "runs_fast"
    assert model.temperature == 1.0
