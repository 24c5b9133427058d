"""What is said to a question about after-sales service, and where one may go from there."""

from dataclasses import dataclass

from aftersales.lines import Line


@dataclass(frozen=True)
class Choice:
    """A next question a customer is likely to have; the label is also what pressing it says."""

    label: str


@dataclass(frozen=True)
class Answer:
    """The reviewed answer to one question.

    Attributes:
        id: intent and topic, such as ``repair_price.cleaning``; for logs and tests.
        lines: two to five: the answer, the reason, the next step.
        follow: labels of buttons; may be empty.
    """

    id: str
    lines: tuple[Line, ...]
    follow: tuple[Choice, ...] = ()
