"""The domain's own calls, timed in this process: diagnosis, rate, warranty, and the look-up.

The look-up is timed for a right pair, a wrong pair and a card nobody knows; their medians are
printed as a ratio, because a stranger must not learn from the time whether a card exists.
"""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path

from aftersales import faults, rate, registrations, warranty
from aftersales.faults import Findings
from aftersales.store import Store, migrate, open_store
from aftersales.store.tables import Registration
from aftersales.warranty import Evidence
from aftersales.watches import find_calibre

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)


def milliseconds(work: Callable[[], object], rounds: int) -> list[float]:
    """Time each of ``rounds`` calls after a few that are not counted."""
    for _ in range(5):
        work()
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    return taken


def engine(rounds: int) -> Iterator[tuple[str, float, float]]:
    """Yield (call, p50 ms, p99 ms) of the pure functions."""
    findings = Findings("runs_fast", {"calibre": "4R36", "rate_s_per_day": 120.0})
    unknown = Findings("stopped")
    evidence = Evidence(purchase_date="2026-03", card="complete", numbers_watch="4R36-0001")
    calibre = find_calibre("4R36")
    calls: dict[str, Callable[[], object]] = {
        "faults.next_question, calibre known": lambda: faults.next_question(findings),
        "faults.next_question, nothing known": lambda: faults.next_question(unknown),
        "faults.advise": lambda: faults.advise(findings),
        "rate.judge": lambda: rate.judge(30.0, calibre),
        "warranty.verdict": lambda: warranty.verdict(evidence, TODAY),
    }
    for name, work in calls.items():
        taken = milliseconds(work, rounds)
        yield name, statistics.median(taken), statistics.quantiles(taken, n=100)[98]


def look_ups(rounds: int) -> Iterator[tuple[str, float, float]]:
    """Yield (pair, p50 ms, ratio to the right pair); every try has an asker of its own."""
    with tempfile.TemporaryDirectory(prefix="aftersales-bench-") as folder:
        url = f"sqlite:///{Path(folder)}/bench.db"
        migrate(url)
        store = open_store(url)
        _register(store)
        base = 0.0
        for name, card, month in (
            ("right pair", "BENCH1001", "2026-03"),
            ("wrong second proof", "BENCH1001", "2019-01"),
            ("card nobody knows", "BENCH9999", "2026-03"),
        ):
            # Each try a day later: the limits on wrong tries are not what is measured.
            taken = milliseconds(partial(_find, store, card, month, count()), rounds)
            middle = statistics.median(taken)
            base = base or middle
            yield name, middle, middle / base
        store.close()


def _find(store: Store, card: str, month: str, tries: Iterator[int]) -> None:
    number = next(tries)
    with store.session() as session:
        registrations.find(
            session,
            card_number=card,
            purchase_month=month,
            asker=f"asker-{number}",
            now=NOW + timedelta(days=number),
        )


def _register(store: Store) -> None:
    with store.session() as session:
        session.add(
            Registration(
                card_number="BENCH1001",
                calibre="4R36",
                case_code="0001",
                serial="610001",
                purchase_date=date(2026, 3, 8),
                imported_at=NOW,
                updated_at=NOW,
            )
        )
