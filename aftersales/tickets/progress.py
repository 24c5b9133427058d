"""How far a ticket has come: its steps with their moments, and what happens next by when.

Steps and sentences are in ``knowledge/progress.yml``; the moments are those of the ticket's moves.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from aftersales.knowledge import load
from aftersales.lines import Line, line
from aftersales.store.tables import Ticket
from aftersales.tickets.states import CANCELLED, entry, is_final

StepState = Literal["done", "now", "ahead"]


@dataclass(frozen=True)
class Step:
    """One step; ``at`` is when it began, aware UTC, None for what is ahead."""

    name: str
    state: StepState
    at: datetime | None


@dataclass(frozen=True)
class NextStep:
    """What happens next; ``due`` is the moment named in its sentence, to be filled in as
    ``{due}``."""

    plain: Line
    due: datetime | None


def steps(ticket: Ticket) -> list[Step]:
    """Return the ticket's way so far and what lies ahead.

    A step that was passed by is left out. What came after the present step in an earlier round (a
    repair sent back by the check) lies ahead again.
    """
    table: list[dict[str, Any]] = load("progress")["steps"][ticket.kind]
    reached = {move.to_state: move.at for move in ticket.moves}  # the latest of each
    place = next((n for n, step in enumerate(table) if ticket.state in step["states"]), None)
    found: list[Step] = []
    for number, step in enumerate(table):
        moments = [reached[state] for state in step["states"] if state in reached]
        if place is None or number < place:
            if moments:
                found.append(Step(step["name"], "done", max(moments)))
        elif number == place:
            over = is_final(ticket.state)
            found.append(Step(step["name"], "done" if over else "now", max(moments, default=None)))
        elif not step.get("only_if_reached"):
            found.append(Step(step["name"], "ahead", None))
    if ticket.state == CANCELLED:
        found.append(Step(entry(CANCELLED)["name"], "done", ticket.closed_at))
    return found


def next_step(ticket: Ticket, answer_until: datetime | None, now: datetime) -> NextStep:
    """Return what happens next.

    Args:
        ticket: the ticket.
        answer_until: until when an open estimate waits for the customer; None without one.
        now: the moment; a due moment that has passed is not promised again.
    """
    words = load("progress")["next"][ticket.state]
    due = None
    if ticket.state == "awaiting_approval":
        due = answer_until
    elif ticket.first_answered_at is None:
        due = ticket.first_answer_due
    if due is None or due <= now or "with_due" not in words:
        return NextStep(line(words), None)
    return NextStep(Line(str(words["with_due"]["say"]), str(words["with_due"]["say_desk"])), due)
