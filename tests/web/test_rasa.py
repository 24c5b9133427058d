"""Rasa's answer as bubbles; its silence as trouble."""

import asyncio
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales.settings import Secret
from tests.web import fake_rasa
from tests.web.house import NOW, Peer
from web.rasa import Question, RasaClient, RasaTrouble, merge


def ask(port: int, text: str, secret: str = fake_rasa.SECRET) -> Any:
    async def once() -> Any:
        client = RasaClient(f"http://127.0.0.1:{port}", Secret(secret))
        try:
            return await client.ask(Question("w-1", text, "text", "m-1", NOW))
        finally:
            await client.aclose()

    return asyncio.run(once())


@pytest.mark.parametrize(("text", "kind"), [("坏", "broken"), ("乱", "broken"), ("沉默", "empty")])
def test_no_usable_answer_is_trouble(peer: Peer, text: str, kind: str) -> None:
    with pytest.raises(RasaTrouble) as trouble:
        ask(peer.port, text)
    assert trouble.value.kind == kind


def test_a_wrong_secret_is_refused(peer: Peer) -> None:
    with pytest.raises(RasaTrouble) as trouble:
        ask(peer.port, "在吗", secret="wrong")
    assert trouble.value.kind == "refused"


def test_nobody_there_is_trouble() -> None:
    with pytest.raises(RasaTrouble) as trouble:
        ask(1, "在吗")
    assert trouble.value.kind == "down"


def test_buttons_of_all_parts_stand_under_the_last() -> None:
    one, two = {"title": "有", "payload": "/affirm"}, {"title": "没有", "payload": "/deny"}
    bubbles = merge([{"text": "甲", "buttons": [one]}, {"text": "乙", "buttons": [one, two]}])
    assert [(b.text, b.buttons) for b in bubbles] == [("甲", []), ("乙", [one, two])]


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["text", "buttons", "title", "payload"]), inner, max_size=3
        )
    ),
    max_leaves=12,
)


@given(st.lists(anything, max_size=6))
def test_whatever_comes_there_are_at_most_three_bubbles_with_words(parts: list[Any]) -> None:
    bubbles = merge(parts)
    assert len(bubbles) <= 3
    assert all(bubble.text.strip() for bubble in bubbles)
