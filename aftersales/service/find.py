"""Finds the answer to a question about after-sales service."""

from collections.abc import Iterator, Mapping

from aftersales.language import normalise
from aftersales.operator import operator

from .answer import Answer, Choice
from .sentences import sentences
from .topics import Topic, topics

#: The needs answered here; each has its file ``knowledge/service/<intent>.yml``.
INTENTS = (
    "warranty_terms",
    "warranty_card",
    "find_numbers",
    "authenticity",
    "after_sales_scope",
    "three_guarantees",
    "repair_price",
    "repair_duration",
    "service_centre",
    "repair_or_replace",
    "maintenance",
)
#: Asked under any need: other brands, clocks.
EVERYWHERE = "everywhere"
#: What an unknown need is taken for.
BROADEST = "after_sales_scope"


def find(intent: str, text: str, facts: Mapping[str, object]) -> Answer:
    """Return the answer of the first topic that fits; the last of each file, general, fits always.

    Args:
        intent: the need; one that is not ours is answered as a question about the scope.
        text: the customer's sentence, normalised or not.
        facts: what is known of the watch, such as line, movement, calibre; may be empty.
    """
    said = normalise(text)
    for book, topic in _candidates(intent if intent in INTENTS else BROADEST):
        values = topic.match(said, facts)
        if values is not None:
            return Answer(
                id=f"{book}.{topic.id}",
                lines=sentences(topic.lines, values, operator()),
                follow=tuple(Choice(label) for label in topic.follow),
            )
    raise AssertionError("the general topic has no condition")  # proved for each file by a test


def _candidates(intent: str) -> Iterator[tuple[str, Topic]]:
    for book in (EVERYWHERE, intent):
        for topic in topics(book):
            yield book, topic
