"""From a normalised sentence to sparse numbers.

Four blocks, each scaled to unit length and then weighted:

* character n-grams (1-2) of the sentence with codes, numbers and dates masked, so that
  "7S26-0020" and "4R36-01J0" look alike;
* toneless pinyin, single syllables and pairs that stand near each other: a homophone typed by
  mistake keeps its sound, and so does pinyin left as letters; a pair tells neither order nor what
  stands between, so it outlives two characters swapped and one left out;
* domain concepts (`concepts.yml`), the length class, and the absence of any concept;
* pairs of concepts.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from aftersales.language import Entity, extract, is_correction, is_dont_know, yes_no
from bot.concepts import concepts
from bot.sounds import sounds

# One private-use character per masked kind: it takes part in n-grams like any character.
MASKS = {
    "calibre": "\ue001",
    "case_code": "\ue002",
    "serial": "\ue003",
    "purchase_date": "\ue004",
    "phone": "\ue005",
    "ticket_no": "\ue006",
    "amount": "\ue007",
    "model": "\ue008",
    "city": "\ue009",
}
NUMBER = "\ue00a"
CODE = "\ue00b"

# Class limits of the sentence length, in characters.
LENGTHS = (2, 4, 8, 16, 32)
# A term of one sentence says more about the sentence than about people; with its mistyped copies
# a sentence is read four times.
RARE = 5
# Concepts that say nothing about watches: alone they do not make a sentence ours.
CONCEPTS_OF_ANY_TOPIC = frozenset({"question", "hello", "thanks"})

# Order matters: codes before numbers.
_CODE = re.compile(r"(?=[a-z]*[0-9])[a-z0-9]{3,}(?:-[a-z0-9]+)*", re.IGNORECASE)
_NUMBER = re.compile(
    r"[0-9]+(?:\.[0-9]+)?|[零一二三四五六七八九十百千万两半几]{2,}"
    r"|[二三四五六七八九十两半几](?=秒|分|年|月|元|块|点|号|岁|个|小时|天|次|格)"
)
_WORDLIKE = re.compile(r"[^\W_]")
# Extraction needs a day to resolve "去年"; only the span is used here, so any day does.
_ANY_DAY = date(2026, 1, 1)


def is_wordless(text: str) -> bool:
    """Tell whether `text` holds no letter, digit or character (empty, emoji, punctuation)."""
    return _WORDLIKE.search(text) is None


def mask(text: str, entities: Iterable[Entity]) -> str:
    """Replace codes, dates and numbers by one character each.

    Args:
        text: normalised text.
        entities: spans found in it; kinds without a mask are left as words.
    """
    kept: list[str] = []
    position = 0
    for entity in sorted(entities, key=lambda e: (e.start, -e.end)):
        token = MASKS.get(entity.name)
        if token is None or entity.start < position:
            continue
        kept.append(text[position : entity.start])
        kept.append(token)
        position = entity.end
    kept.append(text[position:])
    return _NUMBER.sub(NUMBER, _CODE.sub(CODE, "".join(kept)))


def answers(text: str) -> list[str]:
    """Return what a short text is as an answer: assent, denial, not knowing, correcting."""
    found = []
    if (answer := yes_no(text)) is not None:
        found.append(f"answer:{answer}")
    if is_correction(text):
        found.append("answer:correction")
    if is_dont_know(text):
        found.append("answer:unknown")
    return found


def _length(text: str) -> str:
    """Return the length class of a text: a "好的" and a story are told apart by it."""
    return f"length {sum(len(text) > limit for limit in LENGTHS)}"


def _grams(units: Sequence[str], longest: int, joiner: str) -> Iterator[str]:
    for size in range(1, longest + 1):
        for start in range(len(units) - size + 1):
            yield joiner.join(units[start : start + size])


def _near(units: Sequence[str], apart: int) -> Iterator[str]:
    """Yield each unit, and each two that stand at most `apart` places from each other."""
    for place, unit in enumerate(units):
        yield unit
        for other in units[place + 1 : place + 1 + apart]:
            yield " ".join(sorted((unit, other)))


@dataclass
class Block:
    """One family of features: its vocabulary, inverse document frequencies and weight."""

    name: str
    weight: float
    min_df: int = 1
    vocabulary: dict[str, int] = field(default_factory=dict)
    idf: np.ndarray = field(default_factory=lambda: np.zeros(0))

    def fit(self, documents: Sequence[list[str]]) -> None:
        """Learn vocabulary and frequencies; sorted, so that training is repeatable."""
        frequency: Counter[str] = Counter()
        for document in documents:
            frequency.update(set(document))
        terms = sorted(term for term, df in frequency.items() if df >= self.min_df)
        self.vocabulary = {term: index for index, term in enumerate(terms)}
        total = len(documents)
        self.idf = np.array([math.log((1 + total) / (1 + frequency[t])) + 1 for t in terms])


@dataclass(frozen=True)
class Weights:
    """Weights and lengths of the blocks; the values were found by cross-validation."""

    char: float = 1.0
    pinyin: float = 0.7
    concept: float = 0.5
    pair: float = 0.3
    char_longest: int = 2
    pinyin_apart: int = 2


#: The terms of one sentence, a list per block.
Document = tuple[list[str], ...]


def read(text: str, weights: Weights) -> Document:
    """Return the terms of a normalised sentence; the costly step, the same for any vocabulary."""
    entities = extract(text, _ANY_DAY)
    masked = mask(text, entities).lower()
    units = ["^", *(c for c in masked if not c.isspace()), "$"]
    chars = [g for g in _grams(units, weights.char_longest, "") if g not in ("^", "$")]
    heard = list(_near(["^", *sounds(units[1:-1]), "$"], weights.pinyin_apart))
    found = concepts(text) + answers(text) + sorted({f"entity:{e.name}" for e in entities})
    pairs = [f"{a}+{b}" for a, b in combinations(sorted(found), 2)]
    single = [*found, _length(text)]
    if not set(found) - CONCEPTS_OF_ANY_TOPIC:
        single.append("no domain concept")
    return chars, heard, single, pairs


class Featuriser:
    """Turns normalised sentences into rows of a sparse matrix."""

    def __init__(self, weights: Weights | None = None) -> None:
        """Start empty; call `fit` or `load_state`."""
        self.weights = weights or Weights()
        self.blocks = [
            Block("char", self.weights.char, RARE),
            Block("pinyin", self.weights.pinyin, RARE),
            Block("concept", self.weights.concept),
            Block("pair", self.weights.pair, RARE),
        ]
        self._idf = np.zeros(0)

    def fit(self, documents: Sequence[Document]) -> Featuriser:
        """Learn the vocabularies of the blocks from sentences that `read` has read."""
        for index, block in enumerate(self.blocks):
            block.fit([document[index] for document in documents])
        self._idf = np.concatenate([block.idf for block in self.blocks])
        return self

    def transform(self, texts: Sequence[str]) -> csr_matrix:
        """Return one row per normalised text; unknown terms are dropped."""
        return self.rows([read(text, self.weights) for text in texts])

    def rows(self, documents: Sequence[Document]) -> csr_matrix:
        """Return one row per sentence that `read` has read; unknown terms are dropped.

        A value is the sublinear count times the inverse document frequency; each block of a row is
        scaled to unit length and then weighted.
        """
        bases = np.cumsum([0, *(len(block.vocabulary) for block in self.blocks)])
        columns: list[int] = []
        offsets = [0]
        for document in documents:
            for base, block, terms in zip(bases.tolist(), self.blocks, document, strict=False):
                known = block.vocabulary
                columns.extend([base + known[term] for term in terms if term in known])
            offsets.append(len(columns))
        rows = csr_matrix(
            (np.ones(len(columns)), np.array(columns, dtype=np.int32), np.array(offsets)),
            shape=(len(documents), self.size),
        )
        rows.sum_duplicates()
        values = (1 + np.log(rows.data)) * self._idf[rows.indices]
        kind = np.searchsorted(bases, rows.indices, side="right") - 1
        place = np.repeat(np.arange(len(documents)), np.diff(rows.indptr)) * len(self.blocks) + kind
        lengths = np.sqrt(np.bincount(place, values * values))
        rows.data = np.array([block.weight for block in self.blocks])[kind] * values
        rows.data /= lengths[place]
        return rows

    @property
    def size(self) -> int:
        """Number of columns."""
        return sum(len(block.vocabulary) for block in self.blocks)

    def state(self) -> tuple[dict[str, Any], np.ndarray]:
        """Return what must be stored: a JSON-able dictionary and the joined idf values."""
        meta = {
            "weights": vars(self.weights),
            "vocabularies": {block.name: list(block.vocabulary) for block in self.blocks},
        }
        return meta, self._idf

    @classmethod
    def from_state(cls, meta: dict[str, Any], idf: np.ndarray) -> Featuriser:
        """Rebuild a fitted featuriser from what `state` returned."""
        featuriser = cls(Weights(**meta["weights"]))
        position = 0
        for block in featuriser.blocks:
            terms = meta["vocabularies"][block.name]
            block.vocabulary = {term: index for index, term in enumerate(terms)}
            block.idf = idf[position : position + len(terms)]
            position += len(terms)
        featuriser._idf = idf
        return featuriser
