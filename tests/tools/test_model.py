"""When the model must be trained again."""

import hashlib
import json
from pathlib import Path

import pytest

from tools import model


@pytest.fixture
def root(tmp_path: Path) -> Path:
    files = {
        "domain.yml": "d",
        "config.yml": "c",
        "data/nlu.yml": "n",
        "bot/channel.py": "b",
        "aftersales/language/rates.py": "l",
        "aftersales/tickets/create.py": "t",
        "requirements/rasa.txt": "r",
        "models/assistant.tar.gz": "model",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    known = {"sources": model.fingerprint(tmp_path), "model": hashlib.sha256(b"model").hexdigest()}
    (tmp_path / "models/assistant.json").write_text(json.dumps(known), encoding="utf-8")
    return tmp_path


def test_unchanged_sources_need_no_training(root: Path) -> None:
    assert model.current(root)


@pytest.mark.parametrize(
    "name",
    [
        "domain.yml",
        "config.yml",
        "data/nlu.yml",
        "data/new.yml",
        "bot/channel.py",
        "aftersales/language/rates.py",
        "requirements/rasa.txt",
        "models/assistant.tar.gz",
    ],
)
def test_a_change_needs_training(root: Path, name: str) -> None:
    (root / name).write_text("changed", encoding="utf-8")
    assert not model.current(root)


def test_other_code_does_not(root: Path) -> None:
    (root / "aftersales/tickets/create.py").write_text("changed", encoding="utf-8")
    (root / "bot/__pycache__").mkdir()
    (root / "bot/__pycache__/channel.pyc").write_text("x", encoding="utf-8")
    assert model.current(root)


def test_two_files_that_swap_contents_are_a_change(root: Path) -> None:
    before = model.fingerprint(root)
    (root / "domain.yml").write_text("c", encoding="utf-8")
    (root / "config.yml").write_text("d", encoding="utf-8")
    assert model.fingerprint(root) != before


@pytest.mark.parametrize("text", ["", "[]", "{}", "not json"])
def test_a_damaged_sidecar_means_training(root: Path, text: str) -> None:
    (root / "models/assistant.json").write_text(text, encoding="utf-8")
    assert not model.current(root)


def test_a_missing_model_means_training(root: Path) -> None:
    (root / "models/assistant.tar.gz").unlink()
    assert not model.current(root)


def test_scores_are_noted_beside_the_current_model_only(root: Path) -> None:
    model.note_scores({"blind.yml": {"first": 0.9}}, root)
    known = json.loads((root / "models/assistant.json").read_text(encoding="utf-8"))
    assert known["scores"] == {"blind.yml": {"first": 0.9}}
    assert known["data"] == hashlib.sha256(b"n").hexdigest()
    assert model.current(root)
    (root / "data/nlu.yml").write_text("changed", encoding="utf-8")
    model.note_scores({}, root)
    assert json.loads((root / "models/assistant.json").read_text(encoding="utf-8")) == known
