"""What to say first when somebody may be hurt. No diagnosis, no sales talk, no medical advice
beyond calling for help."""

from aftersales.knowledge import load
from aftersales.lines import Line, line


def hazard_lines(kind: str) -> tuple[Line, ...]:
    """The sentences of an emergency, the most urgent first.

    Args:
        kind: ``swallowed_cell``, ``leak_on_body`` or ``burning``.

    Raises:
        KeyError: there is no such emergency.
    """
    return tuple(line(entry) for entry in load("hazards")["hazards"][kind])
