"""Links: unguessable, expiring, each for one purpose and one thing.

- ``purposes``  what a link may be for, and how long it is good
- ``issue``     makes one; the token is told once, a digest is kept
- ``resolve``   finds what a token opens; unknown, expired and for something else look alike
- ``revoke``    takes links back
- ``passes``    short-lived signed parameters between our own pages and the chat
- ``proofs``    which visitor showed a status link in the chat, for which ticket
"""

from aftersales.links.issue import IssuedLink, do_issue_link
from aftersales.links.passes import ASK, OPEN_ESTIMATE, OPEN_STATUS, Passes
from aftersales.links.proofs import do_prove_by_link, proved_by_link
from aftersales.links.purposes import PURPOSES, UnknownPurpose
from aftersales.links.resolve import do_use_link, resolve
from aftersales.links.revoke import do_revoke_links

__all__ = [
    "ASK",
    "OPEN_ESTIMATE",
    "OPEN_STATUS",
    "PURPOSES",
    "IssuedLink",
    "Passes",
    "UnknownPurpose",
    "do_issue_link",
    "do_prove_by_link",
    "do_revoke_links",
    "do_use_link",
    "proved_by_link",
    "resolve",
]
