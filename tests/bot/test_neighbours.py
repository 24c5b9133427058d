"""Resemblance to the nearest known sentences: bounded, the same after storage, honest when few."""

from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from bot.neighbours import Neighbours

pytestmark = pytest.mark.rasa

ROWS = csr_matrix(
    np.array(
        [[1.0, 0, 0, 0], [0, 2.0, 0, 0], [1.0, 1.0, 0, 0], [3.0, 0, 0, 0], [0, 0, 5.0, 0]],
    )
)
TARGETS = np.array([0, 1, 0, 0, 2])


def test_it_averages_the_three_nearest_sentences_of_an_intent() -> None:
    near = Neighbours.fit(ROWS, TARGETS, 3).resemblance(csr_matrix([[2.0, 0, 0, 0]]))
    assert near[0] == pytest.approx([(1 + 1 + np.sqrt(0.5)) / 3, 0, 0], abs=1e-3)


def test_an_intent_with_fewer_sentences_averages_those() -> None:
    near = Neighbours.fit(ROWS, TARGETS, 4).resemblance(csr_matrix([[0, 0, 1.0, 0]]))
    assert near[0] == pytest.approx([0, 0, 1, 0], abs=1e-3)


def test_a_sentence_that_shares_nothing_resembles_nothing() -> None:
    near = Neighbours.fit(ROWS, TARGETS, 3).resemblance(csr_matrix((2, 4)))
    assert not near.any()


def test_many_sentences_at_once_are_judged_like_one_by_one() -> None:
    known = Neighbours.fit(ROWS, TARGETS, 3)
    together = known.resemblance(ROWS)
    alone = np.vstack([known.resemblance(ROWS[i]) for i in range(ROWS.shape[0])])
    assert together == pytest.approx(alone)


def test_it_answers_the_same_after_storage(tmp_path: Path) -> None:
    known = Neighbours.fit(ROWS, TARGETS, 3)
    known.save(tmp_path)
    again = Neighbours.load(tmp_path, ROWS.shape[1])
    assert np.array_equal(again.resemblance(ROWS), known.resemblance(ROWS))
