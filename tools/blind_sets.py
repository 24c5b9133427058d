"""The sets that are never trained on: sentences with slices and second needs, phrases with values.

``tests/nlu/blind.yml`` has ``sentences`` (text, intent, perhaps ``second``, ``slice`` and
``entities``), ``tests/nlu/entities.yml`` has ``phrases`` (text, entities). Values are those of the
contract; dates count from the day the sets were written for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from aftersales.language import extract

#: The day from which the relative dates of the sets are counted.
RECEIVED = date(2026, 11, 23)
#: Lies beside the sets: what was reached on them (`tools/evaluation/gate.py`).
SCORES = "scores.yml"


@dataclass(frozen=True)
class Sentence:
    """One sentence of a blind set.

    Attributes:
        text: as a customer would write it.
        intent: the first need.
        second: another need in the same message, or None.
        slice: the trait counted apart (typo, traditional …), or None.
        entities: name -> value, where it is unambiguous.
    """

    text: str
    intent: str | None = None
    second: str | None = None
    slice: str | None = None
    entities: Mapping[str, Any] = field(default_factory=dict)


def files(folder: Path) -> list[Path]:
    """The files of a folder that hold sentences: all but the recorded scores."""
    return [path for path in sorted(folder.glob("*.yml")) if path.name != SCORES]


def load(path: Path) -> list[Sentence]:
    """The sentences or phrases of a file; none when it is of another kind (Rasa's format)."""
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    rows = content.get("sentences") or content.get("phrases") or []
    known = Sentence.__dataclass_fields__
    return [Sentence(**{k: v for k, v in row.items() if k in known}) for row in rows]


def slices(
    sentences: Sequence[Sentence], first: Sequence[str], three: Sequence[Sequence[str]]
) -> dict[str, tuple[int, float, float]]:
    """Slice -> (sentences, share with a right first intent, share within the first three).

    The first need or the second counts as right, as a customer would count.

    Args:
        sentences: what was judged.
        first: the chosen intent of each.
        three: the three best intents of each.
    """
    hits: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for sentence, best, few in zip(sentences, first, three, strict=True):
        good = {sentence.intent, sentence.second}
        hits["all"].append((best in good, bool(good & set(few))))
        hits[sentence.slice or "plain"].append(hits["all"][-1])
    return {
        name: (
            len(rows),
            sum(one for one, _ in rows) / len(rows),
            sum(few for _, few in rows) / len(rows),
        )
        for name, rows in hits.items()
    }


def entity_errors(
    sentences: Iterable[Sentence], read: Callable[[str, date], list[Any]] = extract
) -> tuple[int, list[str]]:
    """How many values were expected, and a line for each that did not come out exactly."""
    expected, errors = 0, []
    for sentence in sentences:
        found: dict[str, list[Any]] = defaultdict(list)
        for entity in read(sentence.text, RECEIVED):
            found[entity.name].append(entity.value)
        for name, value in sentence.entities.items():
            expected += 1
            if not any(_same(value, one) for one in found[name]):
                errors.append(f"{sentence.text}: {name} {value!r}, read {found[name] or None}")
    return expected, errors


def _same(expected: Any, found: Any) -> bool:
    if isinstance(expected, int | float) and isinstance(found, int | float):
        return abs(float(expected) - float(found)) < 0.01
    return str(expected) == str(found)
