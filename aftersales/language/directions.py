"""Which way a watch is off: the words for gaining and losing, and what they are mistaken for.

Besides 快 and 慢: 赶出去, 落下, 多走 and what speech input makes of them (走块, 走满). Setting the
watch tells it the other way round: who has to turn it back every day has a watch that gains.
"""

import re
from dataclasses import dataclass

NUM = "0-9零〇一二两俩三四五六七八九十廿百千半几"
# What only means a gain or loss with a length of time right behind it.
_TIME = rf"(?=\s?[了个约上]?\s?[{NUM}][{NUM}.多来]{{0,5}}\s?个?(?:[秒分苗妙]|miao))"
_BACK = "往回|往后|向后|朝后|倒着?|(?<![来收退寄拿取送找])回"
_AHEAD = "往前|向前|朝前"
_TURN = "[拨调拧转校]"
_MUST = r"(?:要|得|需)[^,。!?;]{0,4}[拨调校]"
_FAST = (
    r"走[快块]|偏[快块]|(?<![不尽赶凉勤愉痛飞爽欢外调拨校往])快"
    r"(?!递|点(?!\d)|速|来|要|没|过|件|乐|餐|门|充|捷|慢|修|进|用|给|说|到(?!\d))"
    r"|提前|超前|提早|往前(?:赶|跑|走|窜)|赶前|领先|多走|快走|多跑"
    rf"|(?<![不大很最顶至好太许这那么个分秒{NUM}])多[了出]?(?:来|去)?(?=[{NUM}])"
    rf"|早[了个]{{0,2}}(?=[{NUM}])"
    rf"|[赶抢溜蹿窜](?:出[去来]?|出了|上)?{_TIME}"
    rf"|(?<![{NUM}这那哪一每整])[块筷]{_TIME}"
    rf"|(?:{_BACK}){_TURN}(?:[慢回])?|[倒拨调]回[去来]?{_TIME}|{_MUST}(?:慢)"
    r"|(?<![a-z])(?:fast|gain(?:s|ed|ing)?)(?![a-z])"
)
_SLOW = (
    r"走[慢满漫曼]|偏[慢满漫]|(?<![不快慢调拨校])慢(?!慢|点(?!\d)|性|充|用|递|悠)"
    r"|落后|延后|延迟|滞后|推迟|拖后|往后(?:拖|掉|退|缩)|少走|少跑"
    rf"|(?<![不多很至最减])少[了掉]?(?=[{NUM}])"
    rf"|(?<![一每昨今当夜早两三几傍个整])晚[了个]{{0,2}}(?=[{NUM}])"
    rf"|迟[了个]{{0,2}}{_TIME}"
    rf"|(?:落|拉)(?:下|了|掉|后)*{_TIME}|[丢掉拖欠亏](?:掉|了|后)?{_TIME}"
    rf"|[漫曼满]{_TIME}"
    rf"|(?:{_AHEAD}){_TURN}快?|{_MUST}快"
    r"|(?<![a-z])(?:slow|los(?:es?|t|ing))(?![a-z])"
)
DIRECTION = re.compile(rf"(?P<fast>{_FAST})|(?P<slow>{_SLOW})", re.IGNORECASE)
# 回复太慢 is about people, not about the watch.
_NOT_THE_WATCH = re.compile(
    r"(?:回复|回得|处理|物流|快递|客服|进度|维修|修得|服务|发货|网速|接电话|效率|态度|办事|送货)"
)
# 是快不是慢: the second is denied; 是不是慢 asks.
_DENIED = re.compile(r"(?:(?<!是)不是|(?<!会)不会|(?<!有)没有|并没|并不|不算)$")


@dataclass(frozen=True)
class Direction:
    """One word for gaining (``sign`` +1), losing (-1) or denied (0: 不是慢), and its place."""

    sign: int
    start: int
    end: int


def find_directions(text: str) -> list[Direction]:
    """Find every word that says which way the watch is off, left to right."""
    found = []
    for match in DIRECTION.finditer(text):
        start = match.start()
        if _NOT_THE_WATCH.search(text, max(0, start - 5), start):
            continue
        sign = 1 if match["fast"] else -1
        if _DENIED.search(text[max(0, start - 3) : start]):
            sign = 0
        found.append(Direction(sign, start, match.end()))
    return found


__all__ = ["DIRECTION", "NUM", "Direction", "find_directions"]
