"""Who pays: A by the customer, B by contract, C free within the guarantee, D internal work.

Article 6 of the source document. The class the chat guessed is only a hint; here somebody decides
and says why.
"""

from aftersales import knowledge
from aftersales.store.tables import Ticket
from aftersales.workshop.refusals import Refused, require_text

CHARGED = "A"


def is_chargeable(ticket: Ticket) -> bool:
    """Say whether the customer pays; a class nobody decided counts as charged, to be safe."""
    return ticket.service_class in (None, CHARGED)


def class_name(service_class: str) -> str:
    """Return the name of a class."""
    name: str = knowledge.load("tickets")["classes"][service_class]["name"]
    return name


def set_class(ticket: Ticket, service_class: str, reason: str) -> None:
    """Put class and reason on the ticket.

    Raises:
        Refused: no such class, or no reason.
    """
    if service_class not in knowledge.load("tickets")["classes"]:
        raise Refused("no_such_class", given=service_class)
    ticket.class_reason = require_text("class_reason", reason, 300)
    ticket.service_class = service_class
