"""The demonstration data: three cards worth trying, one repair under way, put in once."""

from datetime import datetime

from aftersales import registrations, tickets
from aftersales.ids import canonical_ticket_number
from aftersales.store import Store
from tools.seed import demo_data, seed


def test_an_empty_database_is_filled_once(store: Store, now: datetime) -> None:
    with store.session() as session:
        assert seed(session, now)
        first = demo_data(session)
    with store.session() as session:
        assert not seed(session, now)
        assert demo_data(session) == first
    assert len(first["registrations"]) == 3
    assert canonical_ticket_number(first["ticket"]["number"]) == first["ticket"]["number"]


def test_what_is_printed_really_works(store: Store, now: datetime) -> None:
    with store.session() as session:
        seed(session, now)
        demo = demo_data(session)
        shops = []
        for card in demo["registrations"]:
            found = registrations.find(
                session,
                card_number=card["card_number"],
                phone_last4=card["phone_last4"],
                asker="newcomer",
                now=now,
            )
            assert found is not None
            shops.append(found.shop)
        assert shops.count(None) == 1
        view = tickets.status(
            session, demo["ticket"]["number"], demo["ticket"]["phone_last4"], now, "newcomer"
        )
    assert view is not None
    assert view.state_name == "修理中"


def test_a_database_in_use_is_left_alone(store: Store, now: datetime, make_draft, ids) -> None:  # type: ignore[no-untyped-def]
    with store.session() as session:
        tickets.do_create_ticket(session, make_draft(), now, ids)
        assert not seed(session, now)
        assert demo_data(session) == {"registrations": [], "ticket": None}
