"""Findings as labelled Chinese facts, for the ticket and for the agent."""

from aftersales.faults.findings import Findings
from aftersales.knowledge import load
from aftersales.rate import RateVerdict


def ticket_facts(findings: Findings, rate: RateVerdict | None) -> tuple[tuple[str, str], ...]:
    """All facts told, in the order of ``labels:`` in ``knowledge/questions.yml``.

    Facts without a label are internal and left out.
    """
    labels, common = load("questions")["labels"], load("questions")["values"]
    pairs = [(str(labels["symptom"]["label"]), _symptom_name(findings))]
    for name, spec in labels.items():
        if name not in findings.facts or name == "symptom":
            continue
        value = findings.facts[name]
        if name == "rate_s_per_day" and rate is not None:
            said = str(spec["values"][rate.kind]).format(rate=f"{rate.rate:+g}")
        elif isinstance(value, str):
            said = str(spec.get("values", {}).get(value) or common.get(value, value))
        else:
            said = f"{value:g} {spec.get('unit', '')}".strip()
        pairs.append((str(spec["label"]), said))
    return tuple(pairs)


def _symptom_name(findings: Findings) -> str:
    return str(load("faults")["symptoms"][findings.symptom]["name"])
