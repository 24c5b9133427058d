"""Customers, consent and how personal data is shown."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from aftersales.people import (
    PhoneUnusable,
    do_record_consent,
    do_upsert_customer,
    do_withdraw_consent,
    find_customer,
    has_consent,
    last4,
    mask_name,
    mask_phone,
    mask_serial,
    normal_phone,
)
from aftersales.store import Store
from aftersales.store.tables import AuditEntry, Consent, Customer


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("13812345678", "138****5678"),
        ("+8613812345678", "+86****5678"),
        ("5551234", "****"),
        (None, ""),
    ],
)
def test_phones_keep_three_and_four_digits(phone: str | None, shown: str) -> None:
    assert mask_phone(phone) == shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("王小明", "王**"),
        ("欧阳锋", "欧阳**"),
        ("Anna Lee", "A**"),
        (" 李 ", "李**"),
        ("", ""),
        (None, ""),
    ],
)
def test_names_keep_the_surname(name: str | None, shown: str) -> None:
    assert mask_name(name) == shown


@pytest.mark.parametrize(
    ("serial", "shown"), [("510001", "**0001"), ("0001", "****"), ("", ""), (None, "")]
)
def test_serials_keep_the_last_four(serial: str | None, shown: str) -> None:
    assert mask_serial(serial) == shown


@given(st.text("0123456789", min_size=8, max_size=15))
def test_a_masked_phone_never_shows_the_middle(phone: str) -> None:
    assert len(mask_phone(phone)) == 11
    assert sum(c.isdigit() for c in mask_phone(phone)) == 7


@pytest.mark.parametrize(
    "typed", ["13800005678", "138-0000-5678", "138 0000 5678", "+86 13800005678", "008613800005678"]
)
def test_one_phone_has_one_spelling(typed: str) -> None:
    assert normal_phone(typed) == "13800005678"
    assert last4(normal_phone(typed)) == "5678"


@pytest.mark.parametrize("typed", ["", "12345", "1380000567x", "1" * 16, "１３８００００５６７８"])
def test_other_things_are_no_phones_and_are_not_repeated(typed: str) -> None:
    with pytest.raises(PhoneUnusable) as refused:
        normal_phone(typed)
    assert not typed or typed not in str(refused.value)


def test_one_customer_per_phone_whose_name_nobody_else_can_change(
    store: Store, now: datetime
) -> None:
    with store.session() as session:
        first = do_upsert_customer(session, "王小明", "138 0000 5678", now, who="visitor-1")
        again = do_upsert_customer(session, "别人", "13800005678", now, who="visitor-2")
        assert again is first
        assert first.name == "王小明"
        assert find_customer(session, "+8613800005678") is first
        assert find_customer(session, "13900005678") is None
        trail = session.scalars(select(AuditEntry)).all()
    assert [(line.who, line.what) for line in trail] == [("visitor-1", "do_upsert_customer")]


def test_two_tickets_at_once_make_one_customer(store: Store, now: datetime) -> None:
    def upsert(number: int) -> None:
        with store.session() as session:
            do_upsert_customer(session, "王", "13800005678", now, who=f"visitor-{number}")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(upsert, range(8)))
    with store.session() as session:
        assert session.scalar(select(func.count()).select_from(Customer)) == 1


def test_consent_is_a_ledger_where_the_last_line_counts(store: Store, now: datetime) -> None:
    with store.session() as session:
        assert not has_consent(session, "s", "repair")
        first = do_record_consent(session, "s", "repair", "v1", "widget", now)
        assert do_record_consent(session, "s", "repair", "v1", "widget", now) is first
        assert has_consent(session, "s", "repair")
        assert not has_consent(session, "s", "repair", version="v2")
        assert not has_consent(session, "s", "callback")
        later = now + timedelta(minutes=1)
        assert do_withdraw_consent(session, "s", "repair", "widget", later) is not None
        assert do_withdraw_consent(session, "s", "repair", "widget", later) is None
        assert not has_consent(session, "s", "repair")
        do_record_consent(session, "s", "repair", "v2", "widget", later)
        lines = session.scalars(select(Consent).order_by(Consent.id)).all()
    assert [(line.version, line.given) for line in lines] == [
        ("v1", True),
        ("v1", False),
        ("v2", True),
    ]
