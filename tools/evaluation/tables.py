"""A table as plain data: measured in one environment, printed in another, written as Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

ABSENT = "–"


@dataclass(frozen=True)
class Table:
    """Rows of text under a title.

    Attributes:
        title: what it shows.
        header: the names of the columns.
        rows: the cells.
        note: a sentence below it.
        chart: the file name of a picture that belongs to it.
    """

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""
    chart: str = ""

    def markdown(self) -> str:
        """The table in Markdown."""
        lines = [f"## {self.title}", "", _row(self.header), _row(["---"] * len(self.header))]
        lines += [_row(row) for row in self.rows]
        if self.note:
            lines += ["", self.note]
        if self.chart:
            lines += ["", f"![{self.title}]({self.chart})"]
        return "\n".join(lines) + "\n"


def number(value: float | None, digits: int = 3) -> str:
    """A figure as text; a dash where there is none."""
    return ABSENT if value is None or value != value else f"{value:.{digits}f}"


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "/").replace("\n", " ") for cell in cells) + " |"
