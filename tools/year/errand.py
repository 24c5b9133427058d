"""What the worker and the early clerk do: outbox, deadlines, offers, calls after the work."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

from aftersales import care, deadlines, estimates, outbox, reports
from aftersales.store.tables import CarePlan, OutboxRow
from tools.year.shop import Shop


class PostDown(Exception):
    """The post fails now and then: the row is due again later."""


class Post:
    """Counts what arrived; one delivery in fifty fails first."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self.arrived: Counter[str] = Counter()

    def send(self, row: OutboxRow) -> None:
        """Deliver one row.

        Raises:
            PostDown: not now.
        """
        if row.attempts == 1 and self._shop.maybe(0.02):
            raise PostDown
        self.arrived[row.key] += 1

    def deliver(self, now: datetime) -> None:
        """Deliver all that is due."""
        while True:
            done = outbox.deliver_due(self._shop.session, self.send, now, limit=500)
            if not (done.delivered or done.put_off or done.dead):
                return


def sweep(shop: Shop, now: datetime) -> None:
    """Warn and escalate, end and remind of offers."""
    deadlines.do_sweep(shop.session, now)
    _until_none(lambda: estimates.do_expire_due(shop.session, now))
    _until_none(lambda: estimates.do_remind_due(shop.session, now))


def write_report(shop: Shop, now: datetime) -> None:
    """Write last month's report, once it is owed: not always at once."""
    if shop.maybe(0.6):
        reports.do_note_written(
            shop.session, reports.month_before(now), now, shop.staff("chiefs")
        )  # fmt: skip


def call(shop: Shop, now: datetime) -> None:
    """Make most of the calls that are due soon."""
    for due in care.due_list(shop.session, now + timedelta(days=2)):
        plan = shop.session.get(CarePlan, due.plan_id)
        if plan is not None and plan.kind == "callback" and shop.maybe(0.5):
            outcome, clerk = shop.words("outcomes"), shop.staff("clerks")
            care.do_finish_callback(shop.session, plan, outcome, now, clerk)


def _until_none(step: Callable[[], int]) -> None:
    while step():
        pass
