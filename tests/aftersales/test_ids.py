"""Ticket numbers notice a mistyped digit and never repeat the shape of another kind."""

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales.ids import PREFIXES, RandomIds, canonical_ticket_number, luhn_digit

DAY = date(2026, 11, 23)
seeds = st.integers(0, 10_000)
kinds = st.sampled_from(sorted(PREFIXES))


def test_the_check_digit_of_a_published_example() -> None:
    assert luhn_digit("7992739871") == 3


@given(seeds, kinds)
def test_a_number_reads_back_however_it_is_typed(seed: int, kind: str) -> None:
    number = RandomIds(random.Random(seed)).ticket_number(kind, DAY)
    assert number.startswith(f"{PREFIXES[kind]}261123-")
    assert len(number) == 14
    assert canonical_ticket_number(number) == number
    assert canonical_ticket_number(" " + number.lower().replace("-", "") + " ") == number


@given(seeds, st.integers(0, 10), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(seed: int, place: int, shift: int) -> None:
    number = RandomIds(random.Random(seed)).ticket_number("repair", DAY)
    digits = number[2:].replace("-", "")
    wrong = digits[:place] + str((int(digits[place]) + shift) % 10) + digits[place + 1 :]
    assert canonical_ticket_number("FW" + wrong) is None


@pytest.mark.parametrize(
    "text", ["", "FW", "XX261123-04821", "FW２６１１２３04821", "FW261123-048211"]
)
def test_other_things_are_no_numbers(text: str) -> None:
    assert canonical_ticket_number(text) is None


def test_the_same_source_makes_the_same_identifiers() -> None:
    first, second = (RandomIds(random.Random(5)) for _ in range(2))
    assert first.draft_id() == second.draft_id()
    assert first.token() == second.token()


def test_the_default_source_is_not_predictable() -> None:
    assert len({RandomIds().token() for _ in range(50)}) == 50
    assert isinstance(RandomIds().source, random.SystemRandom)


def test_an_unknown_kind_and_no_digits_are_refused() -> None:
    with pytest.raises(KeyError):
        RandomIds().ticket_number("gift", DAY)
    with pytest.raises(ValueError, match="digits"):
        luhn_digit("12a")
