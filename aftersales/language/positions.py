"""How the watch lies. The crown is taken to be at three o'clock.

With the dial facing you: 3 点朝上 puts the crown up, 9 点朝上 down, 12 点朝上 to the right,
6 点朝上 to the left.
"""

import re

from .entity import Entity
from .words import WordTable

_UP = "(?:朝上|向上|冲上|在上|朝天|往上)"
_DOWN = "(?:朝下|向下|冲下|在下|朝地|往下)"
_FACE = "(?:表盘|表面|表镜|盘面|字面|镜面|玻璃|正面|盘|面)"
_CROWN = "(?:表冠|把头|表把|龙头|柄头|旋钮|表柄|巴的|柄)"
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
            r"(?<![A-Za-z])dial ?up",
            r"(?<![A-Za-z])face ?up",
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
            r"(?<![A-Za-z])dial ?down",
            r"(?<![A-Za-z])face ?down",
        ),
        "crown_up": (
            f"{_CROWN}{_UP}",
            "冠上",
            "把上(?!的)",
            _hour("(?:3|三)"),
            _hour_down("(?:9|九)"),
            r"(?<![A-Za-z])crown ?up",
        ),
        "crown_down": (
            f"{_CROWN}{_DOWN}",
            "冠下",
            _hour("(?:9|九)"),
            _hour_down("(?:3|三)"),
            r"(?<![A-Za-z])crown ?down",
        ),
        "crown_left": (
            f"{_CROWN}(?:朝左|向左|在左)",
            _hour("(?:6|六)"),
            _hour_down("(?:12|十二)"),
            r"(?<![A-Za-z])crown ?left",
        ),
        "crown_right": (
            f"{_CROWN}(?:朝右|向右|在右)",
            _hour("(?:12|十二)"),
            _hour_down("(?:6|六)"),
            r"(?<![A-Za-z])crown ?right",
        ),
    },
)
_OTHER_WORD = re.compile(r"(?:里|外|方|上|下|对|反|海|见|当|全|桌|路|地|水|界|三|两)$")


def positions(text: str) -> list[Entity]:
    """Find watch positions in normalised text."""
    return [
        entity
        for entity in _TABLE.find(text)
        if not (entity.text in ("面上", "面下") and _OTHER_WORD.search(text[: entity.start]))
    ]
