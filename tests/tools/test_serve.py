"""The launcher's small parts; the whole of it runs in `make smoke`."""

import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

from tools import paths, serve
from tools.processes import processes
from tools.smoke import alive, family

PORTS = {"WEB_PORT": 1, "RASA_PORT": 2, "ACTIONS_PORT": 3}


def test_only_web_can_be_opened_to_others(tmp_path: Path) -> None:
    found = {one.name: one for one in processes(PORTS, "0.0.0.0", tmp_path, "s")}  # noqa: S104
    assert "--host 0.0.0.0" in found["web"].command
    assert "-i 127.0.0.1" in found["rasa"].command
    assert found["actions"].env["SANIC_HOST"] == "127.0.0.1"


def test_rasa_gets_the_model_by_its_absolute_path_and_keeps_quiet(tmp_path: Path) -> None:
    found = {one.name: one for one in processes(PORTS, "127.0.0.1", tmp_path, "s")}
    assert f"-m {paths.MODEL}" in found["rasa"].command and paths.MODEL.is_absolute()
    assert found["rasa"].env["RASA_TELEMETRY_ENABLED"] == "false"


def test_the_secret_is_not_on_the_command_line(tmp_path: Path) -> None:
    for one in processes(PORTS, "127.0.0.1", tmp_path, "very-secret"):
        assert "very-secret" not in one.command
        assert one.env["GATEWAY_SECRET"] == "very-secret"


def test_demo_numbers_are_read_from_among_other_lines(tmp_path: Path) -> None:
    log = tmp_path / "seed.log"
    card = {"card_number": "A1", "case_back": "7S26-0020", "phone_last4": "1234", "note": None}
    said = json.dumps({"inserted": True, "registrations": [card] * 5, "ticket": None})
    log.write_text(f"hello\n3\n{said}\n", encoding="utf-8")
    assert serve.demo(log) == ["card A1  case back 7S26-0020  phone ending 1234"] * 3
    assert serve.demo(tmp_path / "none") == []


def test_logs_of_the_run_before_are_kept(tmp_path: Path) -> None:
    for text in (b"first\n", b"second\n"):
        printer = serve.LogPrinter(tmp_path)
        printer.write(SimpleNamespace(name="web", data=text, type="line"))
        printer.close()
    assert (tmp_path / "web.log").read_text(encoding="utf-8") == "second\n"
    assert (tmp_path / "web.log.1").read_text(encoding="utf-8") == "first\n"


def test_the_first_that_ended_is_remembered(tmp_path: Path) -> None:
    printer = serve.LogPrinter(tmp_path)
    for text in ("rasa stopped (rc=1)\n", "web stopped (rc=0)\n"):
        printer.write(SimpleNamespace(name="system", data=text, type="line"))
    printer.close()
    assert printer.first_stopped == "rasa"


def test_descendants_are_found_and_seen_to_end() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", "input()"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
    ) as process:
        assert process.pid in family(os.getpid())
        assert alive(process.pid)
        assert process.stdin is not None
        process.stdin.write(b"\n")
        process.stdin.close()
    assert not alive(process.pid)
