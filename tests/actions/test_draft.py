"""What goes on the paper of a case."""

from actions import draft
from actions.frames import Frame
from actions.services import Services
from actions.watches import Watch
from tests.actions.talking import NOW, turn


def test_a_watch_is_named_by_what_is_known_of_it() -> None:
    assert draft.watch_words(Watch(0, {})) == ""
    assert draft.watch_words(Watch(0, {"movement": "quartz"})) == "石英表"
    known = {"model": "SKX007", "calibre": "7S26", "case_code": "0020"}
    assert draft.watch_words(Watch(0, known)) == "SKX007 7S26-0020 机械表"


def test_the_paper_carries_words_findings_and_the_watch(services: Services) -> None:
    answers = {"name": "王芳", "phone": "13812345678", "fault": "停了", "watch": "老五号"}
    frame = Frame("intake", {"kind": "repair", "draft_id": "d" * 8, "answers": answers}, NOW)
    case = {"facts": [["走时", "每天快 30 秒"]], "watch_no": 0}
    slots = {"watches": [{"calibre": "7S26", "card": "complete"}], "case": case}
    made = draft.draft_of(frame, turn(services, "确认", "affirm", slots))
    assert (made.fault, made.watch.calibre, made.sender) == ("停了", "7S26", "somebody")
    assert [tuple(f) for f in made.findings] == [
        ("走时", "每天快 30 秒"),
        ("手表（顾客所述）", "老五号"),
    ]


def test_what_is_kept_of_another_watch_stays_off_the_paper(services: Services) -> None:
    answers = {"name": "王芳", "phone": "13812345678", "fault": "停了"}
    data = {"kind": "repair", "draft_id": "d" * 8, "answers": answers, "watch_no": 1}
    case = {"facts": [["走时", "每天快 30 秒"]], "watch_no": 0}
    told = turn(services, "确认", "affirm", {"watches": [{}, {}], "watch_no": 1, "case": case})
    assert draft.draft_of(Frame("intake", data, NOW), told).findings == []
