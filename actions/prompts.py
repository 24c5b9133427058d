"""Questions whose words stand in a knowledge file: ``questions:`` with ``say``, ``choices``."""

from dataclasses import dataclass
from typing import Any

from aftersales.knowledge import load


@dataclass(frozen=True)
class Option:
    """One ready answer."""

    label: str


@dataclass(frozen=True)
class Prompt:
    """A question ready to be asked."""

    id: str
    say: str
    say_desk: str
    choices: tuple[Option, ...] = ()


def prompt(book: str, key: str, /, *, hint: str | None = None, **values: Any) -> Prompt:
    """The question ``key`` of ``knowledge/<book>.yml``, its blanks filled.

    Args:
        book: name of the knowledge file.
        key: id of the question there.
        hint: id of a remark under ``hints:`` said before it, or None.
        values: what fills the blanks of the sentence.
    """
    loaded = load(book)
    entry = loaded["questions"][key]
    lead = loaded["hints"][hint] if hint else ""
    say = str(entry["say"]).format(**values)
    return Prompt(
        id=key,
        say=lead + say,
        say_desk=lead + str(entry.get("say_desk") or entry["say"]).format(**values),
        choices=tuple(Option(label) for label in entry.get("choices", [])),
    )
