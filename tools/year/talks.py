"""The lives that are talk only: complaints, callbacks, requests for a person, and visits."""

from datetime import datetime

from aftersales import care, complaints, conversations, knowledge, outbox
from aftersales.tickets import do_move_ticket, do_note_contact
from tools.year.people import Person
from tools.year.shop import Life, Shop


def complaint(shop: Shop, person: Person, channel: str, now: datetime) -> Life:
    """Answered, found out, put right, closed; one in ten is taken up again."""
    book, ticket = knowledge.load("complaints"), shop.open("complaint", person, channel, now)
    await_again = shop.maybe(0.1)
    clerk = shop.staff("clerks")
    now = yield shop.later(now, 0.5, 30.0 if shop.maybe(0.15) else 18.0)
    while True:
        complaints.do_answer_complaint(shop.session, ticket, shop.words("answers"), now, clerk)
        now = yield shop.at_work(now, 1.0, 40.0)
        about, cause = (shop.chance.choice(list(book[name])) for name in ("about", "causes"))
        complaints.do_record_cause(shop.session, ticket, about, cause, now, clerk)
        complaints.do_record_measure(shop.session, ticket, shop.words("measures"), now, clerk)
        now = yield shop.at_work(now, 1.0, 30.0 if shop.maybe(0.95) else 260.0)
        complaints.do_close_complaint(shop.session, ticket, now, clerk)
        if not await_again:
            return
        await_again = False
        now = yield shop.later(now, 12.0, 200.0)
        complaints.do_reopen_complaint(shop.session, ticket, now, clerk, shop.words("reopens"))
        now = yield shop.later(now, 0.5, 20.0)


def callback(shop: Shop, person: Person, channel: str, now: datetime) -> Life:
    """Called back; some at once, some after having been taken up, some no more wanted."""
    ticket = shop.open("callback", person, channel, now)
    now = yield shop.at_work(now, 0.1, 5.0)
    clerk = shop.staff("clerks")
    if shop.maybe(0.04):
        do_move_ticket(shop.session, ticket, "cancelled", now, clerk)
        return
    if shop.maybe(0.4):
        if shop.maybe(0.5):  # reached, but there is more to find out
            do_note_contact(shop.session, ticket, "phone", now, clerk)
        do_move_ticket(shop.session, ticket, "answering", now, clerk)
        now = yield shop.at_work(now, 0.2, 10.0)
    do_move_ticket(shop.session, ticket, "closed", now, clerk)


def hand_over(shop: Shop, person: Person, channel: str, now: datetime) -> Life:
    """Somebody asks for a person, is answered, and given back to the bot."""
    talk = conversations.get_or_open(shop.session, person.sender, channel, now)
    conversations.do_request_person(shop.session, talk, "asked", now)
    now = yield shop.at_work(now, 0.05, 5.0)
    clerk = shop.staff("clerks")
    if talk.owner == conversations.Owner.WAITING:
        conversations.do_take_over(shop.session, talk, clerk, now)
        conversations.do_store_message(
            shop.session, talk, "out", shop.words("hand_overs"), now=now, speaker="person"
        )
        now = yield shop.later(now, 0.1, 2.0)
    conversations.do_return_to_bot(shop.session, talk, clerk, now)


def visit(shop: Shop, person: Person, now: datetime) -> int:
    """Come back to the chat: what waited is told, and some say what they think; returns how many
    messages there were."""
    rows = outbox.collect_for_visit(shop.session, person.sender, now)
    for row in rows:
        if row.payload.get("event") == "satisfaction":
            care.do_mark_asked(shop.session, str(row.payload["number"]), now)
    if rows and shop.maybe(0.4):
        score = shop.chance.choices((5, 4, 3, 2, 1), (45, 30, 12, 8, 5))[0]
        care.do_answer_question(shop.session, person.sender, care.Opinion(score), now)
    return len(rows)


def visits(shop: Shop, person: Person, now: datetime) -> Life:
    """Two visits after having been here."""
    for _ in range(2):
        now = yield shop.later(now, 5.0, 400.0)
        visit(shop, person, now)


#: The life of each kind of ticket that is talk only.
TALKS = {"complaint": complaint, "callback": callback}
