"""The topics of one intent as they stand in ``knowledge/service/<intent>.yml``."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aftersales.knowledge import KnowledgeError, load


@dataclass(frozen=True)
class Topic:
    """One subject and when it is meant.

    Attributes:
        id: its name within the intent.
        when: found in the customer's normalised sentence; None = any sentence.
        unless: when this is found the topic is not meant.
        facts: for each name the values one of which must be known of the watch.
        lines: the entries that are said.
        follow: labels of buttons.
    """

    id: str
    when: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    facts: Mapping[str, tuple[str, ...]]
    lines: tuple[Mapping[str, Any], ...]
    follow: tuple[str, ...]

    def match(self, text: str, facts: Mapping[str, object]) -> dict[str, str] | None:
        """Return what the sentence gives to the answer, by name; None when it is not meant.

        Args:
            text: normalised.
            facts: what is known of the watch: line, movement, calibre …
        """
        for name, values in self.facts.items():
            if facts.get(name) not in values:
                return None
        found = self.when.search(text) if self.when else None
        if self.when and found is None:
            return None
        if self.unless and self.unless.search(text):
            return None
        return {k: v.upper() for k, v in found.groupdict().items() if v} if found else {}


def topics(name: str) -> tuple[Topic, ...]:
    """Return the topics of ``knowledge/service/<name>.yml``, from the special to the general.

    Raises:
        KnowledgeError: the file is missing, or a topic in it is not what it must be.
    """
    book = load(f"service/{name}")
    read = _READ.get(name)
    if read is None or read[0] is not book:
        # The loader returns the same object until it is told to forget: then we read again too.
        read = _READ[name] = (book, tuple(_topic(name, entry) for entry in book["topics"]))
    return read[1]


_READ: dict[str, tuple[Mapping[str, Any], tuple[Topic, ...]]] = {}


def _topic(name: str, entry: Mapping[str, Any]) -> Topic:
    try:
        entry = _shared(entry)
        return Topic(
            id=str(entry["id"]),
            when=_pattern(entry.get("when")),
            unless=_pattern(entry.get("unless")),
            facts={
                str(fact): tuple(map(str, values))
                for fact, values in (entry.get("facts") or {}).items()
            },
            lines=tuple(entry["lines"]),
            follow=tuple(map(str, entry.get("follow") or ())),
        )
    except (KeyError, TypeError, re.error) as error:
        raise KnowledgeError(f"service/{name}: topic {entry.get('id')!r}: {error!r}") from error


def _shared(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    """Give a topic with ``same_as: intent/topic`` that topic's lines and buttons."""
    if "same_as" not in entry:
        return entry
    book, _, wanted = str(entry["same_as"]).partition("/")
    for other in load(f"service/{book}")["topics"]:
        if other["id"] == wanted:
            return {"lines": other["lines"], "follow": other.get("follow"), **entry}
    raise KeyError(entry["same_as"])


def _pattern(value: object) -> re.Pattern[str] | None:
    """Join one expression or a list of them into one."""
    if value is None:
        return None
    parts = [value] if isinstance(value, str) else list(value)  # type: ignore[call-overload]
    return re.compile("|".join(f"(?:{part})" for part in parts), re.IGNORECASE)
