"""The second need: found in a clause of its own, never invented."""

import pytest

from bot.clauses import clauses, second_need

KNOWN = {
    "我的表走快了": ("runs_fast", 0.95),
    "还有这表还在保吗": ("check_warranty", 0.9),
    "谢谢你们": ("thank", 0.99),
    "昨天刚拿到手": ("stopped", 0.4),
}


def best(texts: list[str]) -> list[tuple[str, float]]:
    return [KNOWN.get(text, ("inform", 0.9)) for text in texts]


def test_a_message_breaks_at_signs_and_turning_words() -> None:
    assert clauses("我的表走快了,还有这表还在保吗") == ["我的表走快了", "还有这表还在保吗"]
    assert clauses("我的表走快了还有这表还在保吗") == ["我的表走快了", "还有这表还在保吗"]


def test_the_second_need_is_the_clause_that_asks_for_something_else() -> None:
    found = second_need("我的表走快了,还有这表还在保吗", "runs_fast", best)
    assert found is not None and (found.name, found.text) == ("check_warranty", "还有这表还在保吗")


@pytest.mark.parametrize(
    "text", ["我的表走快了", "我的表走快了,谢谢你们", "我的表走快了,昨天刚拿到手", "", "，，，"]
)
def test_courtesy_answers_and_guesses_are_no_second_need(text: str) -> None:
    assert second_need(text, "runs_fast", best) is None


def test_a_very_long_message_is_judged_in_few_clauses() -> None:
    asked: list[str] = []

    def count(texts: list[str]) -> list[tuple[str, float]]:
        asked.extend(texts)
        return [("inform", 1.0)] * len(texts)

    second_need("一二三四五," * 2000, "runs_fast", count)
    assert 2 <= len(asked) <= 8
