"""What the customer thinks of the help, asked once and unobtrusively, and whether to remind him.

Asked after thanks or a goodbye, only when something was answered and only the bot served; a ticket
is asked about when it is over. The patterns are in ``knowledge/care.yml``.
"""

from actions.skill import pending
from actions.turn import Turn, labels
from aftersales import care
from aftersales.knowledge import load
from aftersales.people import has_consent

#: The actions an opinion may reach by its intent: "不满意" sounds like a complaint.
HEARD_BY = frozenset(
    {"action_answer", "action_reply", "action_misunderstood", "action_intake", "action_diagnosis"}
)
#: From this score on an opinion is a kind one.
_CONTENT = 4
#: Subjects that hold something unfinished of the customer's own: no moment to ask how it was.
_UNFINISHED = frozenset({"intake", "privacy"})
#: After these a person serves too, and it is no longer the bot's case alone.
_HANDED_OVER = ("utter_person_asked", "utter_person_away", "utter_person_still_asked")


def ask(turn: Turn) -> None:
    """Put the question below a thanks or a goodbye, if this talk has earned it."""
    if turn.desk or pending(turn) or turn.slot("last_ticket"):
        return
    if any(frame.skill in _UNFINISHED for frame in turn.frames.items):
        return
    served = any(turn.said_before(name) for name in load("care")["answered_by"])
    if not served or any(turn.said_before(name) for name in ("utter_satisfaction", *_HANDED_OVER)):
        return
    with turn.services.store.session() as session:
        wanted = care.do_ask_about_talk(session, turn.sender, turn.channel, _began(turn), turn.now)
    if wanted:
        turn.utter("utter_satisfaction", buttons=labels(load("care")["satisfaction"]["choices"]))


def taken(turn: Turn) -> bool:
    """Take an opinion that was asked for, or a wish for no reminders; False when it is neither."""
    if care.wants_no_reminders(turn.text):
        with turn.services.store.session() as session:
            care.do_stop_reminders(session, turn.sender, turn.channel, turn.now)
        turn.utter("utter_care_stopped")
        _lead_back(turn)
        return True
    opinion = care.read_opinion(turn.text)
    if opinion is None:
        return False
    with turn.services.store.session() as session:
        kept = care.do_answer_question(session, turn.sender, opinion, turn.now)
        if kept is None:
            return opinion.score >= _CONTENT and _thanked(turn)
        of_ticket = kept.ticket_id is not None
        reminded = has_consent(session, turn.sender, "care")
    if opinion.score < 3:
        turn.utter("utter_satisfaction_sorry", buttons=labels(load("care")["sorry_choices"]))
    elif of_ticket and opinion.score > 3 and not reminded:
        turn.set("offer", "care")
        purpose = load("care")["purpose"]
        turn.utter(
            "utter_care_offer",
            reasons=purpose["say_desk" if turn.desk else "say"],
            buttons=labels(load("care")["offer_choices"]),
        )
    else:
        turn.utter("utter_satisfaction_thanks")
    _lead_back(turn)
    return True


def _thanked(turn: Turn) -> bool:
    """满意 that nobody asked for is a kind word, and no complaint."""
    turn.utter("utter_thank")
    _lead_back(turn)
    return True


def accept(turn: Turn) -> None:
    """A yes to being reminded."""
    with turn.services.store.session() as session:
        care.do_accept_reminders(session, turn.sender, turn.channel, turn.now)
    turn.utter("utter_care_accepted")


def _lead_back(turn: Turn) -> None:
    turn.set("misunderstood", 0)
    if "asking" not in turn.slots:
        turn.set("asking", pending(turn))


def _began(turn: Turn) -> str:
    """What tells this talk from the sender's other ones: when its session started."""
    starts = [e for e in turn.tracker.events if e.get("name") == "action_session_start"]
    return str(starts[-1].get("timestamp") if starts else turn.today)
