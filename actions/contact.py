"""The name and phone this conversation gave for a case before: not asked for twice."""

from typing import Any

from actions.turn import Turn
from aftersales import tickets
from aftersales.people import has_consent


def known(turn: Turn, kind: str) -> dict[str, Any]:
    """What need not be asked again for a case of that kind; empty when all must be.

    Name and phone are those of the case written last in this conversation, as long as what its
    owner agreed to stands; a yes to the same purpose is not asked for again either. The agent's
    conversation holds many people's cases and remembers none.
    """
    number = turn.slot("last_ticket")
    if turn.desk or not number:
        return {}
    with turn.services.store.session(read_only=True) as session:
        ticket = tickets.find_by_number(session, str(number))
        if ticket is None or ticket.sender != turn.sender:
            return {}
        if not has_consent(session, turn.sender, ticket.kind):
            return {}
        told = {"name": ticket.contact_name, "phone": ticket.customer.phone}
        version = str(tickets.purpose(kind)["version"])
        if has_consent(session, turn.sender, kind, version):
            told["consent"] = "yes"
    return {name: value for name, value in told.items() if value}
