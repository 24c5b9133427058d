"""The three loopback ports and the variables that change them."""

from __future__ import annotations

import os
import socket
from typing import Dict, List

from tools.progress import Trouble

DEFAULTS = {"WEB_PORT": 8000, "RASA_PORT": 5005, "ACTIONS_PORT": 5055}
LOOPBACK = "127.0.0.1"


def chosen() -> Dict[str, int]:
    """Return the port of each variable.

    Raises:
        Trouble: a variable is no port number, or two name the same one.
    """
    numbers: Dict[str, int] = {}
    for name, default in DEFAULTS.items():
        text = os.environ.get(name) or str(default)
        if not text.isdigit() or not 0 < int(text) < 65536:
            raise Trouble(
                f"{name}={text} is not a port number.",
                f"Set it to 1-65535, for example {name}={default}.",
            )
        if int(text) in numbers.values():
            raise Trouble(f"{name}={text} is named twice.", "Give each process a port of its own.")
        numbers[name] = int(text)
    return numbers


def host() -> str:
    """Return the address ``web`` listens on; only ``web`` may be opened to others."""
    return os.environ.get("WEB_HOST") or LOOPBACK


def reachable() -> str:
    """Return the address at which ``web`` answers this machine."""
    return LOOPBACK if host() in ("0.0.0.0", "::") else host()  # noqa: S104 - compared only


def is_free(address: str, port: int) -> bool:
    """Say whether a server could listen there now."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # As servers do: a connection that is only just closing is no obstacle.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError:
            return False
    return True


def check(numbers: Dict[str, int]) -> None:
    """Make sure that all ports are free.

    Raises:
        Trouble: one is taken; the sentence names it and the variable that changes it.
    """
    for name, port in numbers.items():
        if not is_free(host() if name == "WEB_PORT" else LOOPBACK, port):
            raise Trouble(
                f"Port {port} is taken by another program, perhaps by this system running already.",
                "Stop that program, or choose another port: "
                f"{name}={_other(port, numbers)} make run",
            )


def _other(port: int, numbers: Dict[str, int]) -> int:
    for candidate in range(port + 1, 65536):
        if candidate not in numbers.values() and is_free(LOOPBACK, candidate):
            return candidate
    return port


def free(count: int) -> List[int]:
    """Return that many different ports nobody uses just now."""
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind((LOOPBACK, 0))
        return [int(probe.getsockname()[1]) for probe in probes]
    finally:
        for probe in probes:
            probe.close()
