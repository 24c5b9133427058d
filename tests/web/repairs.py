"""Repairs for the tests of the sheets."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from aftersales.estimates import Item, do_issue_estimate_link, do_make_estimate, do_send_estimate
from aftersales.ids import RandomIds
from aftersales.links import do_issue_link
from aftersales.store import Store
from aftersales.store.tables import Estimate, Ticket
from aftersales.tickets import TicketDraft, Watch, do_create_ticket
from aftersales.tickets.moves import do_move_checked
from tests.web.house import NOW

IDS = RandomIds()
ITEMS = [
    Item("labour", "机芯清洗、上油、调校", 1, 68_000),
    Item("part", "硬度水晶表镜", 1, 22_000),
    Item("part", "表冠防水圈", 2, 1_500),
    Item("postage", "保价寄回", 1, 2_500),
]
WAY = "awaiting_assignment in_service taken_in repairing awaiting_check awaiting_return returned"


@dataclass(frozen=True)
class Repair:
    """A ticket and the links to it."""

    number: str
    ticket_id: int
    status: str
    estimate: str = ""
    estimate_id: int = 0


def make_repair(
    store: Store,
    *,
    state: str = "taken_in",
    offered: bool = False,
    draft_id: str = "d-1",
    sender: str = "w-owner",
    now: datetime = NOW,
) -> Repair:
    """Make a repair that has come as far as ``state``, perhaps with an offer made then."""
    with store.session() as session:
        begun = now - timedelta(days=5)
        draft = TicketDraft(
            draft_id=draft_id,
            kind="repair",
            name="王小明",
            phone="13800005678",
            channel="widget",
            sender=sender,
            watch=Watch("7S26", "0020", serial="4N1234", model="SKX007"),
            fault="一天快半分钟",
        )
        ticket = do_create_ticket(session, draft, begun, IDS)
        for hours, step in enumerate(WAY.split()[: WAY.split().index(state) + 1], 1):
            do_move_checked(session, ticket, step, begun + timedelta(hours=9 * hours), who="chief")
        token = do_issue_link(
            session, "status", ticket.number, now, IDS, who="t", ticket=ticket
        ).token
        if not offered:
            return Repair(ticket.number, ticket.id, token)
        offer = do_make_estimate(
            session, ticket, ITEMS, now, "chief", note="表镜有裂纹，不换会进水。"
        )
        do_send_estimate(session, offer, now, "chief")
        way = do_issue_estimate_link(session, offer, now, IDS, "t").token
        return Repair(ticket.number, ticket.id, token, way, offer.id)


def offer_of(store: Store, repair: Repair) -> Estimate:
    """Read the offer again."""
    with store.session(read_only=True) as session:
        return session.get_one(Estimate, repair.estimate_id)


def state_of(store: Store, repair: Repair) -> str:
    """Read the ticket's state again."""
    with store.session(read_only=True) as session:
        return session.get_one(Ticket, repair.ticket_id).state
