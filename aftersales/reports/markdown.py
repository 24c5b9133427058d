"""A report as Markdown text."""

from collections.abc import Iterable

from aftersales.reports.tables import Table


def markdown(heading: str, tables: Iterable[Table], nothing: str) -> str:
    """Return one page with all tables.

    Args:
        heading: the first line.
        tables: in order.
        nothing: stands in place of an empty table.
    """
    parts = [f"# {heading}"]
    for table in tables:
        parts.append(f"## {table.title}")
        if not table.rows:
            parts.append(nothing)
            continue
        lines = [table.columns, ("---",) * len(table.columns), *table.rows]
        parts.append("\n".join("| " + " | ".join(map(_cell, line)) + " |" for line in lines))
    return "\n\n".join(parts) + "\n"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
