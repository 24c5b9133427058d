"""Names are read from short answers, and answers that are none are left alone."""

import pytest

from actions import names
from actions.services import Services
from tests.actions.talking import turn


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("我叫王芳", "王芳"),
        ("姓刘", "刘"),
        ("刘大爷", "刘大爷"),
        ("没错", None),
        ("138", None),
        ("要填几项", None),
        ("我姓陈耳东陈", "陈"),
        ("林晓，双木林", "林晓"),
        ("王小明", "王小明"),
        ("没带卡", None),
        ("不在保了", None),
        ("有保修卡", None),
        ("在箱子里", None),
        ("票丢了", None),
        ("卡找不着", None),
        ("卜卫", "卜卫"),
        ("费玉清", "费玉清"),
        ("时迁", "时迁"),
        ("钱有根", "钱有根"),
        ("花不语", "花不语"),
        ("车晓", "车晓"),
        ("水均益", "水均益"),
        ("还文", "还文"),
    ],
)
def test_a_name_is_read(services: Services, text: str, name: str | None) -> None:
    assert names.read_name(turn(services, text, "inform")) == name


@pytest.mark.parametrize(
    ("before", "text", "fuller"),
    [("刘", "刘大爷", True), ("周", "周明", True), ("周", "没有", False), ("", "周明", False)],
)
def test_a_surname_is_completed(services: Services, before: str, text: str, fuller: bool) -> None:
    assert names.fuller_name({"name": before}, turn(services, text, "inform")) is fuller


def test_a_name_given_early_is_noticed(services: Services) -> None:
    assert names.is_name(turn(services, "吴女士", "deny"))
    assert not names.is_name(turn(services, "那我再等等", "deny"))
