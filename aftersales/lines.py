"""A sentence that may be said: its written form, its spoken form and where the fact comes from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Line:
    """One sentence out of ``knowledge/``.

    Attributes:
        say: what the customer reads.
        say_desk: what a hotline agent reads aloud.
        source: the pages the fact was seen on.
    """

    say: str
    say_desk: str
    source: tuple[str, ...] = ()


def sources(value: object) -> tuple[str, ...]:
    """The ``source:`` of an entry (one string, a list, or nothing) as a tuple."""
    if value is None:
        return ()
    if isinstance(value, str):
        return (value,)
    if isinstance(value, Iterable):
        return tuple(str(item) for item in value)
    raise TypeError(f"a source is text or a list of texts, not {value!r}")


def line(entry: Mapping[str, Any], values: Mapping[str, object] | None = None) -> Line:
    """Make a line of a knowledge entry with ``say`` and perhaps ``say_desk`` and ``source``.

    Args:
        entry: the entry; without ``say_desk`` the written form is also the spoken one.
        values: what fills the ``{names}`` in the sentence.

    Raises:
        KeyError: the entry has no ``say``, or names a value that was not given.
    """
    given = values or {}
    say = str(entry["say"]).format_map(given)
    desk = str(entry.get("say_desk") or entry["say"]).format_map(given)
    return Line(say.strip(), desk.strip(), sources(entry.get("source")))
