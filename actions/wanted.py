"""今晚打给我, 周一联系我: when somebody wants to be called, kept on the case, answered honestly."""

import re
from datetime import datetime, timedelta
from typing import Any

from actions import cues, remark
from actions.frames import touch
from actions.moments import spoken_moment
from actions.skill import pending
from actions.turn import SHANGHAI, Turn
from aftersales import calendar
from aftersales.knowledge import load
from aftersales.language.numerals import parse_quantity


def said(text: str) -> bool:
    """Whether the message only says when to call (周一联系我, 能不能周六)."""
    book = load("intake")["wanted"]
    words = cues.unpunctuated(text)
    patterns = (pattern.format(when=book["when"]) for pattern in book["said"])
    return any(re.fullmatch(pattern, words) for pattern in patterns)


def answered(turn: Turn) -> bool:
    """Keep the time on the case in hand, else on the one filed; False when there is neither."""
    if not said(turn.text):
        return False
    top, number = turn.frames.top, turn.slot("last_ticket")
    if top is not None and pending(turn) == "intake":
        answers = dict(top.data["answers"])
        noted(answers, turn)
        data = {**top.data, "answers": answers}
        turn.frames = turn.frames.replace_top(touch(top, turn.now, data=data))
        return True
    if not number or not remark.added(str(number), _words(turn), turn):
        return False
    _answer(turn)
    return True


def noted(answers: dict[str, Any], turn: Turn) -> None:
    """Put the time into the answers of a case being taken down, if the message says one."""
    if said(turn.text):
        answers["wanted"] = _words(turn)
        _answer(turn)


def window(text: str, now: datetime) -> tuple[datetime, datetime]:
    """From when to when the customer wants the call, in the shop's time; never in the past.

    Args:
        text: words in which :func:`said` found a time.
        now: when they were said.
    """
    book, here = load("intake")["wanted"], now.astimezone(SHANGHAI)
    day = here.replace(hour=0, minute=0, second=0, microsecond=0)
    weekday = re.search(book["weekday"], text)
    ahead = next((n for words, n in book["days"].items() if re.search(words, text)), None)
    if weekday:
        number = int(book["weekdays"][weekday.group("day")])
        monday = day - timedelta(days=day.weekday())
        day = monday + timedelta(days=number + (7 if weekday.group("next") else 0))
        if day.date() < here.date():
            day += timedelta(days=7)
    else:
        day += timedelta(days=ahead or 0)
    start, end = _hours(text)
    if ahead is None and not weekday and day + timedelta(hours=end) <= here:
        day += timedelta(days=1)  # "上午打给我", said in the evening
    return max(day + timedelta(hours=start), here), day + timedelta(hours=end)


def _hours(text: str) -> tuple[int, int]:
    """First and last hour of the day that the words leave open."""
    book = load("intake")["wanted"]
    part = next((p for p in book["parts"] if re.search(p["if"], text)), None)
    start, end = (part["from"], part["to"]) if part else (0, 24)
    clock = re.search(book["clock"], text)
    said_hour = parse_quantity(clock.group("hour")) if clock else None
    if said_hour is None or said_hour.value >= 24:
        return start, end
    hour = int(said_hour.value)
    if hour < 12 and (start >= 12 or (part is None and hour < 8)):
        hour += 12  # "三点" alone is no hour of the night
    return hour, hour + 1


def _answer(turn: Turn) -> None:
    start, end = window(turn.text, turn.now)
    moment = calendar.next_open(start.astimezone(turn.now.tzinfo))
    kept = moment is not None and moment < end
    when = spoken_moment(moment, turn.now) if moment else load("intake")["due_unknown"]
    turn.utter("utter_call_wanted" if kept else "utter_call_wanted_closed", when=when)


def _words(turn: Turn) -> str:
    return str(turn.message.get("text") or "").strip()
