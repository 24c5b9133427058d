"""What the tests of the launcher share."""

import signal
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def _signals_as_in_a_terminal() -> Iterator[None]:
    """Give every child the default signals, however the tests themselves were started.

    Under ``nohup`` or as a background job of a script, SIGHUP or SIGINT are ignored, and children
    inherit that; then a test of how the launcher ends would test the shell.
    """
    inherited = {}
    for number in (signal.SIGHUP, signal.SIGINT):
        if signal.getsignal(number) == signal.SIG_IGN:
            usual = signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL
            inherited[number] = signal.signal(number, usual)
    yield
    for number, handler in inherited.items():
        signal.signal(number, handler)
