"""The yardstick is trained once per state of the data, and its cache tells what it is of."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools import environment, paths
from tools.evaluation import stock


@pytest.fixture
def nlu(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("AFTERSALES_CACHE", str(tmp_path / "cache"))
    path = tmp_path / "nlu.yml"
    path.write_text("nlu: []\n", encoding="utf-8")
    yield path


def _answer(folder: Path, *texts: str) -> Path:
    folder.mkdir(parents=True)
    path = folder / "answers.json"
    answers = {text: [["greet", 1.0]] for text in texts}
    path.write_text(json.dumps({"costs": {}, "answers": answers}), encoding="utf-8")
    return path


def test_the_cache_lies_outside_the_clone_and_can_be_moved(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("AFTERSALES_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert paths.cache() == tmp_path / "seiko-aftersales"
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert paths.ROOT not in paths.cache().parents
    assert paths.ROOT not in environment.DIET.home.parents


def test_other_data_are_another_yardstick(nlu: Path) -> None:
    before = stock.folder(nlu)
    nlu.write_text("nlu: [1]\n", encoding="utf-8")
    assert stock.folder(nlu) != before


def test_its_own_answers_come_first_then_the_newest_of_earlier_data(nlu: Path) -> None:
    assert stock.answers(nlu) == (None, False)
    old = _answer(paths.cache() / "stock-old", "a")
    newer = _answer(paths.cache() / "stock-newer", "a")
    os.utime(old, (1, 1))
    assert stock.answers(nlu) == (newer, False)
    own = _answer(stock.folder(nlu), "a")
    assert stock.answers(nlu) == (own, True)


def test_half_written_or_unanswered_is_none(nlu: Path) -> None:
    path = _answer(stock.folder(nlu))
    assert stock.answers(nlu) == (None, False)
    path.write_text("{", encoding="utf-8")
    assert stock.answers(nlu) == (None, False)


def test_new_sentences_make_it_incomplete(nlu: Path, tmp_path: Path) -> None:
    own, texts = _answer(stock.folder(nlu), "a"), tmp_path / "texts.json"
    assert not stock.complete(own, texts)
    texts.write_text('["a"]', encoding="utf-8")
    assert stock.complete(own, texts)
    texts.write_text('["a", "b"]', encoding="utf-8")
    assert not stock.complete(own, texts)
