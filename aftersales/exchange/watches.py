"""The table of registered watches on its way out; in again by ``aftersales.registrations``.

The phone is not in it: only a digest of it was ever kept, and a file without the column leaves that
where it is.
"""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales.exchange.pipeline import BATCH
from aftersales.people.masking import mask_serial
from aftersales.store.tables import Registration


def watch_rows(session: Session, reveal: bool) -> Iterator[dict[str, str]]:
    """Give each registered watch as a line.

    Args:
        session: a session that stays open meanwhile.
        reveal: with the serial number in full.
    """
    query = select(Registration).order_by(Registration.id).execution_options(yield_per=BATCH)
    for one in session.scalars(query):
        yield {
            "card_number": one.card_number,
            "calibre": one.calibre,
            "case_code": one.case_code,
            "serial": one.serial if reveal else mask_serial(one.serial),
            "model": one.model or "",
            "line": one.line or "",
            "shop": one.shop or "",
            "purchase_date": one.purchase_date.isoformat() if one.purchase_date else "",
            "market": one.market or "",
        }
