"""How the watch lies. The crown is taken to be at three o'clock.

With the dial facing you: 3 点朝上 puts the crown up, 9 点朝上 down, 12 点朝上 to the right,
6 点朝上 to the left.
"""

import re

from .entity import Entity
from .words import WordTable

# 往上拔 is what one does to a crown, not how the watch lies.
_TURNED = "(?!边?[转拧拔旋扭拉推提掰偏歪调])"
_SIDE = "(?:的?(?:那|这)一?[头面边侧])?"
_UP = f"{_SIDE}(?:[朝向冲在往]着?上|[朝冲向]着?天){_TURNED}"
_DOWN = f"{_SIDE}(?:[朝向冲在往]着?下|[朝冲向]着?地){_TURNED}"
_LEFT = f"{_SIDE}(?:[朝向冲在往]着?左){_TURNED}"
_RIGHT = f"{_SIDE}(?:[朝向冲在往]着?右){_TURNED}"
_FACE = "(?:表盘|表面|表镜|盘面|字面|镜面|表蒙|玻璃|正面|盘|脸|面儿?)"
_CROWN = "(?:表冠|把头|表?把儿|表把|龙头|柄头|旋钮|表柄|巴的|柄|冠)"
_BACK = "(?:后盖|底盖|背面|表背|表底|屁股|背)"


def _hour(number: str) -> str:
    return rf"(?<![\d十二三]){number}(?:点钟|点位|点|时)(?:方向|位置)?(?:一侧)?{_UP}"


def _hour_down(number: str) -> str:
    return rf"(?<![\d十二三]){number}(?:点钟|点位|点|时)(?:方向|位置)?(?:一侧)?{_DOWN}"


_TABLE = WordTable(
    "position",
    {
        "dial_up": (
            f"{_FACE}{_UP}",
            "面上(?!有|的)",
            "平放",
            "平躺",
            "平着放?",
            "躺着放?",
            "仰着放?",
            "正着放",
            "正放",
            f"{_BACK}{_DOWN}",
            r"(?<![A-Za-z])dial[- ]?up",
            r"(?<![A-Za-z])face[- ]?up",
        ),
        "dial_down": (
            f"{_FACE}{_DOWN}",
            "面下(?!的)",
            "扣着放?",
            "倒扣",
            "反扣",
            "趴着放?",
            "反着放",
            "反放",
            f"{_BACK}{_UP}",
            "翻过来放",
            r"(?<![A-Za-z])dial[- ]?down",
            r"(?<![A-Za-z])face[- ]?down",
        ),
        "crown_up": (
            f"{_CROWN}{_UP}",
            "冠上",
            "把上(?!的)",
            _hour("(?:3|三)"),
            _hour_down("(?:9|九)"),
            r"(?<![A-Za-z])crown[- ]?up",
        ),
        "crown_down": (
            f"{_CROWN}{_DOWN}",
            "冠下",
            _hour("(?:9|九)"),
            _hour_down("(?:3|三)"),
            r"(?<![A-Za-z])crown[- ]?down",
        ),
        "crown_left": (
            f"{_CROWN}{_LEFT}",
            _hour("(?:6|六)"),
            _hour_down("(?:12|十二)"),
            r"(?<![A-Za-z])crown[- ]?left",
        ),
        "crown_right": (
            f"{_CROWN}{_RIGHT}",
            _hour("(?:12|十二)"),
            _hour_down("(?:6|六)"),
            r"(?<![A-Za-z])crown[- ]?right",
        ),
    },
)
_OTHER_WORD = re.compile(r"(?:里|外|方|上|下|对|反|海|见|当|全|桌|路|地|水|界|三|两)$")


def positions(text: str) -> list[Entity]:
    """Find watch positions in normalised text; 面朝下扣着 is one."""
    found: list[Entity] = []
    for entity in _TABLE.find(text):
        start = entity.start
        if entity.text in ("面上", "面下") and _OTHER_WORD.search(text[max(0, start - 1) : start]):
            continue
        last = found[-1] if found else None
        if last is not None and last.value == entity.value and start - last.end <= 1:
            words = text[last.start : entity.end]
            found[-1] = Entity("position", entity.value, last.start, entity.end, words)
        else:
            found.append(entity)
    return found
