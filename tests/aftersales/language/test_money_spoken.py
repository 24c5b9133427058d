"""Amounts in yuan without a unit, with k and 万, and what only looks like one."""

from datetime import date

import pytest

from aftersales.language import extract
from aftersales.language.normalise import normalise

TODAY = date(2026, 11, 23)
# phrase | yuan, empty for none
PHRASES = """
换电池八十|80
换个电池才八十块|80
收了我六百|600
修一下要六百|600
当时花了三千二|3200
三千二买的|3200
买的时候三千二|3200
买的时候才一千二|1200
一千二入手的|1200
两千买的|2000
花了两千|2000
花3k买的|3000
3k入的|3000
1k多买的|1500
报价2.5k|2500
要价1.2万|12000
1.2万买的|12000
两万五买的|25000
花了两万五|25000
报价一千五|1500
店里报价两千三,太贵了|2300
要价八百|800
超过五百就不修了|500
超过一千二就不修了|1200
一千以内我就修|1000
不超过600就修|600
六百能修吗|600
八百修一下值吗|800
保养一次要一千二吗|1200
你们收我四百五|450
换表镜报了九百|900
买成三千六|3600
买价4500|4500
才1200块|1200
专柜价五千八|5800
二手收的,一千八|1800
便宜点,三百行不行|300
¥3,280|3280
3280元|3280
三千两百八十块|3280
三千二百多块|3250
一万二的表|12000
两千来块钱|2000
¥1.2w|12000
1.5w买的|15000
花了3000多|3500
大几千买的|
几百块|
花了几百|
花了好几千|
几千块买的|
2019买的|
一千次|
买了三年|
花了三天|
要八十天|
收到三个|
修了两次|
要两个月|
三十秒|
快八十秒|
买了618|
十一买的|
520买的|
超过三天就不修了|
超过五分钟就不准|
才三个月|
4206机芯|
一百米防水|
防水200米|
才十天|
动力储存四十一小时|
花了很长时间|
要六百多秒|
"""
TABLE = [line.split("|") for line in PHRASES.strip().splitlines()]


@pytest.mark.parametrize(("phrase", "expected"), TABLE, ids=[row[0] for row in TABLE])
def test_phrase(phrase: str, expected: str) -> None:
    found = [e.value for e in extract(normalise(phrase), TODAY) if e.name == "amount"]
    assert found == ([float(expected)] if expected else [])
