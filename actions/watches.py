"""The customer's watches within one conversation, kept apart.

``watches`` is a slot: a list of what was said of each watch, in the order they came up.
``watch_no`` says which one is being talked about.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from actions import cues
from actions.turn import Turn
from aftersales.watches import find_calibre

#: What a customer says about a watch and we keep, by entity name.
KEPT = ("calibre", "case_code", "serial", "movement", "line", "model", "purchase_date")


@dataclass(frozen=True)
class Watch:
    """One watch as far as it is known in this conversation."""

    number: int
    known: Mapping[str, Any]

    def facts(self) -> dict[str, Any]:
        """Findings for a diagnosis: calibre and movement."""
        facts = {k: v for k, v in self.known.items() if k in {"calibre", "movement"}}
        calibre = find_calibre(str(facts["calibre"])) if "calibre" in facts else None
        if calibre is not None and calibre.movement:
            # The table knows better than the word: a customer's "石英" for a Kinetic is common.
            facts["movement"] = calibre.movement
        return facts


def noted(turn: Turn) -> Watch:
    """The watch this message is about, with what the message adds to it."""
    known: list[dict[str, Any]] = [dict(w) for w in turn.slot("watches") or []] or [{}]
    number = int(turn.slot("watch_no") or 0)
    if number >= len(known):
        number = len(known) - 1
    said = {name: turn.entity(name) for name in KEPT if turn.entity(name) is not None}
    if cues.other_watch(turn.text) and known[number]:
        match = [i for i, w in enumerate(known) if i != number and _same(w, said)]
        if match:
            number = match[0]
        else:
            known.append({})
            number = len(known) - 1
    if "calibre" in said and said["calibre"] != known[number].get("calibre"):
        # A new calibre outdates the movement word said of the old one.
        known[number].pop("movement", None)
        known[number].pop("case_code", None)
    known[number].update(said)
    turn.set("watches", known)
    turn.set("watch_no", number)
    return Watch(number=number, known=known[number])


def current(turn: Turn) -> Watch:
    """The watch being talked about, without reading this message."""
    known = turn.slot("watches") or [{}]
    number = min(int(turn.slot("watch_no") or 0), len(known) - 1)
    return Watch(number=number, known=known[number])


def _same(watch: Mapping[str, Any], said: Mapping[str, Any]) -> bool:
    shared = [k for k in said if k in watch]
    return bool(shared) and all(watch[k] == said[k] for k in shared)
