"""Small words that steer the talk itself: stop asking, another watch, go on, why.

The words are data (``knowledge/talk.yml``); this module only compiles them.
"""

import re
from functools import cache

from aftersales.knowledge import load


@cache
def _pattern(name: str) -> re.Pattern[str]:
    words = load("talk")["cues"][name]
    return re.compile("|".join(words), re.IGNORECASE)


def leaves(text: str) -> bool:
    """Whether the customer wants to stop being asked (算了，不查了)."""
    return bool(_pattern("leave").fullmatch(text.strip("。！!，,~ ")))


def other_watch(text: str) -> bool:
    """Whether the customer turns to another watch of theirs (还有一块)."""
    return bool(_pattern("other_watch").search(text))


def goes_on(text: str) -> bool:
    """Whether the customer wants to pick up where we stopped (继续)."""
    return bool(_pattern("go_on").search(text))


def asks(text: str) -> bool:
    """Whether the message is itself a question."""
    return bool(_pattern("question").search(text))


def skips(text: str) -> bool:
    """Whether the customer has not got it or would rather not say (跳过, 没带)."""
    return bool(_pattern("skip").search(text))


def other_brand(text: str) -> bool:
    """Whether the message is about another maker's watch and not also about a Seiko."""
    return bool(_pattern("other_brand").search(text)) and not _pattern("our_brand").search(text)


def why(text: str) -> bool:
    """Whether the customer asks for the reason of what was just said (为什么)."""
    return bool(_pattern("why").fullmatch(text.strip("。！!？?，,~ ")))


def topic(skill: str) -> str:
    """How a pending subject is called to the customer."""
    return str(load("talk")["topics"][skill])
