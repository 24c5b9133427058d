"""The one clock of the year: whoever wants to go on first, goes on first.

So all moments written are in order, as they are in a real database.
"""

import heapq
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from aftersales.reports import month
from aftersales.store import Store
from tools.year import errand, talks
from tools.year.arrivals import Arrival, arrivals
from tools.year.repair import repair
from tools.year.shop import Life, Shop

_COMMIT_EVERY = 400
_SWEEP = timedelta(hours=12)

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Year:
    """What came of it.

    Attributes:
        created: tickets made.
        arrived: how often each message of the outbox arrived, by key.
        end: the moment the year was over.
        steps: how many steps were taken in all.
        waiting: lives that were not over.
    """

    created: int
    arrived: dict[str, int]
    end: datetime
    steps: int
    waiting: int


def live(
    store: Store, year: int, tickets: int, seed: int, progress: Progress, months: int = 12
) -> Year:
    """Live through a year.

    Args:
        store: an empty, migrated database.
        year: the calendar year of the shop.
        tickets: exactly so many are opened.
        seed: the same seed is the same year.
        progress: called with tickets opened and tickets in all.
        months: stop after so many of the year's months.
    """
    with store.session() as session:
        shop = Shop(session, seed)
        zone = shop.clocks.open.zone
        coming = arrivals(year, tickets, zone, shop.chance, months)
        world = _World(shop, month(f"{year}-{months:02d}").end)
        for arrival in coming:
            world.add(arrival.at, arrival)
        world.add(month(f"{year}-01").start + timedelta(hours=1), "sweep")
        while world.step():
            if world.steps % _COMMIT_EVERY == 0:
                session.commit()
                progress(shop.created, tickets)
        world.close()
        progress(shop.created, tickets)
        return Year(shop.created, dict(world.post.arrived), world.end, world.steps, world.waiting)


class _World:
    def __init__(self, shop: Shop, end: datetime) -> None:
        self._shop, self.end = shop, end
        self.post = errand.Post(shop)
        self.steps = self._order = self.waiting = 0
        self._queue: list[tuple[datetime, int, Arrival | Life | str]] = []

    def add(self, at: datetime, what: Arrival | Life | str) -> None:
        self._order += 1
        heapq.heappush(self._queue, (at.astimezone(UTC), self._order, what))

    def step(self) -> bool:
        """Take the next step; False when the year is over."""
        if not self._queue or self._queue[0][0] >= self.end:
            return False
        now, _, what = heapq.heappop(self._queue)
        self.steps += 1
        if isinstance(what, Arrival):
            self._welcome(what, now)
        elif isinstance(what, str):
            self._errands(now)
        else:
            self._go_on(what, lambda: what.send(now), now)
        return True

    def close(self) -> None:
        """On the last evening everybody looks in once more, and the post is emptied."""
        self.waiting = len([1 for _, _, what in self._queue if not isinstance(what, str)])
        for person in self._shop.town.people:
            talks.visit(self._shop, person, self.end)
        self._shop.session.commit()
        self.post.deliver(self.end + timedelta(hours=1))
        self.post.deliver(self.end + timedelta(hours=3))  # what failed once

    def _welcome(self, arrival: Arrival, now: datetime) -> None:
        shop, person = self._shop, self._shop.town.somebody()
        if arrival.kind == "repair":
            life = repair(shop, person, arrival.channel, now)
        else:
            life = talks.TALKS[arrival.kind](shop, person, arrival.channel, now)
        self._begin(life, now)
        self._begin(talks.visits(shop, person, now), now)
        if shop.maybe(0.05):
            self._begin(talks.hand_over(shop, person, arrival.channel, now), now)

    def _begin(self, life: Life, now: datetime) -> None:
        self._go_on(life, lambda: next(life), now)

    def _go_on(self, life: Life, wake: Callable[[], datetime], now: datetime) -> None:
        try:
            again = wake()
        except StopIteration:
            return
        self.add(max(again, now), life)

    def _errands(self, now: datetime) -> None:
        shop = self._shop
        errand.sweep(shop, now)
        if shop.clocks.open.open_at(now):
            errand.call(shop, now)
            errand.write_report(shop, now)
        shop.session.commit()
        self.post.deliver(now)
        self.add(now + _SWEEP, "sweep")
