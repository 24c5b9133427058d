"""Entities with normalised values, found by `aftersales.language`.

Each entity carries `entity`, `value`, `start`, `end`, `text` (as typed), `extractor`, and
`low`/`high` where the sentence named a range. Offsets refer to the text as it was typed.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from difflib import SequenceMatcher
from typing import Any
from zoneinfo import ZoneInfo

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import (
    ENTITIES,
    ENTITY_ATTRIBUTE_END,
    ENTITY_ATTRIBUTE_START,
    ENTITY_ATTRIBUTE_TEXT,
    ENTITY_ATTRIBUTE_TYPE,
    ENTITY_ATTRIBUTE_VALUE,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message

from aftersales.language import extract
from bot.normaliser import NORMALISED

# "去年", "昨天" are said by people in China.
CUSTOMERS_ZONE = ZoneInfo("Asia/Shanghai")


def day_of(metadata: Any) -> date:
    """Return the customer's date when the message arrived.

    Args:
        metadata: the message's metadata; `received_at` (ISO 8601, UTC when it names no
            zone) is used when it can be read, the clock otherwise.
    """
    stamp = metadata.get("received_at") if isinstance(metadata, dict) else None
    if isinstance(stamp, str):
        try:
            moment = datetime.fromisoformat(stamp)
        except ValueError:
            moment = None
        if moment is not None:
            moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
            return moment.astimezone(CUSTOMERS_ZONE).date()
    return datetime.now(CUSTOMERS_ZONE).date()


def span_in_raw(raw: str, normalised: str, start: int, end: int) -> tuple[int, int]:
    """Translate a span of the normalised text into a span of the text as typed."""
    if raw == normalised:
        return start, end
    first, last = len(raw), 0
    for _, raw_from, raw_to, from_, to in SequenceMatcher(
        None, raw, normalised, autojunk=False
    ).get_opcodes():
        overlap_from, overlap_to = max(start, from_), min(end, to)
        if overlap_from >= overlap_to:
            continue
        if raw_to - raw_from == to - from_:  # equal length: character by character
            first = min(first, raw_from + overlap_from - from_)
            last = max(last, raw_from + overlap_to - from_)
        else:
            first, last = min(first, raw_from), max(last, raw_to)
    return (first, last) if first < last else (start, min(end, len(raw)))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class DomainEntityExtractor(GraphComponent, EntityExtractorMixin):
    """Puts the contract's entities on every message."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> DomainEntityExtractor:
        """Create the component (see the parent class)."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Extract the entities of each message."""
        for message in messages:
            raw = message.get(TEXT) or ""
            normalised = message.get(NORMALISED) or ""
            found: list[dict[str, Any]] = []
            for entity in extract(normalised, day_of(message.get("metadata"))):
                start, end = span_in_raw(raw, normalised, entity.start, entity.end)
                item: dict[str, Any] = {
                    ENTITY_ATTRIBUTE_TYPE: entity.name,
                    ENTITY_ATTRIBUTE_VALUE: entity.value,
                    ENTITY_ATTRIBUTE_START: start,
                    ENTITY_ATTRIBUTE_END: end,
                    ENTITY_ATTRIBUTE_TEXT: raw[start:end],
                }
                if entity.low is not None:
                    item["low"] = entity.low
                if entity.high is not None:
                    item["high"] = entity.high
                found.append(item)
            found = self.add_extractor_name(found)
            message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
        return messages
