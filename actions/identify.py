"""What watch is this: what the numbers say, and what they cannot say."""

from actions.turn import Turn
from actions.watches import noted
from aftersales import watches


def answer(turn: Turn) -> None:
    """Describe the calibre named, or tell how to find out."""
    known = noted(turn).known
    calibre = watches.find_calibre(str(known["calibre"])) if known.get("calibre") else None
    if known.get("calibre") and calibre is None:
        turn.utter("utter_calibre_unknown", calibre=known["calibre"])
        return
    lines = watches.describe(calibre) if calibre else watches.how_to_tell(turn.entity("movement"))
    turn.utter("utter_answer", reasons=turn.lines(lines, limit=5))
