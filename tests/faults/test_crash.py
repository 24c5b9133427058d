"""A process killed between two steps leaves one ticket and one message, or none and a retry.

``make crash`` kills at every statement and on PostgreSQL too; here a process dies at every commit.
"""

from dataclasses import replace
from pathlib import Path

import pytest

from tools.crash.databases import Sqlite
from tools.crash.findings import Findings
from tools.crash.points import Points
from tools.crash.run import deaths, essential, points_of
from tools.crash.scenarios import SCENARIOS

GOOD = Findings(tickets=1, said=("a", "b", "c"), heard=1, unanswered=0, people=(1, 1), on_the_way=0)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_whoever_dies_at_a_commit_loses_and_doubles_nothing(scenario: str, tmp_path: Path) -> None:
    databases = Sqlite(tmp_path)
    points = points_of(scenario, databases)
    commits = [n for n in essential(points) if points[n].endswith("commit")]
    assert len(commits) >= 2
    for death in deaths(scenario, databases, points, commits):
        assert death.killed and not death.faults, f"{death.step}: {death.faults}"


def test_the_confirmation_passes_every_step_that_writes(tmp_path: Path) -> None:
    points = points_of("confirm", Sqlite(tmp_path))
    written = {point.rpartition(" ")[2] for point in points if ": INSERT" in point}
    assert {"inbox", "messages", "customers", "tickets", "consents", "outbox"} <= written
    assert len(essential(points)) >= 20 and len(points) > 80


@pytest.mark.parametrize(
    "wrong",
    [
        replace(GOOD, tickets=2),
        replace(GOOD, tickets=0),
        replace(GOOD, said=("a", "b")),
        replace(GOOD, said=("a", "b", "b")),
        replace(GOOD, heard=2),
        replace(GOOD, unanswered=1),
        replace(GOOD, people=(2, 1)),
        replace(GOOD, on_the_way=1),
    ],
)
def test_the_looking_sees_what_is_wrong(wrong: Findings) -> None:
    assert GOOD.faults("confirm") == []
    assert wrong.faults("confirm")


def test_too_much_is_wrong_at_every_moment_too_little_only_at_the_end() -> None:
    assert replace(GOOD, tickets=0, said=()).excess() == []
    assert replace(GOOD, tickets=2).excess() and replace(GOOD, said=("a", "a")).excess()


def test_a_point_that_is_not_wanted_lets_live() -> None:
    points = Points(kill_at=7)
    points.step("one")
    points.end()
    points.step("not counted")
    assert points.passed == ["one: begins"]
