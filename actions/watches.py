"""The customer's watches within one conversation, kept apart.

``watches`` is a slot: a list of what was said of each watch, in the order they came up.
``watch_no`` says which one is being talked about.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from actions import cues
from actions.turn import Turn
from aftersales import faults, warranty
from aftersales.watches import find_calibre

#: What a customer says about a watch and we keep, by entity name.
KEPT = ("calibre", "case_code", "serial", "movement", "line", "model", "purchase_date")


#: A bare date no older than this tells when the trouble began rather than when it was bought.
LATELY = timedelta(days=31)
#: What is said of its purchase, for the warranty to find.
_OF_PURCHASE = frozenset({"purchase_date", "market", "card", "channel"})
#: Kinds nobody says by mistake of a watch of another kind.
_UNMISTAKABLE = frozenset({"spring_drive", "kinetic", "solar"})


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
    _two_at_once(turn)
    known: list[dict[str, Any]] = [dict(w) for w in turn.slot("watches") or []] or [{}]
    number = int(turn.slot("watch_no") or 0)
    if number >= len(known):
        number = len(known) - 1
    said = _said(first_part(turn))
    if _of_trouble(said, turn):
        del said["purchase_date"]
    if cues.other_watch(turn.text) and known[number] and len(_codes(turn)) < 2:
        rest = [i for i in range(len(known)) if i != number]
        match = [i for i in rest if _same(known[i], said)]
        if not said and not cues.one_more(turn.text):
            match = rest[-1:]  # "另一块": the one we know of
        if match:
            number = match[0]
        else:
            known.append({})
            number = len(known) - 1
    if _of_another_kind(known[number], said):
        match = [i for i, w in enumerate(known) if w.get("movement") == said["movement"]]
        if not match:
            known.append({})
        number = match[-1] if match else len(known) - 1
    if "calibre" in said and said["calibre"] != known[number].get("calibre"):
        # A new calibre outdates the movement word said of the old one.
        known[number].pop("movement", None)
        known[number].pop("case_code", None)
    known[number].update(said)
    turn.set("watches", known)
    turn.set("watch_no", number)
    return Watch(number=number, known=known[number])


def added(called: str, turn: Turn) -> int:
    """The number of a watch only mentioned so far, by what it is called; the current one stays."""
    known: list[dict[str, Any]] = [dict(w) for w in turn.slot("watches") or []] or [{}]
    numbers = [i for i, watch in enumerate(known) if watch.get("called") == called]
    if not numbers:
        known.append({"called": called})
        turn.set("watches", known)
    return numbers[-1] if numbers else len(known) - 1


def turned_to(turn: Turn) -> int | None:
    """The watch the message turns to (第二块, 另一块), made current; None when it is unclear."""
    known = turn.slot("watches") or []
    ordinal = cues.ordinal(turn.text)
    if ordinal is None and len(known) == 2 and not cues.one_more(turn.text):
        ordinal = 1 - int(turn.slot("watch_no") or 0)
    if ordinal is None or ordinal >= len(known) or len(known) < 2:
        return None
    turn.set("watch_no", ordinal)
    return ordinal


def learns(turn: Turn) -> bool:
    """Keep what the message says of the watch; False when it says nothing new."""
    before = dict(current(turn).known)
    watch = noted(turn)
    told = warranty.observe(turn.text, turn.entities, turn.today)
    extra = {k: v for k, v in told.items() if k in _OF_PURCHASE}
    if _of_trouble(extra, turn):
        del extra["purchase_date"]
    known = [dict(w) for w in turn.slot("watches")]
    known[watch.number].update(extra)
    turn.set("watches", known)
    return known[watch.number] != before


def observed(turn: Turn) -> dict[str, Any]:
    """The facts the message tells of the watch talked about; of two watches, the first's."""
    return faults.observe(first_words(turn), first_part(turn))


def first_part(turn: Turn) -> list[Mapping[str, Any]]:
    """The entities up to where a second watch is named."""
    codes = _codes(turn)
    if len(codes) < 2:
        return turn.entities
    end = int(codes[1].get("start") or 0)
    return [e for e in turn.entities if int(e.get("start") or 0) < end]


def first_words(turn: Turn) -> str:
    """The message up to where a second watch is named."""
    codes = _codes(turn)
    return turn.text if len(codes) < 2 else turn.text[: int(codes[1].get("start") or 0)]


@dataclass(frozen=True)
class Mention:
    """What one message says of a second watch."""

    number: int
    words: str
    entities: Sequence[Mapping[str, Any]]


def second_part(turn: Turn) -> Mention | None:
    """What the message says of its second watch, from its code on; None when there is one only."""
    codes = _codes(turn)
    if len(codes) < 2:
        return None
    known = turn.slot("watches") or []
    start = int(codes[1].get("start") or 0)
    match = [i for i, w in enumerate(known) if w.get("calibre") == codes[1]["value"]]
    if not match:
        return None
    after = [e for e in turn.entities if int(e.get("start") or 0) >= start]
    return Mention(number=match[-1], words=turn.text[start:], entities=after)


def _codes(turn: Turn) -> list[Mapping[str, Any]]:
    """The first mention of each calibre, unless the message only compares or corrects."""
    if not cues.two_watches(turn.text):
        return []
    seen: dict[str, Mapping[str, Any]] = {}
    for entity in turn.entities:
        if entity["name"] == "calibre":
            seen.setdefault(str(entity.get("value")), entity)
    return sorted(seen.values(), key=lambda e: int(e.get("start") or 0))


def _two_at_once(turn: Turn) -> None:
    """Two watches in one message: keep them apart and say that they come one by one."""
    codes = [str(e["value"]) for e in _codes(turn)]
    known = [dict(w) for w in turn.slot("watches") or []]
    if len(codes) < 2 or any(w.get("calibre") == codes[1] for w in known):
        return
    if not known or known[-1].get("calibre") not in (None, codes[0]):
        known.append({})
    known[-1]["calibre"] = codes[0]
    turn.set("watch_no", len(known) - 1)
    turn.set("watches", [*known, {"calibre": codes[1]}])
    turn.utter("utter_two_watches", first=codes[0], second=codes[1])


def _said(entities: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What is kept of a watch; the last mention of a name counts."""
    return {
        str(e["name"]): e["value"]
        for e in entities
        if e["name"] in KEPT and e.get("value") is not None
    }


def _of_trouble(said: Mapping[str, Any], turn: Turn) -> bool:
    """Whether a date told while we ask what ails it is when the trouble began (昨天)."""
    top = turn.frames.top
    if "purchase_date" not in said or top is None or top.skill != "diagnosis":
        return False
    since = (turn.today - LATELY).isoformat()
    return not cues.bought(turn.text) and str(said["purchase_date"])[:10] >= since[:10]


def current(turn: Turn) -> Watch:
    """The watch being talked about, without reading this message."""
    known = turn.slot("watches") or [{}]
    number = min(int(turn.slot("watch_no") or 0), len(known) - 1)
    return Watch(number=number, known=known[number])


def _of_another_kind(watch: Mapping[str, Any], said: Mapping[str, Any]) -> bool:
    """ "Spring Drive 要上链吗" asked by the owner of a quartz is not about the quartz."""
    if said.get("movement") not in _UNMISTAKABLE or "calibre" in said:
        return False
    calibre = find_calibre(str(watch.get("calibre") or ""))
    kind = calibre.movement if calibre else watch.get("movement")
    return kind is not None and kind != said["movement"]


def _same(watch: Mapping[str, Any], said: Mapping[str, Any]) -> bool:
    shared = [k for k in said if k in watch]
    return bool(shared) and all(watch[k] == said[k] for k in shared)
