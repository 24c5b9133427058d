"""Amounts of money in yuan: 三百块, 1200元, ¥1,200, 一千二."""

import re

from .entity import Entity
from .numerals import NUMBER, Quantity, between, exactly, parse_quantity

# 一块表 counts watches, 三百块 counts yuan.
_CLASSIFIER = (
    r"(?!\s?(?:手表|表|腕表|老|旧|新|精工|机械|石英|电子|男|女|seiko|gs|怀表|电池|大精工|钢带"
    r"|日历|盘|玻璃|屏|一样|来|儿))"
)
_UNIT = rf"(?:元钱|元|圆|块钱|块{_CLASSIFIER}|rmb|人民币|大洋|软妹币|cny|刀币)"
_SHORT = r"\d{1,4}(?:\.\d{1,2})?[kKwW]\d?(?![A-Za-z\d])"
_NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d{{1,2}})?|{_SHORT}|{NUMBER})"
_CN = "[一二两三四五六七八九]"
_BIG = rf"{_CN}{{1,2}}[百千万][零一二两三四五六七八九十百千]*"
_TENS = r"(?:[二三四五六七八九]十[一二三四五六七八九]?)"
_MYRIADS = r"\d{1,3}(?:\.\d{1,2})?[百千万]\d?"
# A year, 520 and 618 are days before they are sums.
_SUM = rf"(?:{_SHORT}|{_MYRIADS}|(?!(?:19|20)\d\d(?!\d)|520|618|11\.11)\d{{2,6}})"
_NO_MEASURE = r"(?![\d.:年月天个小分秒点号人次米位层岁块克度页遍条只支款枚名多来几百千万十\-])"
_SHORT_PARTS = re.compile(r"(?P<number>[\d.]+)(?P<scale>[kKwW])(?P<rest>\d?)(?P<more>[多来]?)")
_CURRENCY = "美[元金刀]|[日韩港欧台加澳新]元|日[币圆]|[港台韩泰]币|英镑|泰铢|USD|HKD|JPY|EUR"
_FOREIGN = re.compile(rf"\s?(?:{_CURRENCY}|円|蚊)", re.IGNORECASE)
_FOREIGN_BEFORE = re.compile(
    rf"(?:{_CURRENCY}|HK\$|US\$|NT\$)(?:是|大概|约|花了?|\s)*{_NUMBER}$", re.IGNORECASE
)
_SCALE = {"k": 1000.0, "w": 10000.0}
_MONEY = re.compile(
    rf"(?:¥|￥|rmb\s?|人民币\s?)(?P<prefixed>{_NUMBER})(?P<ptail>多|出头)?"
    rf"|(?P<number>{_NUMBER})(?P<tail>[多来]|出头)?\s?{_UNIT}(?P<cents>[一二三四五六七八九\d](?![\d天年个月]))?"
    rf"|(?:花了?|价[格钱位]?|(?<!数)值|售价|报价|要价|收我?|收费|要了?我?|付了?|卖|原价|标价|总共|报了|买成|预算|押金|[订定]金"
    rf"|一共花了?|费用?)(?:是|了|个|小|近|大概|差不多|约|:|我|将近|要|在|得|才)*\s?"
    rf"(?P<bare>{_SHORT}|{_MYRIADS}|\d{{2,6}}(?:\.\d{{1,2}})?|{_BIG}|{_TENS})"
    rf"(?P<btail>多|出头)?{_NO_MEASURE}"
    # 才, 超过 and the like need a number that ends the clause or leads to what follows from it.
    r"|(?:买的时候|当时|当初|电池|才|只要|得|超过|低于|高于|便宜点|收的|入手|拿下|修一?下)(?:是|了|大概|差不多|约|:|,|要|得|才|就|也|不过|只|花|\s)*"
    rf"(?P<weak>{_SUM}|{_BIG}|{_TENS})(?P<wtail>多|出头)?"
    r"(?=$|[\s,。.!?;、)]|就|左右|吧|吗|呢|了|以[内下上]|还|太|贵|值|够|行|可以|我|你们|不修|才修)"
    # 人家外面修表铺八十: the price at another place.
    rf"|(?:[铺店摊](?:子|里|上)?|师傅|别家|别人家?|人家|楼下|外面)(?:那[里边]?|也|就|都|才|只|说|开价|叫价|\s)*"
    rf"(?P<elsewhere>{_BIG}|{_TENS}|\d{{1,4}}0)(?P<etail>多)?(?=$|[\s,。.!?;、)]|就|左右|吧|吗|呢|了)"
    rf"|(?P<dimes>{_CN}|\d)[毛角]钱"
    # 三千二买的, 六百能修吗, 一千以内
    rf"|(?<![\dA-Za-z.\-年月第几好{_CN[1:-1]}十])(?P<led>{_SHORT}|{_MYRIADS}"
    rf"|(?!(?:19|20)\d\d(?!\d)|520|618)\d{{3,6}}|{_BIG})(?P<ltail>多|出头)?"
    r"(?=(?:左右|上下|的样子)?买的?(?!几|了\d)|入的|入手|拿下|收的|能修|够修|修一?下|以[内下](?!的?(?:秒|误差))|的表|行不行)",
    re.IGNORECASE,
)


# The whole message: 3k, 1.2万, 两千八左右.
_ALONE = re.compile(
    rf"(?:大概|大约|差不多|也就|就|是|\s)*(?P<alone>{_SHORT}|\d{{1,3}}(?:\.\d{{1,2}})?[千万]\d?"
    rf"|{_CN}{{1,2}}[千万][零一二两三四五六七八九十百千]*)(?P<atail>多|出头)?"
    r"(?:左右|上下|的样子|[吧呢啊,。.!])*",
    re.IGNORECASE,
)
_NUMBERS = ("alone", "prefixed", "number", "bare", "weak", "elsewhere", "dimes", "led")
_TAILS = ("atail", "ptail", "tail", "btail", "wtail", "etail", "ltail")


def _read(span: str) -> Quantity | None:
    if span.endswith("出头"):
        base = _read(span.removesuffix("出头"))
        return None if base is None else Quantity(base.value, base.low, round(base.high * 1.1, 2))
    short = _SHORT_PARTS.fullmatch(span)
    if short:
        scale = _SCALE[short["scale"].lower()]
        value = round(float(short["number"]) * scale + int(short["rest"] or 0) * scale / 10, 2)
        return between(value, value + scale) if short["more"] else exactly(value)
    return parse_quantity(span.replace(",", "")) if "几" not in span else None


def _is_foreign(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 6) : match.start()]
    return bool(_FOREIGN.match(text, match.end()) or _FOREIGN_BEFORE.search(before + match.group()))


def amounts(text: str) -> list[Entity]:
    """Find amounts in CNY; ranges give the middle, with ``low`` and ``high``."""
    found = []
    alone = _ALONE.fullmatch(text)
    for match in [alone] if alone else _MONEY.finditer(text):
        if _is_foreign(text, match):
            continue
        part = match.groupdict()
        span = next(part[name] for name in _NUMBERS if part.get(name))
        span += next((part[name] for name in _TAILS if part.get(name)), "")
        quantity = _read(span)
        if quantity is not None and part.get("dimes"):
            quantity = exactly(quantity.value / 10)
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
