"""Conversation tests as data: a file is a sentence about a person, its turns say what must happen.

A file under ``tests/conversations/<skill>/`` reads::

    person: 他说表走快了，答了两个问题就开了报修单
    start: 2026-11-24T10:00:00+08:00      # when it begins; optional
    channel: widget                        # optional
    turns:
    - says: 我的表一天快三十秒
      bot: [utter_question]                # the responses uttered, in order
      has: [机芯]                          # words that must be in the answer
      lacks: [免费]                        # words that must not
    - says: 4R36
      after: 26h                           # time that passes before this message
      buttons: [帮我报修]                  # labels among the buttons

The same files are run by pytest and printed by ``make talk``.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from tools.rasa_client import RasaClient, Reply

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "conversations"
DEFAULT_START = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
_TURN_KEYS = {"says", "payload", "bot", "has", "lacks", "buttons", "after", "any"}


class TalkError(Exception):
    """A talk file is not what it must be; the message names the file."""


@dataclass(frozen=True)
class Turn:
    """One message and what must come back."""

    says: str
    kind: str = "text"
    bot: tuple[str, ...] | None = None
    has: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    buttons: tuple[str, ...] = ()
    after: timedelta = timedelta(0)


@dataclass(frozen=True)
class Talk:
    """One conversation test."""

    path: Path
    person: str
    channel: str
    start: datetime
    turns: tuple[Turn, ...]

    @property
    def name(self) -> str:
        """``skill/a_sentence_about_a_person``."""
        return f"{self.path.parent.name}/{self.path.stem}"


@dataclass(frozen=True)
class Spoken:
    """What happened in one turn, and what was wrong with it."""

    turn: Turn
    replies: tuple[Reply, ...]
    faults: tuple[str, ...]


def talks(folder: Path = FOLDER) -> list[Talk]:
    """All conversation tests, in a stable order.

    Raises:
        TalkError: a file has an unknown key or no turns.
    """
    return [read(path) for path in sorted(folder.glob("*/*.yml"))]


def read(path: Path) -> Talk:
    """One conversation test."""
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(raw, dict) or not raw.get("turns") or not raw.get("person"):
        raise TalkError(f"{path}: needs `person` and `turns`")
    start = raw.get("start", DEFAULT_START)
    if isinstance(start, str):
        start = datetime.fromisoformat(start)
    return Talk(
        path=path,
        person=str(raw["person"]),
        channel=str(raw.get("channel", "widget")),
        start=start,
        turns=tuple(_turn(path, t) for t in raw["turns"]),
    )


def run(talk: Talk, client: RasaClient, sender: str) -> Iterator[Spoken]:
    """Hold the conversation with a running system, turn by turn."""
    now, seen, texts = talk.start, 0, dict[str, str]()
    for number, turn in enumerate(talk.turns):
        now = now + turn.after + timedelta(seconds=20)
        said = turn.says.format_map(_Known(texts))
        replies = client.say(
            sender,
            said,
            now=now,
            message_id=f"{sender}-{number}",
            channel=talk.channel,
            kind=turn.kind,
        )
        uttered = [e for e in client.tracker(sender)["events"] if e["event"] == "bot"]
        names = [(e.get("metadata") or {}).get("utter_action") for e in uttered[seen:]]
        seen = len(uttered)
        if len(names) == len(replies):
            replies = [Reply(r.text, r.buttons, n) for r, n in zip(replies, names, strict=True)]
        _remember(replies, texts)
        yield Spoken(turn, tuple(replies), tuple(_faults(turn, replies, names, texts)))


class _Known(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def _remember(replies: Sequence[Reply], texts: dict[str, str]) -> None:
    """Keep the last ticket number said, so that a later turn can say ``{ticket}``."""
    for reply in replies:
        for number in re.findall(r"(?:FW|TS|HD)\d{6}-\d{5}", reply.text):
            texts["ticket"] = number


def _faults(
    turn: Turn, replies: Sequence[Reply], names: Sequence[Any], texts: dict[str, str]
) -> Iterator[str]:
    text = "\n".join(reply.text for reply in replies)
    known = _Known(texts)
    labels = [label for reply in replies for label in reply.labels]
    if not text.strip() and turn.bot != ():
        yield "no answer"
    if turn.bot is not None and list(turn.bot) != list(names):
        yield f"uttered {list(names)}, expected {list(turn.bot)}"
    for word in (w.format_map(known) for w in turn.has):
        if word not in text:
            yield f"{word!r} is missing"
    if turn.any and not any(word in text for word in turn.any):
        yield f"none of {list(turn.any)} is said"
    for word in turn.lacks:
        if word in text:
            yield f"{word!r} must not be said"
    for label in turn.buttons:
        if label not in labels:
            yield f"no button {label!r} among {labels}"


def _turn(path: Path, raw: dict[str, Any]) -> Turn:
    unknown = set(raw) - _TURN_KEYS
    if unknown or ("says" in raw) == ("payload" in raw):
        raise TalkError(f"{path}: {sorted(unknown) or 'says or payload'} in {raw}")
    after = str(raw.get("after", "0m"))
    bot = raw.get("bot")
    return Turn(
        says=str(raw.get("says", raw.get("payload"))),
        kind="payload" if "payload" in raw else "text",
        bot=None if bot is None else tuple(bot),
        has=tuple(str(w) for w in raw.get("has", ())),
        any=tuple(str(w) for w in raw.get("any", ())),
        lacks=tuple(str(w) for w in raw.get("lacks", ())),
        buttons=tuple(str(w) for w in raw.get("buttons", ())),
        after=timedelta(**{_UNITS[after[-1]]: float(after[:-1])}),
    )
