"""One spelling for every text: NFKC, simplified characters, no invisible characters, single spaces.

OpenCC's own tables are read directly (the t2s chain: phrases first, then characters), because its
Python walker recurses once per character and rebuilds its tree for every call. ``t2s`` and not
``tw2sp``: the latter also swaps words and spoils text that is simplified already.
"""

import re
import unicodedata
from functools import cache
from importlib.resources import files

# A hostile text could change a little on every pass; real text is stable after two.
_MAX_PASSES = 6
_SPACES = re.compile(r"\s+")
# Control, format, surrogate, private use and unassigned characters carry no words; variation
# selectors (category Mn) only choose the look of an emoji.
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
_FILLERS = {0x115F, 0x1160, 0x3164, 0xFFA0, 0x2800, 0x034F}
# OpenCC keeps 著 because 著名 is right; in customers' sentences it is nearly always 戴着, 走着.
_PARTICLE = re.compile(r"(?<![名显巨编原土专卓昭拙遗论所合])著(?![名作称书者述])")
_DASHES = {ord(mark): "-" for mark in "‐‑‒–−"} | {ord("〜"): "~", ord("∼"): "~"}


@cache
def _characters() -> dict[int, str]:
    table: dict[int, str] = {}
    for line in _lines("TSCharacters.txt"):
        old, new = line.split("\t")
        new = new.split(" ")[0]
        if len(old) == 1 and old != new:
            table[ord(old)] = new
    return table


@cache
def _phrases() -> tuple[re.Pattern[str], dict[str, str]]:
    table = {}
    for line in _lines("TSPhrases.txt"):
        old, new = line.split("\t")
        table[old] = new.split(" ")[0]
    longest_first = sorted(table, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))), table


def _lines(name: str) -> list[str]:
    text = files("opencc").joinpath("dictionary", name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if "\t" in line]


def to_simplified(text: str) -> str:
    """Turn traditional characters into simplified ones; simplified text comes back unchanged."""
    characters = _characters()
    if not any(ord(char) in characters for char in text):
        return text
    pattern, phrases = _phrases()
    pieces = []
    done = 0
    for match in pattern.finditer(text):
        pieces.append(text[done : match.start()].translate(characters))
        pieces.append(phrases[match.group()])
        done = match.end()
    pieces.append(text[done:].translate(characters))
    return "".join(pieces)


def _visible(text: str) -> str:
    kept = []
    for char in text:
        code = ord(char)
        if char.isspace():
            kept.append(" ")
        elif code < 0x7F and code > 0x1F:
            kept.append(char)
        elif 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF or code in _FILLERS:
            continue
        elif unicodedata.category(char) not in _INVISIBLE:
            kept.append(char)
    return "".join(kept)


def _one_pass(text: str) -> str:
    text = unicodedata.normalize("NFKC", _visible(text))
    text = _PARTICLE.sub("着", to_simplified(text)).translate(_DASHES)
    return _SPACES.sub(" ", text).strip()


def normalise(text: str) -> str:
    """Return the one spelling that the classifier, the extractors and the tests all read.

    Full-width forms become narrow, traditional characters simplified, invisible characters vanish,
    runs of white space become one space. Letters keep their case. Idempotent.
    """
    for _ in range(_MAX_PASSES):
        again = _one_pass(text)
        if again == text:
            return text
        text = again
    return text
