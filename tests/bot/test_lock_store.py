"""Quick messages of one person are answered in order and without whole seconds of waiting."""

import asyncio
import time

import pytest
from rasa.core.lock_store import LockStore
from rasa.utils.endpoints import EndpointConfig

from bot.lock_store import QuickLockStore

pytestmark = pytest.mark.rasa


def test_the_second_message_follows_the_first() -> None:
    order: list[int] = []

    async def turn(store: QuickLockStore, number: int) -> None:
        async with store.lock("s1"):
            order.append(number)
            await asyncio.sleep(0)
            order.append(number)

    async def run() -> None:
        store = QuickLockStore()
        await asyncio.gather(*(turn(store, number) for number in range(3)))
        assert not store.conversation_locks

    begun = time.monotonic()
    asyncio.run(run())
    assert order == [0, 0, 1, 1, 2, 2]
    # Rasa's own store needs at least one second here.
    assert time.monotonic() - begun < 0.8


def test_endpoints_yml_can_name_it() -> None:
    store = LockStore.create(EndpointConfig.from_dict({"type": "bot.lock_store.QuickLockStore"}))
    assert isinstance(store, QuickLockStore)
