"""What the conversation collected for a ticket, before it is confirmed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from aftersales.ids import PREFIXES
from aftersales.people.phones import normal_phone


class DraftIncomplete(ValueError):
    """The draft cannot become a ticket; ``missing`` names its fields."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__("missing: " + ", ".join(missing))
        self.missing = missing


class Finding(NamedTuple):
    """One thing found out: a label and its value, as the bench reads it."""

    label: str
    value: str


@dataclass(frozen=True)
class Watch:
    """The watch as far as it is known; every part may be missing."""

    calibre: str | None = None
    case_code: str | None = None
    serial: str | None = None
    model: str | None = None
    line: str | None = None


@dataclass(frozen=True)
class TicketDraft:
    """A ticket before its confirmation.

    Attributes:
        draft_id: made when the form starts; unique, the key of exactly-once.
        kind: ``repair``, ``complaint`` or ``callback``.
        name: the contact's name as given.
        phone: the contact's phone in any spelling.
        channel: where it was said.
        sender: the proven sender.
        watch: the watch.
        fault: the symptom, the complaint or the subject of the callback, in the customer's words.
        findings: what the questions found out, in order.
        photos: names of photos the same sender uploaded.
        consent_version: version of the text agreed to.
        class_hint: A, B, C or D; a first guess only.
        note: anything else.
    """

    draft_id: str
    kind: str
    name: str
    phone: str
    channel: str
    sender: str
    watch: Watch = field(default_factory=Watch)
    fault: str | None = None
    findings: Sequence[Finding | tuple[str, str]] = ()
    photos: Sequence[str] = ()
    consent_version: str | None = None
    class_hint: Literal["A", "B", "C", "D"] | None = None
    note: str | None = None

    def check(self) -> None:
        """Refuse a draft that cannot become a ticket.

        Raises:
            ValueError: there is no such kind.
            DraftIncomplete: a required field is empty; a repair and a complaint also need
            ``fault``. PhoneUnusable: the phone cannot be one.
        """
        if self.kind not in PREFIXES:
            raise ValueError(f"no such kind of ticket: {self.kind!r}")
        required = ["draft_id", "name", "phone", "channel", "sender"]
        if self.kind != "callback":
            required.append("fault")
        missing = [name for name in required if not str(getattr(self, name) or "").strip()]
        if missing:
            raise DraftIncomplete(missing)
        normal_phone(self.phone)
