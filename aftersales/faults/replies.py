"""Read the reply to a question: a button, yes or no, a number, or a free sentence."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from aftersales.faults.contradictions import MARK
from aftersales.faults.findings import UNKNOWN, Value
from aftersales.faults.observe import observe
from aftersales.knowledge import load
from aftersales.language import hours, normalise, yes_no

# "两天" after "停了多久" is a reply although it looks like a question about the repair's duration.
_SHORT_REPLY = 6  # characters
_NEVER_A_REPLY = frozenset({"complain", "talk_to_human", "request_callback"})
_YES_NO_INTENTS = {"affirm": "yes", "deny": "no", "dont_know": UNKNOWN}


def answer(
    question_id: str, text: str, intent: str | None = None, entities: Iterable[Any] = ()
) -> dict[str, Value] | None:
    """Interpret what was said after a question.

    Args:
        question_id: id of the question that was put.
        text: the reply as typed, or a button's label or value.
        intent: the intent of the reply, if known.
        entities: entities of the reply, as for ``observe``.

    Returns:
        The facts it gives: the one asked for, ``{id: "unknown"}`` for "不知道", perhaps others
        the sentence volunteers. None when it is no answer (another question, a new need).

    Raises:
        KeyError: there is no such question.
    """
    question_id = question_id.partition(MARK)[0]
    spec = load("questions")["questions"][question_id]
    plain = normalise(text)
    chosen = _button(spec, plain)
    if chosen is not None:
        return _of_choice(question_id, spec.get("fills", [question_id]), chosen)
    if re.search(load("observations")["other_talk"]["match"], plain):
        return None
    volunteered = observe(text, entities)
    asked = _asked(question_id, spec, plain, intent, volunteered)
    if intent in load("observations")["other_talk"]["intents"]:
        # A clear reply stays a reply even when the classifier takes it for another need; words
        # that only happen to fit a fact ("一直没人理我") do not.
        clear = yes_no(plain) or (len(plain) <= _SHORT_REPLY and intent not in _NEVER_A_REPLY)
        return asked if asked and clear else None
    if asked is not None:
        return volunteered | asked
    return volunteered or None


def _asked(
    question_id: str,
    spec: Mapping[str, Any],
    plain: str,
    intent: str | None,
    volunteered: Mapping[str, Value],
) -> dict[str, Value] | None:
    """The fact the question was about, or None when the reply does not give it."""
    fills = spec.get("fills", [question_id])
    if any(name in volunteered for name in fills):
        return {}
    number = _number(spec, plain)
    if number is not None:
        return {question_id: number}
    matched = _match(spec, plain)
    if matched is not None:
        return _of_choice(question_id, fills, matched)
    said = yes_no(plain) or _YES_NO_INTENTS.get(intent or "")
    if said == UNKNOWN:
        return {question_id: UNKNOWN}
    if said and said in spec.get("yes_no", {}):
        return _of_choice(question_id, fills, str(spec["yes_no"][said]))
    return None


def _of_choice(question_id: str, fills: list[str], value: str) -> dict[str, Value]:
    if value == UNKNOWN:
        return {question_id: UNKNOWN}
    # A choice may stand for another of the facts the question fills: "movement=quartz".
    name, _, other = value.partition("=")
    if other:
        return {name: other}
    return {fills[0]: value}


def _button(spec: Mapping[str, Any], plain: str) -> str | None:
    for choice in spec.get("choices", []):
        if plain.casefold() in (normalise(str(choice["label"])).casefold(), str(choice["value"])):
            return str(choice["value"])
    return None


def _match(spec: Mapping[str, Any], plain: str) -> str | None:
    for value, pattern in spec.get("match", {}).items():
        if re.search(pattern, plain, re.IGNORECASE):
            return str(value)
    return None


def _number(spec: Mapping[str, Any], plain: str) -> Value | None:
    if spec.get("number") != "hours":
        return None
    found = hours(plain)
    if found is None:
        return None
    for band in spec.get("bands", []):
        if band["below"] is None or found < float(band["below"]):
            return str(band["value"])
    return float(found)
