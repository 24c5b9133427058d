"""Deadlines are about our work: kinds, moments and a ticket's number, nothing of a person."""

from aftersales.people.shredders.registry import keeps
from aftersales.store.tables import Deadline, DeadlinePause, LateDay

keeps(Deadline, why="when we owed what and whether we kept it; the ticket it names is anonymous")
keeps(DeadlinePause, why="for how long a deadline waited, and for what")
keeps(LateDay, why="days by which a watch came back late")
