"""Invented customers. Their numbers begin with 100, which no mobile number in China does."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aftersales.tickets import Watch


@dataclass
class Person:
    """A customer who may come more than once, with one or two watches."""

    name: str
    phone: str
    sender: str
    watches: list[Watch] = field(default_factory=list)


class Town:
    """All who may come; four in ten visits are by somebody who was here before."""

    def __init__(self, book: Mapping[str, Any], chance: random.Random) -> None:
        self._book, self._chance = book, chance
        self.people: list[Person] = []

    def somebody(self) -> Person:
        """Return who comes now."""
        if self.people and self._chance.random() < 0.4:
            return self._chance.choice(self.people)
        number = len(self.people) + 1
        given = "".join(self._chance.choices(self._book["given_names"], k=2))
        person = Person(
            name=self._chance.choice(self._book["surnames"]) + given,
            phone=f"100{number:08d}",
            sender=f"year-{number}",
        )
        self.people.append(person)
        return person

    def watch(self, person: Person) -> Watch:
        """Return the watch it is about: one brought before, or another one."""
        if person.watches and self._chance.random() < 0.7:
            return self._chance.choice(person.watches)
        serial = f"{self._chance.randrange(10)}{self._chance.randrange(1, 10)}"
        watch = Watch(
            calibre=self._chance.choice(self._book["calibres"]),
            case_code=f"{self._chance.randrange(40):04d}",
            serial=serial + f"{self._chance.randrange(10_000):04d}",
        )
        person.watches.append(watch)
        return watch
