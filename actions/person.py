"""转人工: a person is asked for, once; until one answers the bot goes on helping."""

from actions.moments import spoken_moment
from actions.turn import Turn
from aftersales import conversations
from aftersales.conversations import Owner
from aftersales.knowledge import load


def answer(turn: Turn) -> None:
    """Put the conversation into the queue and say when somebody will be there."""
    with turn.services.store.session() as session:
        talk = conversations.get_or_open(session, turn.sender, turn.channel, now=turn.now)
        asked_before = talk.owner == Owner.WAITING
        request = conversations.do_request_person(session, talk, "asked", turn.now)
        back, promised = request.back_at, request.promised_at
    turn.set("offer", "callback")
    if asked_before:
        when = promised or back
        due = spoken_moment(when, turn.now) if when else load("intake")["due_unknown"]
        turn.utter("utter_person_still_asked", due=due)
    elif back is None and promised is not None:
        turn.utter("utter_person_asked", due=spoken_moment(promised, turn.now))
    else:
        said = spoken_moment(back, turn.now) if back else load("intake")["due_unknown"]
        turn.utter("utter_person_away", back=said)
