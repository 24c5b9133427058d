"""Warranty: what is known of one watch, what to ask, and what may be said today.

``evidence``    the facts, in any order, with corrections
``observe``     facts that a sentence volunteers
``questions``   what to ask next
``replies``     how a reply is read
``numbers``     the pair on the case back, look-alikes, the serial's candidate years
``periods``     purchase dates as spans; where today lies in the periods of the rule table
``verdict``     covered, not covered or cannot say, with reasons and sources
``notes``       rights and charges beside the guarantee
``book``        the rule table ``knowledge/warranty.yml`` as sentences
"""

from aftersales.lines import Line
from aftersales.questions import Choice, Question
from aftersales.warranty.evidence import Evidence
from aftersales.warranty.numbers import (
    ProductionDate,
    candidate_years,
    compare,
    proposals,
    read_pair,
)
from aftersales.warranty.observe import observe
from aftersales.warranty.questions import MAX_QUESTIONS, next_question
from aftersales.warranty.replies import answer
from aftersales.warranty.verdict import Verdict, verdict

__all__ = [
    "MAX_QUESTIONS",
    "Choice",
    "Evidence",
    "Line",
    "ProductionDate",
    "Question",
    "Verdict",
    "answer",
    "candidate_years",
    "compare",
    "next_question",
    "observe",
    "proposals",
    "read_pair",
    "verdict",
]
