"""Text that is safe in a table program: a cell that looks like a formula is made plain text.

Excel and its kind run a cell that begins with = + - or @ (also full-width, also behind a tab or a
line end). An apostrophe in front makes it text; reading takes exactly one of them away again.
"""

import re

_FORMULA = re.compile(r"'*\s*[=+\-@＝＋－＠\t\r\n]")


def guard(text: str) -> str:
    """Return a cell that no table program takes for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguard(text: str) -> str:
    """Return what was guarded; any other text stays."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text
