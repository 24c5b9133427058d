"""What can be wrong with a file or a line of it, and the report of an import."""

from dataclasses import dataclass, field


class UnreadableFile(Exception):
    """The file as a whole cannot be used; the message says why, in Chinese."""


class BadValue(ValueError):
    """A line cannot be used.

    Attributes:
        reason: a key of ``reasons`` in the knowledge file of this kind of table.
        value: what fills the sentence.
        column: the field it is about, where it is about one.
    """

    def __init__(self, reason: str, value: str = "", column: str = "") -> None:
        super().__init__(reason)
        self.reason, self.value, self.column = reason, value, column


@dataclass(frozen=True)
class BadRow:
    """A line that was left out: its number in the file (the header is line 1), why, and the column,
    in Chinese; ``column`` is empty when the whole line is meant."""

    line: int
    reason: str
    column: str = ""


@dataclass
class ImportReport:
    """What an import did; ``erased`` counts those of the bad rows that would have brought back a
    person who was deleted by own wish."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    erased: int = 0
    bad_rows: list[BadRow] = field(default_factory=list)
