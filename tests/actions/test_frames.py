"""Frames: what is asked, what is put aside, and when it is forgotten."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.frames import FORGOTTEN_AFTER, MAX_FRAMES, STALE_AFTER, Frame, Frames

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


def frame(skill: str = "warranty", watch_no: int = 0, at: datetime = NOW) -> Frame:
    return Frame(skill, {"watch_no": watch_no}, at, question="card")


def test_a_frame_survives_the_slot() -> None:
    frames = Frames((frame(), frame("intake")))
    assert Frames.from_slot(frames.to_slot(), NOW) == frames


def test_the_newest_is_on_top_and_the_older_one_comes_back() -> None:
    frames = Frames().push(frame("diagnosis")).push(frame("warranty"))
    assert frames.top == frame("warranty")
    assert frames.pop().top == frame("diagnosis")


def test_two_watches_have_two_frames_of_the_same_skill() -> None:
    frames = Frames().push(frame(watch_no=0)).push(frame(watch_no=1))
    assert [f.data["watch_no"] for f in frames.items] == [0, 1]


def test_starting_the_same_subject_again_replaces_the_old_frame() -> None:
    later = NOW + timedelta(minutes=5)
    frames = Frames().push(frame()).push(frame("intake")).push(frame(at=later))
    assert [f.skill for f in frames.items] == ["intake", "warranty"]
    assert frames.top is not None and frames.top.touched == later


def test_a_cold_frame_is_not_pressed_and_an_old_one_is_forgotten() -> None:
    frames = Frames((frame(),))
    assert not frames.is_stale(NOW + STALE_AFTER)
    assert frames.is_stale(NOW + STALE_AFTER + timedelta(seconds=1))
    assert Frames.from_slot(frames.to_slot(), NOW + FORGOTTEN_AFTER).top is None


@pytest.mark.parametrize("slot", [None, "x", 3, [None], [{"skill": "a"}], [{"touched": "x"}]])
def test_an_unreadable_slot_counts_as_nothing_pending(slot: object) -> None:
    assert Frames.from_slot(slot, NOW).items == ()


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 3)), max_size=20))
def test_the_stack_never_grows_beyond_what_a_person_keeps(pushes: list[tuple[str, int]]) -> None:
    frames = Frames()
    for skill, watch_no in pushes:
        frames = frames.push(frame(skill, watch_no))
        assert frames.top == frame(skill, watch_no)
    assert len(frames.items) <= MAX_FRAMES


def test_a_complaint_does_not_overwrite_the_repair_and_goes_alone() -> None:
    cases = [Frame("intake", {"kind": kind}, NOW) for kind in ("repair", "complaint")]
    frames = Frames().push(cases[0]).push(cases[1])
    assert frames.items == tuple(cases)
    assert frames.without("intake", "complaint").items == (cases[0],)
    assert frames.without("intake").items == ()
