"""Is every part alive?"""

import httpx

from aftersales.settings import Secret, Settings
from aftersales.store import open_store
from tests.web.house import Served
from web.app import create_app
from web.rasa import RasaClient


def test_all_parts_answer(page: httpx.Client) -> None:
    answer = page.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == dict.fromkeys(["status", "web", "database", "rasa", "actions"], "ok")


def test_a_missing_part_is_named(settings: Settings) -> None:
    app = create_app(
        settings,
        store=open_store("sqlite:////nonexistent/folder/none.db"),
        rasa=RasaClient("http://127.0.0.1:1", Secret("x")),
    )
    with Served(app) as served, served.visitor() as page:
        answer = page.get("/healthz")
        assert answer.status_code == 503
        parts = answer.json()
        assert (parts["status"], parts["database"], parts["rasa"]) == ("down", "down", "down")
        assert (parts["web"], parts["actions"]) == ("ok", "ok")
        broken = page.post(
            "/chat/messages", json={"text": "在吗", "client_message_id": "message-0001"}
        )
        assert broken.status_code == 503
        assert broken.json()["error"]["code"] == "unavailable"
        assert broken.headers["x-content-type-options"] == "nosniff"
