"""Taking down a case: repair, complaint or callback, read back before it is written, once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from actions import cues, general, mood, names, same, watches
from actions.diagnosis import case_of
from actions.diary import Diary
from actions.frames import Frame, Frames, touch
from actions.moments import spoken_moment
from actions.prompts import Option, Prompt, prompt
from actions.skill import Question, Skill, begin
from actions.turn import ANSWERS, MOST_WORDS, SURE, Turn
from aftersales import faults, photos, tickets
from aftersales.knowledge import load
from aftersales.language import normalise, yes_no
from aftersales.rate import diary
from aftersales.tickets import TicketDraft
from aftersales.watches import find_calibre

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
_WATCH_FIELDS = frozenset({"calibre", "case_code", "serial", "model", "line"})
#: Needs that surely said are no answer to "哪里不对劲".
_NEVER_A_FAULT = frozenset(
    {"ticket_status", "cancel_ticket", "talk_to_human", "privacy_request", "thank", "goodbye"}
)


@dataclass(frozen=True)
class _Hint:
    """Why an answer could not be taken; said before the question is asked again."""

    name: str


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
        repair = re.search(load("intake")["patterns"]["repair"], turn.text)
        if turn.intent == "open_ticket" and not repair and diary.starts(turn.text):
            begin(Diary(), turn)
            return True  # "我想测一下走时" wants something done, and no repair
        if turn.intent == "open_ticket" and cues.asks(turn.text) and general.answered(turn):
            return True  # "修坏了怎么办" asks about a repair and wants none
        if turn.intent == "complain" and cues.takes_back(turn.text):
            turn.frames = turn.frames.without(self.name)
            if repair:
                turn.intent = "open_ticket"
                return False
            turn.utter("utter_stopped")
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
        words = str(turn.message.get("text") or "")[:MOST_WORDS]
        if top is not None and top.skill == self.name and top.data["kind"] == kind:
            return _added(top, words, turn) if kind == "complaint" else touch(top, turn.now)
        answers: dict[str, Any] = {}
        case = _case(turn, watch.number)
        if kind == "repair" and case:
            answers["fault"] = case.get("words") or None
        if kind == "complaint":
            turn.utter("utter_complaint_heard")
            if len(words) >= 6:
                answers["matter"] = words
        if kind == "callback":
            # "给我打电话" says nothing of what it is about; what was told of the watch does.
            answers["matter"] = case.get("words") or words
        if turn.entity("phone"):
            answers["phone"] = str(turn.entity("phone"))
        if _watch_words(watch):
            answers["watch"] = _watch_words(watch)
        data = {
            "kind": kind,
            "draft_id": turn.services.ids.draft_id(),
            "answers": {k: v for k, v in answers.items() if v},
            "watch_no": watch.number,
        }
        return Frame(skill=self.name, data=data, touched=turn.now)

    def hear(self, frame: Frame, turn: Turn) -> Frame | None:
        """Take the answer; several at once, and corrections, are welcome."""
        answers = dict(frame.data["answers"])
        volunteered = self._volunteered(turn)
        question = frame.question
        if question == "confirm" and not volunteered:
            return self._confirm(frame, turn)
        if question in {"name", "phone"} and not volunteered and _refuses(turn):
            return touch(frame, turn.now, data={**frame.data, "answers": _no(answers)})
        if question == "phone" and not volunteered and names.fuller_name(answers, turn):
            volunteered = {"name": normalise(turn.text)}
        if turn.carries_own_subject and not self._may_be(question, turn) and not volunteered:
            return None
        answer = self._answer(question, turn) if question and question not in volunteered else None
        if isinstance(answer, _Hint):
            return touch(frame, turn.now, data={**frame.data, "hint": answer.name})
        if answer is not None and question:
            answers[question] = answer
        elif not volunteered:
            return None
        if volunteered.get("phone", answers.get("phone")) != answers.get("phone"):
            answers.pop("same", None)  # another person's cases, perhaps
        answers.update(volunteered)
        if question == "consent" and answer is None:
            # The phone alone is no consent; say why the question comes again.
            data = {**frame.data, "answers": answers, "hint": "consent_first"}
            return touch(frame, turn.now, data=data)
        data = {k: v for k, v in frame.data.items() if k != "hint"}
        return touch(frame, turn.now, data={**data, "answers": answers})

    def give_up(self, frame: Frame, turn: Turn) -> Frame | None:
        """No yes after two attempts is a no: then nothing is kept."""
        if frame.question != "consent":
            return None
        return touch(frame, turn.now, data={**frame.data, "answers": _no(frame.data["answers"])})

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
            return self._prompt(name, frame)
        return None

    def conclude(self, frame: Frame, turn: Turn) -> None:
        """Write the case, once however often it is confirmed, and say its number."""
        answers = frame.data["answers"]
        kind = str(frame.data["kind"])
        if answers.get("consent") == "no":
            turn.utter("utter_consent_refused")
            return
        if answers.get("same") == "same" and same.added(self._draft(frame, turn), frame, turn):
            return
        if answers.get("confirm") != "yes":
            turn.utter("utter_intake_dropped")
            return
        draft = self._draft(frame, turn)
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
        turn.set("case", None)
        turn.set("offer", None)
        said_due = spoken_moment(due, turn.now) if due else load("intake")["due_unknown"]
        turn.utter(f"utter_ticket_{kind}", number=number, due=said_due, last4=draft.phone[-4:])
        if attached:
            turn.utter("utter_photos_attached", count=attached)

    def _prompt(self, name: str, frame: Frame) -> Prompt:
        answers = frame.data["answers"]
        hint = frame.data.get("hint")
        if name == "consent":
            purpose = tickets.purpose(str(frame.data["kind"]))
            lead = str(load("intake")["hints"][str(hint)]) if hint else ""
            return Prompt(
                id=name,
                say=lead + purpose["say"],
                say_desk=lead + purpose["say_desk"],
                choices=tuple(Option(c) for c in load("intake")["consent_choices"]),
            )
        return prompt(
            "intake",
            name,
            hint=str(hint) if hint else None,
            kind=load("intake")["kinds"][str(frame.data["kind"])],
            name=answers.get("name", ""),
            phone=answers.get("phone", ""),
            watch=answers.get("watch") or load("intake")["not_given"],
            matter=answers.get("fault") or answers.get("matter") or load("intake")["not_given"],
        )

    def _volunteered(self, turn: Turn) -> dict[str, Any]:
        said: dict[str, Any] = {}
        if turn.entity("phone"):
            said["phone"] = str(turn.entity("phone"))
        match = re.search(load("intake")["patterns"]["name"], turn.text)
        if match:
            said["name"] = match.group(1)
        if turn.entity("calibre") or turn.entity("model"):
            said["watch"] = _watch_words(watches.noted(turn))
        return said

    def _may_be(self, question: str | None, turn: Turn) -> bool:
        """Whether words of another subject may still be the answer to this question."""
        if question == "consent":
            return bool(re.fullmatch(load("intake")["patterns"]["consent"], turn.text))
        if question == "fault":
            return not cues.asks(turn.text) and turn.intent not in _NEVER_A_FAULT
        if question == "same":
            return same.heard(turn) is not None
        if question == "matter":
            return True
        return False

    def _answer(self, question: str | None, turn: Turn) -> Any:
        match question:
            case "consent":
                agreed = re.fullmatch(load("intake")["patterns"]["consent"], turn.text)
                # A no by its words only: "那我再等等" refuses nothing.
                said = "yes" if agreed or turn.yes_no() == "yes" else yes_no(turn.text)
                tells = said == "no" and re.search(
                    load("intake")["patterns"]["not_done"], turn.text
                )
                if said in {"yes", "no"} and not tells:
                    return said
                if re.search(load("intake")["patterns"]["refuse"], turn.text):
                    return "no"
                return _Hint("consent_first") if names.is_name(turn) else None
            case "same":
                return same.heard(turn)
            case "name":
                relation = re.search(load("intake")["patterns"]["relation"], names.bare(turn))
                return _Hint("whose_name") if relation else names.read_name(turn)
            case "phone":
                digits = re.sub(r"\D", "", turn.text)
                return _Hint("phone_invalid") if len(digits) >= 5 else None
            case "watch":
                if turn.intent == "dont_know" or yes_no(turn.text) in {"unknown", "no"}:
                    return load("intake")["not_given"]
                return None if cues.asks(turn.text) else turn.text[:80] or None
            case "fault" | "matter":
                words = str(turn.message.get("text") or "").strip()[:MOST_WORDS]
                if question == "fault" and _cannot_say(turn):
                    return load("intake")["fault_unknown"]
                if question == "fault" and faults.observe(turn.text, turn.entities):
                    return words  # "进水" alone is a fault, and elsewhere a yes
                if question == "fault" and cues.asks(turn.text):
                    return None  # "发票能开吗" is no fault
                if len(words) < 2 or yes_no(turn.text) is not None or turn.intent == "dont_know":
                    return _Hint("say_more")
                return words
            case _:
                return None

    def _confirm(self, frame: Frame, turn: Turn) -> Frame | None:
        answers = dict(frame.data["answers"])
        patterns = load("intake")["patterns"]
        if re.search(patterns["drop"], turn.text):
            answers["confirm"] = "no"
            return touch(frame, turn.now, data={**frame.data, "answers": answers})
        for field, pattern in patterns["change"].items():
            if re.search(pattern, turn.text) and field in answers:
                del answers[field]
                if field == "phone":
                    answers.pop("same", None)
                return touch(frame, turn.now, data={**frame.data, "answers": answers})
        said = turn.yes_no(sure=SURE)
        submits = re.search(patterns["submit"], turn.text) and not cues.asks(turn.text)
        if said == "yes" or (said != "no" and submits):  # "不行" holds a "行" and is a no
            answers["confirm"] = "yes"
            return touch(frame, turn.now, data={**frame.data, "answers": answers})
        if said == "no" or turn.intent in ANSWERS:
            return touch(frame, turn.now, data={**frame.data, "hint": "what_to_change"})
        return None

    def _draft(self, frame: Frame, turn: Turn) -> TicketDraft:
        answers = frame.data["answers"]
        watch = watches.current(turn)
        case = turn.slot("case") or {}
        return TicketDraft(
            draft_id=str(frame.data["draft_id"]),
            kind=str(frame.data["kind"]),
            name=str(answers["name"]),
            phone=str(answers["phone"]),
            watch=tickets.Watch(
                **{k: str(v) for k, v in watch.known.items() if k in _WATCH_FIELDS}
            ),
            fault=str(answers.get("fault") or answers.get("matter") or ""),
            findings=_findings(answers, case),
            channel=turn.channel,
            sender=turn.sender,
            consent_version=str(tickets.purpose(str(frame.data["kind"]))["version"]),
        )


def _no(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers of somebody who would rather not be written down."""
    return {**answers, "consent": "no"}


def _refuses(turn: Turn) -> bool:
    """Whether a name or a number is refused (不给, 不想说)."""
    refused = re.search(load("intake")["patterns"]["refuse"], turn.text)
    return bool(refused) or yes_no(turn.text) == "no"


def _added(frame: Frame, words: str, turn: Turn) -> Frame:
    """The next angry sentence goes into the complaint that is being taken down."""
    answers = dict(frame.data["answers"])
    before = str(answers.get("matter") or "")
    if len(words) >= 2 and words not in before:
        answers["matter"] = "；".join(w for w in (before, words) if w)[:MOST_WORDS]
        if not turn.said_before("utter_complaint_adds"):
            turn.utter("utter_complaint_adds")
    return touch(frame, turn.now, data={**frame.data, "answers": answers})


def _cannot_say(turn: Turn) -> bool:
    return turn.intent == "dont_know" or yes_no(turn.text) == "unknown"


def _case(turn: Turn, watch_no: int) -> dict[str, Any]:
    """The diagnosis of this watch, also one still being made: "帮我报修" ends its questions."""
    made = turn.frames.latest("diagnosis", watch_no)
    if made is not None:
        turn.frames = Frames(tuple(f for f in turn.frames.items if f is not made))
        turn.set("case", _joined(turn.slot("case"), case_of(made)))
    case = turn.slot("case")
    if isinstance(case, dict) and case.get("watch_no") == watch_no:
        return case
    return {}


def _joined(before: Any, case: dict[str, Any]) -> dict[str, Any]:
    """A later complaint does not push an earlier one about the same watch off the paper."""
    if not isinstance(before, dict) or before.get("watch_no") != case["watch_no"]:
        return case
    words = [w for w in (before.get("words"), case["words"]) if w]
    facts = [*before.get("facts", []), *case["facts"]]
    unique = [fact for n, fact in enumerate(facts) if fact not in facts[:n]]
    return {**case, "words": "；".join(dict.fromkeys(words))[:MOST_WORDS], "facts": unique}


def _findings(answers: Mapping[str, Any], case: Mapping[str, Any]) -> list[tuple[str, str]]:
    found = [(str(label), str(value)) for label, value in case.get("facts", [])]
    if answers.get("watch"):
        # In the customer's words too: "我爸那块老五号" tells the counter more than no code.
        found.append((str(load("intake")["labels"]["watch"]), str(answers["watch"])))
    return found


def _watch_words(watch: watches.Watch) -> str:
    known = watch.known
    code = "-".join(str(known[k]) for k in ("calibre", "case_code") if known.get(k))
    calibre = find_calibre(str(known["calibre"])) if known.get("calibre") else None
    words = load("intake")["movements"]
    kind = words.get(str(calibre.movement if calibre else known.get("movement") or ""), "")
    return " ".join(str(p) for p in (known.get("model"), code, kind) if p)
