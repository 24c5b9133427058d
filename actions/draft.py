"""What goes on the paper of a case: the customer's words, the watch, what a diagnosis found."""

from collections.abc import Mapping
from typing import Any

from actions import watches
from actions.diagnosis import case_of
from actions.frames import Frame, Frames
from actions.turn import MOST_WORDS, Turn
from aftersales import tickets
from aftersales.knowledge import load
from aftersales.tickets import TicketDraft
from aftersales.watches import find_calibre

_WATCH_FIELDS = frozenset({"calibre", "case_code", "serial", "model", "line"})


def draft_of(frame: Frame, turn: Turn) -> TicketDraft:
    """The case as it will be written."""
    answers = frame.data["answers"]
    watch = watches.current(turn)
    case = turn.slot("case") or {}
    return TicketDraft(
        draft_id=str(frame.data["draft_id"]),
        kind=str(frame.data["kind"]),
        name=str(answers["name"]),
        phone=str(answers["phone"]),
        watch=tickets.Watch(**{k: str(v) for k, v in watch.known.items() if k in _WATCH_FIELDS}),
        fault=str(answers.get("fault") or answers.get("matter") or ""),
        findings=_findings(answers, case),
        channel=turn.channel,
        sender=turn.sender,
        consent_version=str(tickets.purpose(str(frame.data["kind"]))["version"]),
    )


def case_told(turn: Turn, watch_no: int) -> dict[str, Any]:
    """The diagnosis of this watch, also one still being made: "帮我报修" ends its questions."""
    made = turn.frames.latest("diagnosis", watch_no)
    if made is not None:
        turn.frames = Frames(tuple(f for f in turn.frames.items if f is not made))
        turn.set("case", _joined(turn.slot("case"), case_of(made)))
    case = turn.slot("case")
    if isinstance(case, dict) and case.get("watch_no") == watch_no:
        return case
    return {}


def _joined(before: Any, case: dict[str, Any]) -> dict[str, Any]:
    """A later complaint does not push an earlier one about the same watch off the paper."""
    if not isinstance(before, dict) or before.get("watch_no") != case["watch_no"]:
        return case
    words = [w for w in (before.get("words"), case["words"]) if w]
    facts = [*before.get("facts", []), *case["facts"]]
    unique = [fact for n, fact in enumerate(facts) if fact not in facts[:n]]
    return {**case, "words": "；".join(dict.fromkeys(words))[:MOST_WORDS], "facts": unique}


def _findings(answers: Mapping[str, Any], case: Mapping[str, Any]) -> list[tuple[str, str]]:
    found = [(str(label), str(value)) for label, value in case.get("facts", [])]
    if answers.get("watch"):
        # In the customer's words too: "我爸那块老五号" tells the counter more than no code.
        found.append((str(load("intake")["labels"]["watch"]), str(answers["watch"])))
    return found


def watch_words(watch: watches.Watch) -> str:
    """What is known of a watch, in a few words; empty when nothing is."""
    known = watch.known
    code = "-".join(str(known[k]) for k in ("calibre", "case_code") if known.get(k))
    calibre = find_calibre(str(known["calibre"])) if known.get("calibre") else None
    words = load("intake")["movements"]
    kind = words.get(str(calibre.movement if calibre else known.get("movement") or ""), "")
    return " ".join(str(p) for p in (known.get("model"), code, kind) if p)
