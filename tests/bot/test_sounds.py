"""The sound of a text: characters, pinyin left as letters, and letters that spell nothing."""

import pytest

from bot.sounds import sounds, spelled, syllable

pytestmark = pytest.mark.rasa


def test_homophones_share_their_sound() -> None:
    assert syllable("快") == syllable("块") == "kuai"
    assert syllable("x") == "x"


@pytest.mark.parametrize(
    ("letters", "syllables"),
    [
        ("zou", ("zou",)),
        ("jinshui", ("jin", "shui")),
        ("zhengpin", ("zheng", "pin")),
        ("xian", ("xian",)),
        ("prospex", None),
        ("gs", None),
    ],
)
def test_letters_are_split_into_the_fewest_syllables(
    letters: str, syllables: tuple[str, ...] | None
) -> None:
    assert spelled(letters) == syllables


def test_pinyin_left_as_letters_sounds_like_the_character() -> None:
    assert sounds("手表不zou了") == sounds("手表不走了")


def test_letters_that_spell_nothing_stay_one_word() -> None:
    assert sounds("gs走了") == ["gs", "zou", "le"]
    assert sounds("") == []
