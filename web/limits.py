"""How often one session or one address may do something, counted in a sliding window.

The numbers are business limits (SECURITY: documented and enforced): generous for a person, tight
for a script. Counts live in this process; several ``web`` processes each allow the full number.
"""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from web.refusals import Refusal


@dataclass(frozen=True)
class Rule:
    """At most ``count`` times in ``seconds``; beyond that the refusal ``code``."""

    count: int
    seconds: int
    code: str = "too_fast"


RULES: dict[str, Rule] = {
    "message_session": Rule(30, 60),
    "message_address": Rule(300, 60),
    "photo_session": Rule(12, 600, "photo_quota"),
    "photo_address": Rule(60, 600, "photo_quota"),
    "session_address": Rule(120, 60),
    "link_address": Rule(20, 600),  # only what opened nothing is counted
    "link_opened": Rule(20, 600),
}
MAX_KEYS = 20_000


@dataclass
class Limits:
    """The counters of one process."""

    rules: dict[str, Rule] = field(default_factory=lambda: dict(RULES))
    _seen: dict[tuple[str, str], deque[datetime]] = field(default_factory=dict)

    def spend(self, rule_name: str, who: str, now: datetime) -> None:
        """Count one use of ``rule_name`` by ``who``.

        Raises:
            Refusal: 429, with the seconds until the oldest counted use leaves the window.
        """
        key = (rule_name, who)
        if key not in self._seen and len(self._seen) >= MAX_KEYS:
            self._forget_idle(now)
        self.check(rule_name, who, now)
        self._seen.setdefault(key, deque()).append(now)

    def check(self, rule_name: str, who: str, now: datetime) -> None:
        """Refuse like ``spend`` without counting: for tries of which only the wrong ones count.

        Raises:
            Refusal: as for ``spend``.
        """
        rule = self.rules[rule_name]
        window = timedelta(seconds=rule.seconds)
        uses = self._seen.get((rule_name, who), deque())
        while uses and now - uses[0] >= window:
            uses.popleft()
        if len(uses) >= rule.count:
            wait = (uses[0] + window - now).total_seconds()
            raise Refusal(429, rule.code, max(1, round(wait)))

    def _forget_idle(self, now: datetime) -> None:
        for key in list(self._seen):
            uses = self._seen[key]
            if not uses or now - uses[-1] >= timedelta(seconds=self.rules[key[0]].seconds):
                del self._seen[key]
        while len(self._seen) >= MAX_KEYS:  # still full: the oldest keys go, memory stays bounded
            del self._seen[next(iter(self._seen))]
