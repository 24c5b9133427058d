"""Messages that no intent of the contract names, most of them about how a watch runs.

"帮我测走时", "现在表上 10:05:00", "面上快10秒，冠上慢5秒": the classifier hears a fault, a fact or
nothing. The actions named here look into this table before they answer; the words are in
``knowledge/rate_diary.yml`` and ``knowledge/positions.yml``.
"""

import re
from collections.abc import Callable, Sequence

from actions import (
    aside,
    case,
    courtesy,
    cues,
    general,
    hurry,
    later,
    mood,
    privacy,
    remark,
    wanted,
    watches,
    why,
)
from actions import diary as diary_skill
from actions.frames import touch
from actions.intake import Intake
from actions.skill import begin, pending, settle
from actions.status import Status
from actions.turn import ANSWERS, Turn, buttons, labels
from aftersales import faults
from aftersales.knowledge import load
from aftersales.language import is_correction, normalise, parse_offset
from aftersales.lines import line
from aftersales.rate import diaries, diary, judge
from aftersales.rate.clock_words import clock_times
from aftersales.rate.position_advice import position_advice, tells_enough
from aftersales.rate.position_words import position_rates

#: The actions that a message of this kind may reach by its intent.
CONSULTED = frozenset(
    {
        "action_diagnosis",
        "action_warranty",
        "action_status",
        "action_answer",
        "action_reply",
        "action_misunderstood",
    }
)
#: Those and the two whose own subject comes first unless the words plainly say something else.
LISTENING = CONSULTED | {"action_intake", "action_person"}
#: Intents of sentences that tell a rate.
RATE_INTENTS = frozenset({"runs_fast", "runs_slow", "erratic_rate", "positional_error"})
#: What must be dealt with before anything is measured.
URGENT = frozenset({"water", "leak", "leak_powder"})


def taken(turn: Turn, action: str) -> bool:
    """Answer a message of this kind; False when it is none, or when something else matters more.

    Args:
        turn: the message.
        action: the action its intent leads to.
    """
    if action not in LISTENING or cues.other_brand(turn.text):
        return False
    for answer in (*_PLAIN, *(_TABLE if action in CONSULTED else ())):
        if answer(turn):
            if "misunderstood" not in turn.slots:
                turn.set("misunderstood", 0)
            if "asking" not in turn.slots:
                turn.set("asking", pending(turn))
            return True
    return False


def _corrected(turn: Turn) -> bool:
    corrects = turn.intent == "correct_answer" or is_correction(turn.text)
    return corrects and bool(clock_times(turn.text)) and diary_skill.correct(turn)


def _measured(turn: Turn) -> bool:
    """帮我测走时, 报时, or a bare time while a diary is open."""
    # "到手测日差正38" tells a rate and asks for none to be measured.
    starts = diary.starts(turn.text) and turn.entity("rate_s_per_day") is None
    wanted = starts or diary.goes_on(turn.text)
    if not wanted and not (diary.reports(turn.text) and _open(turn)):
        return False
    if URGENT & set(faults.observe(turn.text, turn.entities)):
        return False
    begin(diary_skill.Diary(), turn)
    return True


def _open(turn: Turn) -> bool:
    if any(frame.skill == diary_skill.Diary.name for frame in turn.frames.items):
        return True
    with turn.services.store.session(read_only=True) as session:
        return diaries.find_diary(session, turn.sender, turn.now) is not None


def _charted(turn: Turn) -> bool:
    if not diary.wants_chart(turn.text):
        return False
    diary_skill.show(turn)
    return True


def _positions(turn: Turn) -> bool:
    report = position_rates(turn.text)
    if not tells_enough(report):
        return False
    if _two_calibres(turn):
        return True
    watch = watches.noted(turn)
    lines = position_advice(report, watch.known.get("calibre"))
    turn.utter("utter_positions", reasons=turn.lines(lines, limit=7))
    return True


def _impossible(turn: Turn) -> bool:
    """一天快90000秒: said back kindly instead of being asked for again."""
    offset = parse_offset(turn.text) if turn.intent in RATE_INTENTS else None
    if not diary.too_far(offset, turn.entity("rate_s_per_day") is not None):
        return False
    watches.noted(turn)
    spoken = judge(offset or 0.0)
    turn.utter("utter_diagnosis_rate", reasons=turn.line(spoken))
    return True


def _by_phone(turn: Turn) -> bool:
    """手机号行不行: a number that many people know opens no case."""
    if not cues.phone_alone(turn.text):
        return False
    turn.utter("utter_phone_alone", buttons=labels(load("talk")["choices"]["callback"]))
    turn.set("offer", "callback")
    return True


def _half_number(turn: Turn) -> bool:
    """FW2611: what is missing is said, whatever the classifier hears in it."""
    if turn.entity("ticket_no") or not cues.half_number(turn.text):
        return False
    frame = Status().open(turn)
    frame = touch(frame, turn.now, data={**frame.data, "hint": "number_form"})
    turn.frames = turn.frames.push(frame)
    settle(Status(), turn)
    return True


def _own_data(turn: Turn) -> bool:
    """还是删了吧 after the deletion was called off; 我手机号不对，要改 with nothing open."""
    if turn.frames.top is not None or turn.intent == "privacy_request":
        return False
    changes = load("intake")["patterns"]["change"]
    corrects = turn.intent in {"correct_answer", "inform"} and not turn.entity("phone")
    if corrects and any(re.search(changes[name], turn.text) for name in ("phone", "name")):
        turn.utter("utter_privacy_request")
        turn.set("offer", "callback")
        return True
    before = turn.slot("concluded")
    again = isinstance(before, dict) and before.get("skill") == privacy.Privacy.name
    if not again or turn.intent not in ANSWERS or not privacy.deletes_after_all(turn.text):
        return False
    begin(privacy.Privacy(), turn)
    return True


def _taken_back(turn: Turn) -> bool:
    """不投诉了，帮我报修 while a complaint is taken down: it sounds like a cancellation."""
    top = turn.frames.top
    if top is None or top.skill != Intake.name or top.data["kind"] != "complaint":
        return False
    if not cues.takes_back(turn.text):
        return False
    turn.frames = turn.frames.without(Intake.name)
    if re.search(load("intake")["patterns"]["repair"], turn.text):
        turn.intent = "open_ticket"
        begin(Intake(), turn)
    else:
        turn.utter("utter_stopped")
    return True


def _number_wanted(turn: Turn) -> bool:
    """单号发我, also when the sentence sounds like something else."""
    if not re.search(load("status")["patterns"]["which_number"], turn.text):
        return False
    known = turn.entity("ticket_no") or turn.slot("last_ticket")
    if known:
        turn.utter("utter_last_number", number=known)
        return True
    if turn.intent == "ticket_status" or pending(turn):
        return False
    turn.utter("utter_no_number_yet", buttons=cues.ready("phone"))
    return True


def _will_be_answered(turn: Turn) -> bool:
    """多久给我答复, 那我等着: the case that waits for its answer, not a repair's duration."""
    patterns = load("status")["patterns"]
    known = turn.entity("ticket_no") or turn.slot("last_ticket")
    waits = re.fullmatch(patterns["waits"], turn.text)
    if not known:
        return bool(waits) and courtesy.not_filed(turn)
    if not waits and not re.search(patterns["when_contacted"], turn.text):
        return False
    turn.utter("utter_will_be_answered", number=known)
    return True


def _written_down(turn: Turn) -> bool:
    """你帮我写吧: the case is taken down by talking."""
    if not cues.has_it_written(turn.text):
        return False
    turn.utter("utter_i_write")
    if pending(turn) != Intake.name:
        turn.intent = "open_ticket"
        begin(Intake(), turn)
    return True


def _doubted(turn: Turn) -> bool:
    """骗子吧: asks who we are and how to verify it, and complains of nothing."""
    return general.about("official", turn) and general.answered(turn)


def _origin(turn: Turn) -> bool:
    """儿子买的: a fact for the counter, and neither a fault nor a question."""
    if turn.intent not in ANSWERS or turn.entities or not case.tells_origin(turn):
        return False
    if pending(turn):
        turn.utter("utter_noted_meanwhile")
    else:
        turn.utter("utter_noted", buttons=cues.ready("menu"))
    return True


def _two_calibres(turn: Turn) -> bool:
    """7S26和4R36一天都快30秒: the two are allowed different rates, so one at a time."""
    codes = diary_skill.calibres(turn)
    if len(codes) != 2 or turn.intent not in RATE_INTENTS:
        return False
    plain, book = normalise(turn.text), load("rate_diary")
    words = book["cues"]
    if re.search(words["not_both"], plain) or not re.search(words["both"], plain):
        return False
    if cues.two_watches(plain) and not _side_by_side(codes, words["both"], plain):
        return False  # each has words of its own: 一块7S26走快了，另一块4R36停了
    rest = plain
    for code in codes:
        rest = re.sub(re.escape(code), "", rest, flags=re.IGNORECASE)
    rest = re.sub(f"^(?:{words['both']})+", "", rest.strip())
    said = line(book["lines"]["two_calibres"], {"codes": book["words"]["and"].join(codes)})
    turn.utter(
        "utter_diary",
        reasons=turn.line(said),
        buttons=buttons([(code, f"{code} {rest}") for code in codes]),
    )
    return True


def _side_by_side(codes: Sequence[str], both: str, plain: str) -> bool:
    """Whether nothing but an "和" stands between the two calibres."""
    first, second = map(re.escape, codes)
    return bool(re.search(rf"{first}\s*(?:{both})\s*{second}", plain, re.IGNORECASE))


#: Said in words that mean one thing, so that the classifier's guess does not matter.
_PLAIN: Sequence[Callable[[Turn], bool]] = (
    privacy.state_told,
    why.outlined,
    later.noted,
    _doubted,
    aside.skipped,
    wanted.answered,
    hurry.answered,
    remark.answered,
    _will_be_answered,
)
_TABLE: Sequence[Callable[[Turn], bool]] = (
    privacy.recalled,
    _own_data,
    _taken_back,
    _written_down,
    mood.taken,
    _by_phone,
    _half_number,
    _number_wanted,
    _origin,
    _corrected,
    _measured,
    _charted,
    _positions,
    _impossible,
    _two_calibres,
)
