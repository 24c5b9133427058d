"""The command that counts or deletes what was kept long enough."""

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from rich.console import Console
from sqlalchemy import select

from aftersales import conversations
from aftersales.clock import FixedClock
from aftersales.people.erasures import Places
from aftersales.people.trackers import Trackers
from aftersales.settings import Secret
from aftersales.store import migrate, open_store
from aftersales.store.tables import Message
from tools.retention import main, show

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def test_a_dry_run_counts_and_a_real_one_deletes(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/a.db"
    migrate(url)
    store = open_store(url)
    trackers = Trackers(Secret(f"sqlite:///{tmp_path}/rasa.db"))
    places = Places(tmp_path, trackers, Secret("k"))
    with store.session() as session:
        talk = conversations.get_or_open(session, "s", "widget", NOW)
        conversations.do_store_message(session, talk, "in", "秘密", now=NOW)
    clock = FixedClock(NOW + timedelta(days=400))
    said = []
    for dry_run in (True, False):
        out = Console(file=io.StringIO(), width=200)
        show(store, places, clock, out, dry_run=dry_run)
        said.append(out.file.getvalue())  # type: ignore[attr-defined]
        with store.session() as session:
            assert len(session.scalars(select(Message)).all()) == (1 if dry_run else 0)
    assert "只数不删" in said[0] and "deleted 1" in said[1]
    assert "秘密" not in said[0] + said[1]
    store.close()


def test_it_runs_from_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("AFTERSALES_VAR", str(tmp_path))
    monkeypatch.delenv("AFTERSALES_DATABASE_URL", raising=False)
    assert main(["--dry-run"]) == 0
    assert "messages" in capsys.readouterr().out
