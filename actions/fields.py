"""The fields of a case: which of them a message fills, and with what."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from actions import cues, general, names, needs, same, watches
from actions.diagnosis import FAULT_INTENTS, URGENT
from actions.draft import watch_words
from actions.frames import Frame, touch
from actions.turn import ANSWERS, MOST_WORDS, SURE, Turn
from aftersales import warranty
from aftersales.knowledge import load
from aftersales.language import yes_no

#: Needs that surely said are no answer to "哪里不对劲".
_NEVER_A_FAULT = frozenset(
    {"ticket_status", "cancel_ticket", "talk_to_human", "privacy_request", "thank", "goodbye"}
)
#: What "事由改成……" replaces at once; a name or a number is asked for again.
_TAKEN_OVER = frozenset({"fault", "matter", "watch"})


@dataclass(frozen=True)
class Hint:
    """Why an answer could not be taken; said before the question is asked again."""

    name: str


def words(turn: Turn) -> str:
    """The customer's own words, as long as a ticket takes them."""
    return str(turn.message.get("text") or "").strip()[:MOST_WORDS]


def volunteered(turn: Turn) -> dict[str, Any]:
    """What the message tells unasked: a number, a name, a watch."""
    said: dict[str, Any] = {}
    if turn.entity("phone"):
        said["phone"] = str(turn.entity("phone"))
    patterns = load("intake")["patterns"]
    match = re.search(patterns["name"], names.unspelt(turn.text))
    match = match or re.search(patterns["surname"], turn.text)
    if match:
        said["name"] = match["name"]
    if turn.entity("calibre") or turn.entity("model"):
        said["watch"] = watch_words(watches.noted(turn))
    return said


def may_be(question: str | None, turn: Turn) -> bool:
    """Whether words of another subject may still be the answer to this question."""
    if question == "consent":
        return bool(re.fullmatch(load("intake")["patterns"]["consent"], turn.text))
    if question == "fault":
        return not cues.asks(turn.text) and turn.intent not in _NEVER_A_FAULT
    if question == "same":
        return same.heard(turn) is not None
    if question == "name":
        return bool(re.fullmatch(load("intake")["patterns"]["titled"], turn.text))
    if question == "matter":
        return True
    return False


def answer(question: str | None, turn: Turn) -> Any:
    """The message as the value of one field; a ``Hint`` when it falls short, None when none."""
    match question:
        case "consent":
            agreed = re.fullmatch(load("intake")["patterns"]["consent"], turn.text)
            # A no by its words only: "那我再等等" refuses nothing.
            said = "yes" if agreed or _agreement(turn) == "yes" else yes_no(turn.text)
            tells = said == "no" and re.search(load("intake")["patterns"]["not_done"], turn.text)
            if said in {"yes", "no"} and not tells:
                return said
            if declines(turn):
                return "no"
            return Hint("consent_first") if names.is_name(turn) else None
        case "same":
            return same.heard(turn)
        case "name":
            if re.fullmatch(load("intake")["patterns"]["command"], turn.text):
                return None
            relation = re.search(load("intake")["patterns"]["relation"], names.bare(turn))
            return Hint("whose_name") if relation or _states(turn) else names.read_name(turn)
        case "phone":
            digits = re.sub(r"\D", "", turn.text)
            return Hint("phone_invalid") if len(digits) >= 5 else None
        case "watch":
            if volunteered(turn):
                return None  # "我叫李秀英" names no watch
            patterns = load("intake")["patterns"]
            # "就那块", and "登记" of somebody who wants to get on.
            told = any(re.fullmatch(patterns[name], turn.text) for name in ("that_one", "command"))
            if told or _cannot_say(turn) or yes_no(turn.text) == "no":
                called = watches.current(turn).known.get("called")  # 老婆那块表
                return called or load("intake")["not_given"]
            return None if cues.asks(turn.text) else turn.text[:80] or None
        case "fault" | "matter":
            if re.fullmatch(load("intake")["patterns"]["command"], turn.text):
                return Hint("say_more")
            return _fault(turn) if question == "fault" else _told(turn)
        case _:
            return None


def _fault(turn: Turn) -> Any:
    if _cannot_say(turn):
        return load("intake")["fault_unknown"]
    if general.tells_a_fault(turn) or _names_fault(turn):
        return words(turn)  # "进水" alone is a fault, and elsewhere a yes
    # "发票能开吗" is no fault, and a code, a date or "日本买的" alone tells none.
    bought = warranty.observe(turn.text, turn.entities, turn.today)
    return None if cues.asks(turn.text) or turn.entities or bought else _told(turn)


def _told(turn: Turn) -> Any:
    said = words(turn)
    plain = load("intake")["patterns"]["bare_refusal"]
    if len(said) < 2 or yes_no(turn.text) is not None or turn.intent == "dont_know":
        return Hint("say_more")
    if re.fullmatch(plain, turn.text):  # "不给" tells nothing of the matter
        return Hint("say_more")
    return said


def _states(turn: Turn) -> bool:
    """Whether something is said instead of a name that no other answer would take (没带卡)."""
    if cues.asks(turn.text) or warranty.observe(turn.text, turn.entities, turn.today):
        return False
    states = re.search(load("intake")["patterns"]["statement"], turn.text)
    return bool(states) and yes_no(turn.text) is None


def _names_fault(turn: Turn) -> bool:
    return turn.intent in FAULT_INTENTS and turn.carries_own_subject


def tells_fault(turn: Turn) -> bool:
    """Whether a complaint also says what the watch does, and not only how one was served."""
    served = re.search(load("intake")["patterns"]["served"], turn.text)
    plain = needs.fault_named(turn.text) and not served
    return bool(plain) or _names_fault(turn) or general.tells_a_fault(turn)


def adds_to(frame: Frame, turn: Turn) -> str | None:
    """The field whose words the message goes on with (其实是走走停停的); None when it does not.

    More of a fault joins the fault, and the matter of a complaint. Water on a watch to be repaired
    is no addition: then what to do at once comes first.
    """
    complains = frame.data["kind"] == "complaint"
    field = "matter" if complains else "fault"
    if not frame.data["answers"].get(field) or frame.question in {field, "same"}:
        return None
    patterns = load("intake")["patterns"]
    if frame.question == "watch" and re.fullmatch(patterns["amount"], turn.text):
        return field
    changes = any(re.search(pattern, turn.text) for pattern in patterns["change"].values())
    urgent = turn.intent in URGENT and not complains
    # Whoever complains tells the fault for the sake of the complaint, however it is put.
    named = turn.intent in FAULT_INTENTS if complains else _names_fault(turn)
    adds = named and not (changes or urgent or cues.asks(turn.text))
    return field if adds else None


def confirmed(frame: Frame, turn: Turn) -> Frame | None:
    """The yes, the no or the change that what was read back is answered with; None when none."""
    answers = dict(frame.data["answers"])
    patterns = load("intake")["patterns"]
    if re.search(patterns["drop"], turn.text):
        answers["confirm"] = "no"
        return touch(frame, turn.now, data={**frame.data, "answers": answers})
    for field, pattern in patterns["change"].items():
        if re.search(pattern, turn.text) and field in answers:
            new = re.search(patterns["new_value"], turn.text)
            if new and field in _TAKEN_OVER:
                answers[field] = new.group("value")
            else:
                del answers[field]
            if field == "phone":
                answers.pop("same", None)
            return touch(frame, turn.now, data={**frame.data, "answers": answers})
    said = _agreement(turn)
    asks = cues.asks(turn.text)
    submits = not asks and re.search(patterns["submit"], turn.text)
    files = not asks and re.fullmatch(patterns["files"], turn.text)
    if files or re.fullmatch(patterns["keep"], turn.text):
        said = "yes"  # "不用改" is a no to changes only, "不用了 提交" to something else
    if said == "yes" or (said != "no" and submits):  # "不行" holds a "行" and is a no
        answers["confirm"] = "yes"
        return touch(frame, turn.now, data={**frame.data, "answers": answers})
    if said == "no" or turn.intent in ANSWERS:
        return touch(frame, turn.now, data={**frame.data, "hint": "what_to_change"})
    return None


def meant(turn: Turn) -> str | None:
    """The yes or the no of a message; some only sound like a no (没有店？, 没带卡)."""
    said = turn.yes_no()
    if said != "no" or yes_no(turn.text) is not None:
        return said
    past = re.search(load("intake")["patterns"]["not_done"], turn.text)
    return None if past or cues.asks(turn.text) else "no"


def _agreement(turn: Turn) -> str | None:
    """The yes or no to what is agreed to or filed; a question is neither (那咋办啊)."""
    return yes_no(turn.text) if cues.asks(turn.text) else turn.yes_no(sure=SURE)


def refused(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers of somebody who would rather not be written down."""
    return {**answers, "consent": "no"}


def refuses(turn: Turn) -> bool:
    """Whether a name or a number is refused (不给, 不想说)."""
    return declines(turn) or yes_no(turn.text) == "no"


def declines(turn: Turn) -> bool:
    """Whether being written down is refused in so many words (我不想留电话), or passed over."""
    # "寄之前要不要填单" asks, and refuses nothing.
    declined = re.search(load("intake")["patterns"]["refuse"], turn.text)
    return cues.passes(turn.text) or (bool(declined) and not cues.asks(turn.text))


def _cannot_say(turn: Turn) -> bool:
    return turn.intent == "dont_know" or yes_no(turn.text) == "unknown"
