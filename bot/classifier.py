"""The intent classifier as a Rasa component; the mathematics is in `linear`."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import (
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.clauses import second_need
from bot.linear import LinearIntentModel
from bot.machine import Settings
from bot.normaliser import NORMALISED

RANKING_LENGTH = 10
#: Key of the parse under which the second need of a message stands, where there is one.
SECOND_NEED = "second_need"
#: Key of the parse: how far outside of everything known the message lies (`bot.linear.Judgement`).
OUTSIDE = "outside"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearIntentClassifier(GraphComponent, IntentClassifier):
    """Sets `intent` and `intent_ranking` on every message, and `second_need` where there is one."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the settings; `config.yml` may change each."""
        usual = Settings()
        return {"penalty": usual.penalty, **vars(usual.blocks), **vars(usual.leaning)}

    @staticmethod
    def required_packages() -> list[str]:
        """Return packages (import names) whose versions belong to the training fingerprint."""
        return ["sklearn", "pypinyin"]

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: LinearIntentModel | None = None,
    ) -> None:
        """Hold the settings and, after loading, the trained model."""
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._model = model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LinearIntentClassifier:
        """Create an untrained component (see the parent class)."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LinearIntentClassifier:
        """Load the trained component."""
        with model_storage.read_from(resource) as folder:
            model = LinearIntentModel.load(folder)
        return cls(config, model_storage, resource, model)

    def train(self, training_data: TrainingData) -> Resource:
        """Train on all sentences that have an intent and store the result."""
        examples = [m for m in training_data.intent_examples if m.get(TEXT)]
        self._model = LinearIntentModel.train(
            [m.get(NORMALISED) for m in examples],
            [m.get(INTENT) for m in examples],
            Settings.of(self._config),
        )
        with self._model_storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Classify each message."""
        for message in messages:
            if self._model is None:
                raise RuntimeError("the intent classifier has not been trained")
            normalised = message.get(NORMALISED) or ""
            judgement = self._model.judge(normalised)
            ranking = [
                {INTENT_NAME_KEY: name, PREDICTED_CONFIDENCE_KEY: score}
                for name, score in judgement.ranking[:RANKING_LENGTH]
            ]
            message.set(INTENT, dict(ranking[0]), add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
            if judgement.outside is not None:
                message.set(OUTSIDE, round(judgement.outside, 4), add_to_output=True)
            second = second_need(normalised, judgement.ranking[0][0], self._model.best)
            if second is not None:
                message.set(SECOND_NEED, asdict(second), add_to_output=True)
        return messages
