"""Taking down a case: repair, complaint or callback, read back before it is written, once."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from actions import (
    case,
    contact,
    courtesy,
    cues,
    fields,
    general,
    later,
    mood,
    names,
    same,
    wanted,
    watches,
)
from actions.diary import Diary
from actions.draft import begun, draft_of, watch_words
from actions.frames import Frame, touch
from actions.moments import spoken_moment
from actions.prompts import Option, Prompt, prompt
from actions.skill import Question, Skill, begin
from actions.turn import MOST_WORDS, SURE, Turn
from aftersales import photos, tickets
from aftersales.knowledge import load
from aftersales.language import normalise
from aftersales.rate import diary

#: What each kind of case asks, in this order; consent comes before the first personal question.
ASKS: Mapping[str, tuple[str, ...]] = {
    "repair": ("fault", "watch", "consent", "name", "phone", "same", "confirm"),
    "complaint": ("matter", "consent", "name", "phone", "same", "confirm"),
    "callback": ("consent", "name", "phone", "same", "confirm"),
}
KIND_BY_INTENT = {
    "open_ticket": "repair",
    "complain": "complaint",
    "request_callback": "callback",
    "privacy_request": "callback",
}


class Intake(Skill):
    """Opens a case of one of the three kinds."""

    name = "intake"

    def open(self, turn: Turn) -> Frame:
        """Start a case; a diagnosis just made and a complaint's own words go in unasked."""
        kind = KIND_BY_INTENT.get(turn.intent, "repair")
        return self.opened(turn, kind)

    def instead(self, turn: Turn) -> bool:
        """A complaint taken back; a case that already waits for its answer."""
        if turn.intent == "complain" and mood.calmed(turn):
            return True
        if turn.intent == "complain" and turn.confidence < SURE and mood.taken(turn):
            return True  # "废话连篇" complains of these questions only
        repair = re.search(load("intake")["patterns"]["repair"], turn.text)
        if turn.intent == "open_ticket" and not repair and diary.starts(turn.text):
            begin(Diary(), turn)
            return True  # "我想测一下走时" wants something done, and no repair
        if turn.intent == "open_ticket" and cues.asks(turn.text) and general.answered(turn):
            return True  # "修坏了怎么办" asks about a repair and wants none
        if turn.intent == "complain" and cues.takes_back(turn.text):
            turn.frames = turn.frames.without(self.name, "complaint")
            if repair:
                turn.intent = "open_ticket"
                return False
            courtesy.stopped(turn)
            return True
        if turn.intent == "request_callback" and turn.slot("last_ticket"):
            if re.search(load("intake")["patterns"]["when_answered"], turn.text):
                turn.utter("utter_will_be_answered", number=turn.slot("last_ticket"))
                return True
        return False

    def opened(self, turn: Turn, kind: str) -> Frame:
        """A frame for that kind of case, going on with a pending one of the same kind."""
        watch = watches.noted(turn)
        top = turn.frames.top
        words = fields.words(turn)
        mine = top is not None and top.skill == self.name and not later.waits(top)
        if top is not None and mine and top.data["kind"] == kind:
            complains = kind == "complaint"
            return _added(top, words, turn) if complains else touch(top, turn.now, times=0)
        answers: dict[str, Any] = contact.known(turn, kind)
        told = case.told(turn, watch.number)
        if kind == "repair" and told:
            answers["fault"] = told.get("words") or None
        if kind == "complaint":
            turn.utter("utter_complaint_heard")
            if len(words) >= 6:
                answers["matter"] = words
            _keeps_fault(watch.number, turn)
        if kind == "callback":
            # "给我打电话" says nothing of what it is about; what was told of the watch does.
            answers["matter"] = told.get("words") or words
            wanted.noted(answers, turn)
        if turn.entity("phone"):
            answers["phone"] = str(turn.entity("phone"))
        if watch_words(watch):
            answers["watch"] = watch_words(watch)
        return begun(kind, watch.number, answers, turn)

    def hear(self, frame: Frame, turn: Turn) -> Frame | None:
        """Take the answer; several at once, and corrections, are welcome."""
        answers = dict(frame.data["answers"])
        volunteered = fields.volunteered(turn)
        question = frame.question
        field = None if volunteered else fields.adds_to(frame, turn)
        if field:
            turn.utter("utter_noted_meanwhile")
            answers[field] = f"{answers[field]}；{fields.words(turn)}"[:MOST_WORDS]
            if field == "matter":
                _keeps_fault(int(frame.data["watch_no"]), turn)
            return touch(frame, turn.now, data={**frame.data, "answers": answers})
        if question == "confirm" and not volunteered:
            return fields.confirmed(frame, turn)
        if question in {"name", "phone"} and not volunteered and fields.refuses(turn):
            return touch(frame, turn.now, data={**frame.data, "answers": fields.refused(answers)})
        if question == "phone" and not volunteered and names.fuller_name(answers, turn):
            volunteered = {"name": normalise(turn.text)}
        if turn.carries_own_subject and not fields.may_be(question, turn) and not volunteered:
            return None
        answer = fields.answer(question, turn) if question and question not in volunteered else None
        if isinstance(answer, fields.Hint):
            return touch(frame, turn.now, data={**frame.data, "hint": answer.name})
        if answer is not None and question:
            answers[question] = answer
            if question == "matter":
                _keeps_fault(int(frame.data["watch_no"]), turn)
        elif not volunteered:
            return None
        if volunteered.get("phone", answers.get("phone")) != answers.get("phone"):
            answers.pop("same", None)  # another person's cases, perhaps
        answers.update(volunteered)
        if question == "consent" and answer is None:
            # The phone alone is no consent; say why the question comes again.
            data = {**frame.data, "answers": answers, "hint": "consent_first"}
            return touch(frame, turn.now, data=data)
        return touch(frame, turn.now, data={**frame.data, "answers": answers})

    def told(self, frame: Frame) -> dict[str, Any] | None:
        """The fault, not to be asked for again; never a name or a number."""
        fault = frame.data["answers"].get("fault")
        if not fault or fault == load("intake")["fault_unknown"]:
            return None
        return {"words": fault, "facts": [], "watch_no": frame.data.get("watch_no", 0)}

    def give_up(self, frame: Frame, turn: Turn) -> Frame | None:
        """No yes after two attempts is a no: then nothing is kept."""
        if frame.question != "consent":
            return None
        return touch(
            frame, turn.now, data={**frame.data, "answers": fields.refused(frame.data["answers"])}
        )

    def question(self, frame: Frame, turn: Turn) -> Question | None:
        """The next thing missing; a refused consent ends the questions."""
        answers = frame.data["answers"]
        kind = str(frame.data["kind"])
        if answers.get("consent") == "no" or answers.get("same") == "same":
            return None
        for name in ASKS[kind]:
            if name in answers:
                continue
            if name == "same":
                asked = same.question(frame, turn)
                if asked is not None:
                    return asked
                continue
            return self._prompt(name, frame, turn)
        return None

    def conclude(self, frame: Frame, turn: Turn) -> None:
        """Write the case, once however often it is confirmed, and say its number."""
        answers = frame.data["answers"]
        kind = str(frame.data["kind"])
        if answers.get("consent") == "no":
            turn.utter("utter_consent_refused")
            return
        if answers.get("same") == "same" and same.added(draft_of(frame, turn), frame, turn):
            later.taken_up(turn)
            return
        if answers.get("confirm") != "yes":
            turn.utter("utter_intake_dropped")
            return
        draft = draft_of(frame, turn)
        with turn.services.store.session() as session:
            if kind != "callback":  # what was photographed in this chat belongs to the case
                draft = replace(draft, photos=photos.unattached(session, turn.sender))
            _, others = same.duplicates(session, frame, turn)
            ticket = tickets.do_create_ticket(session, draft, now=turn.now, ids=turn.services.ids)
            for other in others:  # only the desk may know that this phone has another open case
                tickets.do_link_tickets(session, ticket, other, "related", turn.now, "system")
            number, due, attached = ticket.number, ticket.first_answer_due, len(ticket.photos)
        turn.frames = turn.frames.without("status")  # a number is known now
        turn.set("last_ticket", number)
        if kind == "repair":  # a call or a complaint leaves the fault to be repaired
            case.used(turn, int(frame.data.get("watch_no", 0)))
        turn.set("offer", None)
        said_due = spoken_moment(due, turn.now) if due else load("intake")["due_unknown"]
        turn.utter(f"utter_ticket_{kind}", number=number, due=said_due, last4=draft.phone[-4:])
        if attached:
            turn.utter("utter_photos_attached", count=attached)
        later.taken_up(turn)

    def _prompt(self, name: str, frame: Frame, turn: Turn) -> Prompt:
        answers = frame.data["answers"]
        kind = str(frame.data["kind"])
        book = load("intake")
        values = {
            "kind": book["kinds"][kind],
            "name": answers.get("name", ""),
            "phone": answers.get("phone", ""),
            "watch": answers.get("watch") or book["not_given"],
            "matter": answers.get("fault") or answers.get("matter") or book["not_given"],
        }
        if name == "consent":
            purpose = tickets.purpose(kind)
            choices = tuple(Option(c) for c in book["consent_choices"])
            asked = Prompt(name, str(purpose["say"]), str(purpose["say_desk"]), choices)
        else:
            asked = prompt("intake", name, **values)
        shorter = book["again"].get(name)
        if shorter and turn.told_before(turn.line(asked)):
            said, spoken = (shorter[key].format(**values) for key in ("say", "say_desk"))
            asked = replace(asked, say=said, say_desk=spoken)
        hint = frame.data.get("hint")
        lead = str(book["hints"][hint]) if hint else ""
        return replace(asked, say=lead + asked.say, say_desk=lead + asked.say_desk)


def _added(frame: Frame, words: str, turn: Turn) -> Frame:
    """The next angry sentence goes into the complaint that is being taken down."""
    answers = dict(frame.data["answers"])
    _keeps_fault(int(frame.data["watch_no"]), turn)
    before = str(answers.get("matter") or "")
    if len(words) >= 2 and words not in before:
        answers["matter"] = "；".join(w for w in (before, words) if w)[:MOST_WORDS]
        if not turn.said_before("utter_complaint_adds"):
            turn.utter("utter_complaint_adds")
    return touch(frame, turn.now, data={**frame.data, "answers": answers})


def _keeps_fault(watch_no: int, turn: Turn) -> None:
    """A fault told inside a complaint (快得要死) need not be told again for the repair."""
    if fields.tells_fault(turn):
        case.keep({"words": fields.words(turn), "facts": [], "watch_no": watch_no}, turn)
