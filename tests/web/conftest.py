"""A real application on a real database, and a real peer that keeps the gateway's contract."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from aftersales.clock import FixedClock
from aftersales.settings import Secret, Settings
from aftersales.store import Store, migrate, open_store
from tests.web import fake_rasa
from tests.web.house import NOW, Peer, Served
from web.app import create_app
from web.rasa import RasaClient

#: What the tests of faults and of attacks share with these.
__all__ = [
    "app",
    "clock",
    "empty_database",
    "other_page",
    "page",
    "peer",
    "running_peer",
    "served",
    "settings",
    "store",
]


@pytest.fixture(scope="session")
def running_peer() -> Iterator[Peer]:
    with Peer() as peer:
        yield peer


@pytest.fixture
def peer(running_peer: Peer) -> Peer:
    running_peer.heard.clear()
    return running_peer


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A migrated database, made once and copied for each test."""
    path = tmp_path_factory.mktemp("empty") / "aftersales.db"
    migrate(f"sqlite:///{path}")
    return path.read_bytes()


@pytest.fixture
def settings(tmp_path: Path, running_peer: Peer, empty_database: bytes) -> Settings:
    (tmp_path / "aftersales.db").write_bytes(empty_database)
    return Settings.from_env(
        {
            "AFTERSALES_VAR": str(tmp_path),
            "RASA_PORT": str(running_peer.port),
            "ACTIONS_PORT": str(running_peer.port),
            "GATEWAY_SECRET": fake_rasa.SECRET,
        }
    )


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    opened = open_store(settings.database_url.reveal())
    yield opened
    opened.close()


@pytest.fixture
def app(settings: Settings, store: Store, clock: FixedClock, peer: Peer) -> FastAPI:
    rasa = RasaClient(
        settings.rasa_url,
        Secret(fake_rasa.SECRET),
        timeout=httpx.Timeout(connect=2.0, read=0.3, write=2.0, pool=2.0),
    )
    return create_app(settings, store=store, clock=clock, rasa=rasa)


@pytest.fixture
def served(app: FastAPI) -> Iterator[Served]:
    with Served(app) as running:
        yield running


@pytest.fixture
def page(served: Served) -> Iterator[httpx.Client]:
    """One visitor's browser, as far as HTTP goes."""
    with served.visitor() as browser:
        yield browser


@pytest.fixture
def other_page(served: Served) -> Iterator[httpx.Client]:
    """Another visitor of the same running application."""
    with served.visitor() as browser:
        yield browser
