"""Read the reply to a question: a button, a date, a number pair, yes or no, "不知道"."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from aftersales.language import normalise, yes_no
from aftersales.warranty.book import book, regex
from aftersales.warranty.evidence import UNKNOWN
from aftersales.warranty.numbers import broken_pair, read_pair, read_pairs
from aftersales.warranty.observe import match, observe, read_date

_Facts = dict[str, Any]
_YES_NO_INTENTS = {"affirm": "yes", "deny": "no"}
#: The question, and the fact its "不知道" is noted under.
_FACT = {
    "purchase_date": "purchase_date",
    "card": "card",
    "numbers_watch": "numbers_card",
    "numbers_watch_registered": "numbers_card",
    "numbers_card": "numbers_card",
    "market": "market",
}


def answer(
    question_id: str,
    text: str,
    intent: str | None,
    entities: Iterable[Any],
    today: date,
) -> _Facts | None:
    """Interpret what was said after a question.

    Args:
        question_id: id of the question that was put.
        text: the reply as typed, or a button's label.
        intent: the intent of the reply, if known.
        entities: entities of the reply, as for ``observe``.
        today: the customer's calendar day.

    Returns:
        The facts it gives: the one asked for, ``"unknown"`` for "不知道", perhaps others. None when
        it is no answer to this question.
    """
    if question_id not in _FACT:
        return None
    plain = normalise(text).strip()
    chosen = _chosen(question_id, plain)
    if chosen is not None:
        if question_id == "numbers_watch_registered" and chosen == "match":
            return {"numbers_card": "match"}
        return {_FACT[question_id]: chosen}
    seen = observe(text, entities, today)
    facts = _READERS[question_id](plain, seen, intent, today)
    if facts is None and (
        intent == "dont_know"
        or yes_no(plain) == UNKNOWN
        or regex(book()["answers"]["skip"]).search(plain)
    ):
        facts = {_FACT[question_id]: UNKNOWN}
    return None if facts is None else {**seen, **facts}


def _chosen(question_id: str, plain: str) -> str | None:
    bare = plain.strip("。.!！ ")
    for choice in book()["questions"][question_id]["choices"]:
        if bare == normalise(choice["label"]):
            return str(choice["value"])
    return None


def _date(plain: str, seen: _Facts, intent: str | None, today: date) -> _Facts | None:
    if "purchase_date" in seen or "date_problem" in seen:
        return {}
    return read_date(plain, today) or None


def _card(plain: str, seen: _Facts, intent: str | None, today: date) -> _Facts | None:
    if "card" in seen:
        return {}
    value = match(book()["answers"]["card"], plain, plain)
    if value is None:
        said = yes_no(plain) or _YES_NO_INTENTS.get(intent or "")
        # A bare "没有" to "都填了吗" says that something is missing; either way the card is void.
        value = {"yes": "complete", "no": "blank"}.get(said or "")
    return None if value is None else {"card": value}


def _numbers(plain: str, seen: _Facts, intent: str | None, on_card: bool) -> _Facts | None:
    pairs = read_pairs(plain)
    if not pairs and "calibre" in seen and "case_code" in seen:
        joined = read_pair(f"{seen['calibre']}-{seen['case_code']}")
        pairs = [joined] if joined else []
    said = match(book()["answers"]["numbers"], plain, plain)
    if said is None and not pairs:
        short = yes_no(plain) or _YES_NO_INTENTS.get(intent or "")
        said = {"yes": "match", "no": "mismatch"}.get(short or "")
    facts: _Facts = {}
    if said is not None:
        facts["numbers_card"] = said
    if len(pairs) > 1:
        facts |= {"numbers_watch": pairs[0], "numbers_card": pairs[1]}
    elif pairs and on_card and said is None:
        # What the sentence seems to volunteer of the watch is the pair on the card; None takes
        # it back even where a caller merges what he observed himself.
        facts = {"calibre": None, "case_code": None, "numbers_watch": None}
        facts["numbers_card"] = pairs[0]
    elif pairs and not on_card:
        facts["numbers_watch"] = pairs[0]
    if not facts:
        broken = broken_pair(plain)
        return {"numbers_problem": broken} if broken else None
    return facts


def _watch_numbers(plain: str, seen: _Facts, intent: str | None, today: date) -> _Facts | None:
    return _numbers(plain, seen, intent, on_card=False)


def _card_numbers(plain: str, seen: _Facts, intent: str | None, today: date) -> _Facts | None:
    return _numbers(plain, seen, intent, on_card=True)


def _market(plain: str, seen: _Facts, intent: str | None, today: date) -> _Facts | None:
    if "market" in seen:
        return {}
    value = match(book()["answers"]["market"], plain, plain)
    return None if value is None else {"market": value}


_READERS: dict[str, Callable[[str, _Facts, str | None, date], _Facts | None]] = {
    "purchase_date": _date,
    "card": _card,
    "numbers_watch": _watch_numbers,
    "numbers_watch_registered": _watch_numbers,
    "numbers_card": _card_numbers,
    "market": _market,
}
