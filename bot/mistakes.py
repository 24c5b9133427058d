"""Copies of training sentences with one mistake of typing.

Pinyin keyboards offer the right sound and the wrong character; thumbs leave a character out or put
two in the wrong order. One copy of each sentence with each mistake makes the model lean on sound
and context: mistyped sentences are understood better, and clean ones as well (`make evaluate`
prints what a mistake costs).
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

from bot.sounds import syllable

SEED = 5
#: Fewer characters than this say nothing when one is missing.
_SHORTEST = 3


def misspelt(texts: Sequence[str], seed: int = SEED) -> list[str]:
    """Return each text with one character replaced by a homophone.

    Args:
        texts: normalised sentences; their characters are the ones that can be typed, the
            frequent ones more often.
        seed: the same seed gives the same mistakes.

    Returns:
        One text per text; unchanged where no character has a homophone.
    """
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    frequency = Counter(c for text in texts for c in text if _is_han(c))
    by_sound: dict[str, list[str]] = defaultdict(list)
    for character in sorted(frequency):
        by_sound[syllable(character)].append(character)
    copies = []
    for text in texts:
        places = [i for i in _han(text) if len(by_sound[syllable(text[i])]) > 1]
        if not places:
            copies.append(text)
            continue
        place = chance.choice(places)
        others = [c for c in by_sound[syllable(text[place])] if c != text[place]]
        typed = chance.choices(others, [frequency[c] for c in others])[0]
        copies.append(text[:place] + typed + text[place + 1 :])
    return copies


def dropped(texts: Sequence[str], seed: int = SEED) -> list[str]:
    """Return each text without one of its characters; a text of one or two stays as it is."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    copies = []
    for text in texts:
        places = _han(text)
        if len(places) < _SHORTEST:
            copies.append(text)
            continue
        place = chance.choice(places)
        copies.append(text[:place] + text[place + 1 :])
    return copies


def swapped(texts: Sequence[str], seed: int = SEED) -> list[str]:
    """Return each text with two neighbouring characters in the wrong order, where it has two."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    copies = []
    for text in texts:
        places = [i for i in _han(text) if _is_han(text[i + 1 : i + 2]) and text[i] != text[i + 1]]
        if not places:
            copies.append(text)
            continue
        place = chance.choice(places)
        copies.append(text[:place] + text[place + 1] + text[place] + text[place + 2 :])
    return copies


#: Each makes one copy of every training sentence.
MISTAKES: tuple[Callable[[Sequence[str]], list[str]], ...] = (misspelt, dropped, swapped)


def _han(text: str) -> list[int]:
    return [place for place, character in enumerate(text) if _is_han(character)]


def _is_han(character: str) -> bool:
    return len(character) == 1 and "\u4e00" <= character <= "\u9fff"
