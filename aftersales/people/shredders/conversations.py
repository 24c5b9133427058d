"""What was said. The conversation's row stays, nameless: requests for a person hang on it."""

from sqlalchemy import String, cast, literal, select

from aftersales.people.shredders.registry import Clause, Subject, about, keeps
from aftersales.store.tables import Conversation, HandOver, InboxRow, Message

keeps(HandOver, why="the request is service record; the name in it is a colleague's")


@about(Message, then="delete")
def messages(subject: Subject) -> Clause:
    """All messages of the person's conversations."""
    theirs = select(Conversation.id).where(Conversation.sender.in_(subject.senders))
    return Message.conversation_id.in_(theirs)


@about(
    Conversation,
    then="blank",
    blanks={"sender": literal("erased-").concat(cast(Conversation.id, String))},
    exported=False,
)
def conversations(subject: Subject) -> Clause:
    """The conversations, once nothing more is owed to them."""
    return Conversation.sender.in_(subject.leaving)


@about(InboxRow, then="delete", exported=False)
def inbox(subject: Subject) -> Clause:
    """What was delivered by the person."""
    return InboxRow.sender.in_(subject.senders)
