"""Reports: what the service manager reads once a month, and what production is told.

- ``periods``     a month by the shop's midnight, in UTC
- ``volume``      tickets opened, finished, cancelled, left; classes A to D
- ``kept``        deadlines kept, broken, dropped, standing still, running; each counted once
- ``late``        watches handed back later than agreed, in days and money
- ``care``        callbacks, opinions, hand-overs
- ``visits``      visits at the counter, and the waiting there
- ``turnround``   how long repairs take, in working hours and calendar days
- ``repeats``     the same watch again within 90 days
- ``complaints``  subjects and causes of complaints
- ``pareto``      faults per calibre, for production
- ``monthly``     all of it for one period
- ``tables``, ``markdown``  as Chinese tables, and as a page
- ``people``, ``internal``  how the month went for each of our people: a page of its own
- ``duty``        the deadline of the report itself
- ``figures``, ``calibres``, ``merged``  what they share

Pure functions over a session and a period, but for ``duty``. Nothing about a person is in the
report: only counts, and keys of the knowledge files. The internal page names colleagues, never
customers.
"""

from aftersales.reports.duty import do_note_written
from aftersales.reports.internal import internal_tables, internal_title
from aftersales.reports.markdown import markdown
from aftersales.reports.monthly import MonthlyReport, monthly_report
from aftersales.reports.periods import NoSuchMonth, Period, month, month_before, month_of
from aftersales.reports.tables import Table, tables, title

__all__ = [
    "MonthlyReport",
    "NoSuchMonth",
    "Period",
    "Table",
    "do_note_written",
    "internal_tables",
    "internal_title",
    "markdown",
    "month",
    "month_before",
    "month_of",
    "monthly_report",
    "tables",
    "title",
]
