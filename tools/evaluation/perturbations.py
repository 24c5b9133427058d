"""One mistake put into a clean sentence, the same mistake at every run.

Nothing here looks at the training sentences: a homophone comes from the 3755 most used characters
(the first level of GB 2312), whether the model has ever seen it or not.
"""

from __future__ import annotations

import random
import zlib
from collections import defaultdict
from collections.abc import Callable
from functools import cache, lru_cache

from opencc import OpenCC
from pypinyin import Style, lazy_pinyin


def homophone(text: str) -> str:
    """One character typed as another of the same sound."""
    chance = _chance("homophone", text)
    by_sound = _characters_by_sound()
    places = [i for i, c in enumerate(text) if _is_han(c) and len(by_sound[_sound(c)] - {c})]
    if not places:
        return text
    place = chance.choice(places)
    other = chance.choice(sorted(by_sound[_sound(text[place])] - {text[place]}))
    return text[:place] + other + text[place + 1 :]


def dropped(text: str) -> str:
    """One character missing."""
    places = _han(text)
    if len(places) < 2:
        return text
    place = _chance("dropped", text).choice(places)
    return text[:place] + text[place + 1 :]


def doubled(text: str) -> str:
    """One character twice."""
    places = _han(text)
    if not places:
        return text
    place = _chance("doubled", text).choice(places)
    return text[:place] + text[place] + text[place:]


def swapped(text: str) -> str:
    """Two neighbours in the wrong order."""
    pairs = [i for i in _han(text) if _is_han(text[i + 1 : i + 2]) and text[i] != text[i + 1]]
    if not pairs:
        return text
    place = _chance("swapped", text).choice(pairs)
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def traditional(text: str) -> str:
    """Written in traditional characters."""
    return str(_converter().convert(text))


KINDS: dict[str, Callable[[str], str]] = {
    "homophone": homophone,
    "character dropped": dropped,
    "character doubled": doubled,
    "characters swapped": swapped,
    "traditional": traditional,
}


def _chance(kind: str, text: str) -> random.Random:
    # Seeded by the sentence itself: another sentence in the file does not move this mistake.
    return random.Random(zlib.crc32(f"{kind}:{text}".encode()))  # noqa: S311 - not secret


def _is_han(character: str) -> bool:
    return len(character) == 1 and "\u4e00" <= character <= "\u9fff"


def _han(text: str) -> list[int]:
    return [place for place, character in enumerate(text) if _is_han(character)]


@cache
def _sound(character: str) -> str:
    return str(lazy_pinyin(character, style=Style.NORMAL)[0])


@lru_cache(maxsize=1)
def _characters_by_sound() -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for high in range(0xB0, 0xD8):
        for low in range(0xA1, 0xFF):
            character = bytes([high, low]).decode("gb2312", errors="ignore")
            if character:
                found[_sound(character)].add(character)
    return found


@lru_cache(maxsize=1)
def _converter() -> OpenCC:
    return OpenCC("s2t")
