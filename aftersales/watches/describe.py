"""The calibre table in sentences: what this watch is, what it can and cannot do."""

from collections.abc import Mapping
from typing import Any

from aftersales.knowledge import load
from aftersales.lines import Line, line
from aftersales.watches.calibre import Calibre


def describe(calibre: Calibre) -> tuple[Line, ...]:
    """Say what is known of a calibre; what is not known is left out, not guessed.

    Args:
        calibre: from ``find_calibre``.

    Returns:
        Movement first, then winding, reserve, seconds, cell; each with its source.
    """
    texts = load("identify")
    movement = texts["movements"][calibre.movement]
    values: dict[str, object] = {"code": calibre.code, "name": _name(calibre, movement)}
    said = [line(texts["describe"]["what"], values), line(movement)]
    for key in _features(calibre):
        entry = texts["describe"][key]
        said.append(line(entry, values | _numbers(calibre)))
    own = calibre.sources
    return tuple(Line(item.say, item.say_desk, item.source or own) for item in said)


def how_to_tell(movement: str | None = None) -> tuple[Line, ...]:
    """How to find out what kind of movement a watch has, without opening it.

    Args:
        movement: only how to recognise this one; None for the whole guide.
    """
    guide = load("identify")["how_to_tell"]
    if movement is None:
        return tuple(line(entry) for entry in guide)
    return tuple(line(entry) for entry in guide if entry.get("movement") in (None, movement))


def _name(calibre: Calibre, movement: Mapping[str, Any]) -> str:
    if calibre.gps:
        return str(movement["name_gps"])
    if calibre.winding:
        return str(movement.get(f"name_{calibre.winding}", movement["name"]))
    return str(movement["name"])


def _features(calibre: Calibre) -> list[str]:
    found = []
    if calibre.hand_wind is not None and calibre.winding != "manual":
        found.append("hand_wind" if calibre.hand_wind else "no_hand_wind")
    if calibre.power_reserve_h is not None:
        found.append("reserve")
    if calibre.hacking is not None:
        found.append("hacking" if calibre.hacking else "no_hacking")
    if calibre.rechargeable:
        found.append("rechargeable")
    return found


def _numbers(calibre: Calibre) -> dict[str, object]:
    reserve = calibre.power_reserve_h
    return {"reserve": f"{reserve:g}" if reserve is not None else ""}
