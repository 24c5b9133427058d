"""Faults: from "my watch gains 30 seconds a day" to a cause, safe advice and a ticket.

``findings``    what is known so far
``symptoms``    which of the symptoms the intent and the movement make
``observe``     facts that a sentence volunteers
``questions``   what to ask next, and how to read the reply
``advice``      likeliest causes, what to do at home, what never, when to bring it in
``evidence``    why we think so
``named``       causes by key and by name
``hazards``     the sentences of the three emergencies
"""

from aftersales.faults.advice import Advice, advise
from aftersales.faults.engine import Contribution, Judgement, Row, judge_findings
from aftersales.faults.evidence import explain, table
from aftersales.faults.findings import Findings
from aftersales.faults.hazards import hazard_lines
from aftersales.faults.named import cause_key, cause_names, cause_text
from aftersales.faults.observe import observe
from aftersales.faults.questions import (
    MAX_QUESTIONS,
    Plan,
    next_question,
    plan,
    plan_by_order,
    question,
)
from aftersales.faults.replies import answer
from aftersales.faults.symptoms import symptom_for
from aftersales.lines import Line
from aftersales.questions import Choice, Question

__all__ = [
    "MAX_QUESTIONS",
    "Advice",
    "Choice",
    "Contribution",
    "Findings",
    "Judgement",
    "Line",
    "Plan",
    "Question",
    "Row",
    "advise",
    "answer",
    "cause_key",
    "cause_names",
    "cause_text",
    "explain",
    "hazard_lines",
    "judge_findings",
    "next_question",
    "observe",
    "plan",
    "plan_by_order",
    "question",
    "symptom_for",
    "table",
]
