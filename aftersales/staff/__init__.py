"""Our own people: who they are, and whether they are what the source document asks for.

- ``register``  added, changed, left; who was here in a stretch of time
- ``standard``  five years in the trade, college or above (standard 2)

How a month went for each of them is in ``aftersales.reports.people``. All of it is internal: what
talks with customers reads none of it.
"""

from aftersales.staff.register import (
    StaffRefused,
    do_add_staff,
    do_change_staff,
    do_leave_staff,
    names_of,
    on_staff,
)
from aftersales.staff.standard import Crew, Standing, crew, standing

__all__ = [
    "Crew",
    "StaffRefused",
    "Standing",
    "crew",
    "do_add_staff",
    "do_change_staff",
    "do_leave_staff",
    "names_of",
    "on_staff",
    "standing",
]
