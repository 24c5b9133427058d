"""Taking down a case: asked in order, read back, written exactly once."""

import pytest
from sqlalchemy import select

from actions.services import Services
from aftersales import photos
from aftersales.store.tables import Consent, Customer, Ticket
from tests.actions.filing import Filing, count
from tests.actions.talking import NOW
from tests.actions.walking import Walk


def test_a_repair_is_asked_for_step_by_step_and_written_once(
    filing: Filing, services: Services
) -> None:
    filing.begin("我要报修", "open_ticket")
    assert filing.asked == "fault"
    filing.say("表不走了，放了两天", "stopped")
    assert filing.asked == "watch"
    filing.say("7S26-0020")
    assert filing.asked == "consent"
    assert count(services, Customer) == 0
    filing.say("同意", "affirm")
    filing.say("我叫王芳")
    filing.say("13812345678")
    assert filing.asked == "confirm"
    read_back = filing.messages[0]["question"]
    assert "王芳" in read_back and "7S26-0020" in read_back
    filing.say("确认提交", "affirm")
    before = dict(filing.slots)
    assert filing.conclude("确认提交", "affirm") == ["utter_ticket_repair"]
    number = filing.messages[0]["number"]
    filing.slots = before  # the same confirmation delivered again
    filing.conclude("确认提交", "affirm")
    assert filing.messages[0]["number"] == number
    assert count(services, Ticket) == 1
    assert count(services, Consent) == 1
    with services.store.session() as session:
        ticket = session.scalars(select(Ticket)).one()
        assert (ticket.calibre, ticket.case_code, ticket.fault) == (
            "7S26",
            "0020",
            "表不走了，放了两天",
        )


def test_a_refused_consent_keeps_nothing(filing: Filing, services: Services) -> None:
    filing.begin("给我回个电话", "request_callback")
    filing.say("不同意", "deny")
    said = filing.conclude("不同意", "deny")
    assert said == ["utter_consent_refused"]
    assert count(services, Customer) == 0


def test_a_wrong_phone_is_asked_again_and_a_later_one_replaces_it(filing: Filing) -> None:
    filing.begin("给我回个电话", "request_callback")
    filing.say("可以", "affirm")
    filing.say("张伟")
    filing.say("1381234")
    assert filing.asked == "phone" and "位数" in filing.messages[0]["question"]
    filing.say("13812340000")
    assert filing.asked == "confirm"
    filing.say("电话改成13812349999", "correct_answer")
    assert filing.slots["frames"][-1]["data"]["answers"]["phone"] == "13812349999"
    assert filing.asked == "confirm"


def test_another_subject_in_the_form_is_left_to_the_rules(filing: Filing) -> None:
    filing.begin("给我回个电话", "request_callback")
    filing.say("可以", "affirm")
    filing.say("修一次多少钱", "repair_price")
    assert filing.events == []
    assert filing.asked == "name"


def test_stopping_ends_the_questions(filing: Filing) -> None:
    filing.begin("我要报修", "open_ticket")
    filing.say("算了", "deny")
    assert filing.slots["requested_slot"] is None
    assert filing.conclude("算了", "deny") == ["utter_stopped"]
    assert filing.slots["frames"] == []


def test_photos_of_the_talk_hang_on_the_ticket(filing: Filing, services: Services) -> None:
    with services.store.session() as session:
        photos.do_record_photo(
            session,
            name="p" * 26,
            sender="somebody",
            channel="widget",
            media_type="image/jpeg",
            size_bytes=10,
            width_px=1,
            height_px=1,
            sha256="0" * 64,
            now=NOW,
        )
    filing.begin("我要报修", "open_ticket")
    for text, intent in (("表镜裂了", "exterior_damage"), ("不清楚", "dont_know")):
        filing.say(text, intent)
    for text, intent in (("同意", "affirm"), ("王芳", "inform"), ("13812345678", "inform")):
        filing.say(text, intent)
    filing.say("确认提交", "affirm")
    said = filing.conclude("确认提交", "affirm")
    assert said == ["utter_ticket_repair", "utter_photos_attached"]
    with services.store.session() as session:
        assert photos.unattached(session, "somebody") == []
        assert len(session.scalars(select(Ticket)).one().photos) == 1


def _complained(services: Services, *told: tuple[str, str]) -> Walk:
    """A complaint in whose course this was told, filed."""
    walk = Walk(services)
    for text, intent in told:
        walk.say(text, intent)
    while walk.waiting and walk.waiting[1] != "consent":
        walk.say("你们自己看着办，很不满意", "complain")
    for text, intent in (("同意", "affirm"), ("老刘", "inform"), ("13912345678", "inform")):
        walk.say(text, intent)
    assert walk.say("确认提交", "affirm") == ["utter_ticket_complaint"]
    return walk


@pytest.mark.parametrize(
    "told",
    [
        [("你们这什么破表，快得要死", "complain")],
        [("我要投诉", "complain"), ("这表一天快一分钟", "inform")],
        [("你们态度太差了", "complain"), ("我说了快！一天快一分钟！", "runs_fast")],
        [("你们态度太差了", "complain"), ("表老停，没人管", "complain")],
    ],
)
def test_a_fault_told_in_a_complaint_is_not_asked_for_again(
    services: Services, told: list[tuple[str, str]]
) -> None:
    walk = _complained(services, *told)
    walk.say("帮我报修", "open_ticket")
    assert walk.waiting == ("intake", "watch")
    assert walk.slots["frames"][-1]["data"]["answers"]["fault"] == told[-1][0]
    walk.say("对，就那块", "affirm")
    assert walk.waiting == ("intake", "consent")


@pytest.mark.parametrize("text", ["你们太慢了，等了一个月", "修得太慢了没人管", "师傅态度快得要死"])
def test_how_one_was_served_is_no_fault_of_the_watch(services: Services, text: str) -> None:
    walk = _complained(services, (text, "complain"))
    walk.say("帮我报修", "open_ticket")
    assert walk.waiting == ("intake", "fault")


def test_what_about_my_watch_after_a_complaint_offers_the_repair(services: Services) -> None:
    walk = _complained(services, ("你们这什么破表，快得要死", "complain"))
    assert walk.say("那我的表到底怎么办", "ticket_status") == ["utter_repair_offered"]
    walk.say("帮我报修", "open_ticket")
    assert walk.waiting == ("intake", "watch")


def test_who_waits_before_it_is_filed_hears_that_it_is_not(services: Services) -> None:
    walk = Walk(services)
    walk.say("给我回个电话", "request_callback")
    said = walk.say("然后我等着就行啦", "out_of_scope")
    assert said == ["utter_not_filed_yet", "utter_question_again"]


def test_who_cannot_write_has_it_written(services: Services) -> None:
    walk = Walk(services)
    assert walk.say("你帮我写吧", "out_of_scope") == ["utter_i_write", "utter_question"]
    assert walk.waiting == ("intake", "fault")
    walk.say("表停了", "stopped")
    assert walk.say("你帮我写吧", "out_of_scope")[0] == "utter_i_write"
    assert walk.waiting == ("intake", "watch")


def test_what_was_read_back_is_not_read_back_again_after_an_aside(services: Services) -> None:
    walk = Walk(services)
    walk.say("给我回个电话", "request_callback")
    assert "只用来" in walk.words
    walk.say("修一次多少钱", "repair_price")
    assert "只用来" not in walk.messages[-1]["question"]
    for text, intent in (("同意", "affirm"), ("王芳", "inform"), ("13812345678", "inform")):
        walk.say(text, intent)
    assert "请核对一下" in walk.words
    walk.say("你们几点上班", "service_centre")
    again = walk.messages[-1]["question"]
    assert "王芳，13812345678" in again and "事由" not in again
    walk.say("电话改成13812340000", "correct_answer")
    assert "请核对一下" in walk.words  # it is another one now


@pytest.mark.parametrize(
    ("text", "watch"),
    [("登记", "未说明"), ("就那块", "未说明"), ("我爸那块老五号", "我爸那块老五号")],
)
def test_what_names_a_watch_and_what_does_not(services: Services, text: str, watch: str) -> None:
    walk = Walk(services)
    walk.say("我要报修", "open_ticket")
    walk.say("表停了", "stopped")
    walk.say(text, "inform")
    assert walk.slots["frames"][-1]["data"]["answers"]["watch"] == watch
    assert walk.waiting == ("intake", "consent")


def test_a_name_told_early_is_no_watch(services: Services) -> None:
    walk = Walk(services)
    walk.say("我要报修", "open_ticket")
    walk.say("表停了", "stopped")
    walk.say("我叫李秀英", "inform")
    assert walk.waiting == ("intake", "watch")
    assert walk.slots["frames"][-1]["data"]["answers"]["name"] == "李秀英"
