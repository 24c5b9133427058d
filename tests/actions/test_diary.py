"""The rate diary in the talk: recognised, asked for, kept, doubted, corrected and shown."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from actions import answer, courtesy
from actions.diagnosis import Diagnosis
from actions.diary import Diary
from actions.entry import Answer, ConcludeSkill, OpenSkill
from actions.forms import ValidateForm
from actions.registry import skills
from actions.reply import Reply
from actions.services import Services
from aftersales.rate.links import ChartLinks
from aftersales.settings import Secret
from aftersales.store.tables import OutboxRow, RateDiary, RateReading
from tests.actions.talking import NOW, Talk

# NOW is 10:00:00 in Shanghai.
Say = Callable[..., list[str]]


@pytest.fixture
def services(services: Services) -> Services:
    """The same outside world, with a key to sign charts."""
    return Services(services.store, services.clock, services.ids, Secret("k" * 40))


@pytest.fixture
def say(services: Services) -> Say:
    """Say one message at a moment: rule's action, then the form, then the result, as Rasa does."""
    talk = Talk(services)
    actions = {
        "diagnosis": OpenSkill(Diagnosis(), services),
        "answer": Answer("action_answer", answer.answer, services),
        "reply": Answer("action_reply", Reply(skills()).answer, services),
        "none": Answer("action_misunderstood", courtesy.misunderstood, services),
    }
    form, done = ValidateForm(Diary(), services), ConcludeSkill(Diary(), services)

    def speak(text: str, by: str = "reply", after: float = 0, intent: str = "inform") -> list[str]:
        when = (NOW + timedelta(days=after)).isoformat()
        said: list[str] = []
        messages: list[dict[str, Any]] = []

        def run(action: Any, before: str) -> None:
            said.extend(talk.run(action, text, intent, after=before, received_at=when))
            messages.extend(talk.messages)

        if talk.slots.get("asking") == "diary":
            run(form, "action_listen")
            if not talk.events:
                run(actions[by], "action_listen")
                run(form, actions[by].name())
        else:
            run(actions[by], "action_listen")
            if talk.slots.get("asking") == "diary":
                run(form, actions[by].name())
                return _done(said, messages)
        if talk.slots.get("requested_slot") is None and talk.slots.get("asking") == "diary":
            run(done, "diary_form")
        return _done(said, messages)

    def _done(said: list[str], messages: list[dict[str, Any]]) -> list[str]:
        speak.text = "\n".join(  # type: ignore[attr-defined]
            str(m.get("reasons") or m.get("question") or "") for m in messages
        )
        speak.messages = messages  # type: ignore[attr-defined]
        return said

    return speak


def text(say: Say) -> str:
    return str(say.text)  # type: ignore[attr-defined]


def count(services: Services, table: type) -> int:
    with services.store.session() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


@pytest.mark.parametrize(
    ("sentence", "by", "intent"),
    [("帮我测走时", "diagnosis", "erratic_rate"), ("测一下走时吧", "answer", "usage_help"),
     ("走时日记", "reply", "inform"), ("报时", "none", "nlu_fallback"),
     ("再报一次时间", "answer", "out_of_scope"), ("幫我測一下走時", "diagnosis", "runs_fast")],
)  # fmt: skip
def test_it_is_recognised_whatever_the_classifier_heard(
    say: Say, sentence: str, by: str, intent: str
) -> None:
    assert say(sentence, by, intent=intent) == ["utter_question"]
    assert "10:05:00" in text(say)


@pytest.mark.parametrize(
    "sentence",
    [
        "测走时多少钱",
        "整点报时功能怎么关",
        "日历晚上10点05分不换",
        "劳力士帮我测一下走时",
        "到手测日差+38",
    ],
)
def test_what_only_sounds_alike_is_left_alone(say: Say, sentence: str) -> None:
    say(sentence, "answer", intent="usage_help")
    assert "10:05:00" not in text(say)


def test_water_comes_before_measuring(say: Say) -> None:
    say("进水了，帮我测一下走时", "diagnosis", intent="water_damage")
    assert "10:05:00" not in text(say)


def test_three_readings_become_a_rate_with_its_interval(say: Say, services: Services) -> None:
    say("帮我测走时，4R36", "answer")
    assert say("现在表上 10:00:12") == ["utter_diary"]
    assert "快 12 秒" in text(say) and "明天" in text(say)
    assert say("现在表上 10:00:30", after=1) == ["utter_diary", "utter_diary_chart"]
    assert "日子还短" in text(say) and "每天快 18 秒" in text(say) and "6 天" in text(say)
    assert say("10点02分18秒", after=7) == ["utter_diary", "utter_diary_chart"]
    for words in ("第 3 次", "7 天", "快 2 分钟 6 秒", "九成五", "慢 35 秒到快 45 秒", "照常佩戴"):
        assert words in text(say), text(say)
    assert "7–10 天" not in text(say)  # it has just been done
    assert count(services, RateReading) == 3


def test_the_chart_has_a_signed_address_in_the_words_and_as_a_picture(
    say: Say, services: Services
) -> None:
    say("现在表上 10:00:12")  # nothing is open: no reading
    assert count(services, RateReading) == 0
    say("帮我测走时", "answer")
    say("10:00:12")
    say("10:00:30", after=1)
    link = say.messages[-1]["image"]  # type: ignore[attr-defined]
    assert link in text(say)
    name = link.removeprefix("/charts/")
    assert ChartLinks(Secret("k" * 40)).read(name, NOW + timedelta(days=2)) == 1
    assert say("看走时曲线", "answer", after=2) == ["utter_diary", "utter_diary_chart"]


def test_a_reminder_waits_and_is_replaced_by_the_next(say: Say, services: Services) -> None:
    def due() -> list[tuple[str, float]]:
        with services.store.session() as session:
            rows = session.scalars(select(OutboxRow).order_by(OutboxRow.id)).all()
            return [(r.payload["event"], round((r.due_at - NOW) / timedelta(days=1))) for r in rows]

    say("帮我测走时", "answer")
    say("10:00:12")
    assert due() == [("rate_diary_due", 1)]
    say("10:00:30", after=1)
    assert due() == [("rate_diary_due", 7)]
    say("10:02:18", after=7)
    assert due() == []


def test_a_quartz_watch_is_asked_again_after_a_week_and_a_month(
    say: Say, services: Services
) -> None:
    say("帮我测走时，石英表", "answer")
    say("10:00:00")
    assert "再过 7 天" in text(say)
    say("10:00:02", after=7)
    assert "一个月" in text(say) and "再过 23 天" in text(say)


def test_the_same_message_twice_is_one_reading(say: Say, services: Services) -> None:
    say("帮我测走时", "answer")
    say("10:00:12")
    say("10:00:12")
    assert count(services, RateReading) == 1


@pytest.mark.parametrize(
    ("reply", "words", "diaries", "readings"),
    [("对过时间", "重新算起", 2, 1), ("停过", "停过的话", 2, 1), ("都没有", "第 2 次", 1, 2),
     ("不清楚", "重新算起", 2, 1)],
)  # fmt: skip
def test_a_jump_is_asked_about_before_it_counts(
    say: Say, services: Services, reply: str, words: str, diaries: int, readings: int
) -> None:
    say("帮我测走时", "answer")
    say("10:00:12")
    assert say("10:20:00", after=1) == ["utter_question"]
    assert "对不上" in text(say) and "19 分钟 48 秒" in text(say)
    assert count(services, RateReading) == 1
    say(reply, after=1.001)
    assert words in text(say), text(say)
    assert (count(services, RateDiary), count(services, RateReading)) == (diaries, 1 + 1)
    with services.store.session() as session:
        last = session.scalars(select(RateDiary).order_by(RateDiary.id.desc())).first()
        assert last is not None and last.state == "open"
        of_last = select(func.count()).select_from(RateReading)
        assert session.scalar(of_last.where(RateReading.diary_id == last.id)) == readings


@pytest.mark.parametrize(
    ("sentence", "words"),
    [("25:61:00", "不像是钟面"), ("表上10点75分", "不像是钟面"),
     ("10:05:00和11:05:00", "哪个是表上的"), ("明天早上10:05:00", "现在这一刻"),
     ("我的表没有秒针", "没有秒针也能测")],
)  # fmt: skip
def test_a_time_that_cannot_be_used_is_asked_for_again_kindly(
    say: Say, services: Services, sentence: str, words: str
) -> None:
    say("帮我测走时", "answer")
    assert say(sentence) == ["utter_question"]
    assert words in text(say)
    assert count(services, RateReading) == 0
    assert say("１０：００：１２") == ["utter_diary"]  # full width is as good
    assert "10:00:12" in text(say)


def test_minutes_alone_are_taken_for_what_they_are_worth(say: Say, services: Services) -> None:
    say("帮我测走时", "answer")
    say("现在10点05")
    with services.store.session() as session:
        reading = session.scalars(select(RateReading)).one()
        assert (reading.offset_s, reading.half_width_s) == (330, 30)


def test_two_times_are_compared_with_each_other(say: Say, services: Services) -> None:
    say("帮我测走时", "answer")
    say("手机10:07:00，表上10:07:09")
    with services.store.session() as session:
        assert session.scalars(select(RateReading)).one().offset_s == 9


def test_two_calibres_are_asked_about_first(say: Say, services: Services) -> None:
    assert say("7S26和4R36帮我测一下走时", "answer") == ["utter_question"]
    assert "7S26和4R36" in text(say)
    say("4R36")
    say("10:00:12")
    with services.store.session() as session:
        assert session.scalars(select(RateDiary)).one().calibre == "4R36"


def test_a_slip_is_corrected_and_not_counted_twice(say: Say, services: Services) -> None:
    say("帮我测走时", "answer")
    say("10:00:12")
    say("不对，是10:00:21", after=0.001, intent="correct_answer")
    assert "改成 10:00:21" in text(say)
    with services.store.session() as session:
        assert session.scalars(select(RateReading)).one().offset_s == 21


def test_beginning_anew_leaves_the_old_readings_alone(say: Say, services: Services) -> None:
    say("帮我测走时", "answer")
    say("10:00:12")
    say("重新测一次走时", "answer", after=3)
    say("10:00:05", after=3)
    assert "重新算起" in text(say)
    assert (count(services, RateDiary), count(services, RateReading)) == (2, 2)


def test_a_watch_far_out_after_a_week_is_offered_a_ticket(say: Say) -> None:
    say("帮我测走时，6R35", "answer")
    say("10:00:00")
    say("10:01:30", after=1)
    say("10:10:30", after=7)
    assert "超出" in text(say)
    buttons = say.messages[0]["buttons"]  # type: ignore[attr-defined]
    assert [b["title"] for b in buttons] == ["帮我报修", "先不用"]


def test_position_rates_get_the_plan_in_one_answer(say: Say) -> None:
    sentence = "面上快10秒，表冠朝上慢5秒，白天快8秒"
    assert say(sentence, "diagnosis", intent="positional_error") == ["utter_positions"]
    assert "表冠朝上立着最好" in text(say) and "快 3.7 秒" in text(say)


def test_ninety_thousand_seconds_a_day_are_taken_kindly(say: Say) -> None:
    said = say("一天快90000秒", "diagnosis", intent="runs_fast")
    assert said == ["utter_diagnosis_rate"]
    assert "重新对好时间" in text(say)


def test_two_calibres_with_one_rate_are_asked_about(say: Say) -> None:
    assert say("7S26和4R36一天都快30秒", "diagnosis", intent="runs_fast") == ["utter_diary"]
    assert "先说哪一块" in text(say)
    buttons = say.messages[0]["buttons"]  # type: ignore[attr-defined]
    assert buttons[0] == {"title": "7S26", "payload": "7S26 一天都快30秒"}
