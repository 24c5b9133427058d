"""What was told of an ill watch waits for the ticket it may become."""

from actions import case
from actions.frames import Frame
from actions.services import Services
from tests.actions.talking import NOW, turn
from tests.actions.walking import Walk


def diagnosis(watch_no: int, words: str) -> dict[str, object]:
    data = {"findings": {"intent": "runs_fast"}, "watch_no": watch_no, "words": words}
    return Frame("diagnosis", data, NOW).to_dict()


def test_a_diagnosis_still_being_made_goes_with_the_one_before(
    services: Services,
) -> None:
    before = {"symptom": "stopped", "words": "停过一次", "facts": [], "watch_no": 0}
    slots = {"frames": [diagnosis(0, "又走快了")], "case": before}
    told = turn(services, "帮我报修", "open_ticket", slots)
    assert case.told(told, 0)["words"] == "停过一次；又走快了"
    assert told.frames.items == ()


def test_the_diagnosis_of_another_watch_stays_where_it_is(services: Services) -> None:
    told = turn(services, "帮我报修", "open_ticket", {"frames": [diagnosis(1, "走快了")]})
    assert case.told(told, 0) == {}
    assert len(told.frames.items) == 1


def test_who_breaks_off_need_not_tell_his_fault_again(services: Services) -> None:
    walk = Walk(services)
    walk.say("我的表走快了，放在音箱旁边", "runs_fast")
    assert walk.waiting is not None
    walk.say("算了", "deny")
    walk.say("那我要报修", "open_ticket")
    assert walk.waiting == ("intake", "watch")


def test_who_breaks_off_while_it_is_taken_down_need_not_either(services: Services) -> None:
    walk = Walk(services)
    walk.say("我要报修", "open_ticket")
    walk.say("停了两天", "stopped")
    walk.say("算了", "deny")
    walk.say("那我要报修", "open_ticket")
    assert walk.waiting == ("intake", "watch")
    assert walk.slots["frames"][-1]["data"]["answers"]["fault"] == "停了两天"


def test_a_fault_nobody_could_name_is_asked_for_again(services: Services) -> None:
    walk = Walk(services)
    walk.say("我要报修", "open_ticket")
    walk.say("说不清", "dont_know")
    walk.say("算了", "deny")
    walk.say("那我要报修", "open_ticket")
    assert walk.waiting == ("intake", "fault")


def test_who_bought_the_watch_goes_to_the_counter_and_is_no_fault(services: Services) -> None:
    walk = Walk(services)
    assert walk.say("我这个表是儿子买的", "inform") == ["utter_noted"]
    walk.say("我要报修", "open_ticket")
    assert walk.waiting == ("intake", "fault")
    assert walk.slots["case"]["facts"] == [["来历（顾客所述）", "我这个表是儿子买的"]]


def test_a_question_about_a_gift_is_no_gift_told(services: Services) -> None:
    assert not case.tells_origin(turn(services, "朋友送的表能保修吗", "check_warranty"))


def test_a_ticket_uses_up_only_what_was_told_of_its_watch(services: Services) -> None:
    kept = {"words": "停过一次", "facts": [], "watch_no": 1}
    told = turn(services, "确认", "affirm", {"case": kept})
    case.used(told, 0)
    assert told.slot("case") == kept
    case.used(told, 1)
    assert told.slot("case") is None
