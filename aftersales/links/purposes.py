"""What a link may be for, and how long it is good unless the issuer says otherwise."""

from datetime import timedelta

#: status: the progress of one ticket, also printed on papers. estimate: read and decide one
#: estimate. pickup: the secret behind a pick-up code. papers: one ticket's papers. export: one
#: person's data. chat: a visitor showed a status link in the chat.
PURPOSES: dict[str, timedelta] = {
    "status": timedelta(days=180),
    "estimate": timedelta(days=45),
    "pickup": timedelta(days=365),
    "papers": timedelta(days=30),
    "export": timedelta(days=3),
    "chat": timedelta(hours=2),
}


class UnknownPurpose(ValueError):
    """No link may be made for this purpose."""


def lifetime(purpose: str) -> timedelta:
    """Return how long a link of this purpose is good.

    Raises:
        UnknownPurpose: there is no such purpose.
    """
    try:
        return PURPOSES[purpose]
    except KeyError:
        raise UnknownPurpose(f"{purpose!r} is none of {', '.join(PURPOSES)}") from None
