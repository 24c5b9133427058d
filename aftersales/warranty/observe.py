"""Facts about the guarantee that a sentence volunteers, asked or not."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from aftersales.language import normalise, parse_date
from aftersales.language.dates import find_dates
from aftersales.warranty.book import book, regex
from aftersales.warranty.evidence import VOID_CARDS
from aftersales.warranty.numbers import read_pairs
from aftersales.warranty.periods import read_span, write_span

_YEAR = re.compile(r"(?<![\d.\-/])(\d{4})(?![\d.\-/])\s*年?")
_PLAIN_ENTITIES = ("calibre", "case_code", "serial", "line")


def observe(text: str, entities: Iterable[Any], today: date) -> dict[str, Any]:
    """Read the facts a message gives by itself.

    Args:
        text: the message as typed.
        entities: what the extractor found: objects with ``name`` and ``value``, or mappings with
            ``name`` (or Rasa's ``entity``) and ``value``.
        today: the customer's calendar day.

    Returns:
        Facts for ``Evidence.with_facts``; empty when the message says nothing of the guarantee.
    """
    plain = normalise(text)
    named = _named(entities)
    found: dict[str, Any] = {name: named[name] for name in _PLAIN_ENTITIES if name in named}
    clauses = [clause for clause in regex(book()["clause_ends"]).split(plain) if clause]
    for fact, rules in book()["observations"].items():
        value = _said(rules, clauses, plain, fact)
        if value is not None:
            found.setdefault(fact, value)
    bought = named.get("purchase_date")
    if bought is not None:
        found |= check_date(str(bought), today)
    else:
        found |= _bought(clauses, today)
    pairs = read_pairs(plain)
    if pairs and "case_code" not in found:
        found["numbers_watch"] = pairs[0]
    return found


def check_date(value: str, today: date) -> dict[str, Any]:
    """A purchase date as a fact, or why it cannot be one."""
    span = read_span(value)
    if span is None:
        return {}
    if span.first > today:
        return {"date_problem": "future"}
    if span.last.year < int(book()["founded"]):
        return {"date_problem": "absurd"}
    return {"purchase_date": value}


def read_date(text: str, today: date) -> dict[str, Any]:
    """Read any date in a normalised text as the purchase date; empty when there is none."""
    span = parse_date(text, today)
    if span is not None:
        return check_date(write_span(span), today)
    # The language module reads no year before wrist watches were common, and no bare year.
    year = _YEAR.search(text)
    if year is not None and (year[0].endswith("年") or 1900 <= int(year[1]) < 2100):
        return check_date(year[1], today)
    if any(found.span is None for found in find_dates(text, today)):
        return {"date_problem": "no_such_day"}
    return {}


def match(rules: Sequence[Mapping[str, Any]], clause: str, whole: str) -> str | None:
    """The value of the first rule that fits a clause; ``needs: bought`` looks at the whole text."""
    for rule in rules:
        if not regex(rule["if"]).search(clause):
            continue
        if "unless" in rule and regex(rule["unless"]).search(clause):
            continue
        if rule.get("needs") == "bought" and not regex(book()["bought_words"]).search(whole):
            continue
        return str(rule["value"])
    return None


def _said(
    rules: Sequence[Mapping[str, Any]], clauses: Sequence[str], whole: str, fact: str
) -> str | None:
    values = [value for clause in clauses if (value := match(rules, clause, whole)) is not None]
    if fact == "card":
        # "店名日期都有，后来卡丢了": what spoils the card outweighs what is right about it.
        values.sort(key=lambda value: value not in VOID_CARDS)
    return values[0] if values else None


def _bought(clauses: Sequence[str], today: date) -> dict[str, Any]:
    """A date in the same clause as a word of buying, such as 前年买的 (a whole year)."""
    for clause in clauses:
        if regex(book()["bought_date_words"]).search(clause):
            fact = read_date(clause, today)
            if fact:
                return fact
    return {}


def _named(entities: Iterable[Any]) -> dict[str, Any]:
    """Entities by name; the last one of a name counts."""
    found: dict[str, Any] = {}
    for item in entities:
        if isinstance(item, Mapping):
            name, value = item.get("name") or item.get("entity"), item.get("value")
        else:
            name, value = getattr(item, "name", None), getattr(item, "value", None)
        if isinstance(name, str) and value is not None:
            found[name] = value
    return found
