"""What goes on the paper of a ticket: the customer's words, the watch, what a diagnosis found."""

from collections.abc import Mapping
from typing import Any

from actions import case, watches
from actions.frames import Frame
from actions.turn import Turn
from aftersales import tickets
from aftersales.knowledge import load
from aftersales.tickets import TicketDraft
from aftersales.watches import find_calibre

_WATCH_FIELDS = frozenset({"calibre", "case_code", "serial", "model", "line"})


def begun(kind: str, watch_no: int, answers: Mapping[str, Any], turn: Turn) -> Frame:
    """A case of that kind about that watch, with what is known of it."""
    data = {
        "kind": kind,
        "draft_id": turn.services.ids.draft_id(),
        "answers": {k: v for k, v in answers.items() if v},
        "watch_no": watch_no,
    }
    return Frame(skill="intake", data=data, touched=turn.now)


def draft_of(frame: Frame, turn: Turn) -> TicketDraft:
    """The case as it will be written."""
    answers = frame.data["answers"]
    watch = watches.current(turn)
    told = case.known(turn, int(frame.data.get("watch_no", 0)))
    return TicketDraft(
        draft_id=str(frame.data["draft_id"]),
        kind=str(frame.data["kind"]),
        name=str(answers["name"]),
        phone=str(answers["phone"]),
        watch=tickets.Watch(**{k: str(v) for k, v in watch.known.items() if k in _WATCH_FIELDS}),
        fault=str(answers.get("fault") or answers.get("matter") or ""),
        findings=_findings(answers, told),
        channel=turn.channel,
        sender=turn.sender,
        consent_version=str(tickets.purpose(str(frame.data["kind"]))["version"]),
    )


def _findings(answers: Mapping[str, Any], told: Mapping[str, Any]) -> list[tuple[str, str]]:
    found = [(str(label), str(value)) for label, value in told.get("facts", [])]
    if answers.get("watch"):
        # In the customer's words too: "我爸那块老五号" tells the counter more than no code.
        found.append((str(load("intake")["labels"]["watch"]), str(answers["watch"])))
    if answers.get("wanted"):
        found.append((str(load("intake")["labels"]["wanted"]), str(answers["wanted"])))
    return found


def watch_words(watch: watches.Watch) -> str:
    """What is known of a watch, in a few words; empty when nothing is."""
    known = watch.known
    code = "-".join(str(known[k]) for k in ("calibre", "case_code") if known.get(k))
    calibre = find_calibre(str(known["calibre"])) if known.get("calibre") else None
    words = load("intake")["movements"]
    kind = words.get(str(calibre.movement if calibre else known.get("movement") or ""), "")
    return " ".join(str(p) for p in (known.get("model"), code, kind) if p)
