"""The life of a repair. Everybody does what the workshop lets them do, at the hours they work."""

from collections.abc import Generator
from datetime import datetime

from aftersales import deadlines, estimates, pickup, workshop
from aftersales.estimates import EstimateClosed, Item
from aftersales.settings import Secret
from aftersales.store.tables import Ticket
from aftersales.tickets import do_note_contact
from tools.year.people import Person
from tools.year.shop import Life, Shop

COUNTER, MAIL_IN, ON_SITE = "counter", "mail_in", "on_site"
#: The key behind the pick-up codes of this year, which open nothing anywhere else.
KEY = Secret("a year that never was")
Steps = Generator[datetime, datetime, datetime]


def repair(shop: Shop, person: Person, channel: str, now: datetime) -> Life:
    """From the call to the archive, or to its cancelling."""
    session = shop.session
    ticket = shop.open("repair", person, channel, now, shop.town.watch(person))
    clerk, chief = shop.staff("clerks"), shop.staff("chiefs")
    now = yield shop.at_work(now, 0.05, 3.0)
    if shop.maybe(0.04):
        workshop.do_cancel_call(session, ticket, shop.words("cancels"), now, clerk)
        return
    mode = shop.chance.choices((COUNTER, MAIL_IN, ON_SITE), (60, 32, 8))[0]
    cls = shop.chance.choices("ABCD", (58, 5, 35, 2))[0]
    heard = shop.maybe(0.85)
    if heard:
        do_note_contact(session, ticket, "phone", now, clerk)
    workshop.do_register_call(
        session, ticket, mode, cls, shop.words("class_reasons"), now, clerk,
        address=shop.words("addresses"),
    )  # fmt: skip
    now = yield shop.at_work(now, 0.1, 7.0)
    technician = shop.staff("technicians")
    workshop.do_assign(session, ticket, technician, now, chief)
    if not heard and shop.maybe(0.7):  # the others hear from us when the work begins
        do_note_contact(session, ticket, "message", now, clerk)
    if mode != ON_SITE:
        now = yield shop.at_work(now, 0.5, 30.0)
        if shop.maybe(0.03):  # never came
            workshop.do_cancel_call(session, ticket, shop.words("cancels"), now, clerk)
            return
        workshop.do_note_stage(session, ticket, "arrived", now, clerk)
    now = yield shop.at_work(now, 0.1, 4.0)
    workshop.do_start_service(session, ticket, now, technician)
    if mode == ON_SITE:
        now = yield shop.at_work(now, 0.3, 2.0)
        workshop.do_note_stage(session, ticket, "arrived", now, technician)
    now = yield shop.at_work(now, 0.1, 0.6)
    minutes = shop.chance.randint(5, 40)
    workshop.do_log_work(session, ticket, minutes, shop.words("looked"), now, technician)
    if mode != MAIL_IN and shop.maybe(0.25):
        now = yield from _on_spot(shop, ticket, person, now, technician)
    else:
        now = yield from _taken_in(shop, ticket, person, mode, now, technician, chief)
    now = yield from _settle(shop, ticket, now, clerk)
    workshop.do_archive(session, ticket, now, clerk)


def _on_spot(shop: Shop, ticket: Ticket, person: Person, now: datetime, technician: str) -> Steps:
    if workshop.is_chargeable(ticket):
        workshop.do_record_approval(shop.session, ticket, "signed", now, technician)
    now = yield shop.at_work(now, 0.1, 0.8)
    workshop.do_finish_on_spot(shop.session, ticket, person.name, now, technician)
    return now


def _taken_in(
    shop: Shop,
    ticket: Ticket,
    person: Person,
    mode: str,
    now: datetime,
    technician: str,
    chief: str,
) -> Steps:
    session, clerk = shop.session, shop.staff("clerks")
    workshop.do_take_in(session, ticket, person.name, shop.words("conditions"), now, technician)
    if shop.maybe(0.6):
        agreed = shop.at_work(now, 32.0, 72.0)
        deadlines.do_agree_delivery(session, ticket, agreed, now, clerk)
    now = yield shop.at_work(now, 1.0, 12.0)
    go_on = True
    if workshop.is_chargeable(ticket):
        go_on, now = yield from _ask(shop, ticket, now, technician)
    elif shop.maybe(0.02):
        workshop.do_give_up_repair(session, ticket, shop.words("give_ups"), now, technician)
        go_on = False
    else:
        workshop.do_start_repair(session, ticket, now, technician)
    if go_on:
        now = yield from _bench(shop, ticket, now, technician, chief)
    return (yield from _hand_back(shop, ticket, person, mode, now))


def _ask(
    shop: Shop, ticket: Ticket, now: datetime, technician: str
) -> Generator[datetime, datetime, tuple[bool, datetime]]:
    """Offer a price; say whether the customer agreed, and when it went on."""
    session = shop.session
    items = [Item("labour", shop.words("labours"), 1, shop.chance.randint(80, 900) * 100)]
    if shop.maybe(0.6):
        items.append(Item("part", shop.words("parts"), 1, shop.chance.randint(10, 400) * 100))
    offer = estimates.do_make_estimate(session, ticket, items, now, technician)
    estimates.do_send_estimate(session, offer, now, technician)
    now = yield shop.later(now, 0.2, 210.0 if shop.maybe(0.1) else 60.0)
    key = shop.ids.token()
    try:
        if shop.maybe(0.84):
            estimates.do_accept(session, offer, key, now, "link")
            return True, now
        reason = shop.chance.choice(list(estimates.reasons()))
        estimates.do_decline(session, offer, key, reason, now, "link")
        return False, now
    except EstimateClosed:  # answered after the offer had ended: the shop rings up
        now = yield shop.at_work(now, 0.5, 8.0)
        if shop.maybe(0.5):
            workshop.do_record_approval(session, ticket, "spoken", now, technician)
            return True, now
        workshop.do_give_up_repair(session, ticket, shop.words("give_ups"), now, technician)
        return False, now


def _bench(shop: Shop, ticket: Ticket, now: datetime, technician: str, chief: str) -> Steps:
    session = shop.session
    while True:
        now = yield shop.at_work(now, 0.5, 16.0)
        if shop.maybe(0.18):
            workshop.do_wait_for_parts(session, ticket, shop.words("parts"), now, technician)
            now = yield shop.at_work(now, 4.0, 60.0)
            workshop.do_resume_repair(session, ticket, now, technician)
            now = yield shop.at_work(now, 0.5, 6.0)
        worked = shop.chance.randint(15, 240)
        workshop.do_log_work(session, ticket, worked, shop.words("worked"), now, technician)
        if shop.maybe(0.6):
            workshop.do_use_part(
                session, ticket, shop.words("parts"), now, technician,
                unit_fen=shop.chance.randint(10, 400) * 100, damage=shop.words("damages"),
            )  # fmt: skip
        cause = shop.words("causes") if shop.maybe(0.7) else None
        remark = shop.words("remarks") if shop.maybe(0.3) else None
        workshop.do_send_to_check(session, ticket, now, technician, cause, remark)
        now = yield shop.at_work(now, 0.2, 9.0)
        if not shop.maybe(0.08):
            workshop.do_pass_check(session, ticket, now, chief)
            return now
        workshop.do_fail_check(session, ticket, shop.words("sent_back"), now, chief)


def _hand_back(shop: Shop, ticket: Ticket, person: Person, mode: str, now: datetime) -> Steps:
    session, clerk = shop.session, shop.staff("clerks")
    receipt = "courier" if mode == MAIL_IN else "paper"
    now = yield shop.at_work(now, 1.0, 40.0)
    if mode == MAIL_IN:
        workshop.do_note_stage(session, ticket, "sent", now, clerk)
        now = yield shop.later(now, 20.0, 90.0)
        workshop.do_note_stage(session, ticket, "delivered", now, clerk)
    elif shop.maybe(0.02):
        workshop.do_report_receipt_lost(session, ticket, shop.words("lost"), now, clerk)
        receipt = "lost"
    without = None
    if mode == COUNTER:
        without = _say_code(shop, ticket, now, clerk)
    workshop.do_hand_back(
        session, ticket, person.name, clerk, receipt, now, clerk, without_code=without
    )
    return now


def _say_code(shop: Shop, ticket: Ticket, now: datetime, clerk: str) -> str | None:
    """Most customers say the code, some a wrong one first; who cannot is looked at in person."""
    if shop.maybe(0.07):
        return shop.words("without_code")
    link = pickup.find_pickup(shop.session, ticket, now)
    code = pickup.pickup_code(link, KEY) if link is not None else ""
    if shop.maybe(0.05):
        pickup.do_check_pickup_code(shop.session, ticket, code[::-1] + "0", KEY, now, clerk)
    pickup.do_check_pickup_code(shop.session, ticket, code, KEY, now, clerk)
    return None


def _settle(shop: Shop, ticket: Ticket, now: datetime, clerk: str) -> Steps:
    """Collect what is owed; what was not repaired is let off."""
    session = shop.session
    if workshop.is_chargeable(ticket):
        accountant = shop.staff("accountants")
        if not workshop.is_approved(session, ticket):
            workshop.do_waive_fee(session, ticket, shop.words("waived"), now, clerk)
        else:
            offer = workshop.dossier(session, ticket).agreed
            fen = offer.total_fen if offer else shop.chance.randint(80, 1300) * 100
            less = None
            if offer and shop.maybe(0.08):
                fen, less = fen * 9 // 10, shop.words("discounts")
            invoice = f"{shop.chance.randrange(10**8):08d}"
            if shop.maybe(0.6):
                workshop.do_collect(session, ticket, now, clerk, amount_fen=fen, less_reason=less)
                now = yield shop.at_work(now, 0.2, 8.0)
                workshop.do_issue_invoice(session, ticket, invoice, now, accountant)
            else:
                workshop.do_issue_invoice(
                    session, ticket, invoice, now, accountant, amount_fen=fen, less_reason=less
                )
                now = yield shop.later(now, 10.0, 300.0)
                workshop.do_collect(session, ticket, now, clerk)
    return (yield shop.at_work(now, 0.1, 4.0))
