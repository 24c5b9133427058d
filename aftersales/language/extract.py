"""Everything the contract calls an entity, out of one sentence, without overlaps."""

from datetime import date

from .codes import calibres, case_backs, models, serials
from .denials import undenied
from .entity import Entity
from .lines import lines
from .money import amounts
from .movements import movements
from .normalise import normalise
from .phones import phones
from .pinyin import to_characters
from .places import cities
from .positions import positions
from .purchases import purchase_dates
from .rates import Rate, find_rates
from .spans import blank, overlaps
from .ticket_numbers import ticket_numbers

# Longer texts are pasted pages; their beginning says what there is to say, and the work per message
# stays bounded.
_LONGEST = 3_000


def _rate_entity(rate: Rate, text: str, others: list[Entity]) -> Entity:
    """Span the whole phrase; when another entity stands inside it, only the gain or loss."""
    start, end = rate.start, rate.end
    if any(overlaps((start, end), (other.start, other.end)) for other in others):
        start, end = rate.offset
    return Entity("rate_s_per_day", rate.value, start, end, text[start:end], rate.low, rate.high)


def _place(found: list[Entity], candidates: list[Entity]) -> None:
    """Add candidates that overlap nothing; among themselves the longer one wins."""
    for entity in sorted(candidates, key=lambda e: (e.start - e.end, e.start)):
        span = (entity.start, entity.end)
        if not any(overlaps(span, (other.start, other.end)) for other in found):
            found.append(entity)


def extract(text: str, today: date) -> list[Entity]:
    """Find every entity of the contract.

    Args:
        text: What the customer wrote; normalised here.
        today: The day the message came, where the customer is.

    Returns:
        Entities in the order of the text; offsets refer to ``normalise(text)``. Never raises.
    """
    plain = normalise(text)[:_LONGEST]
    spelled, places = to_characters(plain)
    found = undenied(_read(spelled, today), spelled)
    if spelled != plain:
        found = [_moved(entity, plain, places) for entity in found]
    return sorted(found, key=lambda entity: (entity.start, entity.end))


def _read(text: str, today: date) -> list[Entity]:
    found: list[Entity] = []
    # The most specific shapes first; each next reader sees them blanked out.
    for reader in (ticket_numbers, case_backs, phones, models, calibres, serials):
        rest = blank(text, [(entity.start, entity.end) for entity in found])
        _place(found, [_with_text(entity, text) for entity in reader(rest)])
    rest = blank(text, [(entity.start, entity.end) for entity in found])
    words = [*movements(text), *lines(text), *positions(text), *cities(text)]
    dates = purchase_dates(rest, today)
    _place(found, words + dates)
    rates = [_rate_entity(rate, text, found) for rate in find_rates(rest)]
    _place(found, rates)
    _place(found, amounts(rest))
    return found


def _with_text(entity: Entity, text: str) -> Entity:
    words = text[entity.start : entity.end]
    if words == entity.text:
        return entity
    return Entity(
        entity.name, entity.value, entity.start, entity.end, words, entity.low, entity.high
    )


def _moved(entity: Entity, text: str, places: list[int]) -> Entity:
    """The entity with the places it has in the text before pinyin became characters."""
    start, end = places[entity.start], places[entity.end]
    if end <= start:
        # It ends within a word of pinyin: to the end of that word.
        end = next((place for place in places[entity.end :] if place > start), len(text))
    return Entity(entity.name, entity.value, start, end, text[start:end], entity.low, entity.high)
