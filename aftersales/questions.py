"""A question to the customer, whichever subject asks it, and its ready answers."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Choice:
    """A button: what it shows and the value that stands for it."""

    label: str
    value: str


@dataclass(frozen=True)
class Question:
    """One question to the customer.

    Attributes:
        id: the name of the fact it asks for; in a diagnosis ``watch`` asks for calibre or movement,
            and one that clears up a contradiction carries its id behind ``#``.
        say: written to the customer.
        say_desk: read aloud by the agent.
        choices: buttons; the label typed by hand is understood as well.
        where: how to find the answer, for "在哪看", or None.
        where_desk: the same, spoken.
    """

    id: str
    say: str
    say_desk: str
    choices: tuple[Choice, ...] = ()
    where: str | None = None
    where_desk: str | None = None
