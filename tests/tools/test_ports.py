"""Ports: found free or taken, and a refusal that names what to change."""

import socket
from collections.abc import Iterator

import pytest

from tools import ports
from tools.progress import Trouble


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as server:
        server.bind((ports.LOOPBACK, 0))
        server.listen()
        yield int(server.getsockname()[1])


def test_a_listening_port_is_not_free(taken: int) -> None:
    assert not ports.is_free(ports.LOOPBACK, taken)


def test_free_ports_are_free_and_different() -> None:
    found = ports.free(3)
    assert len(set(found)) == 3
    assert all(ports.is_free(ports.LOOPBACK, port) for port in found)


def test_the_refusal_names_port_and_variable(taken: int) -> None:
    with pytest.raises(Trouble) as caught:
        ports.check({"RASA_PORT": taken})
    assert f"Port {taken}" in caught.value.what
    assert "RASA_PORT=" in caught.value.todo
    assert f"RASA_PORT={taken} " not in caught.value.todo


@pytest.mark.parametrize("value", ["x", "0", "65536", "-1", "80 80"])
def test_a_wrong_number_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("WEB_PORT", value)
    with pytest.raises(Trouble, match="WEB_PORT"):
        ports.chosen()


def test_one_number_for_two_processes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEB_PORT", "7000")
    monkeypatch.setenv("RASA_PORT", "7000")
    with pytest.raises(Trouble, match="twice"):
        ports.chosen()


def test_an_empty_variable_means_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ports.DEFAULTS:
        monkeypatch.setenv(name, "")
    assert ports.chosen() == ports.DEFAULTS
