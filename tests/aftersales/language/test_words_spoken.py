"""Movements, lines, positions and cities by nickname, by homophone, abroad."""

from datetime import date

import pytest

from aftersales.language import extract

TODAY = date(2026, 11, 23)
# phrase | name | value, comma for several, empty for none
PHRASES = """
机戒表|movement|mechanical
是鸡械的|movement|mechanical
自动机界表|movement|mechanical
機械錶|movement|mechanical
jixie的|movement|mechanical
全自动机戒|movement|mechanical
石鹰表|movement|quartz
石应的|movement|quartz
时英表|movement|quartz
shiying表|movement|quartz
石英錶|movement|quartz
光能的|movement|solar
太陽能|movement|solar
光動能|movement|solar
光洞能|movement|solar
太阳嫩充电的|movement|solar
光动力的|movement|solar
春驱动|movement|spring_drive
人动电能的|movement|kinetic
电波的|movement|
机器坏了|movement|
机会难得|movement|
老鹰|movement|
小五|line|seiko_5
我的小5走慢|line|seiko_5
五号走快|line|seiko_5
5號|line|seiko_5
我的5号不走了|line|seiko_5
盾五|line|seiko_5
盾5|line|seiko_5
盾牌五|line|seiko_5
精工五|line|seiko_5
我这只五号的日历|line|seiko_5
GS|line|grand_seiko
冠藍獅|line|grand_seiko
冠兰狮的表|line|grand_seiko
水鬼进水|line|prospex
罐头|line|prospex
鲍鱼罐头|line|prospex
忍者龟|line|prospex
怪兽停了|line|prospex
海龜|line|prospex
鸡尾酒系列|line|presage
小五岁|line|
五号电池|line|
三月五号来取|line|
5号去取|line|
15号|line|
五号楼|line|
小五百块|line|
表冠冲右|position|crown_right
表冠朝右放|position|crown_right
把头朝右放着|position|crown_right
表冠往左|position|crown_left
把头冲左|position|crown_left
把头向上|position|crown_up
表把冲天|position|crown_up
九点位朝下|position|crown_up
九點位朝上|position|crown_down
12点朝上|position|crown_right
十二点位置向上|position|crown_right
六点朝上放|position|crown_left
三点那边朝上|position|crown_up
面朝下扣着|position|dial_down
脸朝下|position|dial_down
表盘冲下|position|dial_down
表蒙朝上|position|dial_up
后盖朝下放|position|dial_up
正面朝上平放|position|dial_up
表冠那头朝下|position|crown_down
冠朝上|position|crown_up
crown-up|position|crown_up
12点快了|position|
向右转表冠|position|
往上拔表冠|position|
我在东京|city|东京
朋友从香港带回来的|city|香港
大阪|city|大阪
人在香港|city|香港
臺北|city|台北
曼谷买的|city|曼谷
新加坡能修吗|city|新加坡
纽约|city|纽约
我在巴黎留学|city|巴黎
伦敦有网点吗|city|伦敦
在首尔机场买的|city|首尔
吉隆坡|city|吉隆坡
寄到悉尼|city|悉尼
人在洛杉矶|city|洛杉矶
温哥华|city|温哥华
罗马数字掉了|city|
米兰带断了|city|
巴黎钉纹|city|
日内瓦波纹|city|
东京时间慢一小时|city|
"""
TABLE = [line.split("|") for line in PHRASES.strip().splitlines()]


@pytest.mark.parametrize(("phrase", "name", "value"), TABLE)
def test_word(phrase: str, name: str, value: str) -> None:
    found = [entity.value for entity in extract(phrase, TODAY) if entity.name == name]
    assert found == ([value] if value else [])
