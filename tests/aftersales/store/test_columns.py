"""Every column says what kind of data it holds and every moment is aware."""

import pytest
from sqlalchemy import Column, DateTime, MetaData, String, Table

from aftersales.store.base import DATA_CLASSES, UTCDateTime
from aftersales.store.tables import Base

COLUMNS = [column for table in Base.metadata.sorted_tables for column in table.columns]


def classless(table: Table) -> list[str]:
    """The columns of a table that do not say what kind of data they hold."""
    return [str(c) for c in table.columns if c.info.get("class") not in DATA_CLASSES]


@pytest.mark.parametrize("table", Base.metadata.sorted_tables, ids=str)
def test_every_column_has_a_data_class(table: Table) -> None:
    assert classless(table) == []


def test_a_new_column_without_a_class_is_found() -> None:
    good = Column("id", String(3), info={"class": "technical"})
    wrong = Column("size", String(3), info={"class": "secret"})
    table = Table("new", MetaData(), good, Column("phone", String(30)), wrong)
    assert classless(table) == ["new.phone", "new.size"]


def test_every_moment_is_an_aware_one() -> None:
    assert not [str(c) for c in COLUMNS if isinstance(c.type, DateTime)]
    assert len([c for c in COLUMNS if isinstance(c.type, UTCDateTime)]) > 20


@pytest.mark.parametrize(
    "name", ["name", "contact_name", "phone", "phone_last4", "serial", "sender", "text", "fault"]
)
def test_what_tells_of_a_person_is_personal(name: str) -> None:
    found = [column for column in COLUMNS if column.name == name and column.table.name != "leases"]
    assert found
    named = [c for c in found if str(c) != "photos.name"]  # a random file name
    assert {column.info["class"] for column in named} == {"personal"}
