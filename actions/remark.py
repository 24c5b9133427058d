"""More words for a case that this conversation has filed: 能不能加一句……"""

import re

from actions.skill import pending
from actions.turn import Turn
from aftersales import tickets
from aftersales.knowledge import load
from aftersales.tickets.states import is_final


def answered(turn: Turn) -> bool:
    """Put what somebody wants added into his case; False when nothing is, or nothing is filed."""
    found = re.fullmatch(load("intake")["patterns"]["remark"], turn.text)
    number = turn.slot("last_ticket")
    if found is None or not number or pending(turn):
        return False
    if not added(str(number), found.group("words"), turn):
        return False
    turn.utter("utter_ticket_same", number=number)
    return True


def added(number: str, words: str, turn: Turn) -> bool:
    """Put words into the open case of that number; False when it is closed or somebody else's."""
    with turn.services.store.session() as session:
        ticket = tickets.find_by_number(session, number)
        if ticket is None or ticket.sender != turn.sender or is_final(ticket.state):
            return False
        tickets.do_add_to_ticket(
            session,
            ticket,
            words=words,
            findings=(),
            photos=(),
            now=turn.now,
            who=turn.sender,
            key=f"remark:{number}:{turn.now.isoformat()}",
        )
        return True
