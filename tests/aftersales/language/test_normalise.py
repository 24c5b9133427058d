"""One spelling: width, script, invisible characters, white space."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales.language.normalise import normalise, to_simplified


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("７Ｓ２６－００２０", "7S26-0020"),
        ("我的手錶走慢，後蓋", "我的手表走慢,后盖"),
        ("戴著走", "戴着走"),
        ("名著", "名著"),
        ("程序", "程序"),
        ("一\u200b天\ufeff快\u202e30秒", "一天快30秒"),
        ("  一天\t\n快 \u3000 30秒 ", "一天 快 30秒"),
        ("4R36—07G0", "4R36—07G0"),
        ("4R36–07G0", "4R36-07G0"),
        ("①号", "1号"),
        ("a\x00b\x07c", "abc"),
        ("\ud800坏", "坏"),
        ("❤️表", "❤表"),
        ("", ""),
        (" \u200b ", ""),
    ],
)
def test_examples(raw: str, clean: str) -> None:
    assert normalise(raw) == clean


@given(st.text(max_size=200))
def test_idempotent(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=80))
def test_idempotent_on_chinese(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert to_simplified(once) == once
