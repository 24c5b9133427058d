"""Do the work of a delivery once, however often it arrives."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales.inbox.keys import LONGEST
from aftersales.store import locks
from aftersales.store.tables import InboxRow


class KeyTooLong(ValueError):
    """A delivery's key has more characters than we keep."""


@dataclass(frozen=True)
class Source:
    """Where a delivery came from.

    Attributes:
        channel: ``widget``, ``wechat_oa``, ``link`` …
        sender: whom the channel has proved to speak; keys of one sender never meet another's.
        key: the delivery's own, see ``keys``; at most 100 characters.
    """

    channel: str
    sender: str
    key: str


class Result(NamedTuple):
    """What a delivery came to: a kind of thing and its id; ``is_new`` when it was done just now."""

    kind: str
    id: str
    is_new: bool


def do_once(
    session: Session, source: Source, work: Callable[[], tuple[str, str | int]], now: datetime
) -> Result:
    """Do ``work`` unless this delivery was seen before; then return what it came to.

    Row and work stand in the caller's transaction: when the process dies before the commit, neither
    is there and the repeat does the work. No audit line: the work writes its own.

    Args:
        session: a transaction.
        source: the delivery.
        work: does it and returns kind and id of what came of it.
        now: the moment.

    Raises:
        KeyTooLong: the key has more than 100 characters.
    """
    if len(source.key) > LONGEST:
        raise KeyTooLong(f"a message key has at most {LONGEST} characters")
    first = find_result(session, source)
    if first is not None:
        return first
    locks.lock(session, f"inbox:{source.channel}:{source.sender}:{source.key}")
    first = find_result(session, source)  # another process may have finished meanwhile
    if first is not None:
        return first
    kind, number = work()
    row = InboxRow(
        channel=source.channel,
        sender=source.sender,
        source_key=source.key,
        result_kind=kind,
        result_id=str(number),
        received_at=now,
    )
    session.add(row)
    session.flush()
    return Result(kind, str(number), True)


def find_result(session: Session, source: Source) -> Result | None:
    """Return what this delivery came to, or None when it was never seen."""
    row = session.scalar(
        select(InboxRow).where(
            InboxRow.channel == source.channel,
            InboxRow.sender == source.sender,
            InboxRow.source_key == source.key,
        )
    )
    return None if row is None else Result(row.result_kind, row.result_id, False)
