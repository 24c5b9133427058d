"""What watch is this: what the numbers say, and what they cannot say."""

from actions.turn import Turn
from actions.watches import noted
from aftersales import watches


def answer(turn: Turn) -> None:
    """Describe the calibre named, date a serial, or tell how to find out."""
    known = noted(turn).known
    model, serial = turn.entity("model"), turn.entity("serial")
    if model and not turn.entity("calibre"):
        # "SKX007是什么机芯": another watch than the one talked of, and its name tells no calibre.
        lines = (watches.model_only(str(model)), *watches.how_to_tell(turn.entity("movement")))
        turn.utter("utter_answer", reasons=turn.lines(lines, limit=3))
        return
    code = known.get("calibre")
    calibre = watches.find_calibre(str(code)) if code else None
    if code and calibre is None:
        turn.utter("utter_calibre_unknown", calibre=code)
        return
    dated = watches.produced(str(serial), calibre, turn.today.year) if serial else ()
    about = watches.describe(calibre) if calibre else watches.how_to_tell(turn.entity("movement"))
    turn.utter("utter_answer", reasons=turn.lines([*dated, *about], limit=3 if dated else 5))
