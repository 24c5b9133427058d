"""Cities by their short names: Chinese ones, and large ones abroad."""

import re
from functools import cache
from importlib.resources import files

from .entity import Entity

_BEFORE = re.compile(r"(?:在|到|去|从|来|回|住|寄|我|是|人在|于|离|的|送|省|区|,|。| )$")
_AFTER = re.compile(
    r"(?:市|这边|这里|那边|人|本地|有没有|有吗|有|哪|能|可以|的|离|寄|修|售后|维修|网点|服务)"
)
# 上海表 and 北京表 are other brands; 南京路 is a street, 上海滩 a place within.
_NOT_A_CITY = re.compile(
    r"(?:表(?!店|行|修)|手表厂|牌|[东西南北中]?路|[东西南北]?街|大道|滩|石|茶|数字|字|带(?![回来过给])|尼斯|[钉波]?纹|[装饰]?钉|印记|啤酒|火腿|饭店|烤鸭|时间)"
)


@cache
def _table() -> tuple[re.Pattern[str], frozenset[str]]:
    text = files(__package__).joinpath("cities.txt").read_text(encoding="utf-8")
    words = [w for line in text.splitlines() if not line.startswith("#") for w in line.split()]
    doubtful = frozenset(word[:-1] for word in words if word.endswith("!"))
    names = sorted({word.rstrip("!") for word in words}, key=len, reverse=True)
    return re.compile("|".join(names)), doubtful


def cities(text: str) -> list[Entity]:
    """Find city names in normalised text; the value is the short name without 市."""
    pattern, doubtful = _table()
    found = []
    for match in pattern.finditer(text):
        name = match.group()
        before, after = text[max(0, match.start() - 2) : match.start()], text[match.end() :][:6]
        if _NOT_A_CITY.match(after):
            continue
        whole = before == "" and (after == "" or after == "市")
        if name in doubtful and not whole:
            if not after.startswith("市") and not (_BEFORE.search(before) and _AFTER.match(after)):
                continue
        found.append(Entity("city", name, match.start(), match.end(), name))
    return found
