"""Every door leads somewhere: the program behind it stands in the clone."""

import pytest

from tools import paths
from tools.doors import DOORS


@pytest.mark.parametrize("door", [door for door in DOORS if door.words], ids=lambda d: d.name)
def test_the_program_behind_a_door_is_there(door) -> None:  # type: ignore[no-untyped-def]
    program = paths.ROOT.joinpath(*door.words[2].split("."))
    assert program.with_suffix(".py").exists() or (program / "__main__.py").exists()
