"""Conversations: who speaks, what was said, and the request for a person.

- ``owner``     bot, waiting, person: who answers, and how that changes
- ``messages``  what came in and went out, each once, and the history
- ``talks``     one conversation per sender and channel
"""

from aftersales.conversations.messages import (
    NotYourTurn,
    do_mark_answered,
    do_store_message,
    history,
    replies,
    unanswered,
)
from aftersales.conversations.owner import (
    AlreadyTaken,
    Owner,
    current_hand_over,
    do_request_person,
    do_return_to_bot,
    do_take_over,
    may_speak,
    open_hand_overs,
    speakers,
    subject,
)
from aftersales.conversations.talks import find, get_or_open

__all__ = [
    "AlreadyTaken",
    "NotYourTurn",
    "Owner",
    "current_hand_over",
    "do_mark_answered",
    "do_request_person",
    "do_return_to_bot",
    "do_store_message",
    "do_take_over",
    "find",
    "get_or_open",
    "history",
    "may_speak",
    "open_hand_overs",
    "replies",
    "speakers",
    "subject",
    "unanswered",
]
