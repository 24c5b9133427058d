"""Who we are is what the file says, and an empty field stays empty."""

import pytest

from aftersales.operator import operator, sentence


def test_the_demonstration_is_plainly_an_example() -> None:
    who = operator()
    assert who.example
    assert "示例" in who.name
    assert who.kind == "independent"
    assert (who.phone, who.address, who.email) == (None, None, None)


@pytest.mark.parametrize("key", ["who", "hours", "notice", "unknown"])
def test_every_sentence_has_two_voices(key: str) -> None:
    line = sentence(key)
    assert line.say != line.say_desk
    assert line.source


def test_we_are_never_the_brand() -> None:
    assert "不是品牌官方" in sentence("who").say
    with pytest.raises(KeyError):
        sentence("price")
