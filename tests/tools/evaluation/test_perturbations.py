"""One mistake each, the same at every run."""

import pytest
from pypinyin import lazy_pinyin

from tools.evaluation.perturbations import (
    KINDS,
    doubled,
    dropped,
    homophone,
    swapped,
    traditional,
)

pytestmark = pytest.mark.rasa

TEXT = "我的手表每天快半分钟"


def test_a_homophone_sounds_the_same() -> None:
    wrong = homophone(TEXT)
    assert sum(a != b for a, b in zip(TEXT, wrong, strict=True)) == 1
    changed = next(i for i, c in enumerate(wrong) if c != TEXT[i])
    assert lazy_pinyin(wrong[changed]) == lazy_pinyin(TEXT[changed])


def test_characters_are_dropped_doubled_and_swapped() -> None:
    assert len(dropped(TEXT)) == len(TEXT) - 1
    assert len(doubled(TEXT)) == len(TEXT) + 1
    assert swapped(TEXT) != TEXT
    assert sorted(swapped(TEXT)) == sorted(TEXT)


def test_traditional_characters() -> None:
    assert traditional("手表进水") == "手錶進水"


@pytest.mark.parametrize("kind", KINDS)
def test_mistakes_repeat_and_leave_codes_alone(kind: str) -> None:
    assert KINDS[kind](TEXT) == KINDS[kind](TEXT)
    assert KINDS[kind]("7S26-0020") == "7S26-0020"
    assert KINDS[kind]("") == ""
