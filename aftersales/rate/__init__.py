"""Rate: how fast or slow a watch runs, how that is measured, and what it means.

``verdict``          a rate held against the right tolerance, in numbers
``words``            the verdict in sentences of ``knowledge/rate.yml``
``readings``         a look at the watch; the rate that two of them, or one sentence, tell
``clock_words``      times of day as they are read off a dial
``fit``              the line through many readings, with its 95 % interval
``diary``            the reasoning of a rate diary: what is reported, does it fit, what it comes to
``diaries``          where diaries are kept, and their reminders
``chart``, ``links`` the drawing of a diary and its signed address
``positions``        up to six positions: numbers, limits, signatures
``position_words``   rates per position out of a sentence
``plan``             which position for the night brings the day's sum nearest to zero
``position_advice``  all that in sentences of ``knowledge/positions.yml``
"""

from aftersales.rate.verdict import IMPLAUSIBLE_S_PER_DAY, RateVerdict, judge

__all__ = ["IMPLAUSIBLE_S_PER_DAY", "RateVerdict", "judge"]
