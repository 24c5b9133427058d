"""Emergencies come first, also inside a form, and leave the form as it was."""

from typing import Any

import pytest
from rasa.core.policies.ensemble import DefaultPolicyPredictionEnsemble
from rasa.core.policies.policy import PolicyPrediction
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.resource import Resource
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.exceptions import InvalidConfigException

from bot.hazard_policy import HazardPolicy

pytestmark = pytest.mark.rasa

DOMAIN = Domain.from_yaml(
    """
version: "3.1"
intents: [inform]
slots:
  shop: {type: text, mappings: [{type: custom}]}
  year: {type: text, mappings: [{type: custom}]}
forms:
  shop_form: {required_slots: [shop]}
actions: [action_hazard]
"""
)
LISTEN = ActionExecuted("action_listen")
IN_FORM: list[Event] = [
    LISTEN,
    ActiveLoop("shop_form"),
    SlotSet("requested_slot", "shop"),
    LISTEN,
]
CRY = "孩子把电池吞了"


def _policy() -> HazardPolicy:
    config = HazardPolicy.get_default_config()
    context = ExecutionContext(GraphSchema({}))
    return HazardPolicy.create(config, None, Resource("hazard"), context)  # type: ignore[arg-type]


def _predict(*events: Event) -> PolicyPrediction:
    tracker = DialogueStateTracker.from_events("s", list(events), DOMAIN.slots, domain=DOMAIN)
    return _policy().predict_action_probabilities(tracker, DOMAIN)


def _action(prediction: PolicyPrediction) -> str | None:
    if prediction.max_confidence == 0:
        return None
    return DOMAIN.action_names_or_texts[prediction.max_confidence_index]


def _said(text: str) -> UserUttered:
    return UserUttered(text, {"name": "inform", "confidence": 1.0})


def test_a_cry_for_help_is_answered_first() -> None:
    prediction = _predict(LISTEN, _said(CRY))
    assert _action(prediction) == "action_hazard"
    assert prediction.max_confidence == 1.0


def test_afterwards_the_bot_listens() -> None:
    prediction = _predict(LISTEN, _said(CRY), ActionExecuted("action_hazard"))
    assert _action(prediction) == "action_listen"


def test_any_other_message_is_left_to_the_others() -> None:
    assert _action(_predict(LISTEN, _said("表走快了"))) is None
    assert _action(_predict(LISTEN)) is None


def test_it_does_not_speak_twice() -> None:
    done = (LISTEN, _said(CRY), ActionExecuted("action_hazard"), LISTEN, _said("好的"))
    assert _action(_predict(*done)) is None


def test_it_wins_over_a_form_and_the_form_stays() -> None:
    events = [*IN_FORM, _said(CRY), SlotSet("shop", CRY)]
    tracker = DialogueStateTracker.from_events("s", events, DOMAIN.slots, domain=DOMAIN)
    form: Any = [0.0] * DOMAIN.num_actions
    form[DOMAIN.index_for_action("shop_form")] = 1.0
    rules = PolicyPrediction(form, "RulePolicy", 6, is_no_user_prediction=True)
    ours = _policy().predict_action_probabilities(tracker, DOMAIN)
    best = DefaultPolicyPredictionEnsemble().combine_predictions([rules, ours], tracker, DOMAIN)
    assert _action(best) == "action_hazard"
    tracker.update_with_events(best.events, DOMAIN)
    assert tracker.active_loop_name == "shop_form"
    assert tracker.get_slot("shop") is None
    assert tracker.get_slot("requested_slot") == "shop"


def test_slots_that_the_form_did_not_ask_for_are_kept() -> None:
    prediction = _predict(*IN_FORM, _said(CRY), SlotSet("year", "2021"))
    assert prediction.optional_events == []


def test_an_earlier_answer_is_kept() -> None:
    prediction = _predict(*IN_FORM, SlotSet("shop", "王府井"), _said(CRY))
    assert prediction.optional_events == []


def test_a_domain_without_the_action_is_refused() -> None:
    with pytest.raises(InvalidConfigException, match="action_hazard"):
        _policy().train([], Domain.empty())
