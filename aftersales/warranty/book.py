"""The rule table ``knowledge/warranty.yml`` and how its entries become sentences."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from aftersales.knowledge import load
from aftersales.lines import Line, line, sources


def book() -> dict[str, Any]:
    """The rule table as data."""
    return load("warranty")


@cache
def regex(pattern: str) -> re.Pattern[str]:
    """A pattern of the table, compiled once; Latin letters in any case."""
    return re.compile(pattern, re.IGNORECASE)


def entry_line(section: str, name: str, **values: object) -> Line:
    """A plain sentence of the table.

    Raises:
        KeyError: the table has no such sentence.
    """
    entry = book()[section][name]
    said = line(entry, values)
    return Line(said.say, said.say_desk, _sources(entry.get("source") or entry.get("basis")))


def clause(section: str, name: str, **values: object) -> Line:
    """A rule of the table followed by the name of its source.

    Raises:
        KeyError: the table has no such rule.
    """
    return cited(book()[section][name], **values)


def cited(entry: Mapping[str, Any], **values: object) -> Line:
    """Any entry with ``say`` and ``basis``: the rule, then the name of its source.

    A clause whose ``confidence`` is not high says that the card decides.
    """
    table = book()
    basis = table["sources"][entry["basis"]]
    said = line(entry, values)
    by_card = str(table["by_card"])
    weak = entry.get("confidence", "high") != "high"

    def told(text: str, frame: str) -> str:
        if weak and by_card not in text:
            text = str(table["weak"]).format(text=text, by_card=by_card)
        return frame.format(text=text, name=basis["name"])

    return Line(
        told(said.say, table["basis"]["say"]),
        told(said.say_desk, table["basis"]["say_desk"]),
        sources(basis["source"]),
    )


def _sources(value: object) -> tuple[str, ...]:
    """Addresses of an entry; a bare name of ``sources:`` stands for that source's addresses."""
    table = book()["sources"]
    if isinstance(value, str) and value in table:
        return sources(table[value]["source"])
    return sources(value)
