"""Emergencies come first, in any state of the conversation.

When the last message tells of a swallowed cell, of leaked electrolyte on skin or in an eye,
or of smoke, this policy predicts `action_hazard`, then `action_listen`. An active form stays
active and goes on with the next message.

Two properties of Rasa 3.6 shape the code. The form's own prediction is a "no user"
prediction, which beats every other kind whatever its priority: ours is one too. And slots are
filled before policies are asked, so the cry for help may already stand in the slot that the
form was asking for: that slot is emptied again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rasa.core.policies.policy import Policy, PolicyPrediction
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.constants import ACTION_LISTEN_NAME, REQUESTED_SLOT
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SlotSet, UserUttered
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.exceptions import InvalidConfigException

from aftersales.language.hazards import hazard
from bot import action_validation

ACTION_HAZARD = "action_hazard"
# RulePolicy has 6; at equal confidence the higher priority wins.
PRIORITY = 10

# Every process that loads the model runs actions: the repair belongs to all of them.
action_validation.install()


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True
)
class HazardPolicy(Policy):
    """Predicts `action_hazard` right after a message that tells of an emergency."""

    detect: Callable[[str], str | None] = staticmethod(hazard)

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the settings."""
        return {"priority": PRIORITY}

    def train(
        self, training_trackers: list[TrackerWithCachedStates], domain: Domain, **kwargs: Any
    ) -> Resource:
        """Check that the domain knows the action; there is nothing to learn.

        Raises:
            InvalidConfigException: `action_hazard` is missing in the domain.
        """
        if ACTION_HAZARD not in domain.action_names_or_texts:
            raise InvalidConfigException(
                f"HazardPolicy needs '{ACTION_HAZARD}' under 'actions:' of domain.yml."
            )
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> HazardPolicy:
        """Create the policy; nothing was stored."""
        return cls(config, model_storage, resource, execution_context)

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> PolicyPrediction:
        """Predict `action_hazard` or the listening after it; otherwise nothing."""
        message = tracker.latest_message
        text = message.text if message else None
        if tracker.latest_action_name == ACTION_LISTEN_NAME and text and self.detect(text):
            return self._certain(ACTION_HAZARD, domain, self._empty_requested_slot(tracker))
        if tracker.latest_action_name == ACTION_HAZARD:
            return self._certain(ACTION_LISTEN_NAME, domain, [])
        return self._prediction([0.0] * domain.num_actions)

    def _certain(self, action: str, domain: Domain, events: list[Event]) -> PolicyPrediction:
        probabilities = [0.0] * domain.num_actions
        probabilities[domain.index_for_action(action)] = 1.0
        # Optional events: they count only when this prediction wins.
        return self._prediction(probabilities, optional_events=events, is_no_user_prediction=True)

    @staticmethod
    def _empty_requested_slot(tracker: DialogueStateTracker) -> list[Event]:
        requested = tracker.get_slot(REQUESTED_SLOT)
        if not tracker.active_loop_name or not requested:
            return []
        for event in reversed(tracker.events):
            if isinstance(event, UserUttered):
                return []
            if isinstance(event, SlotSet) and event.key == requested:
                return [SlotSet(requested, None)]
        return []
