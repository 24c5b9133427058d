"""Why we think so: the facts told, each with what it means for a watch."""

from aftersales.conditions import holds
from aftersales.faults.derived import derived, values, verdict
from aftersales.faults.findings import Findings
from aftersales.faults.symptoms import symptom
from aftersales.knowledge import load
from aftersales.lines import Line, line, sources


def explain(findings: Findings) -> tuple[Line, ...]:
    """The grounds of the judgement, for "为什么".

    Returns:
        One line per fact that speaks for or against a cause, then the rate verdict, then how
        this kind of symptom comes about. Never empty.
    """
    rate = verdict(findings)
    facts = derived(findings, rate)
    facts["symptom"] = findings.symptom
    entry, given = symptom(findings.symptom), values(findings)
    told = [line(item, given) for item in load("faults")["evidence"] if holds(item["if"], facts)]
    if rate:
        told.append(Line(rate.say, rate.say_desk, rate.source))
    why = line(entry["why"], given)
    told.append(Line(why.say, why.say_desk, why.source or sources(entry["source"])))
    return tuple(told)
