"""What waited for this visitor: rows of the outbox become messages of the conversation.

A row carries an event and its parameters; the sentence is found in ``knowledge/`` (states of
tickets, estimates, reminders of rate diaries) or in texts.yml.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from aftersales import care, conversations, inbox, knowledge, outbox
from aftersales.estimates.money import yuan
from web.moments import minute
from web.texts import say

_COMPLAINTS = {"complaint_answered": "answered", "complaint_reopened": "reopened"}
ESTIMATE_EVENTS = frozenset({"estimate_sent", "estimate_reminder", "estimate_expired"})


def collect(session: Session, sender: str, channel: str, now: datetime) -> None:
    """Put what waited into the conversation, in the transaction that takes it out of the outbox."""
    for row in outbox.collect_for_visit(session, sender, now):
        tell(session, sender, channel, row.key, row.payload, now)


def tell(
    session: Session,
    sender: str,
    channel: str,
    key: str,
    payload: Mapping[str, Any],
    now: datetime,
) -> None:
    """Say one event in a conversation, once per key however often its delivery is tried."""
    if payload.get("event") == care.REMINDER and not care.do_look_again(session, key, now):
        return
    talk = conversations.get_or_open(session, sender, channel, now)
    if payload.get("event") == "satisfaction":
        care.do_mark_asked(session, str(payload.get("number")), now)
    conversations.do_store_message(
        session,
        talk,
        "out",
        sentence(payload),
        buttons(payload),
        message_key=inbox.outbox_key(key),
        now=now,
        speaker="system",
    )


def sentence(payload: Mapping[str, Any]) -> str:
    """Return what a customer is told about an event; the general sentence if it has no own."""
    states = knowledge.load("tickets")["states"]
    state = states.get(str(payload.get("state")))
    if payload.get("event") == "ticket_moved" and state and payload.get("number"):
        return say("event", "ticket_moved", number=str(payload["number"]), state=state["say"])
    if payload.get("event") in ESTIMATE_EVENTS and payload.get("number"):
        return _of_estimate(payload)
    if payload.get("event") == "ticket_merged" and payload.get("into"):
        numbers = {name: str(payload[name]) for name in ("number", "into")}
        return say("event", "ticket_merged", **numbers)
    if payload.get("event") == "rate_diary_due":
        return str(knowledge.load("rate_diary")["lines"]["reminder"]["say"])
    if payload.get("event") == "satisfaction":
        asked = knowledge.load("care")["satisfaction"]["ask"]["say"]
        return str(asked).format(number=payload.get("number"))
    if payload.get("event") == care.REMINDER:
        reminder = care.reminder(payload.get("movement"))
        if reminder is not None:
            return reminder
    line = _COMPLAINTS.get(str(payload.get("event")))
    if line and payload.get("number"):
        sentence = knowledge.load("complaints")["lines"][line]["say"]
        # Filled by replacing: the colleague's answer may hold braces of its own.
        filled = str(sentence).replace("{number}", str(payload["number"]))
        return filled.replace("{answer}", str(payload.get("answer", "")))
    return say("event", "other")


def buttons(payload: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return the ready answers to an event; most need none."""
    data = knowledge.load("care")
    titles = {
        "satisfaction": data["satisfaction"]["choices"],
        care.REMINDER: data["reminder_choices"],
    }.get(str(payload.get("event")), [])
    return [{"title": title, "payload": title} for title in titles]


def _of_estimate(payload: Mapping[str, Any]) -> str:
    """Fill the sentence about an estimate; its date is absolute: it may be read days later."""
    words = knowledge.load("estimates")["lines"][payload["event"]]["say"]
    return str(words).format(
        number=payload["number"],
        total=yuan(int(payload["total_fen"])),
        until=minute(datetime.fromisoformat(payload["valid_until"])),
    )
