"""What drives the watch, in everyday words. 电波 (radio control) is not a kind of movement."""

from .entity import Entity
from .words import WordTable

_NO = r"(?![A-Za-z0-9])"
_BEFORE = r"(?<![A-Za-z0-9])"
_TABLE = WordTable(
    "movement",
    {
        "hybrid": (
            "(?:机械[和加]?石英|石英[和加]?机械)混[合动]",
            "机械石英计时",
            "混合机芯",
            "机石混合",
            rf"{_BEFORE}meca[- ]?quartz",
            rf"{_BEFORE}mecha[- ]?quartz",
            rf"{_BEFORE}VK(?=机芯|系列|的)",
            "混合动力机芯",
        ),
        "spring_drive": (
            "春驱",
            rf"{_BEFORE}sd(?=机芯)",
            "弹簧驱动",
            "发条驱动石英",
            "发条驱动",
            rf"{_BEFORE}spring ?-?drive",
            rf"{_BEFORE}spring drvie",
        ),
        "kinetic": (
            "人动电能",
            "(?:手|动作|晃动?|摆动|运动|走路)动?作?发电",
            "人工动能",
            "人动能",
            "人工电能",
            "动能电能",
            "自动石英",
            "自动发电石英",
            rf"{_BEFORE}kinetic{_NO}",
            rf"{_BEFORE}agm{_NO}",
            "动能(?:表|腕表|机芯)",
        ),
        "solar": (
            "光动能",
            "光动",
            "太阳[能嫩]",
            "光[动洞冻东懂][能嫩力]",
            f"{_BEFORE}guangdongneng",
            f"{_BEFORE}taiyangneng",
            "光能",
            "光电(?:表|能)",
            rf"{_BEFORE}solar{_NO}",
            "晒太阳充电",
            "靠(?:太阳)?光",
            "光充电",
            "光波能",
            "光伏",
        ),
        "quartz": (
            "石英",
            "[石时实食][鹰英应婴樱影音映](?=表|的|机|手表|腕表|$|[,。!?])",
            f"{_BEFORE}shi ?ying(?![a-z])",
            "电子(?:表|的|机芯|手表)",
            "电池(?:表|款|的表|机芯)",
            "装电池的",
            "用电池的",
            "带电池的",
            "靠电池",
            "上电池的",
            "放电池的",
            rf"{_BEFORE}quartz{_NO}",
        ),
        "mechanical": (
            "全自动机械",
            "自动机械",
            "手动机械",
            "全自动",
            "机械",
            # 机械 as speech input writes it.
            "(?:全?自动|手动)?[机鸡积激基][械戒界届谢协](?=表|的|机芯|手表|腕表|$|[,。!?]|不|走|停)",
            f"{_BEFORE}ji ?xie(?![a-z])",
            "自动上链",
            "自动上弦",
            "手上弦",
            "手动上弦",
            "手动上链",
            "手上链",
            "自动表",
            "自动机芯",
            "不用电池的",
            rf"{_BEFORE}automatic{_NO}",
            rf"{_BEFORE}mechanical{_NO}",
            "上发条的",
            "上弦的",
        ),
    },
)


def movements(text: str) -> list[Entity]:
    """Find the kinds of movement named in normalised text."""
    return [
        entity
        for entity in _TABLE.find(text)
        if not text[: entity.start].endswith(("不是", "非", "并不是"))
        and not (entity.value == "mechanical" and text.startswith("故障", entity.end))
    ]
