"""A second watch spoken of while the first is in hand: noted, and taken up after it."""

from actions import contact, cues, draft, needs, watches
from actions.diagnosis import FAULT_INTENTS
from actions.frames import MAX_ASKS, Frame, touch
from actions.turn import MOST_WORDS, Turn


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
    turn.utter("utter_watch_noted", watch=called)
    return True


def waits(frame: Frame) -> bool:
    """Whether the frame is that of a watch noted for later and not asked about yet."""
    return frame.skill == "intake" and frame.put_aside and frame.question is None


def taken_up(turn: Turn) -> None:
    """Turn to the watch that was noted, if there is one; name and phone are known by now."""
    top = turn.frames.top
    if top is None or not waits(top):
        return
    answers = {**contact.known(turn, str(top.data["kind"])), **top.data["answers"]}
    data = {**top.data, "answers": answers}
    turn.frames = turn.frames.replace_top(touch(top, turn.now, data=data, times=0))
    turn.set("watch_no", top.data["watch_no"])
    turn.utter("utter_next_watch", watch=watches.current(turn).known["called"])
