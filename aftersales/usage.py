"""How to use the watch: setting, winding, charging, water, strap. The answers are in
``knowledge/usage.yml``; what is picked depends on the words and on the watch."""

import re
from collections.abc import Mapping
from typing import Any

from aftersales.conditions import holds
from aftersales.knowledge import load
from aftersales.language import normalise
from aftersales.lines import Line, line, sources
from aftersales.watches import Calibre, find_calibre

#: The topic of a question that fits none.
UNCLEAR = "unclear"


def find(text: str, facts: Mapping[str, Any] | None = None) -> list[Line]:
    """Answer a question about using the watch.

    Args:
        text: the question as typed.
        facts: what is known of the watch (``movement``, ``calibre``), as in findings.

    Returns:
        The sentences of the topic that fits best and suits this watch; when no topic fits, one
        sentence that asks what is meant.
    """
    return topic_lines(topic_of(text), facts)


def topic_of(text: str) -> str:
    """Id of the topic asked about; ``unclear`` when none fits.

    The topic with the longest matching words wins; of equals the earlier one. Weak words
    ("怎么调") decide only when nothing else does.
    """
    plain = normalise(text)
    best, reach = UNCLEAR, 0.0
    for topic_id, topic in load("usage")["topics"].items():
        length = _length(topic.get("match"), plain) or 0.1 * _length(topic.get("weak"), plain)
        if length > reach:
            best, reach = topic_id, length
    return best


def _length(pattern: str | None, plain: str) -> int:
    if pattern is None:
        return 0
    return sum(len(match.group()) for match in re.finditer(pattern, plain, re.IGNORECASE))


def topic_lines(topic_id: str, facts: Mapping[str, Any] | None = None) -> list[Line]:
    """The sentences of a topic that suit the watch.

    Raises:
        KeyError: there is no such topic.
    """
    topic = load("usage")["topics"][topic_id]
    code = (facts or {}).get("calibre")
    calibre = find_calibre(code) if isinstance(code, str) else None
    known = _known(dict(facts or {}), calibre)
    values = {"code": calibre.code if calibre else ""}
    said = [line(item, values) for item in topic["lines"] if holds(item.get("if"), known)]
    origin = sources(topic["source"])
    return [Line(one.say, one.say_desk, one.source or origin) for one in said]


def _known(facts: dict[str, Any], calibre: Calibre | None) -> dict[str, Any]:
    if calibre is None:
        return facts
    facts |= {"calibre": calibre.code, "movement": calibre.movement}
    if calibre.hand_wind is not None:
        facts["hand_wind"] = "yes" if calibre.hand_wind else "no"
    if calibre.winding:
        facts["winding"] = calibre.winding
    if calibre.code in load("calibres")["charging"]:
        facts["charging_table"] = "yes"
    return facts
