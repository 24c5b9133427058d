"""How deliveries name themselves. A page's own message id is taken as it is: letters, digits, ``-``
and ``_`` only, so it never meets one of these, which all hold a colon."""

import hashlib

#: As many characters of a key as fit beside a message.
LONGEST = 100


def wechat_key(msg_id: str | int) -> str:
    """Return the key of a WeChat message: its ``MsgId``, the same in every repeated push."""
    return f"wechat:{msg_id}"


def event_key(created: int, event: str, detail: str = "") -> str:
    """Return the key of a WeChat event, which has no ``MsgId``.

    Args:
        created: ``CreateTime``, seconds; two events of one sender may share it.
        event: ``Event``, such as ``subscribe``.
        detail: ``EventKey``, when there is one.
    """
    return _short(f"event:{created}:{event}:{detail}")


def tap_key(link: str, choice: str) -> str:
    """Return the key of a tap on a link: its opaque token and what was chosen.

    The token itself is not kept: it would open the link.
    """
    return f"tap:{hashlib.sha256(link.encode()).hexdigest()[:32]}:{choice}"


def outbox_key(key: str) -> str:
    """Return under which key a row of the outbox arrives in a conversation."""
    return _short(f"outbox:{key}")


def _short(key: str) -> str:
    """A long key keeps its head and gets a digest, so that two long ones stay apart."""
    if len(key) <= LONGEST:
        return key
    return f"{key[: LONGEST - 33]}:{hashlib.sha256(key.encode()).hexdigest()[:32]}"
