"""Who we are is what the file says, and an empty field stays empty."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml

from aftersales import knowledge
from aftersales.knowledge import KnowledgeError
from aftersales.operator import operator, sentence


def test_the_demonstration_is_plainly_an_example() -> None:
    who = operator()
    assert who.example
    assert "示例" in who.name
    assert who.kind == "independent"
    assert (who.phone, who.address, who.email) == (None, None, None)


@pytest.mark.parametrize("key", ["who", "hours", "notice", "unknown"])
def test_every_sentence_has_two_voices(key: str) -> None:
    line = sentence(key)
    assert line.say != line.say_desk
    assert line.source


def test_we_are_never_the_brand() -> None:
    assert "不是品牌官方" in sentence("who").say
    with pytest.raises(KeyError):
        sentence("price")


@pytest.fixture
def fill(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Write an operator's file with these fields."""
    monkeypatch.setenv("AFTERSALES_KNOWLEDGE", str(tmp_path))

    def write(**fields: object) -> None:
        (tmp_path / "operator.yml").write_text(yaml.safe_dump(fields, allow_unicode=True))
        knowledge.forget()

    yield write
    knowledge.forget()


def test_what_is_empty_stays_empty(fill: Callable[..., None]) -> None:
    fill(name="东方钟表服务中心", example=False, address="  ", phone="")
    who = operator()
    assert who.name == "东方钟表服务中心"
    assert not who.example
    fields = (who.kind, who.status, who.address, who.phone, who.email, who.hours, who.notice)
    assert fields == (None,) * 7


def test_what_is_filled_in_is_kept(fill: Callable[..., None]) -> None:
    fill(name="东方", example=False, kind="authorised", address="江宁路", phone="021-5555-0101")
    who = operator()
    assert (who.kind, who.address, who.phone) == ("authorised", "江宁路", "021-5555-0101")


@pytest.mark.parametrize(
    "fields",
    [
        {"example": True},
        {"name": " ", "example": True},
        {"name": "东方"},
        {"name": "东方", "example": "no"},
        {"name": "东方", "example": False, "kind": "official"},
    ],
)
def test_a_file_that_could_mislead_is_refused(
    fill: Callable[..., None], fields: dict[str, object]
) -> None:
    fill(**fields)
    with pytest.raises(KnowledgeError, match="operator"):
        operator()
