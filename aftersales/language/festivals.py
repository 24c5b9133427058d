"""Days people date a purchase by: 双十一, 国庆, 春节. Moving feasts come from tables or rules."""

import re
from datetime import date, timedelta

# Lunar dates 2010-2030, computed with the lunardate package 0.2.2 and kept as month-day.
_FIRST_YEAR = 2010
_LUNAR = {
    "spring": "0214 0203 0123 0210 0131 0219 0208 0128 0216 0205 0125 0212 0201 0122 0210 0129"
    " 0217 0206 0126 0213 0203",
    "dragon": "0616 0606 0623 0612 0602 0620 0609 0530 0618 0607 0625 0614 0603 0622 0610 0531"
    " 0619 0609 0528 0616 0605",
    "qixi": "0816 0806 0823 0813 0802 0820 0809 0828 0817 0807 0825 0814 0804 0822 0810 0829"
    " 0819 0808 0826 0816 0805",
    "autumn": "0922 0912 0930 0919 0908 0927 0915 1004 0924 0913 1001 0921 0910 0929 0917 1006"
    " 0925 0915 1003 0922 0912",
    "chongyang": "1016 1005 1023 1013 1002 1021 1009 1028 1017 1007 1025 1014 1004 1023 1011 1029"
    " 1018 1008 1026 1016 1005",
}
_FIXED = {
    "双十一": (11, 11),
    "双十二": (12, 12),
    "618": (6, 18),
    "元旦": (1, 1),
    "情人节": (2, 14),
    "妇女节": (3, 8),
    "五一": (5, 1),
    "520": (5, 20),
    "儿童节": (6, 1),
    "教师节": (9, 10),
    "国庆": (10, 1),
    "圣诞": (12, 25),
    "平安夜": (12, 24),
    "愚人节": (4, 1),
    "植树节": (3, 12),
    "青年节": (5, 4),
    "建军节": (8, 1),
    "万圣节": (10, 31),
}
_NAMES = {
    "双十一": "双十一",
    "双11": "双十一",
    "双 11": "双十一",
    "11.11": "双十一",
    "光棍节": "双十一",
    "双十二": "双十二",
    "双12": "双十二",
    "12.12": "双十二",
    "618": "618",
    "六一八": "618",
    "6.18": "618",
    "六幺八": "618",
    "元旦": "元旦",
    "七夕": "qixi",
    "中国情人节": "qixi",
    "情人节": "情人节",
    "三八节": "妇女节",
    "三八": "妇女节",
    "妇女节": "妇女节",
    "女神节": "妇女节",
    "五一": "五一",
    "劳动节": "五一",
    "520": "520",
    "六一": "儿童节",
    "儿童节": "儿童节",
    "教师节": "教师节",
    "国庆": "国庆",
    "十一黄金周": "国庆",
    "十一长假": "国庆",
    "十一假期": "国庆",
    "十一期间": "国庆",
    "十一": "国庆",
    "圣诞": "圣诞",
    "平安夜": "平安夜",
    "春节": "spring",
    "过年": "spring",
    "大年初一": "spring",
    "新年": "元旦",
    "农历新年": "spring",
    "农历年": "spring",
    "旧历年": "spring",
    "阴历年": "spring",
    "中国新年": "spring",
    "六一儿童节": "儿童节",
    "五一劳动节": "五一",
    "三八妇女节": "妇女节",
    "十一国庆": "国庆",
    "国庆十一": "国庆",
    "除夕": "eve",
    "大年三十": "eve",
    "年三十": "eve",
    "元宵": "lantern",
    "端午": "dragon",
    "中秋": "autumn",
    "重阳": "chongyang",
    "母亲节": "mothers",
    "父亲节": "fathers",
    "黑色星期五": "black",
    "黑五": "black",
    "感恩节": "thanks",
    "清明": "clear",
    "愚人节": "愚人节",
    "植树节": "植树节",
    "青年节": "青年节",
    "五四青年节": "青年节",
    "五四": "青年节",
    "建军节": "建军节",
    "八一建军节": "建军节",
    "万圣节": "万圣节",
    "万圣夜": "万圣节",
}
# 十一 alone is the number eleven unless a year word stands before it or 节 after it.
_WEAK = {"十一", "三八", "六一", "五一", "520", "618", "五四", "新年", "11.11", "12.12", "6.18"}
_NAMES |= {f"大年初{number}": f"spring+{i}" for i, number in enumerate("二三四五六七八", 1)}
_AFTER_SPRING = {"eve": -1, "lantern": 14} | {f"spring+{i}": i for i in range(1, 8)}
FESTIVAL = (
    "(?:"
    + "|".join(sorted(map(re.escape, _NAMES), key=len, reverse=True))
    # 十一月 is a month.
    + ")(?!月)(?:黄金周|长假|假期|期间|节|大促|那天|当天|前后)?"
)
_CLEAN = re.compile(r"(?:黄金周|长假|假期|期间|大促|那天|当天|前后)$")


def _sunday(year: int, month: int, nth: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(6 - first.weekday()) % 7 + 7 * (nth - 1))


def _lunar(name: str, year: int) -> date | None:
    days = _LUNAR[name].split()
    index = year - _FIRST_YEAR
    if not 0 <= index < len(days):
        return None
    return date(year, int(days[index][:2]), int(days[index][2:]))


def _clear_and_bright(year: int) -> date | None:
    """清明 by the usual formula of this century."""
    if not 2000 <= year < 2100:
        return None
    return date(year, 4, int((year - 2000) * 0.2422 + 4.81) - (year - 2000) // 4)


def _key(words: str) -> str | None:
    if words in _NAMES:
        return _NAMES[words]
    words = _CLEAN.sub("", words)
    return _NAMES.get(words) or _NAMES.get(words.removesuffix("节"))


def is_weak(words: str) -> bool:
    """Whether the words are also a plain number and need a year word or a buying word nearby."""
    return words in _WEAK


def festival_date(words: str, year: int) -> date | None:
    """Return the day of a named festival in a calendar year.

    Returns:
        The day; None for an unknown name or a moving feast outside 2010-2030.
    """
    key = _key(words)
    if key is None:
        return None
    if key in _FIXED:
        return date(year, *_FIXED[key])
    if key in _LUNAR:
        return _lunar(key, year)
    if key in _AFTER_SPRING:
        spring = _lunar("spring", year)
        return None if spring is None else spring + timedelta(days=_AFTER_SPRING[key])
    if key == "mothers":
        return _sunday(year, 5, 2)
    if key == "fathers":
        return _sunday(year, 6, 3)
    if key == "clear":
        return _clear_and_bright(year)
    # Thanksgiving is the fourth Thursday of November, Black Friday the day after.
    first = date(year, 11, 1)
    return first + timedelta(days=(3 - first.weekday()) % 7 + (21 if key == "thanks" else 22))


def last_festival(words: str, today: date) -> date | None:
    """Return the latest such day that is not after today."""
    for year in (today.year, today.year - 1):
        day = festival_date(words, year)
        if day is not None and day <= today:
            return day
    return None
