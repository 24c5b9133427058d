"""Short answers."""

import pytest

from aftersales.language.answers import is_correction, is_dont_know, yes_no


@pytest.mark.parametrize(
    "text",
    (
        "是 对 嗯 嗯嗯 有 有的 好的 可以 没错 没问题 是的呀 对,摔过 摔过 "
        "进过水 行 ok OK 要 应该有 需要 对对对 确认"
    ).split(),
)
def test_yes(text: str) -> None:
    assert yes_no(text) == "yes"


@pytest.mark.parametrize(
    "text",
    (
        "不是 没有 没 不 不用 不要 没摔过 不会 没进水 不对 不需要 "
        "不用了谢谢 没有过 从来没有 no 不行 没有啊 不,没有 算了"
    ).split(),
)
def test_no(text: str) -> None:
    assert yes_no(text) == "no"


@pytest.mark.parametrize(
    "text",
    (
        "不知道 不清楚 没看过 不太清楚 不记得了 看不到 找不到 忘了 不确定 "
        "我也不知道啊 没注意 说不好 看不清 不懂"
    ).split(),
)
def test_unknown(text: str) -> None:
    assert yes_no(text) == "unknown"
    assert is_dont_know(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "手表坏了",
        "一天快30秒",
        "是不是",
        "去年买的",
        "多少钱",
        "7S26-0020",
        "是真的吗还是假的",
        "好几次了",
    ],
)
def test_neither(text: str) -> None:
    assert yes_no(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "不对,是去年买的",
        "刚才说错了",
        "是另一块表",
        "写错了,是7S36",
        "更正一下,2021年",
        "不是,是2020年",
    ],
)
def test_correction(text: str) -> None:
    assert is_correction(text)


@pytest.mark.parametrize("text", ["不是", "对", "走时不对", "日历跳错了", "我的表不准"])
def test_no_correction(text: str) -> None:
    assert not is_correction(text)
