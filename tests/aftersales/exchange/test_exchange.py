"""Tables in and out: what went out comes back the same, bad lines say why, stars never come in."""

import csv
import io
import random
import shutil
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, func, select

from aftersales.exchange.cells import guard, unguard
from aftersales.exchange.export import ReasonNeeded, do_note_unmasked, export_table
from aftersales.exchange.kinds import KINDS
from aftersales.exchange.pipeline import do_import
from aftersales.exchange.problems import ImportReport, UnreadableFile
from aftersales.ids import RandomIds
from aftersales.people.erased import note_erased
from aftersales.people.erasures import GRACE, Places, do_ask_erasure, do_erase
from aftersales.people.trackers import Trackers
from aftersales.settings import Secret
from aftersales.store import Store, open_store
from aftersales.store.tables import AuditEntry, Customer, Deadline, Registration, Ticket
from aftersales.tickets import TicketDraft, Watch, do_create_ticket
from aftersales.tickets.moves import do_move_checked

KEY = Secret("k")
ONE = pytest.mark.parametrize("store", ["sqlite"], indirect=True)
TICKETS = "单号,单子类别,状态,联系人,电话,登记时间,办结时间,故障情况,机芯编号\n"


def bring_in(store: Store, kind: str, path: Path, now: datetime) -> ImportReport:
    with store.session() as session:
        return do_import(session, path, KINDS[kind].importer, lambda a, b: None, now, "周", KEY)


def take_out(store: Store, kind: str, full: bool = True) -> str:
    file = io.StringIO(newline="")
    with store.session(read_only=True) as session:
        export_table(session, kind, file, lambda a, b: None, unmasked=full)
    return file.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "table.csv"


@pytest.fixture
def filled(
    store: Store, make_draft: Callable[..., TicketDraft], now: datetime, ids: RandomIds
) -> Store:
    """A database with something in every table that goes out."""
    watch = Watch("7S26", "0020", "510001", "SNX001", "5")
    with store.session() as session:
        first = do_create_ticket(
            session, make_draft(watch=watch, fault="=慢\n“换行”,和逗号"), now, ids
        )
        first.service_class, first.class_reason, first.address = "A", "-过保", "@示例路"
        do_move_checked(session, first, "cancelled", now + timedelta(seconds=7), who="周")
        draft = make_draft(draft_id="d-2", kind="callback", phone="+44 20 7946 0000", name="Ann")
        do_create_ticket(session, draft, now, ids)
        session.add(
            Registration(
                card_number="C1",
                calibre="7S26",
                case_code="0020",
                serial="510001",
                shop="+某店",
                purchase_date=now.date(),
                phone_digest="x",
                imported_at=now,
                updated_at=now,
            )  # fmt: skip
        )
    return store


@pytest.fixture
def elsewhere(sqlite_template: Path, tmp_path: Path) -> Iterator[Store]:
    """Another database, empty."""
    path = tmp_path / "elsewhere.db"
    shutil.copy(sqlite_template, path)
    store = open_store(f"sqlite:///{path}")
    yield store
    store.close()


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"), ("+86 138", "'+86 138"), ("-5", "'-5"), ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"), (" =1", "' =1"), ("＝1", "'＝1"), ("\r=1", "'\r=1"), ("'=1", "''=1"),
        ("王小明", "王小明"), ("'quoted'", "'quoted'"), ("3-5 天", "3-5 天"), ("", ""), ("–", "–"),
    ],
)  # fmt: skip
def test_no_cell_is_a_formula_and_none_is_changed_for_good(text: str, safe: str) -> None:
    assert guard(text) == safe
    assert unguard(safe) == text


@ONE
@pytest.mark.parametrize("kind", ["customers", "tickets", "registrations"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_what_went_out_comes_back_the_same(
    filled: Store, elsewhere: Store, file: Path, now: datetime, kind: str, encoding: str
) -> None:
    later = now + timedelta(hours=1)
    out = take_out(filled, kind)
    file.write_text(out, encoding=encoding, newline="")
    here = bring_in(filled, kind, file, later)
    assert (here.added, here.updated, here.unchanged, here.bad_rows) == (
        0, 0, out.count("\r\n") - 1, [],
    )  # fmt: skip
    there = bring_in(elsewhere, kind, file, later)
    assert (there.added, there.bad_rows) == (here.unchanged, [])
    assert take_out(elsewhere, kind) == out


@ONE
def test_a_ticket_taken_over_has_its_customer_its_history_and_its_promises(
    filled: Store, elsewhere: Store, file: Path, now: datetime
) -> None:
    later = now + timedelta(hours=1)
    file.write_text(take_out(filled, "tickets"), newline="")
    bring_in(elsewhere, "tickets", file, later)
    with elsewhere.session() as session:
        first, second = session.scalars(select(Ticket).order_by(Ticket.id))
        assert [(move.to_state, move.at) for move in first.moves] == [
            ("registered", now),
            ("cancelled", now + timedelta(seconds=7)),
        ]
        assert (first.fault, first.customer.phone) == ("=慢\n“换行”,和逗号", "13800005678")
        promised = session.scalars(select(Deadline.ticket_id)).all()
        assert set(promised) == {second.id}


@ONE
@pytest.mark.parametrize("kind", ["customers", "tickets", "registrations"])
def test_a_dry_run_says_what_the_import_will_say_and_reads_only(
    filled: Store, elsewhere: Store, file: Path, now: datetime, kind: str
) -> None:
    later = now + timedelta(hours=1)
    out = take_out(filled, kind)
    lines = out.splitlines(keepends=True)
    file.write_text("".join([*lines, lines[-1]]), newline="")  # the last one twice
    importer = KINDS[kind].importer

    def only_reads(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        assert statement.lstrip()[:6].upper() in ("SELECT", "BEGIN"), statement

    for store in (filled, elsewhere):
        with store.session(read_only=True) as session:
            listener = (store.engine, "before_cursor_execute", only_reads)
            event.listen(*listener)
            tried = do_import(
                session, file, importer, lambda a, b: None, later, "周", KEY, dry_run=True
            )
            event.remove(*listener)
        assert tried == bring_in(store, kind, file, later)
        assert len(tried.bad_rows) == 1
    assert take_out(elsewhere, kind) == out


@ONE
def test_masked_by_default_and_stars_never_come_in(
    filled: Store, file: Path, now: datetime
) -> None:
    later = now + timedelta(hours=1)
    for kind, bad in (("customers", 2), ("tickets", 2), ("registrations", 1)):
        out = take_out(filled, kind, full=False)
        for private in ("王小明", "13800005678", "7946", "Ann", "510001", "示例路", "慢", "过保"):
            assert private not in out
        file.write_text(out, newline="")
        report = bring_in(filled, kind, file, later)
        assert (report.added, report.updated, len(report.bad_rows)) == (0, 0, bad)
    with filled.session() as session:
        audit = select(func.count()).where(AuditEntry.what == "do_export_unmasked")
        assert session.scalar(audit) == 0


@ONE
def test_in_full_only_with_a_reason_and_a_line_in_the_audit_trail(
    store: Store, now: datetime
) -> None:
    with pytest.raises(ReasonNeeded), store.session() as session:
        do_note_unmasked(session, "customers", now, "周", "  ")
    with store.session() as session:
        do_note_unmasked(session, "customers", now, "周", "换 \n系统")
    with store.session() as session:
        found = session.scalars(
            select(AuditEntry).where(AuditEntry.what == "do_export_unmasked")
        ).one()
    assert (found.who, found.why, found.subject_id) == ("周", "换 系统", "customers")


@ONE
def test_every_bad_line_says_where_and_why(store: Store, file: Path, now: datetime) -> None:
    good = RandomIds(random.Random(5)).ticket_number("repair", now.date())
    other = RandomIds(random.Random(6)).ticket_number("repair", now.date())
    wrong = good[:-1] + str((int(good[-1]) + 1) % 10)
    lines = {
        f"{good},repair,已登记,王,13800005678,2026-11-20 09:00,,慢,7S26": None,
        f"{good},repair,registered,王,13800005678,2026-11-20,,慢,": ("单号", "同一个文件里重复"),
        f"{wrong},repair,registered,王,13800005678,2026-11-20,,慢,": ("单号", "单号不对"),
        f"{other},complaint,registered,王,13800005678,2026-11-20,,慢,": ("单子类别", "字头"),
        f"{other},repair,closed,王,13800005678,2026-11-20,,慢,": ("状态", "没有这一项"),
        f"{other},repair,archived,王,13800005678,2026-11-20,,慢,": ("办结时间", "要有办结时间"),
        f"{other},repair,archived,王,13800005678,2026-11-20,2026-11-19,慢,": ("办结时间", "之前"),
        f"{other},repair,registered,王,12,2026-11-20,,慢,": ("电话", "7 到 15 位"),
        f"{other},repair,registered,王,13800005678,2026-11-31,,慢,": ("登记时间", "看不懂"),
        f"{other},repair,registered,王,13800005678,2027-01-01,,慢,": ("登记时间", "之后"),
        f"{other},repair,registered,王,13800005678,2026-11-20,,,": ("故障情况", "空的"),
        f"{other},repair,registered,王,13800005678,2026-11-20,,慢,12345678901": ("机芯编号", "10"),
        f"{other},repair,registered,王**,13800005678,2026-11-20,,慢,": ("联系人", "遮盖"),
        f"{other},repair,registered,王,13800005678,2026-11-20,,慢,,多": ("", "比表头多"),
        f"{other},repair,,,13800005678,2026-11-20,,慢,": ("", "状态、联系人"),
    }
    file.write_text(TICKETS + "\n".join(lines))
    report = bring_in(store, "tickets", file, now)
    assert report.added == 1
    wanted = [(line, *said) for line, said in enumerate(lines.values(), 2) if said]
    assert [(bad.line, bad.column) for bad in report.bad_rows] == [one[:2] for one in wanted]
    for bad, (_, _, words) in zip(report.bad_rows, wanted, strict=True):
        assert words in bad.reason


@ONE
def test_a_ticket_here_keeps_its_state_and_its_words_are_put_right(
    store: Store, file: Path, now: datetime
) -> None:
    good = RandomIds(random.Random(5)).ticket_number("repair", now.date())
    line = f"{good},repair,registered,王,13800005678,2026-11-20 09:00,,慢,7S26"
    file.write_text(TICKETS + line)
    bring_in(store, "tickets", file, now)
    file.write_text(TICKETS + line.replace("慢", "一天慢十秒"))
    assert bring_in(store, "tickets", file, now).updated == 1
    file.write_text(TICKETS + line.replace("registered", "repairing"))
    report = bring_in(store, "tickets", file, now)
    assert [(bad.column, bad.line) for bad in report.bad_rows] == [("状态", 2)]
    file.write_text(TICKETS + line.replace("13800005678", "13800005679"))
    assert [bad.column for bad in bring_in(store, "tickets", file, now).bad_rows] == ["电话"]
    with store.session() as session:
        ticket = session.scalars(select(Ticket)).one()
    assert (ticket.state, ticket.fault) == ("registered", "一天慢十秒")
    assert ticket.created_at == datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


@ONE
def test_a_customers_empty_cells_leave_what_is_known(
    filled: Store, file: Path, now: datetime
) -> None:
    file.write_text("姓名,电话,地址,重点客户\n王大明,138-0000-5678,示例路 2 号,是\n")
    assert bring_in(filled, "customers", file, now).updated == 1
    file.write_text("姓名,电话,地址\n王大明,13800005678,\n")
    assert bring_in(filled, "customers", file, now).unchanged == 1
    with filled.session() as session:
        one = session.scalars(select(Customer).where(Customer.phone_last4 == "5678")).one()
    assert (one.name, one.address, one.key_customer) == ("王大明", "示例路 2 号", True)


@ONE
def test_a_column_the_file_has_not_leaves_the_card_alone(
    filled: Store, file: Path, now: datetime
) -> None:
    file.write_text("卡号,机芯,壳号,序列号\nC1,7S26,0020,510002\n")
    assert bring_in(filled, "registrations", file, now).updated == 1
    with filled.session() as session:
        card = session.scalars(select(Registration)).one()
    assert (card.serial, card.shop, card.phone_digest) == ("510002", "+某店", "x")


@ONE
def test_a_long_file_is_never_held_in_memory(store: Store, file: Path, now: datetime) -> None:
    """Four thousand lines of two kilobytes: all of them at once would be more than the bound."""
    with file.open("w", encoding="gb18030", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["姓名", "电话", "地址"])
        for number in range(4_000):
            writer.writerow(["王小明", f"100{number:08d}", "示例市示例路" * 83])
    tracemalloc.start()
    seen: list[int] = []
    with store.session() as session:
        importer = KINDS["customers"].importer
        report = do_import(
            session, file, importer, lambda done, total: seen.append(done), now, "周", KEY
        )
        _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (report.added, report.bad_rows, seen[-1], len(seen)) == (4_000, [], 4_000, 8)
    assert peak < 5_000_000


@ONE
def test_what_broke_off_is_done_again_without_harm(store: Store, file: Path, now: datetime) -> None:
    file.write_text("姓名,电话\n" + "\n".join(f"王,100{n:08d}" for n in range(1_200)))
    importer, batches = KINDS["customers"].importer, []

    def commit() -> None:
        session.commit()
        batches.append(1)
        if len(batches) == 2:
            raise InterruptedError

    with pytest.raises(InterruptedError), store.session() as session:
        do_import(session, file, importer, lambda a, b: None, now, "周", KEY, after_batch=commit)
    report = bring_in(store, "customers", file, now)
    assert (report.unchanged, report.added) == (1_000, 200)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("姓名\n王\n".encode(), "电话"),
        (b"\xff\xff\xff", "编码"),
        (b"name,phone\n" + b"x" * 140_000, "CSV"),
    ],
)
@ONE
def test_an_unusable_file_says_why(
    store: Store, file: Path, now: datetime, content: bytes, words: str
) -> None:
    file.write_bytes(content)
    with pytest.raises(UnreadableFile, match=words):
        bring_in(store, "customers", file, now)


@ONE
def test_whoever_was_deleted_does_not_leave_and_is_not_brought_back_by_a_ticket(
    filled: Store, file: Path, now: datetime
) -> None:
    old = take_out(filled, "tickets")
    with filled.session() as session:
        one = session.scalars(select(Customer).where(Customer.phone_last4 == "5678")).one()
        one.name = one.phone = one.phone_last4 = ""
        one.phone_digest = f"erased-{one.id}"
    assert take_out(filled, "customers").count("\r\n") == 2
    assert take_out(filled, "tickets").count("\r\n") == 2
    file.write_text(old, newline="")
    report = bring_in(filled, "tickets", file, now + timedelta(hours=1))
    assert (report.added, report.updated, [bad.column for bad in report.bad_rows]) == (
        0, 0, ["电话"],
    )  # fmt: skip


@pytest.fixture
def erased(filled: Store, tmp_path: Path, now: datetime) -> datetime:
    """The owner of 13800005678 had the data deleted; when that was done."""
    trackers = Trackers(Secret(f"sqlite:///{tmp_path}/rasa.db"))
    with filled.session() as session:
        wish = do_ask_erasure(
            session, sender="visitor-1", tickets=[], proof="session", channel="widget", now=now
        )
        do_erase(session, wish.id, Places(tmp_path, trackers, KEY), now + GRACE)
    return now + GRACE


def refused(report: ImportReport) -> list[tuple[int, str]]:
    assert report.erased == len(report.bad_rows)
    assert all("要求过删除" in bad.reason for bad in report.bad_rows)
    return [(bad.line, bad.column) for bad in report.bad_rows]


@ONE
def test_an_old_table_of_customers_does_not_bring_a_deleted_person_back(
    filled: Store, erased: datetime, file: Path, now: datetime
) -> None:
    later = erased + timedelta(hours=1)
    before = take_out(filled, "customers")
    file.write_text("姓名,电话\n王小明,138 0000 5678\n李,13900001111\nAnn,+442079460000\n")
    with filled.session(read_only=True) as session:
        importer = KINDS["customers"].importer
        tried = do_import(
            session, file, importer, lambda a, b: None, later, "周", KEY, dry_run=True
        )
    report = bring_in(filled, "customers", file, later)
    assert tried == report
    assert refused(report) == [(2, "电话")]
    assert (report.added, report.unchanged) == (1, 1)
    assert "5678" not in before and "5678" not in take_out(filled, "customers")


@ONE
def test_a_deleted_person_who_came_back_is_a_customer_like_others(
    filled: Store, erased: datetime, make_draft: Callable[..., TicketDraft], file: Path
) -> None:
    later = erased + timedelta(hours=1)
    with filled.session() as session:
        draft = make_draft(draft_id="d-3", sender="visitor-9")
        do_create_ticket(session, draft, later, RandomIds(random.Random(9)))
    for kind in ("customers", "tickets"):
        file.write_text(take_out(filled, kind), newline="")
        report = bring_in(filled, kind, file, later)
        assert (report.added, report.updated, report.bad_rows) == (0, 0, [])


@ONE
def test_an_old_ticket_of_a_deleted_person_stays_out_and_a_new_one_comes_in(
    filled: Store, erased: datetime, file: Path
) -> None:
    later = erased + timedelta(days=2)
    numbers = [RandomIds(random.Random(n)).ticket_number("repair", erased.date()) for n in (5, 6)]
    moments = [erased - timedelta(seconds=1), erased + timedelta(days=1)]
    file.write_text(
        TICKETS
        + "\n".join(
            f"{number},repair,registered,王,13800005678,{at.isoformat()},,慢,"
            for number, at in zip(numbers, moments, strict=True)
        )
    )
    report = bring_in(filled, "tickets", file, later)
    assert (refused(report), report.added) == ([(2, "电话")], 1)
    with filled.session() as session:
        found = session.scalars(select(Ticket.number).where(Ticket.number.in_(numbers))).all()
    assert found == numbers[1:]


@ONE
def test_a_card_of_a_deleted_person_comes_in_without_the_number(
    filled: Store, erased: datetime, file: Path
) -> None:
    head, card = "卡号,机芯,壳号,序列号,手机\n", "C{},7S26,0020,51000{},{}"
    phones = ("13800005678", "", "5678", "13900001111")
    file.write_text(head + "\n".join(card.format(n, n, p) for n, p in enumerate(phones, 2)))
    report = bring_in(filled, "registrations", file, erased)
    assert (refused(report), report.added) == ([(2, "手机")], 3)


@ONE
def test_a_long_table_is_asked_about_in_every_batch(
    store: Store, file: Path, now: datetime
) -> None:
    with store.session() as session:
        note_erased(session, ["10000000001", "10000001100"], KEY, now)
    file.write_text("姓名,电话\n" + "\n".join(f"王,100{n:08d}" for n in range(1_200)))
    report = bring_in(store, "customers", file, now)
    assert (refused(report), report.added) == ([(3, "电话"), (1_102, "电话")], 1_198)
