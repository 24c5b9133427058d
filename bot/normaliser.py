"""The first component of the pipeline: one normalised copy of the text beside the raw one.

`text` stays as it was typed (it is what the tracker stores and what actions read);
`normalised` is what the classifier and the extractor work on.

A message that a person typed never carries commands. Rasa takes every text that begins with
"/" as intent and entities (`RegexMessageHandler` runs after the pipeline), so for messages
that the channel marked ``kind: text`` the slash becomes its full-width twin: it reads the
same, and no handler sees a command. Messages without a mark (`rasa shell`, `rasa test`,
`/model/parse`) keep the behaviour of the Rasa handbook.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from aftersales.language import normalise

NORMALISED = "normalised"
KIND = "kind"
KIND_TEXT = "text"
FULL_WIDTH_SLASH = "\uff0f"


def disarm(text: str) -> str:
    """Return `text` so that Rasa cannot read it as a command; unchanged when it is not one."""
    body = text.lstrip()
    if not body.startswith("/"):
        return text
    return FULL_WIDTH_SLASH + body[1:]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class TextNormaliser(GraphComponent):
    """Sets `normalised` on every message, in training and at run time alike."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TextNormaliser:
        """Create the component (see the parent class)."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Normalise each message; a missing text becomes the empty text."""
        for message in messages:
            text = message.get(TEXT) or ""
            metadata = message.get("metadata")
            if isinstance(metadata, dict) and metadata.get(KIND) == KIND_TEXT:
                text = disarm(text)
            # Rasa's own handler calls .strip() on the text: it must be a string.
            message.set(TEXT, text, add_to_output=True)
            message.set(NORMALISED, normalise(text))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Normalise the training sentences the same way."""
        self.process([m for m in training_data.training_examples if m.get(TEXT) is not None])
        return training_data
