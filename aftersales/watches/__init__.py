"""Watches: what a calibre code says about a watch, and how sure that is.

``calibre``     the table: rate, winding, reserve, cell of one calibre
``guess``       movement by the look of a code: to be asked about, never asserted
``historical``  the source page's rule of eleven codes, and where it is outdated
``describe``    the table in sentences
``production``  candidate years by the serial
"""

from aftersales.watches.calibre import Calibre, FamilyRate, Tolerance, find_calibre, is_heard_of
from aftersales.watches.describe import describe, how_to_tell
from aftersales.watches.guess import movement_by_prefix
from aftersales.watches.historical import HistoricalRule, historical_rule
from aftersales.watches.production import model_only, produced

__all__ = [
    "Calibre",
    "FamilyRate",
    "HistoricalRule",
    "Tolerance",
    "describe",
    "find_calibre",
    "historical_rule",
    "how_to_tell",
    "is_heard_of",
    "model_only",
    "movement_by_prefix",
    "produced",
]
