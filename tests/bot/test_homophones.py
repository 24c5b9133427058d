"""Misspelt copies sound the same, differ in one place, and repeat."""

import pytest

from bot.homophones import misspelt
from bot.sounds import syllable

pytestmark = pytest.mark.rasa

TEXTS = ["表走快了", "一块表", "abc", ""]


def test_one_character_changes_and_the_sound_stays() -> None:
    for text, copy in zip(TEXTS, misspelt(TEXTS), strict=True):
        assert [syllable(c) for c in copy] == [syllable(c) for c in text]
        assert sum(a != b for a, b in zip(text, copy, strict=True)) <= 1


def test_a_homophone_is_really_typed() -> None:
    assert misspelt(["快", "块"]) == ["块", "快"]


def test_the_same_seed_makes_the_same_mistakes() -> None:
    many = TEXTS * 5
    assert misspelt(many) == misspelt(many)
    assert misspelt(["没有同音"]) == ["没有同音"]
