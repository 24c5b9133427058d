"""CSV files as shops send them: good lines in, bad lines reported with number and reason."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from aftersales.exchange.pipeline import do_import
from aftersales.exchange.problems import ImportReport, UnreadableFile
from aftersales.registrations import find
from aftersales.registrations.importer import RegistrationImporter
from aftersales.settings import Secret
from aftersales.store import Store
from aftersales.store.tables import Registration

KEY = Secret("k")
HEADER = "保修卡号,机芯编号,表壳编号,序列号,店名,购买日期,手机号"
GOOD = "c-2001,7s26,0020,510001,上海某店,2025/3/8,13800005678"


def bring_in(store: Store, path: Path, now: datetime) -> ImportReport:
    with store.session() as session:
        importer = RegistrationImporter()
        return do_import(session, path, importer, lambda done, total: None, now, "周", KEY)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "cards.csv"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_file_from_any_table_program(
    store: Store, file: Path, now: datetime, encoding: str
) -> None:
    file.write_text(f"{HEADER}\r\n{GOOD}\r\n\r\n", encoding=encoding)
    report = bring_in(store, file, now)
    assert (report.added, report.bad_rows) == (1, [])
    with store.session() as session:
        found = find(session, card_number="C2001", phone_last4="5678", asker="a", now=now)
    assert found is not None
    assert (found.calibre, found.shop, found.purchase_date) == (
        "7S26",
        "上海某店",
        date(2025, 3, 8),
    )


def test_the_same_file_twice_changes_nothing_and_a_new_one_updates(
    store: Store, file: Path, now: datetime
) -> None:
    later = now + timedelta(days=1)
    file.write_text(f"{HEADER}\n{GOOD}\n")
    bring_in(store, file, now)
    again = bring_in(store, file, later)
    assert (again.added, again.updated, again.unchanged) == (0, 0, 1)
    file.write_text(f"{HEADER}\n{GOOD.replace('上海某店', '')}\n")
    changed = bring_in(store, file, later)
    assert (changed.added, changed.updated, changed.unchanged) == (0, 1, 0)
    with store.session() as session:
        row = session.scalars(select(Registration)).one()
    assert (row.shop, row.imported_at, row.updated_at) == (None, now, later)


def test_bad_lines_are_reported_and_the_others_come_in(
    store: Store, file: Path, now: datetime
) -> None:
    lines = [
        HEADER,
        GOOD,
        "C2002,,0020,510002,,,",
        "C2003,7S2,0020,510003,,,",
        "C2004,7S26,002,510004,,,",
        "C2005,7S26,0020,5100,,,",
        "C2006,7S26,0020,510006,,2025-13-01,",
        "C2007,7S26,0020,510007,,2026-11-24,",
        "C2008,7S26,0020,510008,,,12",
        GOOD.replace("c-2001", "C2001"),
        "C2010,7S26,0020,510010,,,,多了",
        '"C2011",7S26,0020,510011,"两行\n店名",,5678',
    ]
    file.write_text("\n".join(lines))
    report = bring_in(store, file, now)
    assert report.added == 2
    assert [(bad.line, bad.reason.split("：")[0]) for bad in report.bad_rows] == [
        (3, "这几项是空的"),
        (4, "机芯编号应是 4 位字母或数字"),
        (5, "表壳编号应是 4 位字母或数字"),
        (6, "序列号应是 6 位字母或数字"),
        (7, "购买日期看不懂，请写成 2025-03-08"),
        (8, "购买日期在今天之后"),
        (9, "手机号要么写全，要么只写后四位"),
        (10, "同一个文件里重复"),
        (11, "这一行的格子比表头多"),
    ]


def test_a_purchase_today_in_shanghai_is_not_in_the_future(
    store: Store, file: Path, now: datetime
) -> None:
    file.write_text(f"{HEADER}\nC1,7S26,0020,510001,,2026-11-24,\n")
    assert bring_in(store, file, now + timedelta(hours=15)).added == 1


def test_progress_counts_to_the_end(store: Store, file: Path, now: datetime) -> None:
    rows = [f"C{n},7S26,0020,{n:06d},,," for n in range(1201)]
    file.write_text("\n".join([HEADER, *rows]))
    seen: list[tuple[int, int]] = []
    with store.session() as session:
        report = do_import(
            session, file, RegistrationImporter(), lambda *at: seen.append(at), now, "周", KEY
        )
    assert report.added == 1201
    assert seen[-1] == (1201, 1201)
    assert len(seen) == 3
    assert seen == sorted(seen)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("卡号,机芯\nC1,7S26\n".encode(), "缺少必需的列：表壳编号、序列号"),
        (b"", "缺少必需的列"),
        (b"\xff\xff\xff", "编码"),
    ],
)
def test_an_unusable_file_says_why(
    store: Store, file: Path, now: datetime, content: bytes, reason: str
) -> None:
    file.write_bytes(content)
    with pytest.raises(UnreadableFile, match=reason):
        bring_in(store, file, now)
