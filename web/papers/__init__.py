"""The workshop's six documents as printable pages. No route serves them: tools print them now, the
desk will behind its own login.

- ``render``   a paper as one HTML page that needs nothing else, not even a stylesheet
- ``formats``  moments, money and hours as they stand on paper
- ``qr``       the square that leads to the status page, on the papers a customer sees
- ``templates/`` one page per document, ``parts.html`` for what they share, ``papers.css`` for print
"""

from web.papers.render import NotIssued, render_paper, render_register

__all__ = ["NotIssued", "render_paper", "render_register"]
