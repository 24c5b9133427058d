"""Before and after a mistake, on the same sentences."""

import pytest

from tools.blind_sets import Sentence
from tools.evaluation.robustness import losses, pairs

pytestmark = pytest.mark.rasa

CLEAN = Sentence("手表进水了", "water_damage", second="repair_price")
LABELLED = Sentence("手錶進水了", "water_damage", slice="traditional")


def test_only_clean_sentences_are_changed_and_only_changes_count() -> None:
    made = pairs([CLEAN, LABELLED, Sentence("7S26", "inform")])
    assert all(pair.clean is CLEAN for pair in made)
    assert len(made) == 5


def test_the_loss_compares_the_same_sentences() -> None:
    made = pairs([CLEAN])
    answers = {pair.text: [("greet", 1.0)] for pair in made}
    answers[CLEAN.text] = [("repair_price", 1.0)]
    rows = losses(made, answers)
    assert rows["homophone"] == (1, 1.0, 0.0)
    assert rows["all"] == (5, 1.0, 0.0)
