"""The component trains, stores, loads and answers every message."""

from pathlib import Path

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.classifier import LinearIntentClassifier
from bot.normaliser import TextNormaliser

pytestmark = pytest.mark.rasa


@pytest.fixture
def trained(tiny: tuple[list[str], list[str]], tmp_path: Path) -> LinearIntentClassifier:
    storage, resource = LocalModelStorage(tmp_path), Resource("classifier")
    context = ExecutionContext(GraphSchema({}))
    config = LinearIntentClassifier.get_default_config()
    examples = [Message.build(text, intent) for text, intent in zip(*tiny, strict=True)]
    data = TextNormaliser().process_training_data(TrainingData(examples))
    fresh = LinearIntentClassifier.create(config, storage, resource, context)
    assert fresh.train(data) == resource
    return LinearIntentClassifier.load(config, storage, resource, context)


def _understood(component: LinearIntentClassifier, text: str | None) -> Message:
    return component.process(TextNormaliser().process([Message({"text": text})]))[0]


def test_traditional_characters_are_understood(trained: LinearIntentClassifier) -> None:
    message = _understood(trained, "手錶進水了")
    assert message.get("intent")["name"] == "water_damage"
    assert message.get("intent_ranking")[0] == message.get("intent")


@pytest.mark.parametrize("text", [None, "", "?", "\N{PILE OF POO}"])
def test_every_message_gets_an_intent(trained: LinearIntentClassifier, text: str | None) -> None:
    message = _understood(trained, text)
    assert message.get("intent")["name"] == "out_of_scope"
    assert len(message.get("intent_ranking")) == 5


def test_intent_and_ranking_reach_the_answer(trained: LinearIntentClassifier) -> None:
    answer = _understood(trained, "走快了").as_dict(only_output_properties=True)
    assert set(answer) == {"text", "intent", "intent_ranking", "outside"}
    assert answer["outside"] < 0
