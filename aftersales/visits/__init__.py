"""Visits at the counter (standard 7): somebody of us is there for the visitor until he leaves.

- ``arrange``  the day and time, within opening hours, and who receives
- ``counter``  arrived, received, left
- ``lists``    the visits of a day

Help with a hotel or the way back is a free note. A complaint about how somebody was received is a
complaint like any other and counts on the ladder.
"""

from aftersales.visits.arrange import VisitRefused, do_arrange_visit
from aftersales.visits.counter import do_note_arrived, do_note_left, do_note_received
from aftersales.visits.lists import state_of, visits_on

__all__ = [
    "VisitRefused",
    "do_arrange_visit",
    "do_note_arrived",
    "do_note_left",
    "do_note_received",
    "state_of",
    "visits_on",
]
