"""var/endpoints.yml: endpoints.yml with the ports and files of this run.

An unset ``${VAR}`` in Rasa's endpoints makes every action answer nothing, silently. So the file in
the repository holds literal defaults and the file that Rasa reads is written here, whole.
"""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from tools.ports import LOOPBACK
from tools.progress import Trouble

VARIABLE = re.compile(r"\$\{(\w+)\}")


def render(
    source: Mapping[str, Any], var: Path, actions_port: int, environ: Mapping[str, str]
) -> dict[str, Any]:
    """Return the endpoints with real values.

    Args:
        source: the parsed endpoints.yml.
        var: the directory of run-time files; an SQLite tracker store goes there.
        actions_port: where the actions listen.
        environ: values for ``${NAME}``.

    Raises:
        Trouble: a variable is named that is not set.
    """
    result: dict[str, Any] = _filled(source, environ)
    result["action_endpoint"] = {
        **(result.get("action_endpoint") or {}),
        "url": f"http://{LOOPBACK}:{actions_port}/webhook",
    }
    tracker = result.get("tracker_store")
    if isinstance(tracker, dict) and tracker.get("dialect") == "sqlite" and tracker.get("db"):
        tracker["db"] = str(var / Path(str(tracker["db"])).name)
    return result


def _filled(value: Any, environ: Mapping[str, str]) -> Any:
    if isinstance(value, Mapping):
        return {key: _filled(one, environ) for key, one in value.items()}
    if isinstance(value, list):
        return [_filled(one, environ) for one in value]
    if not isinstance(value, str):
        return value

    def known(match: re.Match[str]) -> str:
        if match[1] not in environ:
            raise Trouble(
                f"endpoints.yml names ${{{match[1]}}}, which is not set.",
                f"Set {match[1]} or write the value into endpoints.yml.",
            )
        return environ[match[1]]

    return VARIABLE.sub(known, value)


def write(source: Path, var: Path, actions_port: int) -> Path:
    """Write ``var``/endpoints.yml and return its path.

    Raises:
        Trouble: the source is missing or names an unset variable.
    """
    if not source.exists():
        raise Trouble(f"{source.name} is missing.", "Restore it from the repository.")
    target = var / "endpoints.yml"
    parsed = yaml.safe_load(source.read_text(encoding="utf-8")) or {}
    text = yaml.safe_dump(render(parsed, var, actions_port, os.environ), allow_unicode=True)
    # It may hold a database's password.
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    return target
