"""Product lines by their official and everyday names. Only nicknames that mean one line."""

from .entity import Entity
from .words import WordTable

_L = r"(?<![A-Za-z0-9])"
_R = r"(?![A-Za-z0-9])"
_TABLE = WordTable(
    "line",
    {
        "grand_seiko": (
            rf"{_L}grand ?seiko{_R}",
            rf"{_L}gs{_R}",
            "大精工",
            "冠蓝狮",
            "格兰精工",
            "冠兰狮",
            "冠蓝师",
            "小蓝狮",
            "蓝狮",
            "白桦林",
            "雪花款",
        ),
        "credor": (rf"{_L}credor{_R}", "贵朵", "克莱多"),
        "king_seiko": (rf"{_L}king ?seiko{_R}", rf"{_L}ks{_R}", "国王精工", "精工王"),
        "prospex": (
            rf"{_L}prospex{_R}",
            "水鬼",
            "罐头",
            "海龟",
            "忍者龟",
            "怪兽",
            "鲍鱼(?!罐头)",
            rf"{_L}monster{_R}",
            rf"{_L}tuna{_R}",
            "水怪",
            "相扑",
            "武士潜水",
            "小武士",
            "金枪鱼罐头",
            "小鲍鱼",
            "[大小]MM",
            "铁罐头",
            "威龙",
            "潜水表",
            rf"{_L}speedtimer{_R}",
            rf"{_L}turtle{_R}",
            rf"{_L}sumo{_R}",
            rf"{_L}samurai{_R}",
            rf"{_L}alpinist{_R}",
            "登山者",
            "小海龟",
            "潜水款",
        ),
        "presage": (
            rf"{_L}presage{_R}",
            "鸡尾酒",
            rf"{_L}cocktail(?: time)?{_R}",
            "珐琅盘",
            "领航(?:系列|款|表)",
        ),
        "seiko_5": (
            rf"{_L}seiko ?(?:no\.?)?5{_R}(?: ?sports{_R})?",
            "盾牌5号",
            "盾牌五号",
            "精工5号",
            "精工五号",
            "精工5(?!\\d|月|年|块|千|百|天|分|秒|个)",
            "(?<![月年\\d第十一二三四五六七八九])[5五]号(?=表|系列|机械|精工|盾|走|不[走准动跳]|快|慢|停"
            "|日历|进水|运动|自动|坏了|秒针|$|[,。的!?])",
            "(?<=我的|我这|这只|那只|这块|那块|这枚)[5五]号(?!电池)",
            "小[五5](?![号岁月年千百十万个块分秒点天楼\\d.])",
            "盾牌?[五5](?!号|\\d)",
            "精工五(?![号月年百千十万天分秒个块])",
            rf"{_L}5 ?sports{_R}",
            rf"{_L}no\.? ?5{_R}",
            "新五号",
            "老五号",
            "小五号",
        ),
        "astron": (rf"{_L}astron{_R}", "阿斯通", "GPS太阳能", "卫星对时"),
        "lukia": (rf"{_L}lukia{_R}", "璐琦亚", "露琪亚", "路琪亚"),
    },
)


def lines(text: str) -> list[Entity]:
    """Find the product lines named in normalised text."""
    return _TABLE.find(text)
