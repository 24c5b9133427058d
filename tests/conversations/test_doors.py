"""The stock doors of Rasa, as its handbook describes them, and what strangers can do there."""

import pytest
import requests

from tools.rasa_client import RasaClient
from tools.system import System

pytestmark = pytest.mark.system


def post(system: System, sender: str, message: str, **more: object) -> list[dict[str, str]]:
    body = {"sender": sender, "message": message, **more}
    answer = requests.post(f"{system.rasa}/webhooks/rest/webhook", json=body, timeout=30)
    answer.raise_for_status()
    return list(answer.json())


def test_status_names_the_model(system: System) -> None:
    status = requests.get(f"{system.rasa}/status", timeout=10).json()
    assert status["model_file"] == "assistant.tar.gz"


def test_parse_gives_contract_entities_with_normalised_values(rasa: RasaClient) -> None:
    parsed = rasa.parse("我的７Ｓ２６一天快半分钟，去年双十一買的")
    values = {e["entity"]: e["value"] for e in parsed["entities"]}
    assert values["calibre"] == "7S26"
    assert values["rate_s_per_day"] == 30.0
    assert values["purchase_date"].endswith("-11-11")
    assert parsed["intent"]["name"] == "runs_fast"


def test_a_fault_is_diagnosed_over_the_rest_channel(system: System) -> None:
    answers = post(system, "rest-1", "手表走快了")
    assert answers and answers[0]["recipient_id"] == "rest-1" and answers[0]["text"]


@pytest.mark.parametrize("text", ["/restart", "/affirm", '/inform{"calibre": "7S26"}'])
def test_a_slash_typed_by_people_is_text(system: System, rasa: RasaClient, text: str) -> None:
    sender = f"slash-{abs(hash(text))}"
    assert post(system, sender, text)
    events = rasa.tracker(sender)["events"]
    told = [e for e in events if e["event"] == "user"][-1]
    assert told["parse_data"]["intent"]["name"] not in {"restart", "affirm"} or (
        told["parse_data"]["intent"]["confidence"] < 1.0
    )
    assert not [e for e in events if e["event"] == "restart"]


@pytest.mark.parametrize("text", ["", "   ", "😂😂😂", "……", "走快了" * 1300])
def test_strange_messages_get_a_kind_answer(system: System, text: str) -> None:
    answers = post(system, f"strange-{len(text)}-{text[:2]!r}", text)
    assert any(a.get("text") for a in answers)


def test_the_gateway_channel_wants_the_secret(system: System) -> None:
    body = {"sender": "x", "message": "你好"}
    url = f"{system.rasa}/webhooks/gateway/webhook"
    assert requests.post(url, json=body, timeout=10).status_code == 401
    wrong = {"X-Gateway-Secret": "0" * 40}
    assert requests.post(url, json=body, headers=wrong, timeout=10).status_code == 401
