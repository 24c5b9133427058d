"""Single words typed in pinyin between Chinese ones: 每天kuai十秒, qunian买的.

Only words the readers look for, and only beside a Chinese character: alone, "man" is English. The
places in the changed text lead back to the text it was made from.
"""

import re

_WORDS = {
    "快": "kuai",
    "慢": "man",
    "秒": "miao",
    "秒钟": "miaozhong",
    "分": "fen",
    "分钟": "fenzhong",
    "小时": "xiaoshi",
    "天": "tian",
    "一天": "yitian",
    "每天": "meitian",
    "星期": "xingqi",
    "礼拜": "libai",
    "周": "zhou",
    "月": "yue",
    "年": "nian",
    "今年": "jinnian",
    "去年": "qunian",
    "前年": "qiannian",
    "今天": "jintian",
    "昨天": "zuotian",
    "前天": "qiantian",
    "上周": "shangzhou",
    "上个": "shangge",
    "上个月": "shanggeyue",
    "双十一": "shuangshiyi",
    "国庆": "guoqing",
    "春节": "chunjie",
    "买": "mai",
    "买的": "maide",
    "买了": "maile",
    "块钱": "kuaiqian",
}
_CHARACTERS = {latin: chinese for chinese, latin in _WORDS.items()}
_HAN = "[一-鿿]"
_ONE = "|".join(sorted(_CHARACTERS, key=len, reverse=True))
_RUN = re.compile(
    rf"(?<![A-Za-z])(?:(?<={_HAN})(?:{_ONE})+|(?:{_ONE})+(?={_HAN}))(?![A-Za-z])", re.IGNORECASE
)
_WORD = re.compile(_ONE, re.IGNORECASE)


def to_characters(text: str) -> tuple[str, list[int]]:
    """Write the pinyin words of a text in characters.

    Args:
        text: Normalised text.

    Returns:
        The text, and for every place in it (its end included) the place in ``text``. A character
        that stands for pinyin begins where the pinyin word begins.
    """
    pieces: list[str] = []
    places: list[int] = []
    done = 0
    for run in _RUN.finditer(text):
        for match in _WORD.finditer(text, run.start(), run.end()):
            word = _CHARACTERS[match.group().lower()]
            pieces += [text[done : match.start()], word]
            places += [*range(done, match.start()), *[match.start()] * len(word)]
            done = match.end()
    pieces.append(text[done:])
    places += range(done, len(text) + 1)
    return "".join(pieces), places


__all__ = ["to_characters"]
