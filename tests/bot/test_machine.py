"""Margins of sentences a machine had not seen, and settings as `config.yml` gives them."""

import numpy as np
import pytest

from bot.features import Weights
from bot.machine import OUT_OF_SCOPE, Leaning, Lesson, Settings, fit, out_of_fold

pytestmark = pytest.mark.rasa

TEXTS = ["走快了", "跑得快", "进水了", "起雾了", "你好", "您好"]
INTENTS = ["runs_fast", "runs_fast", "water_damage", "water_damage", OUT_OF_SCOPE, OUT_OF_SCOPE]


def test_margins_come_from_machines_that_had_not_seen_the_sentence() -> None:
    lesson = Lesson.of(TEXTS, INTENTS, Weights())
    margins = out_of_fold(lesson, Settings())
    assert margins is not None
    assert margins.shape == (6, 3)
    assert out_of_fold(lesson.part(np.arange(5)), Settings()) is None


def test_the_leaning_to_the_outside_is_part_of_every_margin() -> None:
    lesson = Lesson.of(TEXTS, INTENTS, Weights())
    column = lesson.labels.index(OUT_OF_SCOPE)
    usual, leaning = Settings(), Settings(leaning=Leaning(outside=1.2))
    before, after = out_of_fold(lesson, usual), out_of_fold(lesson, leaning)
    assert before is not None
    assert after is not None
    moved = after - before
    assert moved[:, column] == pytest.approx([1.0] * 6)
    moved[:, column] = 0
    assert not moved.any()


def test_copies_go_with_their_sentence() -> None:
    lesson = Lesson.of(TEXTS, INTENTS, Weights())
    part = lesson.part(np.array([4, 0]))
    for some, every in zip(part.versions, lesson.versions, strict=True):
        assert (some.toarray() == every.toarray()[[4, 0]]).all()
    assert [part.labels[target] for target in part.targets] == [OUT_OF_SCOPE, "runs_fast"]


def test_a_machine_without_stray_sentences_has_no_outside() -> None:
    machine = fit(Lesson.of(TEXTS[:4], INTENTS[:4], Weights()), Settings())
    assert machine.outside is None


def test_settings_name_what_differs_from_the_usual() -> None:
    found = Settings.of({"name": "any", "penalty": 2.0, "char": 0.5, "outside": 0.0})
    assert found == Settings(2.0, Weights(char=0.5), Leaning(outside=0.0))
