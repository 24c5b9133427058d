"""What becomes of every table when a person is deleted; one file per group of tables.

- ``registry``  ``about`` and ``keeps``: how a table says which of its rows are about whom
- ``erase``     does what the rules say

A new file in this folder is found by itself.
"""

from importlib import import_module
from pkgutil import iter_modules

from aftersales.people.shredders.erase import Done, carry_out, count, shred
from aftersales.people.shredders.registry import (
    KEPT,
    RULES,
    Clause,
    Rule,
    RuleRefused,
    Subject,
    Then,
    about,
    faults,
    keeps,
)

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")

__all__ = [
    "KEPT",
    "RULES",
    "Clause",
    "Done",
    "Rule",
    "RuleRefused",
    "Subject",
    "Then",
    "about",
    "carry_out",
    "count",
    "faults",
    "keeps",
    "shred",
]
