"""The square that leads to the status page, as inline SVG."""

import segno
from markupsafe import Markup


def status_url(base_url: str, token: str | None) -> str:
    """Return the address of the status page, or of the front page when there is no link yet.

    Only an opaque token may stand in it: never a number, a name or a phone.
    """
    return f"{base_url.rstrip('/')}/s/{token}" if token else f"{base_url.rstrip('/')}/"


def square(url: str) -> Markup:
    """Return the QR code of an address; readable with a quarter of it worn off."""
    drawn = segno.make(url, error="q", micro=False)
    svg = drawn.svg_inline(border=0, omitsize=True, svgclass="qr", lineclass=None)
    return Markup(svg)  # noqa: S704 - drawn by the library from nothing but modules
