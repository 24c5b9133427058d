"""The vocabulary finds one concept behind many ways of saying it."""

import pytest

from bot.concepts import concepts, patterns

pytestmark = pytest.mark.rasa


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("把头拧不动", "crown"),
        ("龙头拔不出来", "crown"),
        ("表把掉了", "crown"),
        ("表冠滑丝", "crown"),
        ("和音箱放一起了", "magnet"),
        ("一天快三十秒", "fast"),
        ("每天慢两分钟", "slow"),
        ("表蒙子里有雾", "fogged"),
        ("保修卡找不到了", "card"),
        ("转人工", "human"),
    ],
)
def test_a_way_of_saying_is_known(text: str, concept: str) -> None:
    assert concept in concepts(text)


def test_a_sentence_about_something_else_has_no_watch_concept() -> None:
    assert set(concepts("窗外有棵树")) == set()


def test_names_are_words_and_patterns_do_not_match_nothing() -> None:
    # YAML reads a bare `yes` or `no` as a truth value: names must be strings.
    assert all(isinstance(name, str) for name, _ in patterns())
    assert [name for name, pattern in patterns() if pattern.search("")] == []
