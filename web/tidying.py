"""What is deleted: what people asked for, every round; what was kept long enough, once a day."""

from datetime import datetime

import structlog

from aftersales.clock import Clock
from aftersales.people.erasures import Places, do_erase, due_erasures
from aftersales.people.retention import do_retain
from aftersales.people.trackers import Trackers
from aftersales.settings import Settings
from aftersales.store import Store
from aftersales.store.locks import take_lease

DAY_S = 23 * 3600.0
AGAIN_S = 3600.0  # after a failure
log = structlog.get_logger("worker")


def places_of(settings: Settings) -> Places:
    """Return what lies outside our database."""
    trackers = Trackers(settings.tracker_url)
    return Places(settings.photos_dir, trackers, settings.erasure_secret())


def tidy(store: Store, places: Places, clock: Clock) -> int:
    """Do the deletions that are due and, once a day, retention; return how many were done."""
    done = 0
    now = clock.now()
    with store.session(read_only=True) as session:
        due = due_erasures(session, now)
    for number in due:
        with store.session() as session:
            erasure = do_erase(session, number, places, now)
        if erasure is not None:
            done += 1
            log.warning("erased", erasure=number, state=erasure.state)
    _retain(store, places, now)
    return done


def _retain(store: Store, places: Places, now: datetime) -> None:
    # The lease is the note that it was done: another holder's is not got before it runs out.
    holder = now.isoformat()
    with store.session() as session:
        if not take_lease(session, "retention", holder, now, AGAIN_S):
            return
    with store.session() as session:
        counts = do_retain(session, places, now)
        take_lease(session, "retention", holder, now, DAY_S)
    if counts:
        log.warning("retained", counts=counts)
