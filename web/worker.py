"""What must not be forgotten: outbox, offers, deadlines, answers that broke off, deletions.

A loop, as a task of ``web`` or as ``python -m web.worker``. Only the holder of a database lease
works, so any number of processes may run it.
"""

import asyncio
import contextlib
import os
import secrets
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog

from aftersales import care, deadlines, logs
from aftersales.clock import Clock, SystemClock
from aftersales.estimates import do_expire_due, do_remind_due
from aftersales.outbox import DESK_NOTICE, Delivery, deliver_due
from aftersales.people.erasures import Places
from aftersales.settings import Settings
from aftersales.store import Store, open_store
from aftersales.store.locks import take_lease
from aftersales.store.tables import OutboxRow
from web import visits
from web.parts import Parts
from web.rasa import Rasa, RasaClient
from web.recovery import recover
from web.tidying import places_of, tidy

EVERY_S = 2.0
LEASE_S = 30.0
log = structlog.get_logger("worker")


def step(store: Store, clock: Clock, holder: str) -> Delivery | None:
    """Deliver what is due, and look after what time brings about, if this holder leads; None when
    another does.

    Offers that end come first, so that what they leave to be told leaves at once; deadlines come
    last, for trouble with one must not hold a message back.
    """
    now = clock.now()
    with store.session() as session:
        if not take_lease(session, "worker", holder, now, LEASE_S):
            return None
    with store.session() as session:
        do_expire_due(session, now)
        do_remind_due(session, now)
    with store.session() as session:
        delivered = deliver_due(session, lambda row: send(store, row, clock), now)
    with store.session() as session:
        deadlines.do_sweep(session, now)
        care.do_sweep(session, now)
    return delivered


def adjust(store: Store, clock: Clock) -> int:
    """Count the deadlines by the calendar as it is now: it may have been edited before the start.

    Returns:
        How many due moments changed.
    """
    with store.session() as session:
        return deadlines.do_adjust(session, clock.now(), "worker")


def send(store: Store, row: OutboxRow, clock: Clock) -> None:
    """Deliver one row: a customer's message into the talk, a notice into the desk's log."""
    if row.kind == DESK_NOTICE:
        log.warning(
            "desk_notice",
            notice=row.payload.get("event"),
            role=row.payload.get("role"),
            key=row.key,
        )
        return
    now = clock.now()
    with store.session() as session:
        visits.tell(session, row.sender, row.channel, row.key, row.payload, now)


async def loop(
    store: Store, rasa: Rasa, clock: Clock, places: Places, every_s: float = EVERY_S
) -> None:
    """Work until cancelled; a failure is logged and the next round comes."""
    holder = f"{os.getpid()}-{secrets.token_hex(4)}"
    adjusted = False
    while True:
        try:
            if await asyncio.to_thread(step, store, clock, holder) is not None:
                if not adjusted:
                    await asyncio.to_thread(adjust, store, clock)
                    adjusted = True
                await recover(store, rasa, clock)
                await asyncio.to_thread(tidy, store, places, clock)
        except Exception as problem:
            log.error("worker_failed", alert=True, problem=type(problem).__name__)
        await asyncio.sleep(every_s)


@asynccontextmanager
async def running(parts: Parts, wanted: bool) -> AsyncIterator[None]:
    """Run the loop beside the application, when wanted."""
    task: asyncio.Task[None] | None = None
    if wanted:
        places = places_of(parts.settings)
        task = asyncio.create_task(loop(parts.store, parts.rasa, parts.clock, places))
    try:
        yield
    finally:
        if task is not None:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task


async def _main() -> None:
    logs.configure()
    settings = Settings.from_env(os.environ)
    store = open_store(settings.database_url.reveal())
    rasa = RasaClient(settings.rasa_url, settings.gateway_secret())
    task = asyncio.ensure_future(loop(store, rasa, SystemClock(), places_of(settings)))
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await task
    await rasa.aclose()
    store.close()


if __name__ == "__main__":
    asyncio.run(_main())
