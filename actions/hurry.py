"""我不等，现在就要: what was promised, honestly, and what can be done at once."""

from datetime import datetime

from actions import cues, person, remark
from actions.moments import spoken_moment
from actions.skill import pending
from actions.turn import Turn
from aftersales import conversations, tickets
from aftersales.conversations import Owner

#: What is answered with days and hours.
_ABOUT_TIME = frozenset({"repair_duration", "ticket_status", "request_callback"})


def answered(turn: Turn) -> bool:
    """Answer somebody who will not wait; False when the message says anything else."""
    if not cues.hurries(turn.text) and not _too_slow(turn):
        return False
    again = turn.said_before("utter_hurry_promised")
    number = turn.slot("last_ticket")
    if (due := _person_due(turn)) is not None:
        if again or due <= turn.now:
            person.answer(turn)
        else:
            turn.utter("utter_hurry_promised", due=spoken_moment(due, turn.now))
    elif number and remark.added(str(number), turn.text, turn):
        # The impatient words are in the case now, so that "同事看得到" is true.
        due = _case_due(str(number), turn)
        if again or due is None or due <= turn.now:
            turn.utter("utter_hurry_noted", number=number)
        else:
            turn.utter("utter_hurry_promised", due=spoken_moment(due, turn.now))
    else:
        buttons = None if pending(turn) else cues.ready("hurry")
        turn.utter("utter_hurry", buttons=buttons)
    return True


def _too_slow(turn: Turn) -> bool:
    """太慢了吧, said of the time a repair takes: it only sounds like a slow watch."""
    return turn.intent_before in _ABOUT_TIME and cues.too_slow(turn.text)


def _person_due(turn: Turn) -> datetime | None:
    """When a person who was asked for will have answered; None when none was."""
    with turn.services.store.session(read_only=True) as session:
        talk = conversations.find(session, turn.sender, turn.channel)
        if talk is None or talk.owner != Owner.WAITING:
            return None
        asked = conversations.current_hand_over(session, talk)
        return None if asked is None else asked.promised_at or asked.back_at


def _case_due(number: str, turn: Turn) -> datetime | None:
    """When the first answer to a case is due."""
    with turn.services.store.session(read_only=True) as session:
        ticket = tickets.find_by_number(session, number)
        return None if ticket is None else ticket.first_answer_due
