"""Registered watches: what the guarantee cards of known watches say.

- ``lookup``    find one with a second proof; limited, the same answer for a wrong pair and an
                unknown card
- ``reading``   which watch and which proof a message names
- ``rows``      one line of a table, checked and normalised
- ``importer``  a table of them; ``tools.exchange`` brings it in
"""

from aftersales.people.limits import TooManyAttempts
from aftersales.registrations.lookup import Proof, card_digest, find, normal_code
from aftersales.registrations.reading import read_lookup, read_proof

__all__ = [
    "Proof",
    "TooManyAttempts",
    "card_digest",
    "find",
    "normal_code",
    "read_lookup",
    "read_proof",
]
