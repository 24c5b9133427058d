"""What a customer says the watch is not: 不是5号,是水鬼 names one line."""

import re

from .entity import Entity

_NOT = re.compile(r"(?:(?<!是)不是|并非|而非)(?:我的|那个|那种|那款|什么|\s)?$")
# Rates, dates and movements are denied where they are read; numbers of people are given.
_NAMES = {"calibre", "model", "line", "city", "position"}


def undenied(entities: list[Entity], text: str) -> list[Entity]:
    """Drop what is denied, as long as the text names something else of the same kind.

    Alone, a denied name still tells what the talk is of (不是上海吗). A case code goes with the
    calibre it stands behind.
    """
    told = sorted(entities, key=lambda entity: entity.start)
    denied = {
        entity
        for entity in told
        if entity.name in _NAMES and _NOT.search(text[max(0, entity.start - 8) : entity.start])
    }
    kept = {entity.name for entity in told if entity not in denied}
    dropped = {entity for entity in denied if entity.name in kept}
    for first, second in zip(told, told[1:], strict=False):
        if first in dropped and first.name == "calibre" and second.name == "case_code":
            dropped.add(second)
    return [entity for entity in entities if entity not in dropped]


__all__ = ["undenied"]
