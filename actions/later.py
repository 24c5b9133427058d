"""A second watch spoken of while the first is in hand: noted, and taken up after it."""

from actions import contact, cues, draft, needs, watches
from actions.diagnosis import FAULT_INTENTS, URGENT, first_aid
from actions.frames import MAX_ASKS, Frame, touch
from actions.turn import MOST_WORDS, Turn
from aftersales.faults import Findings


def spoken_of(turn: Turn) -> str | None:
    """What to call the second watch this message only mentions; None when it mentions none.

    A fault told while a watch is diagnosed is no mention: then the talk turns to the other watch.
    """
    top, called = turn.frames.top, cues.watch_besides(turn.text)
    if top is None or called is None or turn.frames.is_stale(turn.now):
        return None
    if watches.current(turn).known.get("called") == called:
        return None  # it is the one in hand by now
    if top.skill == "intake":
        return None if top.question == "matter" else called
    return None if turn.intent in FAULT_INTENTS or turn.entity("calibre") else called


def noted(turn: Turn) -> bool:
    """Keep the second watch for a repair of its own, below what is in hand; False when none."""
    called, top = spoken_of(turn), turn.frames.top
    if called is None or top is None:
        return False
    number = watches.added(called, turn)
    if turn.frames.latest("intake", number) is None:
        answers = {"same": "other"}  # it is not the watch of any case before
        if needs.fault_named(turn.text):
            answers["fault"] = str(turn.message.get("text") or "")[:MOST_WORDS]
        frame = draft.begun("repair", number, answers, turn)
        turn.frames = turn.frames.pop().push(touch(frame, turn.now, times=MAX_ASKS)).push(top)
    fault = needs.fault_named(turn.text) or turn.intent
    if fault in URGENT:
        first_aid(Findings(intent=fault), turn)
    turn.utter("utter_watch_noted", watch=called)
    return True


def waits(frame: Frame) -> bool:
    """Whether the frame is that of a watch noted for later and not asked about yet."""
    return frame.skill == "intake" and frame.put_aside and frame.question is None


def taken_up(turn: Turn) -> None:
    """Turn to the watch that was noted, if there is one; name and phone are known by now."""
    top = turn.frames.top
    if top is not None and waits(top):
        _turn_to(top, turn)


def asked_for(turn: Turn) -> Frame | None:
    """The repair that the customer turns to (先弄我的, 我老婆那块呢); None when none is meant."""
    called = cues.watch_next(turn.text)
    if called is None and not cues.own_first(turn.text):
        return None
    names = {n: watch.get("called") for n, watch in enumerate(turn.slot("watches") or [])}
    for frame in reversed(turn.frames.items):
        repair = frame.skill == "intake" and frame.data["kind"] == "repair"
        if repair and names.get(frame.data["watch_no"]) == called:
            return frame
    return None


def turned_to(turn: Turn) -> bool:
    """Turn to the watch that is asked for; False when none is."""
    frame = asked_for(turn)
    if frame is None:
        return False
    _turn_to(frame, turn)
    turn.set("offer", None)
    return True


def _turn_to(frame: Frame, turn: Turn) -> None:
    answers = {**contact.known(turn, str(frame.data["kind"])), **frame.data["answers"]}
    data = {**frame.data, "answers": answers}
    turn.frames = turn.frames.push(touch(frame, turn.now, data=data, times=0))
    turn.set("watch_no", frame.data["watch_no"])
    called = watches.current(turn).known.get("called")
    if called:
        turn.utter("utter_next_watch", watch=called)
