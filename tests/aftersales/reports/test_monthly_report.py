"""The golden report: a month written by hand, and the figures worked out on paper."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from aftersales import deadlines, reports
from aftersales.reports.care import Callbacks, HandOvers, Opinions
from aftersales.reports.complaints import Cause
from aftersales.reports.figures import Spread
from aftersales.reports.kept import Kept
from aftersales.reports.late import Overdue
from aftersales.reports.pareto import Fault
from aftersales.reports.repeats import Repeats
from aftersales.reports.turnround import TurnRound
from aftersales.reports.volume import Volume
from aftersales.store import Store
from aftersales.store.tables import Base, Customer
from aftersales.tickets import do_link_tickets
from tests.aftersales.reports import november
from tests.aftersales.reports.november import SECRET, at


@pytest.fixture
def report(store: Store) -> reports.MonthlyReport:
    with store.session() as session:
        november.write(session)
    with store.session(read_only=True) as session:
        return reports.monthly_report(session, reports.month("2026-11"))


def test_every_figure_of_the_month(report: reports.MonthlyReport) -> None:
    # Opened: 1, 2 and 4; the third came a second too early. Left: 2, and 3 until December begins.
    assert report.volumes == (
        Volume("repair", opened=3, finished=1, cancelled=1, open_at_end=2),
        Volume("complaint", opened=2, finished=1, cancelled=0, open_at_end=1),
        Volume("callback", opened=0, finished=0, cancelled=0, open_at_end=0),
    )
    assert report.classes == {"A": 1, "B": 0, "C": 1, "D": 0, "none": 1}
    assert report.promise("first_answer") == Kept("first_answer", 2, 1, 0, 0, 0)
    assert report.promise("complaint_answer") == Kept("complaint_answer", 1, 1, 0, 0, 0)
    assert report.promise("complaint_close") == Kept("complaint_close", 1, 0, 0, 0, 1)
    assert report.promise("delivery") == Kept("delivery", 0, 1, 0, 1, 0)
    assert report.promise("assign") == Kept("assign", 0, 0, 1, 0, 0)
    assert report.promise("check") == Kept("check", 0, 0, 0, 0, 0)
    assert report.overdue == Overdue(watches=1, days=2, fen=None)
    assert report.callbacks == Callbacks(due=2, done_of_due=1, done=2, left=1)
    assert report.opinions == Opinions(
        asked=4, answered=2, average=4.5, by_score=((5, 1), (4, 1), (3, 0), (2, 0), (1, 0))
    )
    assert report.hand_overs == HandOvers(asked=2, taken=1, closed=1)
    # On the bench: Monday 11:00 to Wednesday 11:00, two days of eight hours.
    # In all: Monday 10:00 to Thursday 10:00 is 24 hours; the other is half an hour on Monday.
    days = (at(11, 2, 9, 30) - at(10, 31, 23, 59, 59)).total_seconds() / 86_400
    assert report.turn_rounds == (
        TurnRound("bench", Spread(1, 16.0, 16.0), Spread(1, 2.0, 2.0)),
        TurnRound("total", Spread(2, 12.25, 24.0), Spread(2, (3 + days) / 2, 3.0)),
    )
    assert report.repeats == (Repeats("4R36", 2, 1), Repeats("7S26", 1, 0))
    assert report.causes == (
        Cause("delay", "waiting_parts", 1, 0.5),
        Cause("open", "open", 1, 0.5),
    )
    assert report.faults == (
        Fault("4R36", "cause", "magnetised", 1, 0.5, 0.5),
        Fault("4R36", "symptom", "mech_fast", 1, 0.5, 1.0),
        Fault("7S26", "unclassified", "unclassified", 1, 1.0, 1.0),
    )


def test_a_deadline_counts_in_one_month_only(store: Store) -> None:
    with store.session() as session:
        november.write(session)
        months = [reports.month(f"2026-{number}") for number in (10, 11, 12)]
        kept = [reports.monthly_report(session, month).promise("delivery") for month in months]
        told = [
            reports.monthly_report(session, month).promise("complaint_answer") for month in months
        ]
    assert [line.broken for line in kept] == [1, 1, 0]
    assert [(line.kept, line.broken) for line in told] == [(0, 0), (1, 1), (0, 0)]


def test_no_table_holds_anything_about_a_person(store: Store) -> None:
    """Every personal text column of the hand-made month says 机密; nothing printed does."""
    with store.session() as session:
        november.write(session)
        assert session.query(Customer).one().name == SECRET
        report = reports.monthly_report(session, reports.month("2026-11"))
    page = reports.markdown(reports.title(report), reports.tables(report), "-")
    assert "受磁" in page
    for private in (SECRET, "13800005678", "5678", "510001", "710002", "FW-", "TS-"):
        assert private not in page
    assert SECRET not in repr(report)


def test_what_somebody_typed_as_a_calibre_is_not_printed(store: Store) -> None:
    with store.session() as session:
        book = november.Book(session)
        book.ticket("FW-9", "repair", ("registered", at(11, 3)), calibre="王小明")
        report = reports.monthly_report(session, reports.month("2026-11"))
    assert [line.calibre for line in report.faults] == ["unknown"]
    assert report.repeats == (Repeats("unknown", 1, 0),)


def test_an_empty_month_has_all_tables_and_no_shares(store: Store) -> None:
    with store.session() as session:
        report = reports.monthly_report(session, reports.month("2026-11"))
    tables = reports.tables(report)
    assert len(tables) == 11
    assert report.opinions.average is None
    assert report.promise("first_answer").share is None
    assert all(len(row) == len(table.columns) for table in tables for row in table.rows)


def test_the_cause_the_bench_chose_counts_by_its_key(store: Store) -> None:
    with store.session() as session:
        book = november.Book(session)
        opened = ("registered", at(11, 3))
        book.ticket("FW-1", "repair", opened, cause="magnetised", note="油干了、该保养了")
        book.ticket("FW-2", "repair", opened, cause="magnetised")
        book.ticket("FW-3", "repair", opened, note="受磁，已消磁")  # from before it could choose
        book.ticket("FW-4", "repair", opened, cause="no longer known", note="dry_oil")
        book.ticket("FW-5", "repair", opened, cause="no longer known")
        report = reports.monthly_report(session, reports.month("2026-11"))
    assert [(line.fault, line.count) for line in report.faults] == [
        ("magnetised", 3),
        ("dry_oil", 1),
        ("unclassified", 1),
    ]


def test_two_tickets_about_one_thing_count_once(store: Store) -> None:
    with store.session() as session:
        book = november.Book(session)
        watch = {"calibre": "4R36", "serial": "510001", "symptom": "机械表走快"}
        moves = ("registered", at(11, 3)), ("cancelled", at(11, 4))
        kept = book.ticket("FW-1", "repair", moves[0], **watch)
        merged = book.ticket("FW-2", "repair", *moves, **watch)
        complaint = book.ticket("TS-1", "complaint", moves[0])
        same = book.ticket("TS-2", "complaint", *moves)
        for one in (complaint, same):
            book.case(one, "delay", "waiting_parts")
        for one, other in ((merged, kept), (same, complaint)):
            do_link_tickets(session, one, other, "same_as", at(11, 4), "clerk")
        do_link_tickets(session, kept, complaint, "related", at(11, 4), "clerk")
        report = reports.monthly_report(session, reports.month("2026-11"))
    assert report.volumes[0] == Volume("repair", 1, 0, 0, 1)
    assert report.volumes[1] == Volume("complaint", 1, 0, 0, 1)
    assert sum(report.classes.values()) == 1
    assert [(line.fault, line.count) for line in report.faults] == [("mech_fast", 1)]
    assert report.repeats == (Repeats("4R36", 1, 0),)
    assert report.causes == (Cause("delay", "waiting_parts", 1, 1.0),)


def test_the_same_customers_other_watch_is_no_repeat(store: Store) -> None:
    def back(number: str, day: int, **watch: str) -> None:
        book.ticket(
            number, "repair", ("registered", at(10, day)), ("awaiting_check", at(10, day, 1)),
            ("returned", at(10, day, 2)), **watch,
        )  # fmt: skip

    with store.session() as session:
        book = november.Book(session)
        back("FW-1", 1, calibre="4R36", case_code="0001")
        back("FW-2", 2, calibre="4R36", case_code="0002", serial="510002")
        for number, watch in {
            "FW-3": {"calibre": "4R36", "case_code": "0001"},  # case number and customer
            "FW-4": {"calibre": "4R36", "case_code": "0003"},  # another watch
            "FW-5": {"calibre": "7S26", "serial": "510002"},  # the serial, but another calibre
            "FW-6": {"serial": "51-0002"},  # the serial, nothing against it
            "FW-7": {"calibre": "4R36", "case_code": "0002", "serial": "510009"},  # its neighbour
        }.items():
            book.ticket(number, "repair", ("registered", at(11, 5)), **watch)
        report = reports.monthly_report(session, reports.month("2026-11"))
    assert {line.calibre: (line.repairs, line.repeats) for line in report.repeats} == {
        "4R36": (3, 1),
        "7S26": (1, 0),
        "unknown": (1, 1),
    }


def test_given_back_unrepaired_or_long_ago_is_no_repeat(store: Store) -> None:
    with store.session() as session:
        book = november.Book(session)
        watch = {"calibre": "4R36", "serial": "510001"}
        book.ticket(
            "FW-1", "repair", ("registered", at(8, 1)), ("awaiting_check", at(8, 2)),
            ("returned", at(8, 6, 23, 59, 59)), **watch,
        )  # fmt: skip
        book.ticket(
            "FW-2", "repair", ("registered", at(10, 1)), ("taken_in", at(10, 2)),
            ("awaiting_return", at(10, 3)), ("returned", at(10, 4)), **watch,
        )  # fmt: skip
        book.ticket("FW-3", "repair", ("registered", at(11, 5)), **watch)
        assert _repeats(session) == 0  # 90 days and a second; unrepaired
        book.ticket("FW-4", "repair", ("registered", at(11, 4, 23, 59, 59)), **watch)
        assert _repeats(session) == 1  # 90 days to the second


def test_writing_the_report_keeps_its_own_deadline(store: Store) -> None:
    month, written = reports.month("2026-11"), at(12, 2, 10)
    with store.session() as session:
        assert not reports.do_note_written(session, month, written, "经理")
        november.write(session)
        deadlines.do_sweep(session, at(12, 1, 1))
        assert not reports.do_note_written(session, month, at(11, 30), "经理")
        assert reports.do_note_written(session, month, written, "经理")
        owed = deadlines.find(session, "monthly_report:2026-11")
    assert (owed.met_at, owed.broken_at) == (written, None)


def test_every_moment_in_the_database_is_utc(store: Store) -> None:
    """Whatever zone a moment is written in, it comes back as the same instant in UTC; Shanghai had
    its last summer time in 1991, and no hour is counted twice or left out."""
    with store.session() as session:
        november.write(session)
    with store.session(read_only=True) as session:
        for mapper in Base.registry.mappers:
            for row in session.query(mapper.class_):
                for value in vars(row).values():
                    if isinstance(value, datetime):
                        assert value.tzinfo is UTC


def _repeats(session: Session) -> int:
    report = reports.monthly_report(session, reports.month("2026-11"))
    return sum(line.repeats for line in report.repeats)
