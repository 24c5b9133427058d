"""Helpers of the tests that run inside Rasa's environment."""

from __future__ import annotations

import pytest

TINY = {
    "greet": ["你好", "您好啊", "在吗", "hello", "早上好"],
    "runs_fast": ["走快了", "一天快三十秒", "表跑得太快", "每天快两分钟", "往前赶了一刻钟"],
    "water_damage": ["进水了", "表镜起雾", "里面有水汽", "掉水里了", "表盘有水珠"],
    "affirm": ["是的", "对", "嗯", "好的", "没错"],
    "out_of_scope": ["今天天气怎么样", "讲个笑话", "股票涨了吗", "帮我写诗", "空调坏了"],
}


@pytest.fixture(scope="session")
def tiny() -> tuple[list[str], list[str]]:
    """A few sentences and their intents."""
    pairs = [(text, intent) for intent, texts in TINY.items() for text in texts]
    return [text for text, _ in pairs], [intent for _, intent in pairs]
