"""From findings to causes: a naive Bayes posterior over every kind of watch and every cause.

The order of findings does not matter, "unknown" says nothing, and what the account of a customer
cannot decide is itself an outcome: ``cannot_tell_bench``.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from aftersales.conditions import holds
from aftersales.faults.causes import CANNOT_TELL, KIND, Model, model, setting, table
from aftersales.faults.contradictions import Contradiction, noticed
from aftersales.faults.derived import derived, verdict
from aftersales.faults.findings import UNKNOWN, Findings
from aftersales.faults.stops import Stop, stop_of
from aftersales.rate import judge

_STATIC = "static"
_FAR = "far_outside"
#: A mechanical watch without a figure of its own: this far off no calibre allows.
_TWO_MINUTES = 120.0


@dataclass(frozen=True)
class Contribution:
    """What one finding says about one cause: above 0 for it, below 0 against it (log odds)."""

    finding: str
    value: str
    weight: float


@dataclass(frozen=True)
class Row:
    """One cause of the table: how probable, and which findings made it so."""

    cause: str
    probability: float
    contributions: tuple[Contribution, ...] = ()


@dataclass(frozen=True)
class Judgement:
    """What the findings come to.

    Attributes:
        rows: every cause with its probability, the likeliest first; they sum to 1.
        cause: id of the likeliest one, perhaps ``cannot_tell_bench``.
        urgency: 0 normal, 1 watch it, 2 soon, 3 stop wearing it, 9 a person first.
        leader: share of the likeliest named cause among the named causes.
        stop: the rule that ended the questions at once, if any.
        contradictions: what excludes each other in the account.
    """

    rows: tuple[Row, ...]
    cause: str
    urgency: int
    leader: float
    stop: Stop | None
    contradictions: tuple[Contradiction, ...]


@dataclass(frozen=True)
class State:
    """The findings as the engine sees them: the model, the evidence and the hypotheses' shares."""

    model: Model
    facts: Mapping[str, Any]
    evidence: tuple[tuple[str, str], ...]
    shares: tuple[float, ...]


def judge_findings(findings: Findings, *, grounds: bool = False) -> Judgement | None:
    """Weigh all findings; None when the complaint is not one the table knows.

    Args:
        findings: what is known; the order in which it was told does not matter.
        grounds: also work out what each finding contributes to each cause.
    """
    now = state(findings)
    if now is None:
        return None
    named = _causes(now.model, now.shares)
    first = max(named, key=lambda cause: named[cause])
    stop = stop_of(now.facts)
    against = noticed(now.facts, findings.asked)
    if stop and stop.cause:
        rows: dict[str, float] = {stop.cause: 1.0}
    else:
        rows = _with_bench(named, bool(against), no_figure=_is_unjudged(now.facts))
    ranked = sorted(rows.items(), key=lambda one: -one[1])
    cause = ranked[0][0]
    return Judgement(
        rows=tuple(
            Row(name, share, _contributions(now, name) if grounds else ()) for name, share in ranked
        ),
        cause=cause,
        urgency=max(_urgency(now, cause), stop.urgency if stop else 0),
        leader=named[first],
        stop=stop,
        contradictions=against,
    )


def state(findings: Findings) -> State | None:
    """The model of the complaint with the evidence weighed in, or None."""
    complaint = complaint_of(findings.intent)
    chosen = model(complaint) if complaint else None
    if chosen is None:
        return None
    facts = facts_of(findings)
    found = tuple(sorted(evidence(facts, findings, chosen).items()))
    return State(chosen, facts, found, _shares(chosen, found))


def leader_of(now: State) -> float:
    """Share of the likeliest named cause among the named causes, 0 to 1."""
    return max(_causes(now.model, now.shares).values())


def complaint_of(intent: str) -> str | None:
    """The complaint of the table an intent or a symptom of ``faults.yml`` stands for."""
    known = table()
    if intent in known["complaints"]:
        return intent
    found: str | None = known.get("complaint_of", {}).get(intent)
    return found


def facts_of(findings: Findings) -> dict[str, Any]:
    """All facts, told and derived, as the rules of ``diagnosis.yml`` read them."""
    rate = verdict(findings)
    facts = derived(findings, rate)
    if rate is not None and rate.kind == "no_figure" and findings.movement == "hybrid":
        # The time side of a meca-quartz is a plain quartz.
        rate = judge(rate.rate, None, "quartz")
        facts["rate_kind"] = rate.kind
    facts["intent"] = complaint_of(findings.intent) or findings.intent
    facts["rate"] = _rate_kind(rate)
    said, calibre = findings.facts.get("movement"), findings.calibre
    if calibre:
        facts["hacking"] = {True: "yes", False: "no", None: None}[calibre.hacking]
        if said not in (None, UNKNOWN, calibre.movement):
            facts["said_other_kind"] = "yes"
    if facts.get("reserve_short"):
        facts["reserve"] = "short" if facts["reserve_short"] == "yes" else "full"
    facts["minute"] = facts.get("minute_a_day")
    facts["about"] = _about(facts)
    if any(holds(rule["if"], facts) for rule in table()["by_design"]):
        facts["design"] = "yes"
    return facts


def evidence(facts: Mapping[str, Any], findings: Findings, chosen: Model) -> dict[str, str]:
    """The findings the model knows, each with its value; "unknown" and doubled ones are left out.

    A fact told two ways in one breath counts as not told.
    """
    doubtful = facts.get("told_both")
    found: dict[str, str] = {
        name: value
        for name, value in facts.items()
        if name != doubtful and isinstance(value, str) and value in chosen.likelihood.get(name, ())
    }
    kind = _kind(findings)
    if kind is not None and kind in chosen.likelihood[KIND]:
        found[KIND] = kind
    return found


def _kind(findings: Findings) -> str | None:
    calibre = findings.calibre
    if calibre is None:
        return findings.movement
    if calibre.movement == "mechanical":
        return "=mechanical_manual" if calibre.winding == "manual" else "=mechanical_automatic"
    return f"={_families()[calibre.movement]}"


@lru_cache(maxsize=1)
def _families() -> dict[str, str]:
    return {str(about["movement"]): str(name) for name, about in table()["families"].items()}


def _rate_kind(rate: Any) -> str | None:
    """The verdict on a rate as evidence.

    A figure of the bare movement says little about a watch on the wrist: only far outside counts.
    Without any figure, only minutes a day count.
    """
    if rate is None or rate.kind == "implausible" or rate.uncertain:
        return None
    if rate.kind == "no_figure":
        return _FAR if abs(rate.rate) >= _TWO_MINUTES else None
    if rate.tolerance and rate.tolerance.standard == _STATIC and rate.kind == "outside":
        near = 0.5 * (rate.tolerance.high - rate.tolerance.low)
        over = max(rate.tolerance.low - rate.shown, rate.shown - rate.tolerance.high)
        return "outside" if over > near else None
    kind: str = rate.kind
    return kind


def _about(facts: Mapping[str, Any]) -> str | None:
    """Which part a complaint about crown or hands means, as far as the findings tell."""
    if facts.get("chrono") == "yes" or facts.get("hand_off") not in (None, UNKNOWN):
        return "chrono"
    if facts.get("hands_loose") == "yes":
        return "hands"
    return "crown" if facts.get("crown_state") not in (None, UNKNOWN) else None


def _shares(chosen: Model, found: tuple[tuple[str, str], ...]) -> tuple[float, ...]:
    logs = [math.log(share) for share in chosen.prior]
    for name, value in found:
        for number, likely in enumerate(chosen.likelihood[name][value]):
            logs[number] += math.log(likely) if likely else -math.inf
    top = max(logs)
    if top == -math.inf:
        return chosen.prior
    weights = [math.exp(value - top) for value in logs]
    whole = sum(weights)
    return tuple(weight / whole for weight in weights)


def _causes(chosen: Model, shares: tuple[float, ...]) -> dict[str, float]:
    return {
        cause: sum(shares[number] for number in numbers) for cause, numbers in chosen.groups.items()
    }


def _is_unjudged(facts: Mapping[str, Any]) -> bool:
    """A rate was told, and nothing says whether this watch may have it."""
    return facts.get("rate_kind") not in (None, "implausible") and facts.get("rate") is None


def _with_bench(
    named: Mapping[str, float], contradictory: bool, *, no_figure: bool
) -> dict[str, float]:
    """The named causes and "cannot tell": the flatter the causes, the likelier the latter."""
    odds = setting("bench_slope") * (setting("bench_at") - max(named.values()))
    odds += setting("bench_contradiction") if contradictory else 0.0
    odds += setting("bench_no_figure") if no_figure else 0.0
    bench = 1 / (1 + math.exp(-odds))
    rows = {cause: share * (1 - bench) for cause, share in named.items()} | {CANNOT_TELL: bench}
    raised = {cause: share ** setting("sharpen") for cause, share in rows.items()}
    whole = sum(raised.values())
    return {cause: share / whole for cause, share in raised.items()}


def _urgency(now: State, cause: str) -> int:
    about = table()["causes"][cause]
    shares: dict[str, float] = {}
    for number in now.model.groups.get(cause, ()):
        family = now.model.families[number]
        shares[family] = shares.get(family, 0.0) + now.shares[number]
    family = max(shares, key=lambda name: shares[name]) if shares else ""
    return int(about.get("urgency_in", {}).get(family, about["urgency"]))


def _contributions(now: State, cause: str) -> tuple[Contribution, ...]:
    """How much each finding raises the odds of a cause against all other causes."""
    inside = set(now.model.groups.get(cause, ()))
    if not inside or len(inside) == len(now.model.causes):
        return ()
    found = []
    for name, value in now.evidence:
        if name == KIND:
            continue
        row = now.model.likelihood[name][value]
        mine = _mean(now, row, inside, keep=True)
        rest = _mean(now, row, inside, keep=False)
        found.append(Contribution(name, value, math.log(mine / rest)))
    return tuple(sorted(found, key=lambda one: -abs(one.weight)))


def _mean(now: State, row: tuple[float, ...], inside: set[int], *, keep: bool) -> float:
    """The mean likelihood over the hypotheses inside or outside, by kind of watch and prior."""
    kind = dict(now.evidence).get(KIND)
    fits = now.model.likelihood[KIND].get(kind) if kind else None
    total = weight = 0.0
    for number, prior in enumerate(now.model.prior):
        if (number in inside) != keep:
            continue
        share = prior * (fits[number] if fits else 1.0)
        total += share * row[number]
        weight += share
    return total / weight if weight else 1.0
