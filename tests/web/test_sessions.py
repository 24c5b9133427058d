"""Who speaks."""

from datetime import timedelta

from aftersales.settings import Secret
from tests.web.house import NOW
from web.sessions import IDLE, Sessions

SESSIONS = Sessions(Secret("one secret"))


def cookie_of(sessions: Sessions, sid: str) -> str:
    signed = sessions._signer.dumps([sid, int(NOW.timestamp())])
    return signed if isinstance(signed, str) else signed.decode()


def test_a_new_visitor_gets_an_id_nobody_can_guess() -> None:
    seen = {SESSIONS.read(None, NOW).sid for _ in range(50)}
    assert len(seen) == 50 and all(len(sid) == 32 for sid in seen)


def test_a_cookie_proves_its_session() -> None:
    session = SESSIONS.read(cookie_of(SESSIONS, "abc"), NOW + timedelta(days=2))
    assert session.sid == "abc" and not session.fresh
    assert session.sender == SESSIONS.sender("abc") and "abc" not in session.sender


def test_a_cookie_of_another_secret_or_altered_or_old_proves_nothing() -> None:
    good = cookie_of(SESSIONS, "abc")
    foreign = cookie_of(Sessions(Secret("another")), "abc")
    for bad in (foreign, good[:-1], good + "x", "", "x", "W10.x", "é" * 20, "x" * 5000):
        assert SESSIONS.read(bad, NOW).fresh
    assert SESSIONS.read(good, NOW + IDLE + timedelta(seconds=1)).fresh
    assert SESSIONS.read(good, NOW - timedelta(hours=1)).fresh


def test_the_sender_depends_on_the_secret() -> None:
    assert SESSIONS.sender("abc") != Sessions(Secret("another")).sender("abc")
