"""Facts that follow from facts: the rate verdict, what the calibre can do, what is too short."""

from typing import Any

from aftersales.faults.findings import Findings
from aftersales.knowledge import load
from aftersales.rate import RateVerdict, judge


def verdict(findings: Findings) -> RateVerdict | None:
    """The rate held against its tolerance, or None when no rate was told."""
    rate = findings.facts.get("rate_s_per_day")
    if not isinstance(rate, int | float):
        return None
    return judge(
        float(rate),
        findings.calibre,
        findings.movement,
        _number(findings.facts.get("rate_low")),
        _number(findings.facts.get("rate_high")),
    )


def derived(findings: Findings, rate: RateVerdict | None) -> dict[str, Any]:
    """All facts, told and derived, for the conditions of ``knowledge/faults.yml``."""
    calibre = findings.calibre
    facts: dict[str, Any] = dict(findings.facts)
    facts["intent"] = findings.intent
    if findings.movement:
        facts["movement"] = findings.movement
    if calibre:
        facts["calibre_known"] = "yes"
        if calibre.hand_wind is not None:
            facts["hand_wind"] = "yes" if calibre.hand_wind else "no"
        if calibre.winding:
            facts["winding"] = calibre.winding
        if calibre.gps:
            facts["gps"] = "yes"
    elif findings.known("calibre"):
        facts["calibre_known"] = "no"
    if rate and rate.kind != "implausible":
        facts["rate_kind"] = rate.kind
        facts["direction"] = "fast" if rate.rate > 0 else "slow" if rate.rate < 0 else "exact"
        facts["minute_a_day"] = "yes" if abs(rate.rate) >= 60 else "no"
    elif rate:
        facts["rate_kind"] = rate.kind
    short = _reserve_short(findings)
    if short is not None:
        facts["reserve_short"] = "yes" if short else "no"
    return facts


def values(findings: Findings) -> dict[str, object]:
    """What the sentences may name: {code}, {reserve}."""
    calibre, names = findings.calibre, load("faults")["names"]
    hours = calibre.power_reserve_h if calibre else None
    reserve = f"{names['about']} {hours:g} {names['hours']}" if hours else names["reserve"]
    return {"code": calibre.code if calibre else names["code"], "reserve": reserve}


def _reserve_short(findings: Findings) -> bool | None:
    """Stops long before its nominal reserve; None when one of the numbers is missing."""
    ran, calibre = findings.facts.get("runs_hours"), findings.calibre
    if not isinstance(ran, int | float) or not calibre or not calibre.power_reserve_h:
        return None
    return ran < calibre.power_reserve_h * float(load("faults")["reserve_short_below"])


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
