"""Trainings: about dealers, who are no customers of the chat."""

from aftersales.people.shredders.registry import keeps
from aftersales.store.tables import Training

keeps(Training, why="a dealer's request, brought in by the shop; it goes some time after its end")
