"""Messages about how a watch runs that no intent of the contract names.

"帮我测走时", "现在表上 10:05:00", "面上快10秒，冠上慢5秒": the classifier hears a fault, a fact or
nothing. The words are in ``knowledge/rate_diary.yml`` and ``knowledge/positions.yml``.
"""

import re
from collections.abc import Callable, Sequence

from actions import cues, watches
from actions import diary as diary_skill
from actions.skill import begin
from actions.turn import Turn, buttons
from aftersales import faults
from aftersales.knowledge import load
from aftersales.language import is_correction, normalise, parse_offset
from aftersales.lines import line
from aftersales.rate import diaries, diary, judge
from aftersales.rate.clock_words import clock_times
from aftersales.rate.position_advice import position_advice, tells_enough
from aftersales.rate.position_words import position_rates

#: Intents of sentences that tell a rate.
RATE_INTENTS = frozenset({"runs_fast", "runs_slow", "erratic_rate", "positional_error"})
#: What must be dealt with before anything is measured.
URGENT = frozenset({"water", "leak", "leak_powder"})


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


#: Each answers a message of its kind, or returns False when it is none.
TABLE: Sequence[Callable[[Turn], bool]] = (
    _corrected,
    _measured,
    _charted,
    _positions,
    _impossible,
    _two_calibres,
)
