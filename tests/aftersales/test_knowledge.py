"""Knowledge files: found, cached, refused with their name; and what ours promise."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from aftersales import knowledge
from aftersales.calendar import opening_hours
from aftersales.knowledge import KnowledgeError

OURS = [
    "calendar",
    "care",
    "complaints",
    "contacts",
    "deadlines",
    "demo",
    "estimates",
    "exchange",
    "intake_checklist",
    "operator",
    "people",
    "registrations",
    "reports",
    "staff",
    "tickets",
    "trainings",
    "visits",
    "workshop",
]


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("AFTERSALES_KNOWLEDGE", str(tmp_path))
    yield tmp_path
    knowledge.forget()


def test_a_file_is_read_once_until_it_is_forgotten(elsewhere: Path) -> None:
    file = elsewhere / "facts.yml"
    file.write_text("a: 1\n")
    assert knowledge.load("facts") is knowledge.load("facts")
    file.write_text("a: 2\n")
    assert knowledge.load("facts") == {"a": 1}
    knowledge.forget()
    assert knowledge.load("facts") == {"a": 2}


@pytest.mark.parametrize("text", ["- a list\n", "a: [\n", "a: !!python/object:os.system x\n", ""])
def test_a_broken_file_is_named(elsewhere: Path, text: str) -> None:
    (elsewhere / "facts.yml").write_text(text)
    with pytest.raises(KnowledgeError, match="facts.yml"):
        knowledge.load("facts")


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "", "no_such_file"])
def test_a_wrong_name_is_refused(name: str) -> None:
    with pytest.raises(KnowledgeError):
        knowledge.load(name)


@pytest.mark.parametrize("name", OURS)
def test_every_file_says_where_it_comes_from_and_when_it_was_reviewed(name: str) -> None:
    data = knowledge.load(name)
    assert data["source"]
    assert isinstance(data["reviewed"], date)


def test_every_sentence_has_a_spoken_form() -> None:
    def check(node: Any, path: str) -> None:
        if isinstance(node, dict):
            if isinstance(node.get("say"), str):
                assert node.get("say_desk"), path
            for key, value in node.items():
                check(value, f"{path}.{key}")

    for name in OURS:
        check(knowledge.load(name), name)


def test_contacts_are_the_reviewed_ones_and_ask_to_check_first() -> None:
    data = knowledge.load("contacts")
    phones = {c["phone"] for c in data["contacts"].values()}
    assert phones == {"400-690-5589", "+86-21-6272-0688"}
    for contact in data["contacts"].values():
        assert contact["source"].startswith("https://")
        assert contact["hours"] is None
        assert "请先核实" in contact["say"]
        assert "请先核实" in contact["say_desk"]


def test_the_example_operator_has_no_phone_and_no_address() -> None:
    operator = knowledge.load("operator")
    assert operator["example"] is True
    assert operator["phone"] is operator["address"] is operator["email"] is None
    assert "示例" in operator["name"]


def test_the_operators_hours_are_those_of_the_calendar() -> None:
    def clock(minutes: int) -> str:
        return f"{minutes // 60}:{minutes % 60:02d}"

    periods = opening_hours().by_kind["workday"]
    written = {f"{clock(p.start)}–{clock(p.end)}" for p in periods}
    operator = knowledge.load("operator")
    for text in (operator["hours"], operator["say"]["hours"]["say"]):
        assert set(re.findall(r"\d+:\d\d–\d+:\d\d", text)) == written


def test_what_is_made_of_a_file_is_made_once_for_each_reading() -> None:
    def make(data: dict[str, Any]) -> tuple[str, ...]:
        return tuple(data["kinds"])

    first = knowledge.derive("tickets", make)
    assert first == ("repair", "complaint", "callback")
    assert knowledge.derive("tickets", make) is first
    knowledge.forget()
    again = knowledge.derive("tickets", make)
    assert again == first and again is not first
