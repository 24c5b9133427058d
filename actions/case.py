"""What was told of an ill watch, kept for the ticket it may become; in the slot ``case``."""

from typing import Any

from actions import cues, watches
from actions.frames import Frame, Frames
from actions.turn import A_REMARK, MOST_WORDS, SURE, Turn
from aftersales import faults
from aftersales.faults import Findings
from aftersales.knowledge import load
from aftersales.language import yes_no


def of(frame: Frame) -> dict[str, Any]:
    """What a diagnosis, finished or not, leaves for a ticket: JSON-safe."""
    findings = Findings.from_dict(frame.data["findings"])
    return {
        "symptom": findings.intent,
        "words": frame.data.get("words", ""),
        "facts": [list(pair) for pair in faults.advise(findings).ticket_facts],
        "watch_no": frame.data.get("watch_no", 0),
    }


def keep(case: dict[str, Any], turn: Turn) -> None:
    """Keep it; what was told before of the same watch stays with it."""
    turn.set("case", _joined(turn.slot("case"), case))


def told(turn: Turn, watch_no: int) -> dict[str, Any]:
    """The diagnosis of this watch, also one still being made: "帮我报修" ends its questions."""
    made = turn.frames.latest("diagnosis", watch_no)
    if made is not None:
        turn.frames = Frames(tuple(f for f in turn.frames.items if f is not made))
        keep(of(made), turn)
    return known(turn, watch_no)


def known(turn: Turn, watch_no: int) -> dict[str, Any]:
    """What is kept of this watch; empty when nothing is, or what is kept is another's."""
    case = turn.slot("case")
    return case if isinstance(case, dict) and case.get("watch_no") == watch_no else {}


def used(turn: Turn, watch_no: int) -> None:
    """Drop what is kept of this watch: it stands in a ticket now."""
    if known(turn, watch_no):
        turn.set("case", None)


def adds(turn: Turn) -> bool:
    """Take a fact told after the advice ("从来没洗过油") into the case a ticket would carry."""
    kept = turn.slot("case")
    if not isinstance(kept, dict) or yes_no(turn.text) is not None or turn.entities:
        return False
    # A fact, or a remark surely meant as one and longer than a slip.
    remark = turn.intent == "inform" and turn.confidence >= SURE and len(turn.text) >= A_REMARK
    tells = remark or faults.observe(turn.text, turn.entities)
    if turn.frames.top is not None or cues.asks(turn.text) or not tells:
        return False
    words = "；".join(w for w in (kept.get("words"), turn.text) if w)[:MOST_WORDS]
    turn.set("case", {**kept, "words": words})
    return True


def tells_origin(turn: Turn) -> bool:
    """Keep for the counter who bought the watch (儿子买的); False when that is not told."""
    if not cues.gift(turn.text) or watches.observed(turn):
        return False
    fact = [str(load("intake")["labels"]["origin"]), turn.text]
    number = watches.noted(turn).number
    keep({"words": "", "facts": [fact], "watch_no": number}, turn)
    return True


def _joined(before: Any, case: dict[str, Any]) -> dict[str, Any]:
    """A later complaint does not push an earlier one about the same watch off the paper."""
    if not isinstance(before, dict) or before.get("watch_no") != case["watch_no"]:
        return case
    words = [w for w in (before.get("words"), case["words"]) if w]
    facts = [*before.get("facts", []), *case["facts"]]
    unique = [fact for n, fact in enumerate(facts) if fact not in facts[:n]]
    return {**case, "words": "；".join(dict.fromkeys(words))[:MOST_WORDS], "facts": unique}
