"""``action_answer``: subjects that need no form; the intent decides which room answers."""

from collections.abc import Callable, Mapping

from actions import courtesy, cues, general, identify, needs, person, privacy, usage, why
from actions.diagnosis import Diagnosis
from actions.skill import begin, offers_resume
from actions.turn import Turn, labels
from actions.warranty import WarrantySkill
from actions.watches import learns, noted
from aftersales import registrations, service, warranty


def from_service_book(turn: Turn) -> None:
    """Answer from the reviewed book of after-sales facts."""
    also = needs.others(turn)
    watch = noted(turn)
    found = service.find(turn.intent, turn.text, {**watch.known, **watch.facts()})
    reasons = turn.lines(found.lines, limit=6)
    again = len(found.lines) > 1 and turn.told_before(reasons)
    turn.utter(
        "utter_answer_again" if again else "utter_answer",
        reasons=turn.line(found.lines[0]) if again else reasons,
        buttons=labels(choice.label for choice in found.follow),
    )
    if also:
        needs.put_below(turn, tuple(reversed(also)), Diagnosis())
    else:
        offers_resume(turn)


ROOMS: Mapping[str, Callable[[Turn], None]] = {
    **{intent: from_service_book for intent in service.INTENTS},
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
    if why.answered(turn) or courtesy.sensitive(turn):
        return
    if cues.other_brand(turn.text):
        turn.utter("utter_other_brand")
        return
    if general.answered(turn):
        return
    if turn.intent == "repair_duration" and turn.intent_before == "talk_to_human":
        person.answer(turn)  # "要等多久" is about the colleague who was asked for
        return
    if turn.intent == "warranty_card" and _tells_card(turn):
        turn.utter("utter_noted_meanwhile")
        return
    if turn.intent in service.INTENTS and registrations.read_lookup(turn.text, turn.entities):
        # "卡号 …" names a watch of the customer's own, whatever else the sentence looks like.
        begin(WarrantySkill(), turn)
        return
    ROOMS.get(turn.intent, courtesy.misunderstood)(turn)


def _tells_card(turn: Turn) -> bool:
    """Whether the card is told to be in order, which asks nothing."""
    told = warranty.observe(turn.text, turn.entities, turn.today)
    return told.get("card") == "complete" and not cues.asks(turn.text) and learns(turn)
