"""Finds a registered watch for whoever proves that it is his.

By card number, or by calibre, case code and serial; always with a second proof: the last four
digits of the phone given at purchase, or the month of purchase. Unknown card, wrong pair and
missing proof all answer None.
"""

import hmac
import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales.people import limits
from aftersales.people.phones import digest
from aftersales.store.tables import Registration

_LAST4 = re.compile(r"[0-9]{4}")
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
_IGNORED = re.compile(r"[\s\-–—_./]+")


@dataclass(frozen=True)
class Proof:
    """A second proof: one of the two is enough."""

    phone_last4: str | None = None
    purchase_month: str | None = None


def normal_code(text: str | None) -> str:
    """Return a printed number without blanks and dashes, in upper case; empty for None."""
    return _IGNORED.sub("", unicodedata.normalize("NFKC", text or "")).upper()


def card_digest(card_number: str, phone_last4: str) -> str:
    """Return the index value for the second proof of one card."""
    return digest("card", normal_code(card_number), phone_last4)


def find(
    session: Session,
    *,
    card_number: str | None = None,
    calibre: str | None = None,
    case_code: str | None = None,
    serial: str | None = None,
    phone_last4: str | None = None,
    purchase_month: str | None = None,
    proof: Proof | None = None,
    asker: str,
    now: datetime,
) -> Registration | None:
    """Return the registered watch when the second proof fits.

    Args:
        session: a transaction; commit it also when None comes back, the attempt is counted in it.
        card_number: the card's number; when given, the other numbers need not be.
        calibre: four characters.
        case_code: four characters.
        serial: six characters; needs calibre and case code beside it.
        phone_last4: second proof.
        purchase_month: second proof, ``2025-03`` (a full ISO date is read as its month).
        proof: the second proof as ``read_proof`` found it, instead of the two above.
        asker: the proven sender.
        now: the moment.

    Returns:
        The registration, or None: unknown, wrong pair, contradicting numbers or no proof, all
        alike.

    Raises:
        TooManyAttempts: too many wrong attempts by the asker or about the watch.
    """
    if proof is not None:
        phone_last4, purchase_month = proof.phone_last4, proof.purchase_month
    card, numbers = normal_code(card_number), [normal_code(n) for n in (calibre, case_code, serial)]
    # Both names of the same watch are counted, so that changing the name gives no new tries.
    targets = [t for t in (f"card:{card}" if card else "", _watch(numbers)) if t]
    if not targets or not (phone_last4 or purchase_month):
        return None
    found = _select(session, card, numbers)
    if found is not None:
        own = [f"card:{found.card_number}", _watch([found.calibre, found.case_code, found.serial])]
    else:
        # As many rows are read and written for a card nobody knows: the time tells nothing either.
        own = [f"decoy:{targets[0]}"] if len(targets) == 1 else []
    targets = sorted({*targets, *own})
    limits.check(session, "registration", asker, targets, now)
    proved = _proved(found, phone_last4, purchase_month)
    limits.note(session, "registration", asker, targets, proved, now)
    return found if proved else None


def _watch(numbers: list[str]) -> str:
    return "watch:" + "-".join(numbers) if all(numbers) else ""


def _select(session: Session, card: str, numbers: list[str]) -> Registration | None:
    query = select(Registration)
    if card:
        query = query.where(Registration.card_number == card)
    if not card or all(numbers):
        query = query.where(
            Registration.calibre == numbers[0],
            Registration.case_code == numbers[1],
            Registration.serial == numbers[2],
        )
    found = session.scalars(query.limit(2)).all()
    return found[0] if len(found) == 1 else None  # two watches under one number: nobody is told


def _proved(
    registration: Registration | None, phone_last4: str | None, purchase_month: str | None
) -> bool:
    """Compare the proofs; the same work is done when there is nothing to compare with.

    What is missing on our side is a value nobody can give: a proof always consists of digits.
    """
    card = registration.card_number if registration is not None else ""
    known_phone = registration.phone_digest if registration is not None else None
    bought = registration.purchase_date if registration is not None else None
    phone = _digits(_LAST4, phone_last4)
    month = _digits(_MONTH, (purchase_month or "").strip()[:7])
    by_phone = hmac.compare_digest(card_digest(card, phone), known_phone or "none")
    by_month = hmac.compare_digest(month, f"{bought:%Y-%m}" if bought else "none")
    return registration is not None and (bool(phone) and by_phone or bool(month) and by_month)


def _digits(pattern: re.Pattern[str], text: str | None) -> str:
    value = (text or "").strip()
    return value if pattern.fullmatch(value) else ""
