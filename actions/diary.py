"""The rate diary: the customer says what the watch shows, we know what time it is."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from actions import cues, watches
from actions.frames import Frame, touch
from actions.prompts import Option, Prompt, prompt
from actions.skill import Question, Skill
from actions.turn import Turn
from aftersales.knowledge import load
from aftersales.lines import Line, line
from aftersales.rate import diaries, diary
from aftersales.rate.diary import Report
from aftersales.rate.links import ChartLinks
from aftersales.rate.readings import DAY, Reading
from aftersales.rate.words import amount
from aftersales.store.tables import RateDiary

#: A correction this soon after a reading means that reading.
CORRECTABLE_S = 600


class Diary(Skill):
    """Takes one reading at a time; says what all of them come to."""

    name = "diary"

    def open(self, turn: Turn) -> Frame:
        """Start or go on measuring the watch talked about."""
        top = turn.frames.top
        codes = calibres(turn)
        # With two calibres in the sentence nothing is noted before we know which is meant.
        watch = watches.current(turn) if len(codes) > 1 else watches.noted(turn)
        data: dict[str, Any] = {"watch_no": watch.number}
        if top is not None and top.skill == self.name and top.data["watch_no"] == watch.number:
            data = dict(top.data)
        if len(codes) > 1:
            data["codes"] = codes
        if diary.begins_anew(turn.text):
            data["anew"] = True
        return Frame(skill=self.name, data=_taken(data, turn) or data, touched=turn.now)

    def hear(self, frame: Frame, turn: Turn) -> Frame | None:
        """Take the time on the dial, which watch, or whether it was set in between."""
        data = dict(frame.data)
        if frame.question == "which" and len(calibres(turn)) == 1:
            data["watch_no"] = watches.noted(turn).number
            del data["codes"]
            return touch(frame, turn.now, data=data)
        if frame.question == "reset":
            reset = diary.was_reset(turn.text)
            if reset is None:
                return None
            return touch(frame, turn.now, data={**data, "reset": reset})
        taken = _taken(data, turn)
        return None if taken is None else touch(frame, turn.now, data=taken)

    def question(self, frame: Frame, turn: Turn) -> Question | None:
        """Which watch; then the time on its dial; then why it does not fit the earlier ones."""
        data = frame.data
        if "codes" in data:
            return _which(data["codes"])
        if "reading" not in data:
            return prompt("rate_diary", "reading", hint=data.get("hint"))
        if "jump" in data and "reset" not in data:
            return prompt("rate_diary", "reset", amount=amount(data["jump"]))
        return None

    def conclude(self, frame: Frame, turn: Turn) -> None:
        """Keep the reading and say what all readings come to."""
        data = frame.data
        reading = _reading(data["reading"])
        facts = watches.current(turn).facts()
        with turn.services.store.session() as session:
            kept = diaries.find_diary(session, turn.sender, turn.now, data["watch_no"])
            key = _break(data, [] if kept is None else diaries.readings_of(session, kept), reading)
            if kept is None or key:
                kept = diaries.do_start_diary(
                    session,
                    sender=turn.sender,
                    channel=turn.channel,
                    watch_no=data["watch_no"],
                    calibre=facts.get("calibre"),
                    movement=facts.get("movement"),
                    now=reading.at,
                )
            elif facts.get("calibre") or facts.get("movement"):
                kept.calibre, kept.movement = facts.get("calibre"), facts.get("movement")
            readings = diaries.do_add_reading(session, kept, reading)
            report = diary.report(
                readings, kept.calibre, kept.movement, str(data["reading"]["shown"]), key
            )
            _speak(kept, readings, turn, report)


def correct(turn: Turn) -> bool:
    """Replace the reading just given ("不对，是10:05:30"); False when there is none."""
    with turn.services.store.session() as session:
        kept = diaries.find_diary(session, turn.sender, turn.now)
        if kept is None or (turn.now - kept.last_at).total_seconds() > CORRECTABLE_S:
            return False
        # What the dial showed then is meant, so it is held against the true time of then.
        heard = diary.listen(turn.text, kept.last_at)
        if heard.reading is None:
            return False
        readings = diaries.do_correct_reading(session, kept, heard.reading)
        report = diary.report(readings, kept.calibre, kept.movement, heard.shown)
        _speak(kept, readings, turn, report, _line("corrected", shown=heard.shown))
    return True


def show(turn: Turn) -> None:
    """Show what was measured so far, or say that nothing was."""
    with turn.services.store.session(read_only=True) as session:
        number = watches.current(turn).number
        kept = diaries.find_diary(session, turn.sender, turn.now, number) or diaries.find_diary(
            session, turn.sender, turn.now
        )
        readings = diaries.readings_of(session, kept) if kept else []
        if kept is None or len(readings) < 2:
            turn.utter("utter_diary", reasons=turn.line(_line("nothing_yet")))
            return
        report = diary.report(readings, kept.calibre, kept.movement)
        turn.utter("utter_diary", reasons=turn.lines(report.lines, limit=5))
        _chart(kept, turn)


def calibres(turn: Turn) -> list[str]:
    """The different calibres a message names, in their order."""
    named = [str(e.get("value")) for e in turn.entities if e["name"] == "calibre"]
    return list(dict.fromkeys(named))


def _taken(data: dict[str, Any], turn: Turn) -> dict[str, Any] | None:
    """The frame's data with the message's reading in it, or with a hint why it cannot be used."""
    heard = diary.listen(turn.text, turn.now)
    if heard.kind == "nothing":
        return None
    if heard.reading is None:
        return {**data, "hint": heard.kind}
    taken = {
        **data,
        "reading": {
            "at": heard.reading.at.isoformat(),
            "offset_s": heard.reading.offset_s,
            "half_width_s": heard.reading.half_width_s,
            "shown": heard.shown,
        },
    }
    if data.get("anew") or "codes" in data:
        return taken
    with turn.services.store.session(read_only=True) as session:
        kept = diaries.find_diary(session, turn.sender, turn.now, data["watch_no"])
        before = diaries.readings_of(session, kept) if kept else []
        movement = kept.movement if kept else None
    off = diary.jump(before, heard.reading, movement)
    return taken if off is None else {**taken, "jump": off}


def _break(data: Mapping[str, Any], before: list[Reading], reading: Reading) -> str | None:
    """Why the earlier readings end here (a key of ``lines``), or None when they go on."""
    if data.get("anew"):
        return "anew"
    reset = data.get("reset")
    if reset is None or (reset == "none" and diary.is_believable(before, reading)):
        return None
    return "stopped" if reset in {"stopped", "none"} else "anew"


def _speak(
    kept: RateDiary, readings: list[Reading], turn: Turn, report: Report, *lead: Line
) -> None:
    said = [*lead, *report.lines]
    passed = (readings[-1].at - kept.started_at).total_seconds() / DAY
    following = diary.when_next(diaries.next_day(kept, readings[-1].at), passed)
    if following is not None:
        said.append(following)
    verdict = report.verdict
    outside = verdict is not None and verdict.kind in {"outside", "far_outside"}
    offered = report.stage == "settled" and outside
    turn.utter(
        "utter_diary",
        reasons=turn.lines(said, limit=6),
        buttons=cues.ready("offer_ticket") if offered else None,
    )
    if offered and verdict is not None and report.ticket is not None:
        turn.set("offer", "ticket")
        turn.set(
            "case",
            {
                "symptom": "runs_fast" if verdict.rate > 0 else "runs_slow",
                "words": report.ticket[1],
                "facts": [list(report.ticket)],
                "watch_no": kept.watch_no,
            },
        )
    if len(readings) > 1:
        _chart(kept, turn)


def _chart(kept: RateDiary, turn: Turn) -> None:
    """The chart's address, where somebody can look at it."""
    if turn.services.secret is None or turn.desk:
        return
    link = ChartLinks(turn.services.secret).make(kept.id, turn.now)
    turn.utter("utter_diary_chart", reasons=turn.line(_line("chart", link=link)), image=link)


def _line(key: str, **values: str) -> Line:
    return line(load("rate_diary")["lines"][key], values)


def _reading(raw: Mapping[str, Any]) -> Reading:
    return Reading(
        datetime.fromisoformat(str(raw["at"])), float(raw["offset_s"]), float(raw["half_width_s"])
    )


def _which(codes: list[str]) -> Prompt:
    book = load("rate_diary")
    entry, joined = book["questions"]["which"], book["words"]["and"].join(codes)
    return Prompt(
        id="which",
        say=str(entry["say"]).format(codes=joined),
        say_desk=str(entry["say_desk"]).format(codes=joined),
        choices=tuple(Option(code) for code in codes),
    )
