"""Emergencies are found, precautions and figures of speech are not."""

import pytest

from aftersales.language.hazards import BURNING, LEAK_ON_BODY, SWALLOWED_CELL, hazard

SWALLOWED = [
    "孩子把手表电池吞了",
    "宝宝好像把纽扣电池咽下去了怎么办",
    "我家娃误食了电池",
    "換下來的電池被小孩吞了!!",
    "拆出来的电池放桌上，一转眼孩子给吞了",
    "狗把换下来的电池吃掉了",
    "儿子把电池吃下去了",
    "女儿把小电池塞进鼻子里了",
    "孩子把电池放嘴里了",
    "怀疑孩子吞了电池，桌上少了一颗",
    "电池少了一颗怕是被孩子吞了",
    "不知道他有没有吞，电池找不到了，刚才好像吞了",
]
LEAK = [
    "电池漏液弄到手上了",
    "电池漏了，液体溅到眼睛里",
    "漏液沾到皮肤，现在又红又痒",
    "摸了漏液的电池，手指有点烧疼",
    "电池水进眼睛了",
    "孩子舔了漏液的电池",
]
FIRE = [
    "手表冒烟了",
    "表里有股烧焦的味道",
    "充电的时候闻到焦味",
    "电池突然爆炸",
    "后盖那里冒出一股白烟",
    "手表着火了",
    "有股胶皮烧糊的味儿",
]
NOTHING = [
    "",
    "电池漏液了",
    "手表电池漏液怎么办",
    "表里电池漏液，把机芯腐蚀了",
    "怕孩子吞电池，旧电池怎么处理",
    "怎么防止小孩吞电池",
    "万一孩子吞了电池怎么办",
    "电池漏液，没有沾到手",
    "电池没有漏液，手表也没冒烟",
    "没冒烟也没有焦味",
    "孩子没吞电池，就是拿着玩",
    "这表太吃电池了，一年吃了两块",
    "我这块表吃了三块电池了",
    "换电池多少钱",
    "急得我嗓子冒烟了",
    "我真要气炸了",
    "一起火锅去吗",
    "坐着火车手表停了",
    "手表进水了",
    "订单被你们吞了，我要换电池",
    "手腕出汗会不会腐蚀表壳",
    "戴了手腕发痒是不是过敏",
    "电池会不会爆炸",
    "表冠掉手里了",
]


@pytest.mark.parametrize("text", SWALLOWED)
def test_a_swallowed_cell_is_found(text: str) -> None:
    assert hazard(text) == SWALLOWED_CELL


@pytest.mark.parametrize("text", LEAK)
def test_electrolyte_on_the_body_is_found(text: str) -> None:
    assert hazard(text) == LEAK_ON_BODY


@pytest.mark.parametrize("text", FIRE)
def test_smoke_and_burning_are_found(text: str) -> None:
    assert hazard(text) == BURNING


@pytest.mark.parametrize("text", NOTHING)
def test_no_alarm_without_an_emergency(text: str) -> None:
    assert hazard(text) is None


def test_the_gravest_comes_first() -> None:
    assert hazard("电池漏液弄到手上，孩子还吞了一颗电池") == SWALLOWED_CELL
