"""Names as people give them: bare, with a title, one question early or late."""

import re
from collections.abc import Mapping
from typing import Any

from actions import cues
from actions.turn import ANSWERS, SURE, Turn
from aftersales.knowledge import load
from aftersales.language import normalise, yes_no

#: Characters; longer is no name.
MAX_NAME = 20


def fuller_name(answers: Mapping[str, Any], turn: Turn) -> bool:
    """Whether the surname given before is completed or gets its title (刘 → 刘大爷)."""
    patterns, before = load("intake")["patterns"], str(answers.get("name") or "")
    text = normalise(turn.text)
    if re.fullmatch(patterns["titled"], text):
        return True
    return (
        bool(before) and text.startswith(before) and bool(re.fullmatch(patterns["full_name"], text))
    )


def is_name(turn: Turn) -> bool:
    """Whether a name was given before it was asked for, and nothing else."""
    titled = re.fullmatch(load("intake")["patterns"]["titled"], turn.text)
    told = turn.intent == "inform" and not turn.entities  # "上海" is a place
    return bool(titled) or (told and read_name(turn) is not None)


def unspelt(text: str) -> str:
    """The text without how a surname is written (林晓，双木林)."""
    return re.sub(load("intake")["patterns"]["spelt"], r"\g<surname>\g<given>", text)


def bare(turn: Turn) -> str:
    """The answer without "我叫" and the like."""
    lead = load("intake")["patterns"]["name_lead"]
    return re.sub(lead, "", unspelt(turn.text)).strip("，。,.!！ ")


def read_name(turn: Turn) -> str | None:
    """The name a message gives, or None when it gives none."""
    patterns = load("intake")["patterns"]
    text = bare(turn)
    if not text or cues.asks(text) or turn.intent == "dont_know" or yes_no(text) is not None:
        return None
    if re.search(r"\d", text) or len(text) > MAX_NAME or not re.search(r"\w", text):
        return None
    if re.search(patterns["no_name"], text) or re.search(patterns["statement"], text):
        return None
    if turn.intent in ANSWERS or turn.confidence < SURE or re.fullmatch(patterns["person"], text):
        return normalise(text)
    return None
