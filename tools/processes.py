"""The processes of the system: what each is started with. The Procfile says the same to people."""

import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from tools import paths
from tools.ports import LOOPBACK


class Process(NamedTuple):
    """One process.

    Attributes:
        name: its name in messages and log files.
        command: a shell command; ``exec`` makes the process itself receive the signals.
        env: what it gets besides the common variables.
    """

    name: str
    command: str
    env: Mapping[str, str]


def processes(
    ports: Mapping[str, int], web_host: str, endpoints: Path, gateway_secret: str
) -> list[Process]:
    """Return all processes for these ports.

    Args:
        ports: numbers by ``WEB_PORT``, ``RASA_PORT``, ``ACTIONS_PORT``.
        web_host: the address ``web`` listens on; the others stay on loopback.
        endpoints: the endpoints file written for this run.
        gateway_secret: what ``web`` proves itself with to Rasa.
    """
    common = {name: str(number) for name, number in ports.items()}
    common |= {"WEB_HOST": web_host, "AFTERSALES_VAR": str(paths.var())}
    common |= {"GATEWAY_SECRET": gateway_secret, "SANIC_HOST": LOOPBACK}
    rasa = {
        "PYTHONWARNINGS": "ignore",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "RASA_TELEMETRY_ENABLED": "false",
    }
    app = str(paths.APP_PYTHON)
    return [
        Process("actions", _exec(app, "-m", "actions.server"), common),
        Process(
            "rasa",
            _exec(
                str(paths.RASA_COMMAND), "run", "-i", LOOPBACK, "-p", str(ports["RASA_PORT"]),
                "--enable-api", "--endpoints", str(endpoints),
                "--credentials", str(paths.ROOT / "credentials.yml"), "-m", str(paths.MODEL),
            ),
            common | rasa,
        ),
        Process(
            "web",
            _exec(
                app, "-m", "uvicorn", "web.app:app", "--host", web_host,
                "--port", str(ports["WEB_PORT"]), "--timeout-graceful-shutdown", "2",
            ),
            common,
        ),
    ]  # fmt: skip


def _exec(*words: str) -> str:
    return "exec " + shlex.join(words)
