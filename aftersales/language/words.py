"""Fixed words that stand for one value: a table becomes one pattern, the longest word wins."""

import re

from .entity import Entity


class WordTable:
    """Finds the words of a table in a text.

    Args:
        name: The entity's name.
        table: For every value its words, as regular expressions without groups.
    """

    def __init__(self, name: str, table: dict[str, tuple[str, ...]]) -> None:
        self._name = name
        pairs = [(word, value) for value, words in table.items() for word in words]
        pairs.sort(key=lambda pair: len(pair[0]), reverse=True)
        self._words = [(re.compile(word, re.IGNORECASE), value) for word, value in pairs]
        # Without a group per word: those make the search through a sentence four times slower.
        self._pattern = re.compile("|".join(f"(?:{word})" for word, _ in pairs), re.IGNORECASE)

    def find(self, text: str) -> list[Entity]:
        """Return every hit, left to right."""
        return [
            Entity(
                self._name,
                next(value for word, value in self._words if word.match(text, match.start())),
                match.start(),
                match.end(),
                match.group(),
            )
            for match in self._pattern.finditer(text)
        ]
