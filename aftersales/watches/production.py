"""When a watch may have been made, as its serial tells it: candidates, never a date."""

from aftersales.knowledge import load
from aftersales.lines import Line, line
from aftersales.warranty.numbers import candidate_years
from aftersales.watches.calibre import Calibre

#: More candidates than this are no answer; only the latest are named.
MOST_YEARS = 4


def produced(serial: str, calibre: Calibre | None, this_year: int) -> tuple[Line, ...]:
    """Say month and candidate years of a serial, and what they are worth.

    Args:
        serial: six characters as on the case back.
        calibre: narrows the years by its production span, where one is known.
        this_year: no watch is made later.

    Returns:
        The lines, empty when the serial is of another kind (older or limited pieces).
    """
    found = candidate_years(serial, calibre.code if calibre else None, this_year)
    if found is None:
        return ()
    texts = load("identify")["production"]
    code = calibre.code if calibre else ""
    if not found.years:
        return (line(texts["contradiction"], {"calibre": code}), line(texts["caution"]))
    years = str(texts["join"]).join(str(year) for year in found.years[-MOST_YEARS:])
    values = {"month": found.month, "digit": serial[0], "years": years, "calibre": code}
    return (
        line(texts["narrowed" if found.narrowed else "years"], values),
        line(texts["caution"]),
    )


def model_only(model: str) -> Line:
    """Say why a retail reference alone does not tell the movement."""
    return line(load("identify")["production"]["model_only"], {"model": model})
