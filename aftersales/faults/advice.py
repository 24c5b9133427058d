"""From findings to advice: causes in the order of likelihood, home, never, service."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aftersales.conditions import holds
from aftersales.faults.causes import CANNOT_TELL, table
from aftersales.faults.derived import derived, values, verdict
from aftersales.faults.engine import Judgement, judge_findings
from aftersales.faults.findings import Findings
from aftersales.faults.labels import ticket_facts
from aftersales.faults.symptoms import symptom
from aftersales.knowledge import load
from aftersales.lines import Line, line, sources
from aftersales.rate import RateVerdict

_CAUSES_TOLD = 2
#: A second cause is worth telling when it is at least this share as likely as the first.
_WORTH_TELLING = 0.1


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
        cause_ids: ids of the causes told, as in ``knowledge/faults.yml``.
        diagnosis: id of the likeliest cause, as in ``knowledge/diagnosis.yml``; perhaps
            ``cannot_tell_bench``, or "" for a complaint the table of causes does not know.
        confidence: its probability, 0 to 1.
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
    diagnosis: str = ""
    confidence: float = 0.0


def advise(findings: Findings) -> Advice:
    """Turn what is known into advice; works with whatever is missing."""
    rate = verdict(findings)
    facts = derived(findings, rate)
    entry, given = symptom(findings.symptom), values(findings)
    origin = sources(entry["source"])
    judged = judge_findings(findings)
    causes = _told(rank_causes(entry, facts), findings.symptom, judged)
    service = [item for item in entry.get("service", []) if holds(item.get("if"), facts)]
    applying = [item for item in service if "bench_if" in item and holds(item["bench_if"], facts)]
    waiting = [item for item in service if item not in applying]
    # What must be done at once is certain even when how it came about is not.
    unsure = judged is not None and judged.cause == CANNOT_TELL and judged.stop is None
    bench = bool(applying) or holds(entry.get("bench_if", {"intent": "?"}), facts)
    if judged is not None and unsure:
        bench = bench or bool(findings.asked) or bool(judged.contradictions)
    lines = _cause_lines(causes, given, origin, entry["why"])
    return Advice(
        urgency=_urgency(entry, facts, judged, bench=bench),
        symptom=findings.symptom,
        name=str(entry["name"]),
        causes=_unsure(lines, judged) if judged is not None and unsure else lines,
        rate=rate,
        home=_lines(_fitting(entry.get("home", []), facts), given, origin),
        never=_lines(_fitting(entry.get("never", []), facts), given, origin),
        service=_lines([_now(item) for item in applying] + waiting, given, origin),
        needs_bench=bench,
        ticket_facts=ticket_facts(findings, rate),
        cause_ids=tuple(str(cause["id"]) for cause in causes),
        diagnosis=judged.cause if judged else "",
        confidence=judged.rows[0].probability if judged else 0.0,
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


def _told(
    ranked: Sequence[tuple[float, Mapping[str, Any]]], symptom_id: str, judged: Judgement | None
) -> list[Mapping[str, Any]]:
    """The one or two causes worth telling."""
    if not ranked:
        return []
    shares = _shares(symptom_id, judged)
    ordered = _by_probability(ranked, shares)
    least = ranked[0][0] - float(load("faults")["tell_within"])
    first = shares.get(str(ordered[0][1]["id"]))
    told = [ordered[0][1]]
    for score, cause in ordered[1:_CAUSES_TOLD]:
        share = shares.get(str(cause["id"]))
        if share is None or first is None:
            worth = score >= least
        else:
            worth = share >= _WORTH_TELLING * first
        told += [cause] if worth else []
    return told


def _by_probability(
    ranked: Sequence[tuple[float, Mapping[str, Any]]], shares: Mapping[str, float]
) -> list[tuple[float, Mapping[str, Any]]]:
    """The ranking with the sentences about a cause of the table in the order of its probability.

    Sentences that speak of no cause ("it depends on the kind of watch") keep their places.
    """
    known = sorted(
        (one for one in ranked if str(one[1]["id"]) in shares),
        key=lambda one: -shares[str(one[1]["id"])],
    )
    following = iter(known)
    return [next(following) if str(one[1]["id"]) in shares else one for one in ranked]


def _shares(symptom_id: str, judged: Judgement | None) -> dict[str, float]:
    """Sentence of the symptom -> probability of the causes it speaks of."""
    if judged is None:
        return {}
    rows = {row.cause: row.probability for row in judged.rows}
    return {
        sentence: sum(rows.get(c, 0.0) for c in ([causes] if isinstance(causes, str) else causes))
        for sentence, causes in table()["told"].get(symptom_id, {}).items()
    }


def _unsure(lines: tuple[Line, ...], judged: Judgement) -> tuple[Line, ...]:
    """That it cannot be told from here, then the likeliest of the causes."""
    said = table()["said"]["contradiction" if judged.contradictions else "unsure"]
    return (line(said), *lines[: _CAUSES_TOLD - 1])


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


def _urgency(
    entry: Mapping[str, Any], facts: Mapping[str, Any], judged: Judgement | None, *, bench: bool
) -> int:
    """The urgency of the likeliest cause; of the symptom when the cause cannot be told."""
    if judged is None:
        return _of_symptom(entry, facts)
    least = judged.stop.urgency if judged.stop else 0
    if judged.cause != CANNOT_TELL:
        return max(judged.urgency, least)
    return max(_of_symptom(entry, facts), least, judged.urgency if bench else 0)


def _of_symptom(entry: Mapping[str, Any], facts: Mapping[str, Any]) -> int:
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
