"""How much a sentence resembles the nearest known sentences of each intent.

The margins of the support vectors say on which side of a border a sentence lies, also when it lies
nowhere near anything known. The resemblance says how near: the mean cosine similarity to the three
nearest training sentences of an intent. Added to the margins it settles close borders, and it tells
what lies outside: a sentence that resembles stray sentences more than ours.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix

#: So many nearest sentences of an intent are averaged; one alone follows a single odd sentence.
NEAREST = 3
_FILES = ("neighbour_values.npy", "neighbour_columns.npy", "neighbour_rows.npy")
_STARTS = "neighbour_starts.npy"


class Neighbours:
    """The training sentences as unit vectors, sorted by intent."""

    def __init__(self, rows: csr_matrix, starts: np.ndarray) -> None:
        """Hold the vectors; use `fit` or `load` to get them.

        Args:
            rows: unit vectors, those of one intent beside each other.
            starts: the first row of each intent, and the number of rows at the end.
        """
        self._rows = rows
        # By feature: a sentence then touches only the known sentences that share something with it.
        self._by_feature = rows.T.tocsr()
        self._starts = starts
        self._sizes = np.diff(starts)
        self._told = self._sizes > 0
        self._intents = np.repeat(np.arange(len(self._sizes)), self._sizes)

    @classmethod
    def fit(cls, rows: csr_matrix, targets: np.ndarray, classes: int) -> Neighbours:
        """Keep sentences as neighbours.

        Args:
            rows: one row of features per sentence.
            targets: the intent of each, as a number below `classes`.
            classes: how many intents there are.
        """
        order = np.argsort(targets, kind="stable")
        counts = np.bincount(targets, minlength=classes)
        starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        unit = _unit(rows[order])
        # Half precision is enough for a similarity and keeps the model small.
        unit.data = unit.data.astype(np.float16).astype(np.float32)
        return cls(unit, starts)

    def resemblance(self, rows: csr_matrix) -> np.ndarray:
        """Return one row per sentence: its resemblance to each intent, 0 to 1."""
        result = np.zeros((rows.shape[0], len(self._sizes)), dtype=np.float64)
        for number, (start, end) in enumerate(pairwise(rows.indptr)):
            values = rows.data[start:end].astype(np.float32)
            # Only the features of this sentence: a product with all of them costs three times more.
            shared = self._by_feature[rows.indices[start:end]]
            near = (shared.T @ values) / (np.linalg.norm(values) or np.float32(1))
            result[number, self._told] = self._nearest(near)
        return result

    def _nearest(self, near: np.ndarray) -> np.ndarray:
        """Return the mean of the highest similarities of each intent that has sentences."""
        sizes = self._sizes[self._told]
        firsts = self._starts[:-1][self._told]
        total = np.maximum.reduceat(near, firsts)
        best = total.astype(np.float64)
        for _ in range(NEAREST - 1):
            places = np.flatnonzero((near > 0) & (near == np.repeat(total, sizes)))
            # One of each intent, however many are equally near.
            _, one = np.unique(self._intents[places], return_index=True)
            near[places[one]] = 0.0
            total = np.maximum.reduceat(near, firsts)
            best += total
        return best / np.minimum(sizes, NEAREST)

    def save(self, folder: Path) -> None:
        """Write plain arrays into `folder`."""
        values = self._rows.data.astype(np.float16)
        for name, array in zip(
            _FILES,
            (values, self._rows.indices.astype(np.int32), self._rows.indptr.astype(np.int32)),
            strict=True,
        ):
            np.save(folder / name, array, allow_pickle=False)
        np.save(folder / _STARTS, self._starts, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path, columns: int) -> Neighbours:
        """Read what `save` wrote; `columns` is the number of features."""
        values, indices, indptr = (np.load(folder / name, allow_pickle=False) for name in _FILES)
        rows = csr_matrix(
            (values.astype(np.float32), indices, indptr), shape=(len(indptr) - 1, columns)
        )
        return cls(rows, np.load(folder / _STARTS, allow_pickle=False))


def _unit(rows: csr_matrix) -> csr_matrix:
    """Return the rows scaled to unit length; an empty row stays empty."""
    unit = rows.astype(np.float32).tocsr(copy=True)
    lengths = np.sqrt(np.asarray(unit.multiply(unit).sum(axis=1)).ravel())
    lengths[lengths == 0] = 1.0
    unit.data /= np.repeat(lengths, np.diff(unit.indptr)).astype(np.float32)
    return unit
