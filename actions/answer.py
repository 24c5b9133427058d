"""``action_answer``: subjects that need no form; the intent decides which room answers."""

from collections.abc import Callable, Mapping

from actions import courtesy, cues, identify, privacy, usage, why
from actions.skill import begin, offers_resume
from actions.turn import Turn, buttons
from actions.warranty import WarrantySkill
from actions.watches import noted
from aftersales import registrations, service

#: Intents answered from ``knowledge/service.yml``.
SERVICE_INTENTS = (
    "warranty_terms",
    "warranty_card",
    "find_numbers",
    "authenticity",
    "after_sales_scope",
    "three_guarantees",
    "repair_price",
    "repair_duration",
    "service_centre",
    "repair_or_replace",
    "maintenance",
)


def from_service_book(turn: Turn) -> None:
    """Answer from the reviewed book of after-sales facts."""
    watch = noted(turn)
    found = service.find(turn.intent, turn.text, {**watch.known, **watch.facts()})
    turn.utter(
        "utter_answer",
        reasons=turn.lines(found.lines, limit=6),
        buttons=buttons([(c.label, c.label) for c in found.follow]),
    )
    offers_resume(turn)


ROOMS: Mapping[str, Callable[[Turn], None]] = {
    **{intent: from_service_book for intent in SERVICE_INTENTS},
    "usage_help": usage.answer,
    "identify_watch": identify.answer,
    "privacy_request": privacy.answer,
    "greet": courtesy.greet,
    "goodbye": courtesy.goodbye,
    "thank": courtesy.thank,
    "bot_challenge": courtesy.bot_challenge,
    "out_of_scope": courtesy.out_of_scope,
}


def answer(turn: Turn) -> None:
    """Answer the message by its intent."""
    if turn.intent != "out_of_scope":
        turn.set("misunderstood", 0)
    if why.answered(turn):
        return
    if cues.other_brand(turn.text):
        turn.utter("utter_other_brand")
        return
    if turn.intent in SERVICE_INTENTS and registrations.read_lookup(turn.text, turn.entities):
        # "卡号 …" names a watch of the customer's own, whatever else the sentence looks like.
        begin(WarrantySkill(), turn)
        return
    ROOMS.get(turn.intent, courtesy.misunderstood)(turn)
