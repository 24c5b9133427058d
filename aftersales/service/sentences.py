"""Makes the lines of a topic: own sentences, those of other files, what the operator said."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from aftersales.knowledge import load
from aftersales.lines import Line, line, sources
from aftersales.operator import Operator

#: What a sentence may say of the operator, and what a line may depend on with ``if``.
FIELDS = ("name", "status", "address", "phone", "hours")


def sentences(
    entries: tuple[Mapping[str, Any], ...], values: Mapping[str, str], who: Operator
) -> tuple[Line, ...]:
    """Return what is said.

    An entry with ``if: address`` is said only when the operator has filled that field in, with
    ``if_not: address`` only when not; ``ref: file/key/key`` is a sentence of another file.

    Args:
        entries: the topic's lines.
        values: what the customer's sentence gave.
        who: the operator.
    """
    return tuple(_said(entries, values, who))


def _said(
    entries: tuple[Mapping[str, Any], ...], values: Mapping[str, str], who: Operator
) -> Iterator[Line]:
    filled = {name: str(getattr(who, name) or "") for name in FIELDS}
    if who.kind:
        filled[who.kind] = who.kind
    if who.example:
        filled["example"] = who.name
    for entry in entries:
        if not all(filled.get(name) for name in _names(entry.get("if"))):
            continue
        if any(filled.get(name) for name in _names(entry.get("if_not"))):
            continue
        yield _sourced(entry, {**filled, **values})


def _sourced(entry: Mapping[str, Any], values: Mapping[str, str]) -> Line:
    if "ref" in entry:
        return referred(str(entry["ref"]))
    made = line(entry, values)
    named = load("service/sources")["sources"]
    pages = [page for name in made.source for page in sources(named[name])]
    return replace(made, source=tuple(pages))


def referred(path: str) -> Line:
    """Return the sentence at ``file/key/key`` of the knowledge; the file's source if it has none.

    Raises:
        KeyError: no such entry.
    """
    name, *keys = path.split("/")
    book = load(name)
    entry: Any = book
    for key in keys:
        entry = entry[key]
    return line({"source": book.get("source"), **entry})


def _names(value: object) -> tuple[str, ...]:
    return sources(value)
