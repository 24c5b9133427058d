"""Rate: how fast or slow a watch runs, held against the right tolerance.

``verdict``  the judgement, in numbers
``words``    the judgement, in sentences of ``knowledge/rate.yml``
"""

from aftersales.rate.verdict import IMPLAUSIBLE_S_PER_DAY, RateVerdict, judge

__all__ = ["IMPLAUSIBLE_S_PER_DAY", "RateVerdict", "judge"]
