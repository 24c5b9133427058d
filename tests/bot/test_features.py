"""Sentences become numbers: masked, repeatable, restored as they were stored."""

from datetime import date

import numpy as np
import pytest

from aftersales.language import extract
from bot.features import CODE, MASKS, NUMBER, Featuriser, Weights, is_wordless, mask, read

pytestmark = pytest.mark.rasa


def _masked(text: str) -> str:
    return mask(text, extract(text, date(2026, 11, 23)))


def test_codes_look_alike() -> None:
    assert _masked("后盖是7S26-0020") == _masked("后盖是4R36-01J0")


def test_numbers_look_alike_and_the_direction_stays() -> None:
    assert _masked("快30秒") == f"快{NUMBER}秒"
    assert _masked("快四十五秒") == f"快{NUMBER}秒"


def test_phone_and_unknown_code_are_masked() -> None:
    assert MASKS["phone"] in _masked("电话13800138000")
    assert mask("型号abc123x", []) == f"型号{CODE}"


@pytest.mark.parametrize("text", ["", " ", "??", "。。。", "\N{THUMBS UP SIGN}", "__"])
def test_texts_without_a_word(text: str) -> None:
    assert is_wordless(text)


def test_a_digit_or_a_character_is_a_word() -> None:
    assert not is_wordless("1")
    assert not is_wordless("好")


def test_rows_repeat_and_survive_storage(tiny: tuple[list[str], list[str]]) -> None:
    documents = [read(text, Weights()) for text in tiny[0]]
    featuriser = Featuriser().fit(documents)
    restored = Featuriser.from_state(*featuriser.state())
    again = Featuriser().fit(documents)
    rows = featuriser.transform(["一天快十秒", "进水"]).toarray()
    assert np.array_equal(rows, restored.transform(["一天快十秒", "进水"]).toarray())
    assert np.array_equal(rows, again.transform(["一天快十秒", "进水"]).toarray())
    assert rows.any(axis=1).all()


def test_two_characters_swapped_or_one_left_out_keep_most_pairs_of_sounds() -> None:
    told, swapped, short = (
        set(read(text, Weights())[1]) for text in ("表走快了", "表快走了", "表走了")
    )
    assert "kuai zou" in told & swapped
    assert "biao zou" in told & swapped & short
    assert "le zou" in told & short


def test_each_block_of_a_row_has_the_length_of_its_weight() -> None:
    weights = Weights()
    documents = [read(text, weights) for text in ["走快了", "表走快了", "走走停停"] * 2]
    featuriser = Featuriser(weights).fit(documents)
    rows, first = featuriser.rows(documents).toarray(), 0
    for block in featuriser.blocks:
        part = rows[:, first : first + len(block.vocabulary)]
        lengths = np.linalg.norm(part, axis=1)
        assert lengths[lengths > 0] == pytest.approx(block.weight)
        first += len(block.vocabulary)


def test_what_is_said_twice_counts_more_and_less_than_double() -> None:
    weights = Weights()
    documents = [read(text, weights) for text in ["走快", "走走快"] * 3]
    featuriser = Featuriser(weights).fit(documents)
    once, twice = featuriser.rows(documents[:2]).toarray()
    walk, fast = (featuriser.blocks[0].vocabulary[character] for character in "走快")
    assert 1 < (twice[walk] / twice[fast]) / (once[walk] / once[fast]) < 2
