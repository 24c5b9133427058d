"""Greeting, thanks, goodbye, "是人吗", what is not ours, and not understanding."""

from actions import cues, general, opinion, watches, why
from actions.skill import offers_resume, pending
from actions.turn import Turn
from aftersales.knowledge import load
from aftersales.operator import operator

#: After this many misunderstandings in a row a person is offered.
PATIENCE = 2
#: Skills whose questions may be left unanswered (``Skill.give_up``).
PASSED_OVER = frozenset({"diagnosis", "warranty"})


def greet(turn: Turn) -> None:
    """Say who we are, that this is a machine, and how to reach a person."""
    if turn.said_before("utter_greet"):
        turn.utter("utter_greet_again", buttons=cues.ready("menu"))
    else:
        turn.utter("utter_greet", operator=operator().name, buttons=cues.ready("menu"))
    offers_resume(turn)


def goodbye(turn: Turn) -> None:
    """Close without pressing for more than a word on how it went."""
    turn.utter("utter_goodbye")
    _unfiled(turn)
    opinion.ask(turn)
    turn.set("asking", None)


def thank(turn: Turn) -> None:
    """Accept thanks."""
    turn.utter("utter_thank")
    if not pending(turn):
        _unfiled(turn)
    opinion.ask(turn)


def _unfiled(turn: Turn) -> None:
    """Somebody who leaves in the middle of a form must not believe that it was sent."""
    if turn.slot("offer") != "resume":
        not_filed(turn)


def not_filed(turn: Turn) -> bool:
    """Say that the case in hand is not sent yet; False when none is in hand."""
    top = turn.frames.top
    if top is None or top.skill != "intake":
        return False
    kind = load("intake")["kinds"][str(top.data["kind"])]
    turn.utter("utter_not_filed_yet", kind=kind, buttons=cues.ready("unfiled"))
    turn.set("offer", "resume")
    return True


def stopped(turn: Turn) -> None:
    """Stop here; what else is unfinished is kept, and taken up when the customer says so."""
    turn.frames = turn.frames.aside()
    turn.set("offer", "resume" if turn.frames.top is not None else None)
    turn.utter("utter_stopped")


def bot_challenge(turn: Turn) -> None:
    """Yes, a machine; and how to reach a person."""
    turn.utter("utter_bot_challenge", operator=operator().name)


def out_of_scope(turn: Turn) -> None:
    """Decline kindly and say what we can do; the second time in a row offer a person."""
    if why.answered(turn) or sensitive(turn):
        return
    if not cues.has_words(turn.text):  # an emoji or a full stop is no other subject
        misunderstood(turn)
        return
    if _again(turn):
        turn.utter("utter_out_of_scope_again", buttons=cues.ready("person"))
    else:
        # While a question waits, its own buttons come below: the menu would only be in the way.
        turn.utter("utter_out_of_scope", buttons=None if pending(turn) else cues.ready("menu"))
        offers_resume(turn)


def misunderstood(turn: Turn) -> None:
    """Ask to say it otherwise; the second time in a row offer a person."""
    if why.answered(turn) or sensitive(turn) or general.answered(turn):
        return
    if pending(turn):
        not_quite(turn)
        return
    if turn.entities and watches.learns(turn):
        # A code, a line or a date in it is kept, and said to be.
        turn.utter("utter_noted", buttons=cues.ready("menu"))
        return
    if _again(turn):
        turn.utter("utter_misunderstood_twice", buttons=cues.ready("person"))
    else:
        if turn.slot("offer") == "person":
            turn.set("offer", None)  # offered before something else was said
        turn.utter("utter_misunderstood", buttons=cues.ready("menu"))


def not_quite(turn: Turn) -> None:
    """The words were no answer to the question that waits; the second time offer a person."""
    top = turn.frames.top
    if not _again(turn):
        turn.utter("utter_not_quite")
    elif top is not None and top.skill in PASSED_OVER:
        turn.utter("utter_passed_over", buttons=cues.ready("person"))
    else:
        turn.utter("utter_not_quite_twice", buttons=cues.ready("person"))


def sensitive(turn: Turn) -> bool:
    """Ask not to send papers, cards or codes we never need; False when none was sent."""
    if not cues.sensitive(turn.text):
        return False
    turn.utter("utter_sensitive")
    return True


def _again(turn: Turn) -> bool:
    """Count one more message we could not serve; True from the second in a row on."""
    times = int(turn.tracker.get_slot("misunderstood") or 0) + 1
    turn.set("misunderstood", times)
    if times < PATIENCE:
        return False
    turn.set("offer", "person")
    return True
