"""Asks each process whether it is ready to serve."""

import http.client
import json
from collections.abc import Mapping

from tools.paths import MODEL
from tools.ports import LOOPBACK, reachable

TIMEOUT = 3.0


def get(port: int, path: str, host: str = LOOPBACK) -> tuple[int, bytes]:
    """Fetch a path; status 0 when nobody answers.

    Args:
        port: where to ask.
        path: what to ask for.
        host: which address to ask.
    """
    # http.client, not urllib: a proxy from the environment has no business on loopback.
    connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read()
    except (OSError, http.client.HTTPException):
        return 0, b""
    finally:
        connection.close()


def rasa(port: int) -> bool:
    """Say whether Rasa serves our model: with a wrong path it silently loads another one."""
    status, body = get(port, "/status")
    if status != 200:
        return False
    try:
        return str(json.loads(body)["model_file"]).endswith(MODEL.name)
    except (ValueError, KeyError, TypeError):
        return False


def healthy(name: str, ports: Mapping[str, int]) -> bool:
    """Say whether the process of that name (``web``, ``rasa``, ``actions``) is ready."""
    if name == "rasa":
        return rasa(ports["RASA_PORT"])
    if name == "actions":
        return get(ports["ACTIONS_PORT"], "/health")[0] == 200
    return get(ports["WEB_PORT"], "/healthz", reachable())[0] == 200
