"""``make crash``: every point on SQLite and, when a server answers, on PostgreSQL; prints a table.

``ARGS=--essential`` kills only at the begin of every step and at every commit.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tools.crash.databases import Databases, Sqlite, postgres
from tools.crash.run import Death, deaths, essential, points_of
from tools.crash.scenarios import SCENARIOS


def kill_all(databases: Databases, *, few: bool, out: Console) -> list[Death]:
    """Kill at every point of every scenario, print the table, return the deaths."""
    found: list[Death] = []
    for scenario in SCENARIOS:
        points = points_of(scenario, databases)
        wanted = essential(points) if few else list(range(len(points)))
        table = Table(title=f"{databases.name}: {scenario}, {len(wanted)} deaths")
        for head in ("step", "killed", "tickets", "messages", "verdict"):
            table.add_column(head)
        for death in deaths(scenario, databases, points, wanted):
            found.append(death)
            table.add_row(
                death.step,
                "yes" if death.killed else "NO",
                f"{death.then.tickets} → {death.now.tickets}",
                f"{len(death.then.said)} → {len(death.now.said)}",
                "; ".join(death.faults) or "ok",
            )
        out.print(table)
    return found


def main(arguments: Sequence[str]) -> int:
    """Kill, print, and return 1 when something was lost or done twice."""
    parser = argparse.ArgumentParser(prog="make crash", description=__doc__)
    parser.add_argument("--essential", action="store_true", help="only steps and commits")
    given = parser.parse_args(arguments)
    out = Console(width=120)
    with tempfile.TemporaryDirectory(prefix="aftersales-crash-") as name:
        found = kill_all(Sqlite(Path(name)), few=given.essential, out=out)
    with postgres() as server:
        if server is None:
            out.print("no PostgreSQL answers: SQLite only")
        else:
            found += kill_all(server, few=given.essential, out=out)
    wrong = [death for death in found if death.faults]
    out.print(f"{len(found)} deaths, {len(wrong)} with faults")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
