"""What a diary makes of its readings, and where it keeps them; on both databases."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from aftersales import outbox
from aftersales.rate import diaries
from aftersales.rate.chart import draw, draw_diary
from aftersales.rate.diary import (
    goes_on,
    is_believable,
    jump,
    listen,
    report,
    starts,
    wants_chart,
    was_reset,
)
from aftersales.rate.readings import Reading
from aftersales.rate.verdict import judge
from aftersales.store import Store
from aftersales.store.tables import OutboxRow, RateDiary
from aftersales.watches import find_calibre

START = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
READINGS = st.lists(
    st.tuples(st.floats(0.001, 30), st.floats(-21000, 21000), st.sampled_from([1, 2, 30])),
    min_size=1,
    max_size=12,
)


def at(days: float, offset: float, half: float = 1.0) -> Reading:
    return Reading(START + timedelta(days=days), offset, half)


def words(readings: Sequence[Reading], calibre: str | None, movement: str | None = None) -> str:
    return "".join(one.say for one in report(readings, calibre, movement, "10:00:00").lines)


@pytest.mark.parametrize(
    "text", ["帮我测走时", "测一下走时", "走时日记", "记录一下走时", "帮我测测走时", "测一测日差"]
)
def test_the_wish_to_measure_is_recognised(text: str) -> None:
    assert starts(text)


@pytest.mark.parametrize(
    "text",
    [
        "走时不准",
        "测走时多少钱",
        "你们能不能送货",
        "走快了",
        "检测要多久",
        "走时测得不准",
        "测走时还要测几天，表在你们那放着",
        "老是走到广播前头去，报时还没响它先到点了",
    ],
)
def test_other_wishes_are_not(text: str) -> None:
    assert not starts(text) and not goes_on(text) and not wants_chart(text)


@pytest.mark.parametrize(("text", "yes"), [("报时", True), ("再报一次时间", True),
                                           ("整点报时怎么关", False), ("报价", False)])  # fmt: skip
def test_going_on_is_recognised(text: str, yes: bool) -> None:
    assert goes_on(text) == yes


@pytest.mark.parametrize(
    ("text", "kind"),
    [("10:05:00", "reading"), ("25:61:00", "impossible"), ("昨天10:05:00", "another_moment"),
     ("10:05:00和10:06:00", "two_times"), ("没有秒针", "minutes_only_ok"), ("好的", "nothing")],
)  # fmt: skip
def test_what_is_heard(text: str, kind: str) -> None:
    heard = listen(text, START)
    assert heard.kind == kind
    assert (heard.reading is not None) == (kind == "reading")


@pytest.mark.parametrize(
    ("text", "kind"),
    [("对过时间", "set"), ("昨天调的，调过", "set"), ("停过", "stopped"), ("没电停了", "stopped"),
     ("都没有", "none"), ("没停过也没对过", "none"), ("不知道有没有停过", "unknown"), ("是", "set"),
     ("没有", "none"), ("今天天气好", None)],
)  # fmt: skip
def test_what_happened_in_between(text: str, kind: str | None) -> None:
    assert was_reset(text) == kind


@pytest.mark.parametrize(
    ("before", "new", "movement", "jumps"),
    [([at(0, 0)], at(1, 599), None, False), ([at(0, 0)], at(1, 601), None, True),
     ([at(0, 0), at(1, 10)], at(7, 70), "mechanical", False),
     ([at(0, 0), at(1, 10)], at(7, 200), "mechanical", False),
     ([at(0, 0), at(1, 10)], at(2, 120), "mechanical", True),
     ([at(0, 0), at(7, 3)], at(14, 6), "quartz", False),
     ([at(0, 0), at(7, 3)], at(14, 66), "quartz", True),
     ([at(0, 0, 30), at(7, 3, 30)], at(14, 66, 30), "quartz", False),
     ([], at(0, 9000), None, False), ([at(1, 0)], at(0, 9000), None, False)],
)  # fmt: skip
def test_what_does_not_fit_is_noticed(
    before: list[Reading], new: Reading, movement: str | None, jumps: bool
) -> None:
    assert (jump(before, new, movement) is not None) == jumps


def test_a_bad_watch_nobody_touched_is_believed_and_a_stopped_one_is_not() -> None:
    assert is_believable([at(0, 0)], at(1, -1800))
    assert not is_believable([at(0, 0)], at(1, -9000))
    assert not is_believable([at(0, 0), at(1, 0)], at(2, 1800))


@pytest.mark.parametrize(
    ("readings", "calibre", "movement", "stage", "said"),
    [([at(0, 5)], "4R36", None, "first", "快 5 秒"),
     ([at(0, 5), at(0.1, 6)], "4R36", None, "too_close", "2 小时"),
     ([at(0, 0), at(1, 18)], "4R36", None, "early", "官方给的范围是每天慢 35 秒到快 45 秒"),
     ([at(0, 0), at(1, 18), at(7, 126)], "4R36", None, "settled", "不算毛病"),
     ([at(0, 0), at(1, 40), at(7, 280)], "6R35", None, "settled", "超出"),
     ([at(0, 0), at(7, 210)], "NH35", None, "settled", "静态"),
     ([at(0, 0), at(7, 2)], None, "quartz", "early", "一个月快"),
     ([at(0, 0), at(30, 30)], None, "quartz", "settled", "正负 15 秒"),
     ([at(0, 0), at(90, 2)], "9F62", None, "settled", "一年"),
     ([at(0, 0), at(7, 70)], "7002", None, "settled", "没有查到"),
     ([at(0, 0), at(7, 70)], None, None, "settled", "没有机芯编号")],
)  # fmt: skip
def test_the_report_keeps_to_its_stage_and_to_the_right_figure(
    readings: list[Reading], calibre: str | None, movement: str | None, stage: str, said: str
) -> None:
    found = report(readings, calibre, movement, "10:00:00")
    assert found.stage == stage
    assert said in words(readings, calibre, movement)


def test_worn_and_static_are_not_mixed() -> None:
    readings = [at(0, 0), at(7, 210)]
    assert "照常佩戴的平均" in words(readings, "4R36")
    assert "照常佩戴的平均" not in words(readings, "NH35")
    assert "照常佩戴的平均" not in words([at(0, 0), at(30, 3)], None, "quartz")


def test_who_measured_a_week_is_not_told_to_measure_a_week() -> None:
    assert "7–10 天" in judge(60, find_calibre("4R36")).say
    assert "7–10 天" not in words([at(0, 0), at(7, 420)], "4R36")


@given(READINGS, st.sampled_from([None, "4R36", "9F62", "NH35", "7002", "XXXX"]))
def test_any_readings_make_finished_sentences_and_a_sound_drawing(
    steps: list[tuple[float, float, float]], calibre: str | None
) -> None:
    days, readings = 0.0, []
    for step, offset, half in steps:
        days += step
        readings.append(at(days, offset, half))
    found = report(readings, calibre, None, "10:00:00")
    for one in found.lines:
        assert one.say and not set("{}") & set(one.say + one.say_desk)
        assert "nan" not in one.say and "None" not in one.say
    picture = ElementTree.fromstring(draw_diary(readings, calibre, None))  # noqa: S314
    assert len(list(picture.iter("{http://www.w3.org/2000/svg}circle"))) == len(readings)
    for node in picture.iter():
        for name in ("x1", "x2", "cx"):
            assert 0 <= float(node.get(name, 1)) <= 640
        for name in ("y1", "y2", "cy"):
            assert 0 <= float(node.get(name, 1)) <= 360


def test_nothing_read_is_not_drawn() -> None:
    with pytest.raises(ValueError):
        draw([])


def start(session: object, sender: str = "w-1", watch_no: int = 0) -> RateDiary:
    return diaries.do_start_diary(
        session,  # type: ignore[arg-type]
        sender=sender, channel="widget", watch_no=watch_no, calibre="4R36",
        movement="mechanical", now=START,
    )  # fmt: skip


def test_a_diary_is_kept_per_sender_and_watch(store: Store) -> None:
    with store.session() as session:
        for sender, number in (("w-1", 0), ("w-1", 1), ("w-2", 0)):
            diaries.do_add_reading(session, start(session, sender, number), at(0, number))
    with store.session() as session:
        found = diaries.find_diary(session, "w-1", START, 1)
        assert found is not None
        assert [one.offset_s for one in diaries.readings_of(session, found)] == [1]
        assert diaries.find_diary(session, "w-3", START) is None


def test_a_reading_delivered_twice_is_kept_once(store: Store) -> None:
    with store.session() as session:
        diary = start(session)
        assert len(diaries.do_add_reading(session, diary, at(0, 5))) == 1
        assert len(diaries.do_add_reading(session, diary, at(0, 5))) == 1
        assert len(diaries.do_add_reading(session, diary, at(1, 9))) == 2


def test_a_correction_keeps_the_moment(store: Store) -> None:
    with store.session() as session:
        diary = start(session)
        diaries.do_add_reading(session, diary, at(0, 5))
        [mended] = diaries.do_correct_reading(session, diary, at(0.1, 7, 30))
        assert (mended.at, mended.offset_s, mended.half_width_s) == (START, 7, 30)


def test_starting_anew_closes_the_old_one_and_its_reminder(store: Store) -> None:
    with store.session() as session:
        old = start(session)
        diaries.do_add_reading(session, old, at(0, 5))
        new = start(session)
        assert (old.state, new.state) == ("closed", "open")
        assert session.scalars(select(OutboxRow)).all() == []
        found = diaries.find_diary(session, "w-1", START)
        assert found is not None and found.id == new.id


def test_a_forgotten_diary_is_not_gone_on_with(store: Store) -> None:
    with store.session() as session:
        start(session)
        assert diaries.find_diary(session, "w-1", START + timedelta(days=119)) is not None
        assert diaries.find_diary(session, "w-1", START + timedelta(days=121)) is None


def test_the_reminder_appears_at_the_next_visit_after_its_day(store: Store) -> None:
    with store.session() as session:
        diaries.do_add_reading(session, start(session), at(0, 5))
    with store.session() as session:
        assert outbox.collect_for_visit(session, "w-1", START + timedelta(hours=12)) == []
        [row] = outbox.collect_for_visit(session, "w-1", START + timedelta(days=1))
        assert row.payload == {"event": "rate_diary_due", "calibre": "4R36", "day": 1}
