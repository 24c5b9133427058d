"""Phones, prices, addresses and guarantee years in our sentences must be reviewed ones, and how
the house deals with its own people is not told.

A test runs every sentence of ``knowledge/`` and ``domain.yml`` through it, so nothing unreviewed
can be published; what a customer typed is read back unchecked.

What counts as reviewed stands in ``knowledge/``: numbers and addresses in ``contacts.yml`` and
``operator.yml``, guarantee periods in ``warranty.yml``, the rest and how to recognise all of them
in ``guard.yml``. A finding is not proof of a mistake; it is a reason not to publish.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from aftersales.knowledge import load
from aftersales.language import normalise
from aftersales.operator import operator

_DIGITS = re.compile(r"(?<![A-Za-z0-9_.+])\+?\d(?:[\d \-–()]*\d)?(?![A-Za-z0-9_])")
_DATE = re.compile(r"(?:19|20)\d\d[-–]\d{1,2}(?:[-–]\d{1,2})?")
#: Subscriber numbers have seven digits at least; shorter ones are codes such as 12315.
_SHORTEST_NUMBER = 7
#: The pair on a case back, such as 7009-8760, looks like a local number.
_CASE_BACK = re.compile(r"\d{4}-\d{4}")


def unreviewed(text: str) -> list[str]:
    """Return the pieces of an outgoing text that no reviewed table backs; none = may be sent.

    Args:
        text: what is about to be said; ``{names}`` still to be filled are not looked at.
    """
    said = normalise(text)
    rules = load("guard")
    return [
        *_phones(said, rules["phones"], rules["numerals"]),
        *_money(said, rules),
        *_addresses(said, rules["addresses"]),
        *_guarantees(said, rules),
        *internal(said),
    ]


def internal(text: str) -> list[str]:
    """Return the words of an outgoing text that tell how the house deals with its own people; none
    = may be said. Also for what a colleague types into an answer.
    """
    rules = load("guard")
    said, found = normalise(text), []
    for match in re.finditer(rules["internal"]["found"], said):
        around = _sentence(said, match.start(), rules["sentence_ends"])
        if not any(
            match.group() == row["text"] and re.search(row["with"], around)
            for row in rules["internal"]["reviewed"]
        ):
            found.append(match.group())
    return found


def _phones(text: str, rules: Mapping[str, Any], numerals: Mapping[str, float]) -> Iterator[str]:
    known = {_subscriber(number) for number in _known_phones(rules)}
    for found in _DIGITS.finditer(text):
        piece = found.group()
        number = _subscriber(piece)
        called = re.search(rules["said_with"], text[: found.start()], re.IGNORECASE)
        if number in known or _DATE.fullmatch(piece):
            continue
        if len(number) < _SHORTEST_NUMBER and (
            not called or len(number) < 3 or any(k.startswith(number) for k in known)
        ):
            # A short number matters only when one is told to call it; "the 400 line" is known.
            continue
        if _CASE_BACK.fullmatch(piece) and not called:
            continue
        yield piece
    for found in re.finditer(rules["spoken_digits"], text):
        digits = "".join(str(int(numerals[sign])) for sign in found.group())
        if _subscriber(digits) not in known:
            yield found.group()


def _known_phones(rules: Mapping[str, Any]) -> Iterator[str]:
    for contact in load("contacts")["contacts"].values():
        yield from (str(contact[key]) for key in ("phone", "phone_abroad") if contact.get(key))
    yield from (str(entry["number"]) for entry in rules["public"])
    if own := operator().phone:
        yield own


def _subscriber(number: str) -> str:
    """The digits without country code and trunk zero: 021-… and +86-21-… are one line."""
    digits = re.sub(r"\D", "", number)
    if number.lstrip().startswith("+86"):
        digits = digits[2:]
    return digits.removeprefix("0")


def _money(text: str, rules: Mapping[str, Any]) -> Iterator[str]:
    seen = 0
    pattern = "|".join(f"(?:{part})" for part in rules["money"]["found"])
    for found in re.finditer(pattern, text, re.IGNORECASE):
        if found.start() < seen:
            continue
        seen = found.end()
        piece = found.group().replace(" ", "")
        around = _sentence(text, found.start(), rules["sentence_ends"])
        if not any(
            piece == row["text"] and re.search(row["with"], around)
            for row in rules["money"]["reviewed"]
        ):
            yield found.group()


def _addresses(text: str, rules: Mapping[str, Any]) -> Iterator[str]:
    known = [str(c["address"]) for c in load("contacts")["contacts"].values() if c.get("address")]
    if own := operator().address:
        known.append(own)
    plain = [_plain(address) for address in known]
    for pattern in rules["found"]:
        for found in re.finditer(pattern, text):
            if not any(_plain(found.group()) in address for address in plain):
                yield found.group()


def _plain(address: str) -> str:
    return re.sub(r"\s+", "", normalise(address)).lower()


def _guarantees(text: str, rules: Mapping[str, Any]) -> Iterator[str]:
    words = rules["guarantee"]
    for sentence in re.split(rules["sentence_ends"], text):
        if not re.search(words["said"], sentence):
            continue
        for found in re.finditer(words["span"], sentence):
            years = _number(found["n"], rules["numerals"])
            if found["unit"] != "年":
                years /= 12
            if not _reviewed_years(years, sentence, words):
                yield found.group()


def _reviewed_years(years: float, sentence: str, words: Mapping[str, Any]) -> bool:
    rows = [(row["years"], row["with"]) for row in words["reviewed"]]
    for period in load("warranty")["periods"]:
        markets = period["market"] if isinstance(period["market"], list) else [period["market"]]
        span = [period["years"], period.get("world_years")]
        rows += [(span, words["markets"][m]) for m in markets if m in words["markets"]]
    return any(years in span and re.search(where, sentence) for span, where in rows)


def _number(text: str, numerals: Mapping[str, float]) -> float:
    """Read 3, 三, 半, 十二; a ten between digits multiplies."""
    if text.isdigit():
        return float(text)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return float(numerals[text[-1]])
    return 10 * (numerals[tens[-1]] if tens else 1) + (numerals[ones] if ones else 0)


def _sentence(text: str, at: int, ends: str) -> str:
    start = max((m.end() for m in re.finditer(ends, text) if m.end() <= at), default=0)
    end = next((m.start() for m in re.finditer(ends, text) if m.start() >= at), len(text))
    return text[start:end]
