"""What after-sales service covers, in a customer's words: one reviewed answer per question.

``find`` picks the topic that fits a sentence from ``knowledge/service/<intent>.yml``.
"""

from .answer import Answer, Choice
from .find import INTENTS, find

__all__ = ["INTENTS", "Answer", "Choice", "find"]
