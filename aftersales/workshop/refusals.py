"""Why something is not done: a key for programs, a sentence for people from
``knowledge/workshop.yml``."""

from collections.abc import Mapping
from typing import Any

from aftersales import knowledge


class Refused(ValueError):
    """An action is not allowed now; nothing was written.

    Attributes:
        reason: the key of the sentence under ``refusals``.
        values: what fills its blanks.
    """

    def __init__(self, reason: str, **values: object) -> None:
        self.reason = reason
        self.values: Mapping[str, object] = values
        super().__init__(self.text())

    def text(self) -> str:
        """Return the sentence."""
        sentence: str = book()["refusals"][self.reason]
        return sentence.format(**self.values)


def book() -> dict[str, Any]:
    """Return ``knowledge/workshop.yml``."""
    return knowledge.load("workshop")


def require_text(field: str, text: str | None, most: int = 500) -> str:
    """Return a text that must be given, in one line.

    Args:
        field: the key of its name under ``fields``.
        text: as given.
        most: cut at so many characters, which is what its column holds.

    Raises:
        Refused: it is empty.
    """
    kept = optional_text(text, most)
    if kept is None:
        raise Refused("empty", field=book()["fields"][field])
    return kept


def optional_text(text: str | None, most: int = 500) -> str | None:
    """Return a text in one line, or None when it is empty."""
    return " ".join(text.split())[:most] or None if text else None


def known(section: str, given: str) -> str:
    """Return ``given`` when it is one of a section's keys.

    Raises:
        Refused: it is not; the sentence lists those that are.
    """
    entries = book()[section]
    if given not in entries:
        reason = "no_such_mode" if section == "modes" else "no_such_way"
        raise Refused(reason, given=given, known="、".join(entries))
    return given
