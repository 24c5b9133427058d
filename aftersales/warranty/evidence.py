"""What is known about one watch's guarantee: told by the customer, the registry, or not yet."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime
from typing import Any, Self

from aftersales.warranty.book import book
from aftersales.warranty.numbers import is_pair, read_pair
from aftersales.warranty.periods import read_span

UNKNOWN = "unknown"
CARDS = frozenset(
    {"complete", "no_shop", "no_date", "blank", "altered", "lost", "electronic", UNKNOWN}
)
#: A card in one of these states never counts: it is void, or it cannot be shown.
VOID_CARDS = frozenset({"no_shop", "no_date", "blank", "altered", "lost"})
MARKETS = frozenset({"cn", "jp", "eu", "us", "au", "other", UNKNOWN})
CHANNELS = frozenset({"store", "online", "second_hand", "gift", "haigou", "contract", UNKNOWN})
CAUSES = frozenset(
    {
        "water",
        "shock",
        "battery",
        "strap",
        "opened_elsewhere",
        "scratches",
        "magnetism",
        "normal",
    }
)
#: What happened in earlier repairs; each has its note about the law.
REPAIRS = frozenset({"two_repairs", "ninety_days"})
_NUMBER_WORDS = frozenset({"match", "mismatch", UNKNOWN})
_CHOSEN = {"card": CARDS, "channel": CHANNELS, "cause": CAUSES, "repairs": REPAIRS}
#: After so many impossible answers the question is given up.
MAX_TRIES = 2


@dataclass(frozen=True)
class Evidence:
    """The facts a verdict rests on; ``None`` = not asked yet, ``"unknown"`` = cannot tell.

    Attributes:
        purchase_date: ISO date, year-month, year, an interval ``from/to`` of ISO dates, or
            ``"unknown"``.
        card: state of the guarantee card, one of ``CARDS``.
        numbers_watch: the pair on the case back, such as ``7S26-0020``.
        numbers_card: the pair on the card; or ``"match"``, ``"mismatch"``, ``"unknown"``.
        market: where it was bought; ``other`` = a country with the world guarantee only.
        line: the contract's line (``grand_seiko``, ``prospex`` …).
        channel: how it came to its owner, one of ``CHANNELS``.
        cause: what the customer says happened, one of ``CAUSES``.
        serial: six characters on the case back.
        calibre: left half of the pair, also when the right half is not known.
        repairs: earlier repairs that give a right of exchange, one of ``REPAIRS``.
        registered: the registry knows this watch.
        date_problem: why the last date told cannot be (``future``, ``absurd``, ``no_such_day``).
        date_tries: how many impossible dates were told.
        numbers_problem: the last thing told as a pair that is not a whole pair.
        numbers_tries: how many of those were told.
    """

    purchase_date: str | None = None
    card: str | None = None
    numbers_watch: str | None = None
    numbers_card: str | None = None
    market: str | None = None
    line: str | None = None
    channel: str | None = None
    cause: str | None = None
    serial: str | None = None
    calibre: str | None = None
    repairs: str | None = None
    registered: bool = False
    date_problem: str | None = None
    date_tries: int = 0
    numbers_problem: str | None = None
    numbers_tries: int = 0

    def to_dict(self) -> dict[str, Any]:
        """JSON-safe form."""
        return asdict(self)

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> Self:
        """Read the JSON form back; unknown keys of another release are ignored."""
        known = {field.name for field in fields(cls)}
        return cls(**{key: value for key, value in raw.items() if key in known})

    def with_facts(self, facts: Mapping[str, Any]) -> "Evidence":
        """Add what was learned; newer facts replace older ones, unknown keys are ignored.

        Takes the fields of this class, and ``case_code``, ``shop`` (only a register says it),
        ``date_problem`` and ``numbers_problem``. Values that make no sense are ignored.
        "不知道" never erases a fact.
        """
        told = {key: value for key, value in facts.items() if value not in (None, "")}
        # Only the register knows the shop by name, and its pair is the one printed on the card.
        by_register = bool(told.get("registered")) or "shop" in told
        changed = self._dated(told)
        changed = changed._numbered(told, by_register)
        new: dict[str, Any] = {}
        for name, allowed in _CHOSEN.items():
            if told.get(name) in allowed:
                new[name] = told[name]
        market = told.get("market")
        if market is not None:
            market = book()["market_names"].get(str(market).lower(), market)
            new |= {"market": market} if market in MARKETS else {}
        for name in ("line", "serial"):
            if name in told:
                new[name] = str(told[name])
        if by_register:
            new["registered"] = True
            if "shop" in told and changed.purchase_date and self.card in (None, UNKNOWN):
                new.setdefault("card", "complete")
        return replace(changed, **_kept(changed, new))

    def _dated(self, told: Mapping[str, Any]) -> "Evidence":
        if told.get("date_problem"):
            tries = self.date_tries + 1
            return replace(
                self,
                purchase_date=UNKNOWN if tries >= MAX_TRIES else None,
                date_problem=str(told["date_problem"]),
                date_tries=tries,
            )
        bought = told.get("purchase_date")
        if isinstance(bought, datetime):
            bought = bought.date()
        value = bought.isoformat() if isinstance(bought, date) else str(bought or "")
        if value == UNKNOWN:
            return replace(self, purchase_date=self.purchase_date or UNKNOWN)
        if read_span(value) is None:
            return self
        return replace(self, purchase_date=value, date_problem=None)

    def _numbered(self, told: Mapping[str, Any], by_register: bool) -> "Evidence":
        watch, card = self.numbers_watch, self.numbers_card
        calibre = self.calibre
        pair = read_pair(str(told.get("numbers_watch") or ""))
        half, case = told.get("calibre"), told.get("case_code")
        if pair is None and half and case:
            pair = read_pair(f"{half}-{case}")
        elif pair is None and case and calibre and not by_register:
            pair = read_pair(f"{calibre}-{case}")
        if by_register and pair is not None and "numbers_watch" not in told:
            # A number pair the customer compared himself counts more than the register's.
            card = pair if card in (None, UNKNOWN) or is_pair(card) else card
            calibre = calibre or pair[:4]
        elif pair is not None:
            watch, calibre = pair, pair[:4]
        elif half:
            calibre = str(half).upper()
            if watch is not None and not watch.startswith(calibre):
                watch = None  # another calibre: the old pair was of another watch or a slip
        problem, tries = self.numbers_problem, self.numbers_tries
        if pair is not None or "numbers_card" in told:
            problem = None
        elif told.get("numbers_problem"):
            problem, tries = str(told["numbers_problem"]), tries + 1
            if tries >= MAX_TRIES:
                card = card or UNKNOWN
        told_card = str(told.get("numbers_card") or "")
        if told_card in _NUMBER_WORDS:
            card = (card or UNKNOWN) if told_card == UNKNOWN else told_card
        else:
            card = read_pair(told_card) or card
        return replace(
            self,
            numbers_watch=watch,
            numbers_card=card,
            calibre=calibre,
            numbers_problem=problem,
            numbers_tries=tries,
        )


def _kept(before: Evidence, new: Mapping[str, Any]) -> dict[str, Any]:
    """Drop every "unknown" that would erase a known value."""
    return {
        name: value
        for name, value in new.items()
        if value != UNKNOWN or getattr(before, name) is None
    }
