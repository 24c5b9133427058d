"""Which of the dates in a sentence is the day the watch was bought.

A Chinese date stands before the verb it belongs to: the first governing verb to its right decides,
then the nearest to its left, then the neighbouring clause, then whether the message is only a date.
"""

import re
from datetime import date

from .answers import is_correction
from .dates import find_dates
from .days import DateSpan, FoundDate, length_back
from .entity import Entity
from .numerals import SINGLE
from .spans import blank

_BOUGHT = (
    "买|购|入手|入的|收到|收的|到手|发票|开票|小票|票据|收据|送的|送我|送给|赠|下单"
    "|下的单|拍的|囤的|抢[的到购]|淘的|淘到|带回|剁手"
    "|提的|提货|订的|卡上?[写填印开]|卡上的|保修卡上|保证书|开的|刷的|代购|拿的"
    "|拿到|拿下|付款|付的|成交|签收|到货|结婚|(?<![a-z])(?:bought|purchased?|got it)"
)
_OTHER = (
    "保养|洗油|换电池|换过|换了|换的|换表|停|走快|走慢|偏快|偏慢|快了|慢了|慢|坏|修|检测"
    "|进水|摔|磕|掉|起雾|不走|不准|不动|不跳|充电"
    "|寄|送过去|过保|到期|出厂|生产|产的|出的|上市|停产|游泳|洗澡|碰|打电话|联系|投诉"
    "|报修|催|查|问|对时|校准|校的|对的|调|开始|出现|发现|突然|预约|营业|上班"
    "|放假|关门|开门|来取|去取|取表|过来|过去|生日|消磁|受磁|快\\d|失灵|卡住|裂|取消|退货|退款|答复"
)
_GOVERNING = re.compile(rf"(?P<bought>{_BOUGHT})|(?P<other>{_OTHER})")
_CLAUSE = re.compile(r"[,。!?;:、\n]|(?<=[^A-Za-z0-9]) (?=[^A-Za-z0-9])")
_FILL = re.compile(
    r"(?:大概|大约|差不多|应该|可能|好像|估计|似乎|记得|我记得|就是|是|在|的|吧|呢|啊|哦"
    r"|嗯|呃|左右|那会儿|那时候|时候|样子|来着|前后|那个|这个"
    r"|不对|[说写打发填输搞弄记]错了?|错了|更正|更正一下|哦不|不是|才对|才是|为准|改成|日期|时间|购|我|表|手表|了|有|到现在|已经"
    r"|左右吧|多|记不清|具体|哪天|不记得|忘了|当时|那年|一下|说|写|[,。!?;:、 ~.])*"
)
# Where it was bought stands for the verb: 2024.6.1在专柜. Going there does not.
_SHOP = re.compile(
    r"(?:我|就|是|在|于|从|的|那时|日本|香港|,|\s)*(?:专柜|专卖店|柜台|免税店?|机场|商场|实体店|旗舰店"
    r"|京东|天猫|淘宝|拼多多|唯品会|亚马逊|得物|闲鱼|抖音|苏宁)"
)
_BARE_NEVER = re.compile(r"明天|后天|今天|今日|今早|今晚|刚刚")
_SO_LONG = (
    r"了|咗|有|才|刚刚?好?|正好|没到|不到|没满|不满|未满|大概|大约|差不多|将近|已经|也就|满|整整?|足足"
    r"|到现在|至今|\s"
)
_SINCE = (
    rf"(?:(?:刚|才)?(?:买|入手|购入|购买|到手|收到|拿到)(?:回?来)?(?:{_SO_LONG}){{0,4}}"
    r"|(?<![保修质])(?:刚刚?好?|正好|才)满)"
)
_LENGTH = re.compile(
    rf"{_SINCE}(?P<near>快|将近|不到|差不多|接近|近)?"
    rf"(?:(?P<a_half>半)|(?P<a_year>{SINGLE}))年(?P<a_more>[多几])?(?P<a_yhalf>半)?"
    rf"(?:(?:零|又|,)?(?P<a_ymonth>{SINGLE})个?月)?"
    rf"|{_SINCE}(?P<near2>快|将近|不到|差不多|接近|近)?"
    rf"(?:(?P<a_mhalf>半)个月|(?P<a_month>{SINGLE})(?:个|(?<=[俩仨]))(?P<a_mmore>多)?(?P<a_mplus>半)?月"
    rf"|(?P<a_week>{SINGLE})(?:个?星期|个?礼拜|周)(?!年)|(?P<a_day>{SINGLE})天(?!内))"
)
_ROUGHLY = re.compile("大概|大约")
_ROUGH = re.compile(r"不到|没到|[没不未]满|差不多|将近|大概|大约|快|接近|近")


def find_lengths(text: str, today: date) -> list[FoundDate]:
    """Find purchase dates told as a length of time: 买了一年零两个月, 刚买一个星期."""
    found = []
    for match in _LENGTH.finditer(text):
        part: dict[str, str | None] = dict(match.groupdict())
        after = text[match.end() : match.end() + 6]
        # 买了一年快两年了: the second number is the one that counts, and it is not reached yet.
        nearly = re.match(rf"[,]?快(?P<years>{SINGLE})年", after)
        if nearly:
            found.append(FoundDate(match.start(), match.end() + nearly.end(), None))
            continue
        if after.startswith(("的保", "保", "质保", "的质保", "延保", "内")):
            continue
        part["a_more"] = part["a_more"] or part["a_mmore"]
        if not part["a_more"] and after.startswith(("多", "几")):
            part["a_more"] = "多"
        span = length_back(part, today)
        words = match.group()
        if part["a_month"] or part["a_ymonth"]:
            # Who counts in months knows the month, even if 大概 comes first.
            words = _ROUGHLY.sub("", words)
        if span is not None and _ROUGH.search(words):
            last = min(span.latest, today)
            wide = (last - span.earliest).days // 2
            span = DateSpan(
                span.earliest, min(today, last.fromordinal(last.toordinal() + 45 + wide)), "rough"
            )
        found.append(FoundDate(match.start(), match.end(), span))
    return found


def _clauses(text: str) -> list[tuple[int, int]]:
    bounds = []
    start = 0
    for match in _CLAUSE.finditer(text):
        bounds.append((start, match.start()))
        start = match.end()
    bounds.append((start, len(text)))
    return bounds


def _verdict(match: re.Match[str] | None) -> bool | None:
    return None if match is None else match["bought"] is not None


def _last(text: str) -> re.Match[str] | None:
    hits = list(_GOVERNING.finditer(text))
    return hits[-1] if hits else None


def _is_purchase(
    text: str, item: FoundDate, others: list[FoundDate], clauses: list[tuple[int, int]]
) -> bool:
    index = next(i for i, (_, end) in enumerate(clauses) if item.start <= end)
    clause_start, clause_end = clauses[index]
    clause_end = max(clause_end, item.end)
    next_date = min((d.start for d in others if d.start >= item.end), default=clause_end)
    last_date = max((d.end for d in others if d.end <= item.start), default=clause_start)
    right = text[item.end : min(next_date, clause_end)]
    left = text[max(last_date, clause_start) : item.start]
    if left.endswith(("到", "至")) and not left.endswith(("收到", "拿到", "等到")):
        return False
    if left.endswith(("不是", "并非")):
        return False
    verdict = _verdict(_GOVERNING.search(right))
    if verdict is None:
        verdict = _verdict(_last(left))
    if verdict is None and _SHOP.match(right):
        return True
    if verdict is not None:
        return verdict
    if _BARE_NEVER.fullmatch(text[item.start : item.end]):
        return False
    if not (_FILL.fullmatch(left) and _FILL.fullmatch(right)):
        return False
    if not item.weak and is_correction(text):
        return True
    before = _verdict(_last(text[clauses[index - 1][0] : clauses[index - 1][1]])) if index else None
    if before is not None:
        return before
    if index + 1 < len(clauses):
        after = text[clauses[index + 1][0] : clauses[index + 1][1]]
        follows = re.match(rf"\s*(?:我|就|是|在|给|的)*(?:{_BOUGHT})", after)
        if follows:
            return True
    rest = blank(text, [(d.start, d.end) for d in [item, *others]]).replace("\ue000", "")
    return not item.weak and _FILL.fullmatch(rest) is not None


def purchase_dates(text: str, today: date) -> list[Entity]:
    """Find the day or month of purchase.

    Args:
        text: Normalised text whose codes and phone numbers are blanked out.
        today: The day the message came.

    Returns:
        Entities whose value is an ISO date or a year-month. A year alone, a vague time or a day
        that does not exist gives none; ``parse_date`` still tells the span.
    """
    lengths = find_lengths(text, today)
    hidden = blank(text, [(item.start, item.end) for item in lengths])
    dates = find_dates(hidden, today)
    entities = []
    for item in lengths:
        if item.span is not None and item.span.value is not None:
            entities.append(_entity(text, item))
    clauses = _clauses(text) if dates else []
    for item in dates:
        if item.span is None or item.span.value is None:
            continue
        others = [other for other in dates if other is not item]
        if _is_purchase(text, item, others, clauses):
            entities.append(_entity(text, item))
    return entities


def _entity(text: str, item: FoundDate) -> Entity:
    value = item.span.value if item.span is not None else None
    return Entity("purchase_date", value or "", item.start, item.end, text[item.start : item.end])
