"""Questions about watches in general that come in the words of an ill watch.

"换电池多少钱", "误差多少算正常", "能用吹风机吹吗": the classifier rightly hears a battery, a rate,
water; but the customer wants an answer and has no fault to tell. The words are in
``knowledge/general.yml``, the answers in the books they belong to.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from actions import watches
from actions.turn import Turn, labels
from aftersales import faults, regulation, service, usage
from aftersales.knowledge import load
from aftersales.lines import Line, line
from aftersales.watches import Calibre, find_calibre

#: What a sentence may say of a watch without telling of a fault.
_NO_FAULT = frozenset({"calibre", "movement", "line", "model", "case_code", "serial"})


def answered(turn: Turn) -> bool:
    """Answer such a question; False when the message is none."""
    lines = _lines(turn)
    if not lines:
        return False
    follow = (_topic(turn) or {}).get("follow") or ()
    turn.utter("utter_answer", reasons=turn.lines(lines, limit=4), buttons=labels(follow) or None)
    return True


def about(name: str, turn: Turn) -> bool:
    """Whether the message is a question of that topic; says nothing."""
    return bool(re.search(load("general")["topics"][name]["match"], turn.text, re.IGNORECASE))


def asked(turn: Turn) -> bool:
    """Whether the message is such a question and nothing else; says nothing."""
    topic = _topic(turn)
    return topic is not None and (bool(topic.get("final")) or not tells_a_fault(turn))


def tells_a_fault(turn: Turn) -> bool:
    """Whether the message also says what its watch does ("两秒一跳，换电池多少钱")."""
    return bool(set(faults.observe(turn.text, turn.entities)) - _NO_FAULT)


def _topic(turn: Turn) -> dict[str, Any] | None:
    for topic in load("general")["topics"].values():
        if not re.search(topic["match"], turn.text, re.IGNORECASE):
            continue
        if "intents" not in topic or turn.intent in topic["intents"]:
            return dict(topic)
    return None


def _lines(turn: Turn) -> Sequence[Line]:
    topic = _topic(turn)
    return tuple(_of(topic, turn)) if topic else ()


def _of(topic: Mapping[str, Any], turn: Turn) -> Iterable[Line]:
    watch = watches.noted(turn)
    calibre = find_calibre(str(watch.known.get("calibre") or ""))
    figure = _figure(topic.get("figure"), calibre) if calibre else None
    if figure:
        yield figure
        return
    book = topic.get("book")
    if book == "regulation":
        yield from regulation.find(turn.text)
    elif book == "usage":
        yield from usage.find(turn.text, watch.facts())
    elif book:
        words = str(topic.get("as", turn.text))
        yield from service.find(str(book), words, {**watch.known, **watch.facts()}).lines
    for entry in topic.get("lines", ()):
        yield line(entry)


def _figure(name: str | None, calibre: Calibre) -> Line | None:
    """What the table says of this very calibre, or None when it says nothing."""
    words = load("general")["figures"]
    if name == "rate" and calibre.rate:
        rate = calibre.rate
        period = words["periods"][rate.unit]
        values = {"code": calibre.code, "period": period, "low": rate.low, "high": rate.high}
        return line(words["rate"], values)
    if name == "battery_life" and calibre.battery_life_years and not calibre.rechargeable:
        return line(
            words["battery_life"], {"code": calibre.code, "years": calibre.battery_life_years}
        )
    return None
