"""A registered watch is found with a second proof, and nothing can be guessed from the answers."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from aftersales.registrations import (
    Proof,
    TooManyAttempts,
    card_digest,
    find,
    read_lookup,
    read_proof,
)
from aftersales.store import Store
from aftersales.store.tables import Lookup, Registration


@pytest.fixture(autouse=True)
def cards(store: Store, now: datetime) -> None:
    """Two cards; the second has neither date nor phone."""
    with store.session() as session:
        for card, serial, bought, phone in (
            ("C1001", "510001", date(2025, 3, 8), "5678"),
            ("C1002", "510002", None, None),
        ):
            session.add(
                Registration(
                    card_number=card,
                    calibre="7S26",
                    case_code="0020",
                    serial=serial,
                    purchase_date=bought,
                    phone_digest=card_digest(card, phone) if phone else None,
                    imported_at=now,
                    updated_at=now,
                )
            )


def ask(store: Store, now: datetime, **given: Any) -> Registration | None:
    with store.session() as session:
        return find(session, **{"asker": "a", "now": now, **given})


WATCH = {"calibre": "7s26", "case_code": "0020", "serial": "51-0001"}


@pytest.mark.parametrize(
    "given",
    [
        {"card_number": "c-1001", "phone_last4": "5678"},
        {"card_number": "C1001", "purchase_month": "2025-03"},
        {"card_number": "C1001", "purchase_month": "2025-03-20"},
        {"card_number": "C1001", "phone_last4": "0000", "purchase_month": "2025-03"},
        {**WATCH, "phone_last4": "5678"},
        {**WATCH, "card_number": "C1001", "phone_last4": "5678"},
        {"card_number": "C1001", "proof": Proof(phone_last4="5678")},
    ],
)
def test_a_fitting_proof_finds_the_watch(store: Store, now: datetime, given: Any) -> None:
    found = ask(store, now, **given)
    assert found is not None
    assert found.evidence() == {
        "registered": True,
        "card": "no_shop",
        "calibre": "7S26",
        "case_code": "0020",
        "serial": "510001",
        "purchase_date": "2025-03-08",
    }


def test_a_complete_card_says_nothing_about_gaps(store: Store, now: datetime) -> None:
    with store.session() as session:
        card = session.scalars(select(Registration).where(Registration.serial == "510001")).one()
        card.shop = "上海某店"
        assert "card" not in card.evidence()
        card.purchase_date = None
        assert card.evidence()["card"] == "no_date"
        card.shop = None
        assert card.evidence()["card"] == "blank"


@pytest.mark.parametrize(
    "given",
    [
        {"card_number": "C1001", "phone_last4": "0000"},
        {"card_number": "C9999", "phone_last4": "5678"},
        {"card_number": "C1001", "purchase_month": "2025-04"},
        {"card_number": "C1001"},
        {"phone_last4": "5678"},
        {"calibre": "7S26", "serial": "510001", "phone_last4": "5678"},
        {**WATCH, "serial": "510002", "card_number": "C1001", "phone_last4": "5678"},
        {"card_number": "C1002", "phone_last4": ""},
        {"card_number": "C1002", "phone_last4": "None", "purchase_month": "?"},
        {"card_number": "", "phone_last4": "5678"},
    ],
)
def test_everything_else_is_answered_alike(store: Store, now: datetime, given: Any) -> None:
    assert ask(store, now, **given) is None


def test_changing_the_name_of_the_watch_gives_no_new_tries(store: Store, now: datetime) -> None:
    for asker in range(5):
        ask(store, now, card_number="C1001", phone_last4="0000", asker=f"c{asker}")
        ask(store, now, **WATCH, phone_last4="0000", asker=f"w{asker}")
    for named in ({"card_number": "C1001"}, WATCH):
        with pytest.raises(TooManyAttempts):
            ask(store, now, **named, phone_last4="5678", asker="owner")
    later = now + timedelta(hours=24)
    assert ask(store, later, card_number="C1001", phone_last4="5678") is not None


def test_an_asker_is_locked_after_five_wrong_tries(store: Store, now: datetime) -> None:
    for card in range(5):
        ask(store, now, card_number=f"X{card}", phone_last4="5678")
    with pytest.raises(TooManyAttempts):
        ask(store, now, card_number="C1001", phone_last4="5678")


@pytest.mark.parametrize("card", ["C1001", "X1001"], ids=["known", "unknown"])
def test_the_tries_left_do_not_tell_whether_a_card_exists(
    store: Store, now: datetime, card: str
) -> None:
    for _ in range(5):
        assert ask(store, now, card_number=card, phone_last4="0000") is None
    with pytest.raises(TooManyAttempts):
        ask(store, now, card_number=card, phone_last4="0000")


@pytest.mark.parametrize("named_by", ["card", "card and numbers"])
def test_a_card_nobody_knows_leaves_as_many_rows_as_one_that_exists(
    store: Store, now: datetime, named_by: str
) -> None:
    rows = []
    for card in ("C1001", "X1001"):
        numbers = {"calibre": "7S26", "case_code": "0020", "serial": "510001"}
        more = numbers if named_by == "card and numbers" else {}
        with store.session() as session:
            before = len(session.scalars(select(Lookup.id)).all())
        assert ask(store, now, card_number=card, phone_last4="0000", **more) is None
        with store.session() as session:
            rows.append(len(session.scalars(select(Lookup.id)).all()) - before)
    assert rows[0] == rows[1] == 2


def test_the_list_of_attempts_gives_no_numbers_away(store: Store, now: datetime) -> None:
    ask(store, now, card_number="C1001", phone_last4="5678")
    with store.session() as session:
        targets = session.scalars(select(Lookup.target)).all()
    assert len(targets) == 2
    assert not any("1001" in t or "510001" in t for t in targets if len(t) != 64)


def named(**values: str) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in values.items()]


@pytest.mark.parametrize(
    ("text", "entities", "lookup"),
    [
        ("卡号是demo1001", [], {"card_number": "DEMO1001"}),
        ("DEMO-1001在保吗", [], {"card_number": "DEMO1001"}),
        ("XDEMO10012", [], None),
        ("7S26-0020", named(calibre="7S26", case_code="0020"), None),
        (
            "7S26-0020 510001",
            named(calibre="7S26", case_code="0020", serial="510001"),
            {"calibre": "7S26", "case_code": "0020", "serial": "510001"},
        ),
    ],
)
def test_which_watch_a_message_names(text: str, entities: Any, lookup: Any) -> None:
    assert read_lookup(text, entities) == lookup


@pytest.mark.parametrize(
    ("text", "entities", "proof"),
    [
        ("后四位5678", [], Proof(phone_last4="5678")),
        ("13800005678", named(phone="13800005678"), Proof(phone_last4="5678")),
        ("2025年3月", named(purchase_date="2025-03"), Proof(purchase_month="2025-03")),
        ("2025-03-08买的", named(purchase_date="2025-03-08"), Proof(purchase_month="2025-03")),
        ("5678还是5679", [], None),
        ("不记得", [], None),
    ],
)
def test_which_proof_a_message_gives(text: str, entities: Any, proof: Any) -> None:
    assert read_proof(text, entities) == proof
