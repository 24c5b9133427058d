"""Estimates: what a repair would cost, and the customer's yes or no before anything is done.

- ``lines``     what a line may be, and what the lines add up to
- ``make``      a new version
- ``send``      offers it: older versions are replaced, the ticket waits for the answer
- ``decide``    accepted or declined, once, however often it is tapped
- ``withdraw``  taken back by the shop
- ``due``       the reminder before the end, and the end
- ``find``      the version in force, and the link to it
- ``approval``  may this repair go on
- ``money``     fen as text

A version goes draft → sent → accepted | declined | expired | replaced | withdrawn.
"""

from aftersales.estimates.approval import is_approved
from aftersales.estimates.decide import (
    AlreadyDecided,
    EstimateClosed,
    do_accept,
    do_decline,
    reasons,
)
from aftersales.estimates.due import do_expire_due, do_remind_due
from aftersales.estimates.find import do_issue_estimate_link, find_in_force, find_open, is_open
from aftersales.estimates.lines import Item, LinesUnusable, total_fen
from aftersales.estimates.make import EstimateRefused, do_make_estimate
from aftersales.estimates.money import fen_of, yuan
from aftersales.estimates.send import do_send_estimate
from aftersales.estimates.withdraw import do_withdraw_estimate

__all__ = [
    "AlreadyDecided",
    "EstimateClosed",
    "EstimateRefused",
    "Item",
    "LinesUnusable",
    "do_accept",
    "do_decline",
    "do_expire_due",
    "do_issue_estimate_link",
    "do_make_estimate",
    "do_remind_due",
    "do_send_estimate",
    "do_withdraw_estimate",
    "fen_of",
    "find_in_force",
    "find_open",
    "is_approved",
    "is_open",
    "reasons",
    "total_fen",
    "yuan",
]
