"""The endpoints file that Rasa reads: real values, nothing unset."""

import stat
from pathlib import Path

import pytest
import yaml

from tools import endpoints, paths
from tools.progress import Trouble


def test_ports_and_files_of_the_run_are_filled_in(tmp_path: Path) -> None:
    source = {
        "action_endpoint": {"url": "http://127.0.0.1:5055/webhook", "keep": 1},
        "tracker_store": {"type": "SQL", "dialect": "sqlite", "db": "var/rasa.db"},
        "lock_store": {"type": "own"},
    }
    result = endpoints.render(source, tmp_path, 6000, {})
    assert result["action_endpoint"] == {"url": "http://127.0.0.1:6000/webhook", "keep": 1}
    assert result["tracker_store"]["db"] == str(tmp_path / "rasa.db")
    assert result["lock_store"] == {"type": "own"}
    assert source["tracker_store"]["db"] == "var/rasa.db"  # type: ignore[index]


def test_another_database_is_left_alone(tmp_path: Path) -> None:
    store = {
        "type": "SQL",
        "dialect": "postgresql",
        "db": "rasa",
        "password": "${RASA_DB_PASSWORD}",
    }
    result = endpoints.render({"tracker_store": store}, tmp_path, 1, {"RASA_DB_PASSWORD": "x"})
    assert result["tracker_store"] == {**store, "password": "x"}


def test_an_unset_variable_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="NOT_SET_HERE"):
        endpoints.render({"lock_store": {"url": ["${NOT_SET_HERE}"]}}, tmp_path, 1, {})


def test_the_projects_own_file_can_be_written(tmp_path: Path) -> None:
    target = endpoints.write(paths.ROOT / "endpoints.yml", tmp_path, 6000)
    assert "${" not in target.read_text(encoding="utf-8")
    assert yaml.safe_load(target.read_text(encoding="utf-8"))["action_endpoint"]["url"].endswith(
        ":6000/webhook"
    )
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_a_missing_source_is_named(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="endpoints.yml is missing"):
        endpoints.write(tmp_path / "endpoints.yml", tmp_path, 1)
