"""The table of ``knowledge/diagnosis.yml`` as numbers: what may be wrong, and what it looks like.

A hypothesis is a pair (movement family, cause). One model holds the hypotheses of one complaint, so
a watch of unknown kind is simply a mixture of the families.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from aftersales.faults.schema import check
from aftersales.knowledge import folder, load

CANNOT_TELL = "cannot_tell_bench"
#: Evidence about the kind of watch; its values are families or the contract's movements.
KIND = "kind"


@dataclass(frozen=True)
class Model:
    """The hypotheses of one complaint.

    Attributes:
        families: family of each hypothesis.
        causes: cause of each hypothesis.
        prior: share of each hypothesis before anything is known; sums to 1.
        groups: for each cause, the numbers of its hypotheses.
        likelihood: finding -> value -> how likely that value is under each hypothesis.
    """

    families: tuple[str, ...]
    causes: tuple[str, ...]
    prior: tuple[float, ...]
    groups: Mapping[str, tuple[int, ...]]
    likelihood: Mapping[str, Mapping[str, tuple[float, ...]]]


def table() -> dict[str, Any]:
    """The checked table of causes.

    Raises:
        DiagnosisError: a line of it is wrong.
    """
    _checked(folder())
    return load("diagnosis")


def setting(name: str) -> float:
    """A number of ``settings:``."""
    return float(table()["settings"][name])


def model(complaint: str) -> Model | None:
    """The model of a complaint (an intent), or None when the table has none."""
    return _model(complaint, folder())


@lru_cache(maxsize=8)
def _checked(at: Path) -> None:
    check(at / "diagnosis.yml")


@lru_cache(maxsize=64)
def _model(complaint: str, at: Path) -> Model | None:
    known = table()
    entries = known["complaints"].get(complaint)
    if entries is None:
        return None
    pairs: dict[tuple[str, str], float] = {}
    for family, about in known["families"].items():
        weights: dict[str, float] = {}
        for entry in entries:
            if family in entry["families"]:
                weights |= {c: float(w) for c, w in entry["causes"].items()}
        share = float(about["share"]) * _comes_with(known, complaint, family)
        total = sum(weights.values())
        pairs |= {(family, c): share * w / total for c, w in weights.items()}
    whole = sum(pairs.values())
    families = tuple(family for family, _ in pairs)
    causes = tuple(cause for _, cause in pairs)
    groups: dict[str, tuple[int, ...]] = {}
    for number, cause in enumerate(causes):
        groups[cause] = (*groups.get(cause, ()), number)
    return Model(
        families=families,
        causes=causes,
        prior=tuple(weight / whole for weight in pairs.values()),
        groups=groups,
        likelihood=_likelihoods(known, families, causes),
    )


def _comes_with(known: Mapping[str, Any], complaint: str, family: str) -> float:
    """How much more often than others a family comes with a complaint; 1 when nobody says."""
    return float(known["families"][family].get("comes_with", {}).get(complaint, 1))


def _likelihoods(
    known: Mapping[str, Any], families: tuple[str, ...], causes: tuple[str, ...]
) -> dict[str, dict[str, tuple[float, ...]]]:
    floor = float(known["settings"]["floor"])
    found: dict[str, dict[str, tuple[float, ...]]] = {KIND: _kinds(known, families)}
    for name, finding in known["findings"].items():
        rows = [
            _row(finding, family, cause) for family, cause in zip(families, causes, strict=True)
        ]
        found[name] = {
            value: tuple(max(floor, float(row[value])) for row in rows) for value in finding["base"]
        }
    return found


def _row(finding: Mapping[str, Any], family: str, cause: str) -> Mapping[str, float]:
    """The shares of a finding's values under one hypothesis: the most special line wins."""
    best, rank = finding["base"], 0
    for line in finding["lines"]:
        if cause not in line.get("causes", [cause]) or family not in line.get("families", [family]):
            continue
        special = 2 * ("causes" in line) + ("families" in line)
        if special > rank:
            best, rank = line["p"], special
    row: Mapping[str, float] = best
    return row


def _kinds(known: Mapping[str, Any], families: tuple[str, ...]) -> dict[str, tuple[float, ...]]:
    """What the name of a movement or the family of a calibre says about the families."""
    right = float(known["settings"]["move_said"])
    wrong = 1 - right
    kinds = {}
    for family, about in known["families"].items():
        kinds[f"={family}"] = tuple(1.0 if f == family else 0.0 for f in families)
        kind = about["movement"]
        kinds[kind] = tuple(
            right if known["families"][f]["movement"] == kind else wrong / 6 for f in families
        )
    return kinds
