"""The check of ``knowledge/diagnosis.yml``: an error names the file and the line.

A table of probabilities is only worth its weakest line, so everything that refers to something else
must exist there: causes, families, findings, questions, sources, sentences.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from aftersales.knowledge import KnowledgeError, folder, load

Place = tuple[str | int, ...]
_SECTIONS = (
    "settings", "sources", "families", "causes", "complaints", "findings", "questions",
    "by_design", "contradictions", "stops", "signs", "two_ways", "told", "said",
)  # fmt: skip
_SUM = 1e-6


class DiagnosisError(KnowledgeError):
    """A line of the table of causes is wrong; the message names file and line."""


def check(path: Path | None = None) -> None:
    """Check the table of causes.

    Args:
        path: another file than ``knowledge/diagnosis.yml``, for trying out a change.

    Raises:
        DiagnosisError: a line is wrong; ``knowledge/diagnosis.yml:120: ...``.
    """
    _Check(path or folder() / "diagnosis.yml").run()


class _Check:
    def __init__(self, path: Path) -> None:
        self._path = path
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        try:
            text = path.read_text(encoding="utf-8")
            self._data: Any = yaml.load(text, Loader=loader)  # noqa: S506 - a safe loader
            self._lines = dict(_lines(yaml.compose(text, Loader=loader), ()))
        except OSError as error:
            raise DiagnosisError(f"{path}: {error.strerror}") from error
        except yaml.YAMLError as error:
            raise DiagnosisError(f"{path}: {error}") from error

    def run(self) -> None:
        if not isinstance(self._data, dict):
            self._fail((), "a mapping is expected at the top")
        for section in _SECTIONS:
            self._need(section in self._data, (), f"the section {section!r} is missing")
        self._causes()
        self._complaints()
        self._findings()
        self._questions()
        self._rules()
        self._told()

    def _causes(self) -> None:
        for name, family in self._data["families"].items():
            place: Place = ("families", name)
            self._positive(family.get("share"), (*place, "share"))
            self._source(family, place)
        for name, cause in self._data["causes"].items():
            place = ("causes", name)
            self._need(bool(cause.get("name")), place, "a cause needs a name")
            urgencies = [cause.get("urgency"), *cause.get("urgency_in", {}).values()]
            self._need(all(u in (0, 1, 2, 3, 9) for u in urgencies), place, "urgency: 0 1 2 3 9")
            self._known(cause.get("urgency_in", {}), "families", place)

    def _complaints(self) -> None:
        for complaint, entries in self._data["complaints"].items():
            seen = set()
            for number, entry in enumerate(entries):
                place: Place = ("complaints", complaint, number)
                self._known(entry.get("families", []), "families", place)
                self._known(entry.get("causes", {}), "causes", place)
                self._source(entry, place)
                seen |= set(entry.get("families", []))
                for cause, weight in entry["causes"].items():
                    self._positive(weight, (*place, "causes", cause))
            missing = set(self._data["families"]) - seen
            place = ("complaints", complaint)
            self._need(not missing, place, f"no causes for {', '.join(sorted(missing))}")

    def _findings(self) -> None:
        for name, finding in self._data["findings"].items():
            place: Place = ("findings", name)
            self._shares(finding.get("base"), set(finding.get("base", {})), (*place, "base"))
            said = set(finding.get("phrases", {}))
            self._need(said == set(finding["base"]), place, "phrases: one per value of base")
            for number, entry in enumerate(finding.get("lines", [])):
                here: Place = (*place, "lines", number)
                self._need("causes" in entry or "families" in entry, here, "causes or families")
                self._known(entry.get("causes", []), "causes", here)
                self._known(entry.get("families", []), "families", here)
                self._shares(entry.get("p"), set(finding["base"]), here)
                self._source(entry, here)

    def _questions(self) -> None:
        put = load("questions")["questions"]
        for name, entry in self._data["questions"].items():
            place: Place = ("questions", name)
            self._need(name in put, place, f"questions.yml has no question {name!r}")
            ease = entry.get("ease")
            fits = isinstance(ease, float | int) and 0 < ease <= 1
            self._need(fits, place, "ease: a share above 0, at most 1")
            self._known(entry.get("complaints", []), "complaints", place)
            self._known(entry.get("families", []), "families", place)

    def _rules(self) -> None:
        put, ids = load("questions")["questions"], set()
        for section in ("by_design", "contradictions", "stops"):
            for number, entry in enumerate(self._data[section]):
                place: Place = (section, number)
                self._need(isinstance(entry.get("if"), Mapping), place, "a rule needs `if`")
                self._source(entry, place)
                if section == "by_design":
                    continue
                self._need(entry.get("id") not in ids, place, f"twice: {entry.get('id')!r}")
                ids.add(entry.get("id"))
                if section == "stops":
                    self._need(entry.get("urgency") in (2, 3, 9), place, "urgency: 2 3 9")
                    self._known([entry["cause"]] if "cause" in entry else [], "causes", place)
                else:
                    self._need(entry.get("ask") in put, place, f"no question {entry.get('ask')!r}")
                    self._need(bool(entry.get("say")), place, "a contradiction needs `say`")

    def _told(self) -> None:
        symptoms = load("faults")["symptoms"]
        for symptom, told in self._data["told"].items():
            place: Place = ("told", symptom)
            self._need(symptom in symptoms, place, f"faults.yml has no symptom {symptom!r}")
            sentences = {cause["id"] for cause in symptoms[symptom]["causes"]}
            for sentence, causes in told.items():
                here: Place = (*place, sentence)
                self._need(sentence in sentences, here, f"faults.yml has no cause {sentence!r}")
                self._known([causes] if isinstance(causes, str) else causes, "causes", here)

    def _shares(self, given: Any, values: set[str], place: Place) -> None:
        self._need(isinstance(given, Mapping) and bool(given), place, "shares per value expected")
        odd = set(given) - values
        self._need(not odd, place, f"no such value: {', '.join(sorted(map(str, odd)))}")
        self._need(set(given) == values, place, f"every value of base: {sorted(values)}")
        for value, share in given.items():
            self._need(isinstance(value, str), place, f"quote the value {value!r}")
            self._positive(share, place)
        total = sum(given.values())
        self._need(abs(total - 1) < _SUM, place, f"the shares sum to {total:g}, not 1")

    def _source(self, entry: Mapping[str, Any], place: Place) -> None:
        given = entry.get("source")
        names = [given] if isinstance(given, str) else given
        self._need(bool(names), place, "a line needs its source or `estimate`")
        self._known(names, "sources", place)

    def _positive(self, value: Any, place: Place) -> None:
        fits = isinstance(value, int | float) and not isinstance(value, bool) and value > 0
        self._need(fits, place, f"a number above 0 is expected, not {value!r}")

    def _known(self, names: Any, section: str, place: Place) -> None:
        for name in names:
            self._need(name in self._data[section], place, f"{section} has no {name!r}")

    def _need(self, fits: bool, place: Place, message: str) -> None:
        if not fits:
            self._fail(place, message)

    def _fail(self, place: Place, message: str) -> None:
        while place and place not in self._lines:
            place = place[:-1]
        where = ".".join(str(part) for part in place)
        line = self._lines.get(place, 1)
        raise DiagnosisError(f"{self._path}:{line}: {where}: {message}".replace(": :", ":"))


def _lines(node: Any, place: Place) -> Iterator[tuple[Place, int]]:
    """Every place of the file with its line, counted from 1; the key's line for a mapping."""
    yield place, node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            here = (*place, key.value)
            yield from _lines(value, here)
            yield here, key.start_mark.line + 1
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            yield from _lines(value, (*place, number))
