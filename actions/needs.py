"""Two needs in one message: "走慢了，还在保吗" is a fault and a question about the guarantee.

The intent names one. The other is what the classifier hears in another clause (``second_need`` of
the parse); the word list (``needs:`` in ``knowledge/talk.yml``) adds faults, third needs and what
the classifier is not sure of. It is answered as well: a plain question with two sentences, a
subject with questions of its own as a frame below the one in hand, taken up when that is done.
"""

import re

from actions import cues
from actions.diagnosis import FAULT_INTENTS, URGENT
from actions.skill import Skill
from actions.turn import Turn
from actions.warranty import WarrantySkill
from actions.watches import noted
from aftersales import service
from aftersales.knowledge import load


def others(turn: Turn) -> tuple[str, ...]:
    """The needs the message names in another clause than the one understood; mostly none."""
    book = load("talk")["needs"]
    clauses = [c for c in re.split(book["between"], turn.text) if c]
    if len(clauses) < 2 or turn.frames.top is not None:
        return ()
    named = _heard(turn)
    for clause in clauses:
        # One need a clause: the first that fits.
        fits = (name for name, words in book["words"].items() if re.search(words, clause))
        need = next(fits, None)
        if need and need not in named:
            named.append(need)
    # The most urgent first: the words stand in that order.
    faults = [n for n in book["words"] if n in named and n in FAULT_INTENTS]
    if turn.intent == "complain":
        # The complaint comes first, and what it tells of the watch is kept for a repair.
        faults = [n for n in faults if n in URGENT]
    rest = [n for n in named if n not in FAULT_INTENTS and n != turn.intent]
    # A second complaint about the same watch is evidence for the first, not another need.
    return tuple((faults[:1] if turn.intent not in FAULT_INTENTS else []) + rest)


def _without_questions(text: str, need: str) -> str:
    """The message without the clauses that only ask a plain question: they tell no evidence."""
    book = load("talk")["needs"]
    kept = []
    for clause in (c for c in re.split(book["between"], text) if c):
        named = [n for n, words in book["words"].items() if re.search(words, clause)]
        if need in named or not any(n in service.INTENTS for n in named):
            kept.append(clause)
    return "，".join(kept) or text


def _heard(turn: Turn) -> list[str]:
    """The second need by the classifier, if it is a question: "过保了" alone asks for nothing."""
    heard = turn.message.get("second_need") or {}
    name = str(heard.get("name"))
    asked = name == "check_warranty" and cues.asks(str(heard.get("text")))
    return [name] if asked or name in service.INTENTS else []


def fault_named(text: str) -> str | None:
    """The fault a message names by its plainest words, or None ("表停了，7S26-0020")."""
    named = (n for n, w in load("talk")["needs"]["words"].items() if re.search(w, text))
    return next((name for name in named if name in FAULT_INTENTS), None)


def answered_aside(turn: Turn, also: tuple[str, ...]) -> None:
    """Answer the plain questions among the other needs in two sentences, one of them at most."""
    for need in also:
        if need in service.INTENTS:
            watch = noted(turn)
            found = service.find(need, turn.text, {**watch.known, **watch.facts()})
            turn.utter("utter_answer", reasons=turn.lines(found.lines, limit=2))
            return


def put_below(turn: Turn, also: tuple[str, ...], diagnosis: Skill) -> None:
    """Open the other subjects; they wait below whatever is opened after them."""
    understood, text = turn.intent, turn.text
    for need in also:
        skill = WarrantySkill() if need == "check_warranty" else diagnosis
        if need != "check_warranty" and need not in FAULT_INTENTS:
            continue
        turn.intent = need
        turn.text = _without_questions(text, need)
        turn.frames = turn.frames.push(skill.open(turn))
    turn.intent, turn.text = understood, text
