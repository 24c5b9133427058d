"""From findings to advice: causes in the order of likelihood, home, never, service."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aftersales.conditions import holds
from aftersales.faults.derived import derived, values, verdict
from aftersales.faults.findings import Findings
from aftersales.faults.labels import ticket_facts
from aftersales.faults.symptoms import symptom
from aftersales.knowledge import load
from aftersales.lines import Line, line, sources
from aftersales.rate import RateVerdict

_CAUSES_TOLD = 2


@dataclass(frozen=True)
class Advice:
    """What to tell the customer, and what to write into the ticket.

    Attributes:
        urgency: 0 normal, 1 watch it, 2 bring it soon, 3 stop using it, 9 danger to a person.
        symptom: symptom id of ``knowledge/faults.yml``.
        name: the symptom's name in Chinese.
        causes: one or two sentences, the likeliest cause first; the first is marked as a
            preliminary judgement.
        rate: the rate held against its tolerance, when one was told.
        home: what is safe to do at home.
        never: what must not be done.
        service: when it belongs on the bench, what already applies first.
        needs_bench: something found calls for the bench.
        ticket_facts: (label, value) pairs in Chinese.
        cause_ids: ids of the causes told.
    """

    urgency: int
    symptom: str
    name: str
    causes: tuple[Line, ...]
    rate: RateVerdict | None
    home: tuple[Line, ...]
    never: tuple[Line, ...]
    service: tuple[Line, ...]
    needs_bench: bool
    ticket_facts: tuple[tuple[str, str], ...]
    cause_ids: tuple[str, ...] = ()


def advise(findings: Findings) -> Advice:
    """Turn what is known into advice; works with whatever is missing."""
    rate = verdict(findings)
    facts = derived(findings, rate)
    entry, given = symptom(findings.symptom), values(findings)
    origin = sources(entry["source"])
    causes = _told(rank_causes(entry, facts))
    service = [item for item in entry.get("service", []) if holds(item.get("if"), facts)]
    applying = [item for item in service if "bench_if" in item and holds(item["bench_if"], facts)]
    waiting = [item for item in service if item not in applying]
    return Advice(
        urgency=_urgency(entry, facts),
        symptom=findings.symptom,
        name=str(entry["name"]),
        causes=_cause_lines(causes, given, origin, entry["why"]),
        rate=rate,
        home=_lines(_fitting(entry.get("home", []), facts), given, origin),
        never=_lines(_fitting(entry.get("never", []), facts), given, origin),
        service=_lines([_now(item) for item in applying] + waiting, given, origin),
        needs_bench=bool(applying) or holds(entry.get("bench_if", {"intent": "?"}), facts),
        ticket_facts=ticket_facts(findings, rate),
        cause_ids=tuple(str(cause["id"]) for cause in causes),
    )


def rank_causes(
    entry: Mapping[str, Any], facts: Mapping[str, Any]
) -> list[tuple[float, Mapping[str, Any]]]:
    """The causes that are possible with their scores, the likeliest first.

    A cause starts at minus its rank; every ``raise`` whose condition holds adds its points.
    """
    scored = []
    for cause in entry.get("causes", []):
        if not holds(cause.get("needs"), facts):
            continue
        if "drop_if" in cause and holds(cause["drop_if"], facts):
            continue
        points = sum(float(r["by"]) for r in cause.get("raise", []) if holds(r["if"], facts))
        scored.append((points - float(cause["rank"]), cause))
    return sorted(scored, key=lambda one: -one[0])


def _told(ranked: Sequence[tuple[float, Mapping[str, Any]]]) -> list[Mapping[str, Any]]:
    """The one or two causes worth telling."""
    if not ranked:
        return []
    least = ranked[0][0] - float(load("faults")["tell_within"])
    return [cause for score, cause in ranked[:_CAUSES_TOLD] if score >= least]


def _cause_lines(
    causes: Sequence[Mapping[str, Any]],
    given: Mapping[str, object],
    origin: tuple[str, ...],
    why: Mapping[str, Any],
) -> tuple[Line, ...]:
    lines = list(_lines(causes, given, origin))
    if lines and not causes[0].get("plain"):
        frame = load("faults")["judgement"]
        first = lines[0]
        lines[0] = Line(
            str(frame["say"]).format(cause=first.say),
            str(frame["say_desk"]).format(cause=first.say_desk),
            first.source,
        )
    if len(lines) < _CAUSES_TOLD:
        lines += _lines([why], given, origin)
    return tuple(lines)


def _urgency(entry: Mapping[str, Any], facts: Mapping[str, Any]) -> int:
    for change in entry.get("urgency_if", []):
        if holds(change["if"], facts):
            return int(change["urgency"])
    return int(entry["urgency"])


def _fitting(items: Sequence[Any], facts: Mapping[str, Any]) -> list[Any]:
    return [item for item in items if holds(item.get("if"), facts)]


def _now(item: Mapping[str, Any]) -> Mapping[str, Any]:
    """The wording for something that already applies, when the entry has one."""
    if "now" not in item:
        return item
    return {**item, "say": item["now"], "say_desk": item.get("now_desk", item["now"])}


def _lines(
    items: Sequence[Mapping[str, Any]], given: Mapping[str, object], origin: tuple[str, ...]
) -> tuple[Line, ...]:
    made = [line(item, given) for item in items]
    return tuple(Line(one.say, one.say_desk, one.source or origin) for one in made)
