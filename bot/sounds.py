"""The sound of a text: one toneless pinyin syllable per character.

Letters that spell pinyin are syllables as well: who types "手表zou得慢" or lets the keyboard slip
into letters means the character of that sound. Letters that spell nothing stay one word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from pypinyin import Style, pinyin
from pypinyin.contrib.tone_convert import to_normal
from pypinyin.pinyin_dict import pinyin_dict

_LETTERS = re.compile(r"[a-z]{2,}")
_LONGEST_SYLLABLE = 6  # "zhuang"


@lru_cache(maxsize=20_000)
def syllable(character: str) -> str:
    """Return the toneless pinyin of one character, the character itself when it has none."""
    return str(pinyin(character, style=Style.NORMAL, errors="default")[0][0])


@cache
def _syllables() -> frozenset[str]:
    """Return every toneless syllable of the pinyin table that is written in plain letters."""
    # Few different sounds for many characters: each is converted once, for a customer waits.
    toned = {one for entry in pinyin_dict.values() for one in entry.split(",")}
    return frozenset(one for one in map(to_normal, toned) if one.isascii() and one.isalpha())


@lru_cache(maxsize=4096)
def spelled(letters: str) -> tuple[str, ...] | None:
    """Split lower-case letters into the fewest pinyin syllables; None when they spell none.

    Single letters are no syllables here ("a", "e", "m", "n" are more often letters than sounds).
    """
    best: list[tuple[str, ...] | None] = [()] + [None] * len(letters)
    for start in range(len(letters)):
        before = best[start]
        if before is None:
            continue
        for end in range(start + 2, min(len(letters), start + _LONGEST_SYLLABLE) + 1):
            part = letters[start:end]
            known = best[end]
            if part in _syllables() and (known is None or len(before) + 1 < len(known)):
                best[end] = (*before, part)
    return best[-1]


def sounds(units: Sequence[str]) -> list[str]:
    """Return the sounds of a text given as single characters, lower case."""
    return list(_sounds("".join(units)))


def _sounds(text: str) -> Iterator[str]:
    done = 0
    for match in _LETTERS.finditer(text):
        yield from map(syllable, text[done : match.start()])
        yield from spelled(match.group()) or (match.group(),)
        done = match.end()
    yield from map(syllable, text[done:])
