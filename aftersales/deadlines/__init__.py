"""Deadlines: what must happen by when, by the clock each one names.

- ``schema``   the kinds of ``knowledge/deadlines.yml``: clock, time allowed, warning, chain
- ``clocks``   the three clocks: ``open`` (hotline), ``working`` (bench), ``wall``
- ``moments``  pure: the due moment, pauses, and the warning and escalations before and after it
- ``records``  start, pause, resume, meet, drop; one row per deadline
- ``follow``   what a ticket's creation and moves do to its deadlines
- ``late``     a watch handed back late, recorded per day
- ``sweep``    warns and escalates what is due, each once; recounts after a changed calendar
- ``lists``    what runs and what was kept, for people to read
"""

from aftersales.deadlines.clocks import Clocks
from aftersales.deadlines.follow import do_follow_ticket
from aftersales.deadlines.late import do_agree_delivery
from aftersales.deadlines.lists import running
from aftersales.deadlines.moments import Pause, due
from aftersales.deadlines.records import (
    NotPausable,
    UnknownDeadline,
    do_drop,
    do_meet,
    do_pause,
    do_resume,
    do_start,
    find,
)
from aftersales.deadlines.sweep import Swept, do_adjust, do_sweep

__all__ = [
    "Clocks",
    "NotPausable",
    "Pause",
    "Swept",
    "UnknownDeadline",
    "do_adjust",
    "do_agree_delivery",
    "do_drop",
    "do_follow_ticket",
    "do_meet",
    "do_pause",
    "do_resume",
    "do_start",
    "do_sweep",
    "due",
    "find",
    "running",
]
