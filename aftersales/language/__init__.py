"""Reading customers' Chinese: pure functions from text to values, no library of dates or intents.

``normalise`` gives every text one spelling; ``extract`` finds all entities of the contract in it.
The single readers serve the forms, which know what they asked for:

- ``rates`` (with ``directions``, ``gains``, ``periods``, ``short_periods``, ``durations``,
  ``numerals``): gains and losses in seconds per day
- ``dates`` (with ``days``, ``eras``, ``lunar``, ``festivals``, ``english_dates``,
  ``joined_dates``), ``purchases``: when the watch was bought
- ``codes``, ``phones``, ``ticket_numbers``: numbers on watches, people and tickets
- ``movements``, ``lines``, ``positions``, ``places``, ``money``: words that stand for a value
- ``pinyin``, ``denials``: words typed in pinyin, and what the watch is said not to be
- ``answers``: yes, no, don't know, corrections
"""

from .answers import is_correction, is_dont_know, yes_no
from .codes import known_calibres, look_alikes, parse_calibre, parse_serial
from .dates import parse_date
from .days import DateSpan
from .durations import hours
from .entity import Entity
from .extract import extract
from .normalise import normalise, to_simplified
from .phones import parse_phone
from .rates import parse_offset
from .ticket_numbers import check_digit_is_right

__all__ = [
    "DateSpan",
    "Entity",
    "check_digit_is_right",
    "extract",
    "hours",
    "is_correction",
    "is_dont_know",
    "known_calibres",
    "look_alikes",
    "normalise",
    "parse_calibre",
    "parse_date",
    "parse_offset",
    "parse_phone",
    "parse_serial",
    "to_simplified",
    "yes_no",
]
