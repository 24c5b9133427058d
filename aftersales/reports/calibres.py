"""What may stand in a report's calibre column."""

import re

from aftersales.registrations.lookup import normal_code

UNKNOWN = "unknown"
_CALIBRE = re.compile(r"[0-9A-Z]{4}")


def calibre_name(text: str | None) -> str:
    """Return a calibre, or ``unknown``: what somebody typed there is not printed."""
    code = normal_code(text)
    return code if _CALIBRE.fullmatch(code) and any(c.isdigit() for c in code) else UNKNOWN
