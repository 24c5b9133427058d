"""The dial behind the headline, drawn from numbers: ten past ten, one hand moves."""

from functools import lru_cache
from math import cos, pi, sin

from markupsafe import Markup


@lru_cache(maxsize=1)
def dial() -> Markup:
    """Return the dial as inline SVG in the text's colour; decoration only."""
    marks = "".join(_mark(minute) for minute in range(60))
    return Markup(  # noqa: S704 - made of our own numbers
        '<svg class="dial" viewBox="0 0 200 200" fill="none" stroke="currentColor" '
        'aria-hidden="true" focusable="false">'
        '<circle cx="100" cy="100" r="97" stroke-width=".7"/>'
        '<circle cx="100" cy="100" r="91" stroke-width=".4"/>'
        f"{marks}"
        '<g stroke-width="3" stroke-linecap="round">'
        f'<path d="M100 100 {_at(305, 46)}"/><path d="M100 100 {_at(60, 70)}"/></g>'
        '<g class="sweep" stroke-width=".9"><path d="M100 118 L100 20"/></g>'
        '<circle cx="100" cy="100" r="3.4" fill="currentColor" stroke="none"/></svg>'
    )


def _mark(minute: int) -> str:
    hour = minute % 5 == 0
    inner = 78 if hour else 86
    width = 2.2 if hour else 0.6
    return f'<path stroke-width="{width}" d="M{_at(minute * 6, inner)} L{_at(minute * 6, 89)}"/>'


def _at(degrees: float, radius: float) -> str:
    turn = degrees * pi / 180
    return f"{100 + radius * sin(turn):.2f} {100 - radius * cos(turn):.2f}"
