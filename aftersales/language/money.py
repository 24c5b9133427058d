"""Amounts of money in yuan: 三百块, 1200元, ¥1,200, 一千二."""

import re

from .entity import Entity
from .numerals import NUMBER, Quantity, parse_quantity

# 一块表 counts watches, 三百块 counts yuan.
_CLASSIFIER = (
    r"(?!\s?(?:手表|表|腕表|老|旧|新|精工|机械|石英|电子|男|女|seiko|gs|怀表|电池|大精工|钢带"
    r"|日历|盘|玻璃|屏|一样|来|儿))"
)
_UNIT = rf"(?:元钱|元|圆|块钱|块{_CLASSIFIER}|rmb|人民币|大洋|软妹币|cny|刀币)"
_NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d{{1,2}})?|{NUMBER})"
_MONEY = re.compile(
    rf"(?:¥|￥|rmb\s?|人民币\s?)(?P<prefixed>{_NUMBER})(?P<ptail>多)?"
    rf"|(?P<number>{_NUMBER})(?P<tail>[多来])?\s?{_UNIT}(?P<cents>[一二三四五六七八九\d](?![\d天年个月]))?"
    rf"|(?:花了?|价格?|售价|报价|要价|收我?|收费|要了?我?|付了?|卖|原价|标价|总共"
    rf"|一共花了?|费用)(?:是|了|大概|差不多|约|:|我|将近|要|在)*\s?"
    rf"(?P<bare>\d{{2,6}}(?:\.\d{{1,2}})?"
    rf"|[一二两三四五六七八九]{{1,2}}[百千万][零一二两三四五六七八九十百千]*)(?P<btail>多)?"
    r"(?![\d.:年月天个小分秒点号人次米位\-])",
    re.IGNORECASE,
)


def _read(span: str) -> Quantity | None:
    return parse_quantity(span.replace(",", "")) if "几" not in span else None


def amounts(text: str) -> list[Entity]:
    """Find amounts in CNY; ranges give the middle, with ``low`` and ``high``."""
    found = []
    for match in _MONEY.finditer(text):
        part = match.groupdict()
        span = part["prefixed"] or part["number"] or part["bare"]
        if (part["ptail"] or part["tail"] or part["btail"]) and span:
            span += part["ptail"] or part["tail"] or part["btail"]
        quantity = _read(span)
        if quantity is None or quantity.low <= 0 or quantity.high > 1e8:
            continue
        # 一块 is nearly always "one watch" or "together".
        if match.group() in ("一块", "1块", "两块", "2块", "几块"):
            continue
        if text[: match.start()].endswith(("这", "那", "哪", "第", "好")) and "块" in match.group():
            continue
        exact = quantity.exact
        found.append(
            Entity(
                "amount",
                round(quantity.value, 2),
                match.start(),
                match.end(),
                match.group(),
                None if exact else quantity.low,
                None if exact else quantity.high,
            )
        )
    return found
