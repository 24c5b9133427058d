"""Why we think so: what speaks for the likeliest cause, what against it, and how it comes about."""

from aftersales.conditions import holds
from aftersales.faults.causes import CANNOT_TELL
from aftersales.faults.causes import table as known
from aftersales.faults.derived import derived, values, verdict
from aftersales.faults.engine import Contribution, Judgement, Row, judge_findings
from aftersales.faults.findings import Findings
from aftersales.faults.symptoms import symptom
from aftersales.knowledge import load
from aftersales.lines import Line, line, sources

#: A finding that changes the odds by less than this (natural logarithm) is no ground.
_GROUND = 0.4
_GROUNDS_TOLD = 3


def explain(findings: Findings) -> tuple[Line, ...]:
    """The grounds of the judgement, for "为什么".

    Returns:
        The likeliest cause with what speaks for and against it, one line per fact and what it
        means for a watch, the rate verdict, then how this kind of symptom comes about. Never
        empty.
    """
    rate = verdict(findings)
    facts = derived(findings, rate)
    facts["symptom"] = findings.symptom
    entry, given = symptom(findings.symptom), values(findings)
    judged = judge_findings(findings, grounds=True)
    told = [_judgement(judged)] if judged else []
    told += [line(item, given) for item in load("faults")["evidence"] if holds(item["if"], facts)]
    if rate:
        told.append(Line(rate.say, rate.say_desk, rate.source))
    why = line(entry["why"], given)
    told.append(Line(why.say, why.say_desk, why.source or sources(entry["source"])))
    return tuple(told)


def table(findings: Findings) -> tuple[Row, ...]:
    """Every cause with its probability and what each finding contributes, the likeliest first.

    Returns:
        Rows whose probabilities sum to 1; none for a complaint the table of causes does not know.
    """
    judged = judge_findings(findings, grounds=True)
    return judged.rows if judged else ()


def _judgement(judged: Judgement) -> Line:
    said = known()["said"]
    if judged.cause == CANNOT_TELL:
        if judged.contradictions:
            return line(said["contradiction"])
        first, second = (known()["causes"][row.cause]["name"] for row in judged.rows[1:3])
        return line(said["open"], {"first": first, "second": second})
    top = judged.rows[0]
    parts = [line(said["leading"], {"cause": known()["causes"][top.cause]["name"]})]
    for name, grounds in (
        ("for", [one for one in top.contributions if one.weight >= _GROUND]),
        ("against", [one for one in top.contributions if one.weight <= -_GROUND]),
    ):
        phrases = [_phrase(one) for one in grounds[:_GROUNDS_TOLD]]
        if phrases:
            parts.append(line(said[name], {"said": str(said["joiner"]).join(phrases)}))
    return Line(
        "".join(part.say for part in parts),
        "".join(part.say_desk for part in parts),
        parts[0].source,
    )


def _phrase(one: Contribution) -> str:
    return str(known()["findings"][one.finding]["phrases"][one.value])
