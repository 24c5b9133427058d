"""Movements, lines, positions, cities: words that stand for one value."""

import pytest

from aftersales.language.lines import lines
from aftersales.language.movements import movements
from aftersales.language.places import cities
from aftersales.language.positions import positions


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("光动能的", "solar"),
        ("太阳能表", "solar"),
        ("光能电波表", "solar"),
        ("全自动机械", "mechanical"),
        ("机械表", "mechanical"),
        ("手上弦的", "mechanical"),
        ("石英", "quartz"),
        ("电子表", "quartz"),
        ("装电池的", "quartz"),
        ("kinetic", "kinetic"),
        ("人动电能", "kinetic"),
        ("人工动能", "kinetic"),
        ("Spring Drive", "spring_drive"),
        ("春驱", "spring_drive"),
        ("meca-quartz", "hybrid"),
        ("机械石英混合", "hybrid"),
    ],
)
def test_movement(text: str, value: str) -> None:
    assert [entity.value for entity in movements(text)] == [value]


@pytest.mark.parametrize("text", ["电波表", "换电池", "电波对时", "电池没电了"])
def test_no_movement(text: str) -> None:
    assert movements(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("我的GS", "grand_seiko"),
        ("大精工", "grand_seiko"),
        ("冠蓝狮", "grand_seiko"),
        ("grand seiko", "grand_seiko"),
        ("贵朵", "credor"),
        ("King Seiko", "king_seiko"),
        ("KS", "king_seiko"),
        ("水鬼", "prospex"),
        ("Prospex", "prospex"),
        ("罐头", "prospex"),
        ("presage", "presage"),
        ("鸡尾酒", "presage"),
        ("精工5号", "seiko_5"),
        ("盾牌5号", "seiko_5"),
        ("seiko 5", "seiko_5"),
        ("五号表", "seiko_5"),
        ("astron", "astron"),
        ("lukia", "lukia"),
        ("璐琦亚", "lukia"),
    ],
)
def test_line(text: str, value: str) -> None:
    assert [entity.value for entity in lines(text)] == [value]


@pytest.mark.parametrize("text", ["精工表", "3月5号", "15号", "gsm", "精工5天", "5号去取"])
def test_no_line(text: str) -> None:
    assert lines(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("面朝上", "dial_up"),
        ("表盘朝上", "dial_up"),
        ("平放", "dial_up"),
        ("扣着放", "dial_down"),
        ("面朝下", "dial_down"),
        ("后盖朝上", "dial_down"),
        ("表冠朝上", "crown_up"),
        ("把头朝下", "crown_down"),
        ("3点朝上", "crown_up"),
        ("9点朝上", "crown_down"),
        ("九点钟方向朝上", "crown_down"),
        ("12点朝上", "crown_right"),
        ("6点位朝上", "crown_left"),
        ("表冠朝左", "crown_left"),
    ],
)
def test_position(text: str, value: str) -> None:
    assert [entity.value for entity in positions(text)] == [value]


@pytest.mark.parametrize("text", ["表面上有划痕", "见面下次说", "13点朝上"])
def test_no_position(text: str) -> None:
    assert positions(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("我在上海", "上海"),
        ("杭州有没有售后", "杭州"),
        ("香港买的", "香港"),
        ("台北", "台北"),
        ("在大理能修吗", "大理"),
        ("吉林市", "吉林"),
        ("呼和浩特", "呼和浩特"),
    ],
)
def test_city(text: str, value: str) -> None:
    assert [entity.value for entity in cities(text)] == [value]


@pytest.mark.parametrize(
    "text", ["上海表准吗", "南京路", "白银色的", "大理石", "日照时间", "请三明治", "普洱茶"]
)
def test_no_city(text: str) -> None:
    assert cities(text) == []
