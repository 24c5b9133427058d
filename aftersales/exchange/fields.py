"""Single cells, read and written the same way."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from aftersales.calendar import opening_hours
from aftersales.clock import require_utc
from aftersales.exchange.problems import BadValue
from aftersales.exchange.reading import Cells
from aftersales.people.phones import PhoneUnusable, normal_phone

_STARS, _MASK = "****", "**"
#: Where a part is shown: ``王**``, ``138****5678``, ``**0001``; other texts are hidden as a whole.
_IN_PART = ("name", "contact_name", "phone", "serial")
_LOCAL = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?"
)


def refuse_masked(cells: Cells) -> None:
    """Refuse a line out of a masked file: stars would overwrite what is known.

    Raises:
        BadValue: a cell is masked.
    """
    for name, text in cells.items():
        if text == _STARS or (name in _IN_PART and _MASK in text):
            raise BadValue("masked", text, "" if name == "-" else name)


def text(cells: Cells, name: str, most: int) -> str | None:
    """Return a cell's text, or None when it is empty.

    Raises:
        BadValue: it is longer than its column holds.
    """
    value = cells.get(name) or None
    if value is not None and len(value) > most:
        raise BadValue("too_long", str(most), name)
    return value


def choice(cells: Cells, name: str, names: Mapping[str, str]) -> str | None:
    """Return the key a cell names, by key or by Chinese name; None when it is empty.

    Raises:
        BadValue: no such key.
    """
    value = cells.get(name)
    if not value:
        return None
    for key, called in names.items():
        if value in (key, called):
            return key
    raise BadValue("bad_choice", value, name)


def phone(cells: Cells, name: str = "phone") -> str:
    """Return a phone number in the one spelling.

    Raises:
        BadValue: it cannot be one.
    """
    try:
        return normal_phone(cells.get(name) or "")
    except PhoneUnusable as error:
        raise BadValue("bad_phone", column=name) from error


def whole_phone(cells: Cells) -> str | None:
    """Return the line's phone number when it is there in full, not just its last four digits."""
    try:
        return normal_phone(cells.get("phone") or "")
    except PhoneUnusable:
        return None


def yes_no(cells: Cells, name: str, words: Mapping[bool, Any]) -> bool | None:
    """Return yes or no; None when the cell is empty.

    Raises:
        BadValue: it is neither.
    """
    value = (cells.get(name) or "").lower()
    if not value:
        return None
    for answer, all_ in words.items():
        if value in all_:
            return answer
    raise BadValue("bad_yes_no", value, name)


def moment(cells: Cells, name: str, now: datetime) -> datetime | None:
    """Return a moment in UTC; None when the cell is empty.

    ISO with an offset, or date and perhaps time as the shop's clock shows it.

    Raises:
        BadValue: it cannot be read, or lies after ``now``.
    """
    value = cells.get(name)
    if not value:
        return None
    try:
        read = _moment(value)
    except ValueError as error:
        raise BadValue("bad_moment", value, name) from error
    if read > now:
        raise BadValue("future_moment", value, name)
    return read


def moment_text(value: datetime | None) -> str:
    """Return a moment as the shop's clock shows it, with its offset; empty for None."""
    return "" if value is None else opening_hours().local(value).isoformat()


def _moment(value: str) -> datetime:
    match = _LOCAL.fullmatch(value)
    if match is None:
        return require_utc(datetime.fromisoformat(value))
    parts = [int(part or 0) for part in match.groups()]
    year, month, day, hour, minute, second = parts
    zone = opening_hours().zone
    return require_utc(datetime(year, month, day, hour, minute, second, tzinfo=zone))
