"""One running system for all conversations: Rasa, actions, web and database, as served."""

from collections.abc import Iterator

import pytest

from tools import paths
from tools.rasa_client import RasaClient
from tools.system import System


@pytest.fixture(scope="session")
def system() -> Iterator[System]:
    """The whole system on free ports with a directory of its own."""
    if not paths.MODEL.exists():
        pytest.skip("no model yet: run `make train`")
    with System() as running:
        yield running


@pytest.fixture(scope="session")
def rasa(system: System) -> RasaClient:
    """The gateway's line to Rasa."""
    secret = (system.var / "gateway.secret").read_text(encoding="utf-8").strip()
    return RasaClient(port=system.ports["RASA_PORT"], secret=secret)
