"""Movement by the look of a code. Four digits look alike (7549 quartz, 6139 mechanical), so this
is only ever a guess to put to the customer as a question."""

from aftersales.knowledge import load
from aftersales.watches.calibre import code_of

_MOVEMENTS = ("mechanical", "spring_drive", "kinetic", "solar", "hybrid", "quartz")


def movement_by_prefix(code: str) -> str | None:
    """Guess the movement of a calibre that the table does not know.

    Args:
        code: a calibre code, e.g. ``4R99``.

    Returns:
        mechanical, quartz, solar, kinetic, spring_drive or hybrid, or None. Ask the customer
        whether it is so; never state it.
    """
    four = code_of(code)
    if four is None:
        return None
    guesses = load("calibres")["prefix_guess"]
    # The longest prefix wins: "V6" (quartz) must not hide behind a one-letter family.
    best: tuple[int, str] | None = None
    for movement in _MOVEMENTS:
        for prefix in guesses[movement]:
            if four.startswith(prefix) and (best is None or len(prefix) > best[0]):
                best = (len(prefix), movement)
    return best[1] if best else None
