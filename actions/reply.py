"""是, 不是, 不知道, a correction or a bare fact, when no form is waiting for it."""

from collections.abc import Mapping

from actions import (
    answer,
    aside,
    case,
    courtesy,
    cues,
    diagnosis,
    fields,
    general,
    needs,
    opinion,
    person,
    watches,
    why,
)
from actions.frames import Frame, touch
from actions.intake import Intake
from actions.skill import Skill, begin, pending, settle
from actions.turn import SURE, Turn
from aftersales import registrations, warranty
from aftersales.knowledge import load
from aftersales.language import is_correction, yes_no

#: After these a bare date is the date of purchase.
WARRANTY_INTENTS = frozenset({"warranty_terms", "warranty_card", "check_warranty"})


class Reply:
    """Understands a short message by what was offered or concluded just before."""

    def __init__(self, skills: Mapping[str, Skill]) -> None:
        """Bind to the skills an answer may belong to."""
        self._skills = skills

    def answer(self, turn: Turn) -> None:
        """Find what the message answers, in the order a person would."""
        if why.answered(turn) or courtesy.sensitive(turn) or general.answered(turn):
            return
        if self._other_watch(turn) or self._belongs_to_pending(turn) or _names_city(turn):
            return
        if pending(turn) == "diagnosis" and turn.yes_no() == "yes" and cues.registers(turn.text):
            _intake(self._skills, turn, "repair")
            return
        if pending(turn) and turn.slot("offer") != "resume":
            # A question waits and this was no answer to it: say so, the form asks again.
            if watches.learns(turn) or diagnosis.keeps_words(turn):
                turn.utter("utter_noted_meanwhile")
            else:
                courtesy.not_quite(turn)
            return
        if turn.frames.top is not None and diagnosis.keeps_words(turn):
            turn.utter("utter_noted_meanwhile")
            return
        if turn.intent in {"deny", "inform"} and case.adds(turn):
            turn.utter("utter_noted_meanwhile")
            return
        said = fields.meant(turn)
        if turn.yes_no() and yes_no(turn.text) is None and self._completes_verdict(turn):
            return  # "店名有，章没有" is no no to the ticket offered with the verdict
        offer = turn.slot("offer")
        # "去不了" only sounds like a no to going on.
        guessed = offer == "resume" and turn.yes_no(sure=SURE) is None
        if said in {"yes", "no"} and offer and not guessed:
            turn.set("offer", None)
            self._offered(str(offer), said == "yes", turn)
        elif self._corrects(turn):
            return
        elif _tells(turn):
            self._informed(turn)
        elif said == "yes" and cues.registers(turn.text):
            _intake(self._skills, turn, "repair")
        elif said != "no" and turn.yes_no() in {"yes", "no"} and aside.offered_again(turn):
            return  # neither "可以" nor "没带卡" says whether to go on
        elif said == "yes" and turn.slot("last_ticket"):
            turn.utter("utter_already_filed", number=turn.slot("last_ticket"))
        elif said == "no":
            turn.utter("utter_nothing_more")
        elif said == "yes":
            turn.utter("utter_what_next", buttons=cues.ready("menu"))
        elif said == "unknown" or turn.intent == "dont_know":
            turn.utter("utter_dont_know_either", buttons=cues.ready("menu"))
        else:
            courtesy.misunderstood(turn)

    def _belongs_to_pending(self, turn: Turn) -> bool:
        """An answer to a question asked before the session ended, or whose form was lost."""
        frame = turn.frames.top
        if frame is None:
            return False
        skill = self._skills[frame.skill]
        left = frame.put_aside or turn.slot("offer") == "resume"
        bare = fields.meant(turn) in {"yes", "no"} and not fields.declines(turn)
        if turn.frames.is_stale(turn.now) or (left and bare):
            return False  # a bare yes may belong to anything said since
        if _cancels_no_more(frame, turn):
            turn.frames = turn.frames.without("status")
            return False
        heard = skill.hear(frame, turn)
        if heard is None:
            return False
        turn.frames = turn.frames.replace_top(heard)
        settle(skill, turn)
        return True

    def _other_watch(self, turn: Turn) -> bool:
        """Turn to the other watch, or back to the first (第二块呢)."""
        corrects = turn.intent == "correct_answer" and is_correction(turn.text)
        if not cues.names_watch(turn.text) or corrects:
            return False
        number = watches.turned_to(turn)
        if number is None:
            return False
        for skill in self._skills:
            frame = turn.frames.latest(skill, number)
            if frame is not None:
                turn.frames = turn.frames.push(touch(frame, turn.now, times=0))
                turn.set("offer", None)
                settle(self._skills[skill], turn)
                return True
        known = watches.current(turn).known
        watch = known.get("calibre") or known.get("called") or load("talk")["this_watch"]
        turn.utter("utter_noted_watch", watch=watch, buttons=cues.ready("menu"))
        turn.set("asking", None)
        return True

    def _offered(self, offer: str, accepted: bool, turn: Turn) -> None:
        if offer == "resume":
            self._resume(accepted, turn)
        elif not accepted:
            turn.utter("utter_nothing_more")
        elif offer == "care":
            opinion.accept(turn)
        elif offer == "person":
            person.answer(turn)
        elif offer == "callback":
            _intake(self._skills, turn, "callback")
        elif offer == "ticket":
            _intake(self._skills, turn, "repair")
        else:
            turn.utter("utter_what_next", buttons=cues.ready("menu"))

    def _resume(self, accepted: bool, turn: Turn) -> None:
        frame = turn.frames.top
        if frame is None:
            turn.utter("utter_what_next", buttons=cues.ready("menu"))
        elif frame.put_aside and not accepted and not turn.just_offered:
            turn.utter("utter_nothing_more")  # a no to whatever was said since
        elif accepted:
            turn.frames = turn.frames.replace_top(touch(frame, turn.now, times=0))
            settle(self._skills[frame.skill], turn)
        else:
            told = self._skills[frame.skill].told(frame)
            if told is not None:
                case.keep(told, turn)
            turn.frames = turn.frames.pop()
            turn.utter("utter_stopped")

    def _corrects(self, turn: Turn) -> bool:
        """A correction of an answer already used: conclude again with the new one."""
        raw = turn.slot("concluded")
        if turn.intent != "correct_answer" or not isinstance(raw, dict):
            return False
        frame = Frame.from_dict(raw)
        if frame.skill not in {"diagnosis", "warranty"}:
            return False
        skill = self._skills[frame.skill]
        if cues.other_watch(turn.text):
            turn.set("concluded", None)
            begin(skill, turn)
            return True
        heard = skill.hear(frame, turn)
        if heard is None:
            turn.utter("utter_correct_what")
            return True
        turn.frames = turn.frames.push(heard)
        turn.utter("utter_corrected")
        settle(skill, turn)
        return True

    def _completes(self, turn: Turn) -> bool:
        """The calibre that the verdict had to do without: give the verdict again with it."""
        raw = turn.slot("concluded")
        if not turn.entity("calibre") or not isinstance(raw, dict):
            return False
        frame = Frame.from_dict(raw)
        if frame.skill != "diagnosis" or not diagnosis.lacks_calibre(frame):
            return False
        heard = self._skills["diagnosis"].hear(frame, turn)
        if heard is None:
            return False
        turn.frames = turn.frames.push(touch(heard, turn.now))
        settle(self._skills["diagnosis"], turn)
        return True

    def _completes_verdict(self, turn: Turn) -> bool:
        """A date or a card told after the verdict on the guarantee: the verdict with it."""
        raw = turn.slot("concluded")
        told = warranty.observe(turn.text, turn.entities, turn.today)
        if not isinstance(raw, dict) or not told or "date_problem" in told:
            return False
        frame = Frame.from_dict(raw)
        if frame.skill != "warranty":
            return False
        heard = self._skills["warranty"].hear(frame, turn)
        if heard is None:
            return False
        turn.frames = turn.frames.push(touch(heard, turn.now))
        settle(self._skills["warranty"], turn)
        return True

    def _informed(self, turn: Turn) -> None:
        """A bare number, date or code: keep it and ask what it is for."""
        if turn.entity("ticket_no"):
            begin(self._skills["status"], turn)
            return
        if registrations.read_lookup(turn.text, turn.entities):
            begin(self._skills["warranty"], turn)
            return
        if self._completes(turn) or self._completes_verdict(turn):
            return
        turn.set("misunderstood", 0)
        watches.learns(turn)
        if "date_problem" in warranty.observe(turn.text, turn.entities, turn.today):
            turn.utter("utter_date_doubt")
        elif {e["name"] for e in turn.entities} == {"phone"}:
            if self._thinks_again(turn):
                return
            turn.utter("utter_phone_for_what", buttons=cues.ready("phone"))
        elif turn.intent_before in WARRANTY_INTENTS and warranty.observe(
            turn.text, turn.entities, turn.today
        ):
            begin(self._skills["warranty"], turn)  # "2022年8月" after "能保修吗"
        elif fault := needs.fault_named(turn.text):
            turn.intent = fault  # "表停了，7S26-0020" looks like a bare code
            begin(self._skills["diagnosis"], turn)
        elif turn.frames.top is not None:
            turn.utter("utter_noted_meanwhile")
        else:
            turn.utter("utter_noted", buttons=cues.ready("menu"))

    def _thinks_again(self, turn: Turn) -> bool:
        """A number from somebody who would not be written down: the case, and the consent anew."""
        raw = turn.slot("concluded")
        frame = Frame.from_dict(raw) if isinstance(raw, dict) else None
        if frame is None or frame.skill != "intake":
            return False
        answers = dict(frame.data["answers"])
        if answers.pop("consent", None) != "no":
            return False
        answers["phone"] = str(turn.entity("phone"))
        data = {**frame.data, "answers": answers}
        turn.frames = turn.frames.push(touch(frame, turn.now, data=data, times=0))
        settle(self._skills["intake"], turn)
        return True


def _intake(skills: Mapping[str, Skill], turn: Turn, kind: str) -> None:
    intake = skills["intake"]
    if not isinstance(intake, Intake):
        raise TypeError("the skill named intake takes cases down")
    frame = intake.opened(turn, kind)  # may itself take a frame off the stack
    turn.frames = turn.frames.push(frame)
    settle(intake, turn)


def _names_city(turn: Turn) -> bool:
    """ "我在成都" after "去哪修", also while a question waits."""
    if not turn.entity("city") or turn.intent_before != "service_centre":
        return False
    if turn.intent not in {"inform", "correct_answer"}:
        return False
    turn.intent = "service_centre"
    answer.from_service_book(turn)
    return True


def _cancels_no_more(frame: Frame, turn: Turn) -> bool:
    """A bare number long after "取消" asks for the state of the case, not for its end."""
    cancels = frame.skill == "status" and frame.data.get("purpose") == "cancel"
    return cancels and frame.put_aside and turn.intent_before != "cancel_ticket"


def _tells(turn: Turn) -> bool:
    if turn.intent not in {"inform", "correct_answer", "warranty_card"}:
        return False
    return bool(
        turn.entities
        or registrations.read_lookup(turn.text, turn.entities)
        or warranty.observe(turn.text, turn.entities, turn.today)
    )
