"""What to ask next about the guarantee: date, card, numbers, and the country when it matters."""

from aftersales.lines import line
from aftersales.questions import Choice, Question
from aftersales.warranty.book import book
from aftersales.warranty.evidence import UNKNOWN, VOID_CARDS, Evidence
from aftersales.warranty.numbers import compare, is_pair

#: Questions at most; asking one of them again after an impossible answer is not counted.
MAX_QUESTIONS = 4
_ENOUGH = frozenset({"battery", "strap", "scratches"})


def next_question(evidence: Evidence) -> Question | None:
    """The next question worth asking, or None when it is time for the verdict.

    What is known, or was answered with "不知道", is not asked. An impossible date or half a number
    pair is asked about once more, with a kind remark in front.
    """
    if evidence.cause in _ENOUGH:
        return None  # chargeable whatever the date and the card are
    if evidence.purchase_date is None:
        return question("purchase_date", evidence, hint=evidence.date_problem)
    if evidence.card is None:
        skipped = evidence.purchase_date == UNKNOWN and evidence.date_problem
        return question("card", evidence, hint="date_skipped" if skipped else None)
    if evidence.card in VOID_CARDS:
        return None
    abroad = evidence.channel == "haigou"
    # The country first: for a watch from abroad it decides more than the numbers. Once both pairs
    # have been told, two questions have gone into them and the country stays open.
    if abroad and evidence.market is None and not _compared(evidence) and not _refuted(evidence):
        return question("market", evidence)
    if evidence.numbers_card is None:
        if evidence.numbers_watch is None:
            hint = "incomplete" if evidence.numbers_problem else None
            return question("numbers_watch", evidence, hint=hint)
        if not abroad:
            return question("numbers_card", evidence)
    elif evidence.numbers_watch is None and is_pair(evidence.numbers_card):
        return question("numbers_watch_registered", evidence)
    return None


def question(question_id: str, evidence: Evidence, *, hint: str | None = None) -> Question:
    """The question with that id, its blanks filled.

    Raises:
        KeyError: the table has no such question or remark.
    """
    entry = book()["questions"][question_id]
    lead = str(book()["hints"][hint]) if hint else ""
    said = line(entry, {"pair": evidence.numbers_watch or evidence.numbers_card or ""})
    return Question(
        id=question_id,
        say=lead + said.say,
        say_desk=lead + said.say_desk,
        choices=tuple(Choice(c["label"], c["value"]) for c in entry.get("choices", [])),
        where=entry.get("where"),
    )


def _refuted(evidence: Evidence) -> bool:
    return evidence.numbers_card == "mismatch" or (
        _compared(evidence)
        and is_pair(evidence.numbers_card)
        and compare(str(evidence.numbers_watch), str(evidence.numbers_card)) == "mismatch"
    )


def _compared(evidence: Evidence) -> bool:
    """Whether both pairs were told, which has already taken two questions."""
    return is_pair(evidence.numbers_watch) and evidence.numbers_card not in (None, UNKNOWN)
