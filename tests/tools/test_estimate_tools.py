"""Estimates, checklist and pick-up code from the terminal."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from aftersales.ids import RandomIds
from aftersales.pickup import find_pickup, pickup_code
from aftersales.settings import Settings
from aftersales.store import Store, migrate, open_store
from aftersales.store.tables import Estimate, IntakeItem, Photo, Ticket
from aftersales.tickets import TicketDraft, do_create_ticket
from aftersales.tickets.moves import do_move_checked
from tests.web.test_pictures import with_place
from tools import estimate, intake


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("AFTERSALES_VAR", str(tmp_path))
    monkeypatch.delenv("AFTERSALES_DATABASE_URL", raising=False)
    found = Settings.from_env({"AFTERSALES_VAR": str(tmp_path)})
    migrate(found.database_url.reveal())
    return found


@pytest.fixture
def store(settings: Settings) -> Store:
    return open_store(settings.database_url.reveal())


@pytest.fixture
def number(store: Store) -> str:
    now = datetime.now(UTC)
    with store.session() as session:
        draft = TicketDraft("d", "repair", "王小明", "13800005678", "widget", "w", fault="慢")
        ticket = do_create_ticket(session, draft, now, RandomIds())
        for state in ("awaiting_assignment", "in_service", "taken_in"):
            do_move_checked(session, ticket, state, now, who="chief")
        return ticket.number


def run(tool: object, *words: str, ok: bool = True) -> str:
    done = CliRunner().invoke(tool.app, [*words])  # type: ignore[attr-defined]
    assert (done.exit_code == 0) == ok, done.output
    return done.output


def test_made_sent_shown_and_taken_back(store: Store, number: str) -> None:
    made = run(
        estimate, "make", number, "--labour", "保养=680", "--part", "防水圈=15x2", "--days", "3"
    )
    assert "710.00" in made and "v1" in made
    link = run(estimate, "send", number).strip().splitlines()[-1]
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/e/[a-z0-9]{26}", link)
    assert run(estimate, "link", number).strip() != link
    with store.session() as session:
        offer = session.query(Estimate).one()
        assert (offer.state, offer.ticket.state) == ("sent", "awaiting_approval")
    assert "等您确认" in run(estimate, "show", number)
    assert "已撤回" in run(estimate, "withdraw", number)
    assert "nothing was sent" in run(estimate, "link", number, ok=False)
    assert "no estimate is draft" in run(estimate, "send", number, ok=False)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["--part", "表镜"], "write it as"),
        (["--part", "表镜=两百"], "yuan"),
        (["--part", "表镜=2xy"], "write it as"),
        (["--part", "=200"], "label"),
        ([], "1 to 40 lines"),
        (["--part", "表镜=200", "--days", "90"], "validity"),
    ],
)
def test_what_makes_no_estimate_is_refused(
    store: Store, number: str, words: list[str], reason: str
) -> None:
    assert reason in run(estimate, "make", number, *words, ok=False)
    with store.session() as session:
        assert session.query(Estimate).count() == 0


def test_an_unknown_number_is_said_to_be_unknown(number: str) -> None:
    for words in ("FW000000-00000", "x"):
        assert f"没有找到单号 {words}" in run(estimate, "show", words, ok=False)


def test_an_item_is_checked_with_a_photo_that_tells_nothing_of_the_place(
    store: Store, settings: Settings, number: str, tmp_path: Path
) -> None:
    photo = tmp_path / "IMG_0001.jpg"
    photo.write_bytes(with_place())
    shown = run(intake, "check", number, "case", "damaged", "--note", "磕碰", "--photo", str(photo))
    assert "损坏" in shown and "1 jpg" in shown
    (kept,) = settings.photos_dir.iterdir()
    assert b"SECRET" not in kept.read_bytes() and re.fullmatch(r"[a-z0-9]{26}\.jpg", kept.name)
    with store.session() as session:
        assert session.query(IntakeItem).one().photos == [kept.name]
        assert session.query(Photo).one().ticket_id == session.query(Ticket).one().id
    assert "磕碰" in run(intake, "show", number)


@pytest.mark.parametrize("bad", [b"<svg/>", b"GIF89a", b"\xff\xd8\xff<?php ?>"])
def test_a_bad_photo_is_refused_and_leaves_nothing(
    store: Store, settings: Settings, number: str, tmp_path: Path, bad: bytes
) -> None:
    photo = tmp_path / "photo.png"
    photo.write_bytes(bad)
    said = run(intake, "check", number, "case", "good", "--photo", str(photo), ok=False)
    assert "photo.png" in said
    good = tmp_path / "good.jpg"
    good.write_bytes(with_place())
    assert "note" in run(intake, "check", number, "case", "missing", "--photo", str(good), ok=False)
    assert not settings.photos_dir.exists() or list(settings.photos_dir.iterdir()) == []
    with store.session() as session:
        assert session.query(Photo).count() == session.query(IntakeItem).count() == 0


def test_the_counter_checks_the_code(store: Store, settings: Settings, number: str) -> None:
    now = datetime.now(UTC)
    assert "no code" in run(intake, "pickup", number, "123456", ok=False)
    with store.session() as session:
        ticket = session.query(Ticket).one()
        do_move_checked(session, ticket, "awaiting_return", now, who="chief")
        link = find_pickup(session, ticket, now)
        assert link is not None
        code = pickup_code(link, settings.session_secret())
    assert run(intake, "pickup", number, code).strip() == "OK"
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    for _ in range(5):
        assert "wrong code" in run(intake, "pickup", number, wrong, ok=False)
    assert "too many" in run(intake, "pickup", number, code, ok=False)
    run(intake, "reissue", number)
    assert "wrong code" in run(intake, "pickup", number, code, ok=False)
    assert "/s/" in run(intake, "status-link", number)
