"""Checks the training sentences: `make data-check`.

Every intent of the contract, in its order; enough genuinely different sentences; no near-copy
inside an intent, no sentence under two intents, no template ridden to death, nothing that stands
in a blind set as well (a set one has trained on measures nothing). Prints a table,
then each finding with both lines; the exit code is 1 when there is a finding.
"""

from __future__ import annotations

import argparse
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from tools.blind_sets import files, load

ROOT = Path(__file__).resolve().parent.parent
CORE = "core"
LEAST_CORE = 40
LEAST_OTHER = 20
NEAR_COPY = 0.6
TEMPLATE_USES = 5
#: "你好", "转人工", "多少钱": so short that anybody says it so. A blind set may hold it, too.
ANYBODYS = 4
MASK = "\N{CJK UNIFIED IDEOGRAPH-6570}"

_ANNOTATION = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")
_SEPARATORS = re.compile(r"[\W_]+")
_CODE = re.compile(r"(?=[a-z]*[0-9])[a-z0-9]+(?:-[a-z0-9]+)*")
_NUMERALS = re.compile(r"[零〇一二三四五六七八九十百千万两半几]+")


@dataclass(frozen=True)
class Sentence:
    """One training sentence and where it stands."""

    intent: str
    text: str
    line: int

    @property
    def key(self) -> str:
        """The sentence without case, spaces and punctuation."""
        return bare(self.text)


@dataclass(frozen=True)
class Finding:
    """One thing that must be mended."""

    check: str
    message: str


def bare(text: str) -> str:
    """Return `text` folded (NFKC, lower case) and without spaces and punctuation.

    A text of punctuation only stays as it is: "??" and "!!" are different sentences.
    """
    folded = unicodedata.normalize("NFKC", text).lower().strip()
    return _SEPARATORS.sub("", folded) or folded


def template(text: str) -> str:
    """Return the sentence with codes, digits, dates and numerals replaced by one sign.

    A sentence of nothing but values (an answer such as "7S26-0020" or "2021-05-03") has no
    template; there the shape stands for it, each digit as 9 and each letter as a.
    """
    folded = unicodedata.normalize("NFKC", text).lower().strip()
    masked = bare(_NUMERALS.sub(MASK, _CODE.sub(MASK, folded)))
    if masked.strip(MASK):
        return re.sub(f"{MASK}+", MASK, masked)
    return re.sub("[a-z]", "a", re.sub("[0-9]", "9", folded))


def trigrams(key: str) -> frozenset[str]:
    """Return the character 3-grams of a bare sentence, with its edges marked."""
    padded = f"^{key}$"
    return frozenset(padded[i : i + 3] for i in range(max(1, len(padded) - 2)))


def read_sentences(path: Path) -> list[Sentence]:
    """Read a file in Rasa's training format, keeping line numbers.

    Raises:
        ValueError: the file is not in that format.
    """
    text = path.read_text(encoding="utf-8")
    if not isinstance(yaml.safe_load(text), dict):
        raise ValueError(f"{path}: not a Rasa training file")
    sentences: list[Sentence] = []
    intent: str | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        stripped = line.strip()
        if match := re.match(r"-?\s*intent:\s*(\S+)", stripped):
            intent = match.group(1).strip("\"'")
        elif re.match(r"-\s*(synonym|regex|lookup):", stripped):
            intent = None
        elif intent and line.startswith(" ") and stripped.startswith("- "):
            sentences.append(Sentence(intent, _ANNOTATION.sub(r"\1", stripped[2:].strip()), number))
    return sentences


def check_intents(sentences: Sequence[Sentence], contract: dict[str, str]) -> list[Finding]:
    """Every intent of the contract (name -> importance), in its order, and no other."""
    seen = list(dict.fromkeys(sentence.intent for sentence in sentences))
    findings = [
        Finding("intents", f"{name}: in the contract, but without a sentence")
        for name in contract
        if name not in seen
    ]
    findings += [
        Finding("intents", f"{name}: has sentences, but is not in the contract")
        for name in seen
        if name not in contract
    ]
    known = [name for name in seen if name in contract]
    expected = [name for name in contract if name in seen]
    for found, wanted in zip(known, expected, strict=True):
        if found != wanted:
            message = f"order: found {found} where the contract has {wanted}"
            findings.append(Finding("intents", message))
            break
    return findings


def check_counts(sentences: Sequence[Sentence], contract: dict[str, str]) -> list[Finding]:
    """At least 40 different sentences for a core intent, 20 for the others."""
    different: dict[str, set[str]] = defaultdict(set)
    for sentence in sentences:
        different[sentence.intent].add(sentence.key)
    findings = []
    for name, importance in contract.items():
        least = LEAST_CORE if importance == CORE else LEAST_OTHER
        count = len(different[name])
        if count < least:
            findings.append(Finding("count", f"{name}: {count} sentences, {least} are needed"))
    return findings


def check_near_copies(sentences: Sequence[Sentence]) -> list[Finding]:
    """No two sentences of an intent whose 3-grams overlap by more than 0.6 (Jaccard)."""
    findings = []
    for group in _by_intent(sentences).values():
        grams = [trigrams(sentence.key) for sentence in group]
        for later in range(len(group)):
            for earlier in range(later):
                union = len(grams[later] | grams[earlier])
                overlap = len(grams[later] & grams[earlier]) / union
                if overlap > NEAR_COPY:
                    first, second = group[earlier], group[later]
                    message = (
                        f"{first.intent}: line {first.line} “{first.text}” and line "
                        f"{second.line} “{second.text}” ({overlap:.2f})"
                    )
                    findings.append(Finding("near-copy", message))
    return findings


def check_across(sentences: Sequence[Sentence]) -> list[Finding]:
    """No sentence under two intents."""
    places: dict[str, Sentence] = {}
    findings = []
    for sentence in sentences:
        first = places.setdefault(sentence.key, sentence)
        if first.intent != sentence.intent:
            message = (
                f"“{sentence.text}”: {first.intent} (line {first.line}) and "
                f"{sentence.intent} (line {sentence.line})"
            )
            findings.append(Finding("two intents", message))
    return findings


def check_blind(sentences: Sequence[Sentence], blind: Mapping[str, Sequence[str]]) -> list[Finding]:
    """No blind sentence (file name -> texts) that is a training sentence or a near-copy of one.

    Texts of at most four signs are left out: there is hardly another way to say them.
    """
    grams = [trigrams(sentence.key) for sentence in sentences]
    holders: dict[str, list[int]] = defaultdict(list)
    for place, own in enumerate(grams):
        for gram in own:
            holders[gram].append(place)
    findings = []
    for name, texts in blind.items():
        for text in texts:
            if len(bare(text)) <= ANYBODYS:
                continue
            wanted = trigrams(bare(text))
            shared = Counter(place for gram in wanted for place in holders[gram])
            for place, count in sorted(shared.items()):
                overlap = count / (len(wanted) + len(grams[place]) - count)
                if overlap > NEAR_COPY:
                    one = sentences[place]
                    message = (
                        f"{name} “{text}” and line {one.line} “{one.text}” "
                        f"({one.intent}, {overlap:.2f})"
                    )
                    findings.append(Finding("blind", message))
    return findings


def check_templates(sentences: Sequence[Sentence]) -> list[Finding]:
    """No template (codes, digits, dates masked) more than five times."""
    uses: dict[str, list[Sentence]] = defaultdict(list)
    for sentence in sentences:
        uses[template(sentence.text)].append(sentence)
    findings = []
    for form, group in uses.items():
        if len(group) > TEMPLATE_USES:
            lines = ", ".join(str(sentence.line) for sentence in group)
            findings.append(Finding("template", f"“{form}” {len(group)} times: lines {lines}"))
    return findings


def check(
    sentences: Sequence[Sentence],
    contract: dict[str, str],
    blind: Mapping[str, Sequence[str]] | None = None,
) -> list[Finding]:
    """Run all checks."""
    return [
        *check_intents(sentences, contract),
        *check_counts(sentences, contract),
        *check_near_copies(sentences),
        *check_across(sentences),
        *check_templates(sentences),
        *check_blind(sentences, blind or {}),
    ]


def read_contract(path: Path) -> dict[str, str]:
    """Return intent -> importance, in the contract's order."""
    intents = yaml.safe_load(path.read_text(encoding="utf-8"))["intents"]
    return {name: entry["importance"] for name, entry in intents.items()}


def read_blind(folder: Path) -> dict[str, list[str]]:
    """Return file name -> texts that are judged by intent.

    Phrases without an intent test the extractors, which learn nothing from sentences.
    """
    found = {}
    for path in files(folder):
        texts = [one.text for one in load(path) if one.intent]
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        found[path.name] = texts + [one.text for one in read_sentences(path) if "nlu" in content]
    return found


def table(sentences: Sequence[Sentence], contract: dict[str, str]) -> list[str]:
    """Return the lines of the overview."""
    groups = _by_intent(sentences)
    lines = [f"{'intent':24}{'importance':12}{'sentences':>9}{'mean length':>13}"]
    for name, importance in contract.items():
        group = groups.get(name, [])
        mean = sum(len(s.text) for s in group) / len(group) if group else 0.0
        lines.append(f"{name:24}{importance:12}{len(group):9}{mean:13.1f}")
    lines.append(f"{'total':36}{len(sentences):9}")
    return lines


def _by_intent(sentences: Iterable[Sentence]) -> dict[str, list[Sentence]]:
    groups: dict[str, list[Sentence]] = defaultdict(list)
    for sentence in sentences:
        groups[sentence.intent].append(sentence)
    return groups


def main(arguments: Sequence[str] | None = None) -> int:
    """Check a training file; return the exit code."""
    parser = argparse.ArgumentParser(description="Check the training sentences.")
    parser.add_argument("--nlu", type=Path, default=ROOT / "data" / "nlu.yml")
    parser.add_argument("--contract", type=Path, default=ROOT / "tests" / "contract.yml")
    parser.add_argument("--blind", type=Path, default=ROOT / "tests" / "nlu")
    options = parser.parse_args(arguments)
    sentences = read_sentences(options.nlu)
    contract = read_contract(options.contract)
    findings = check(sentences, contract, read_blind(options.blind))
    print("\n".join(table(sentences, contract)))
    for finding in findings:
        print(f"{finding.check}: {finding.message}")
    print(f"{len(findings)} findings" if findings else "no findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
