"""Copies with a mistake differ in one place, in the way of that mistake, and repeat."""

from collections import Counter

import pytest

from bot.mistakes import MISTAKES, dropped, misspelt, swapped
from bot.sounds import syllable

pytestmark = pytest.mark.rasa

TEXTS = ["表走快了", "一块表", "abc", ""]


def test_one_character_changes_and_the_sound_stays() -> None:
    for text, copy in zip(TEXTS, misspelt(TEXTS), strict=True):
        assert [syllable(c) for c in copy] == [syllable(c) for c in text]
        assert sum(a != b for a, b in zip(text, copy, strict=True)) <= 1


def test_a_homophone_is_really_typed() -> None:
    assert misspelt(["快", "块"]) == ["块", "快"]


def test_one_character_is_left_out() -> None:
    for text, copy in zip(TEXTS[:2], dropped(TEXTS)[:2], strict=True):
        assert len(copy) == len(text) - 1
        assert any(text[:i] + text[i + 1 :] == copy for i in range(len(text)))


def test_nothing_is_left_out_of_the_shortest_and_of_letters() -> None:
    assert dropped(["不走", "abcd", ""]) == ["不走", "abcd", ""]


def test_two_neighbours_change_places() -> None:
    for text, copy in zip(TEXTS[:2], swapped(TEXTS)[:2], strict=True):
        assert Counter(copy) == Counter(text)
        assert sum(a != b for a, b in zip(text, copy, strict=True)) == 2


def test_nothing_changes_places_where_no_two_differ() -> None:
    assert swapped(["快快", "表a了", "7s", ""]) == ["快快", "表a了", "7s", ""]


@pytest.mark.parametrize("mistake", MISTAKES)
def test_the_same_seed_makes_the_same_mistakes(mistake) -> None:  # type: ignore[no-untyped-def]
    many = TEXTS * 5
    assert mistake(many) == mistake(many)
    assert mistake(["abc"]) == ["abc"]
