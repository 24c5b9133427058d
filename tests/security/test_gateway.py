"""What a hostile page, program or visitor cannot do to the gateway."""

import asyncio
import stat
from collections.abc import Iterator

import httpx
import pytest
from fastapi import FastAPI

from aftersales.clock import FixedClock
from aftersales.settings import Settings
from tests.web.house import Peer, Served, later, say

MESSAGE = {"text": "在吗", "client_message_id": "message-0001"}


@pytest.mark.parametrize(
    "path", ["/", "/docs", "/chat/history", "/healthz", "/none", "/openapi.json"]
)
def test_every_answer_carries_the_headers(page: httpx.Client, path: str) -> None:
    headers = page.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
    assert "script-src 'self';" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"
    assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
@pytest.mark.parametrize("path", ["/chat/messages", "/chat/photos", "/chat/end"])
def test_writes_from_another_site_are_refused(
    page: httpx.Client, peer: Peer, headers: dict[str, str], path: str
) -> None:
    answer = page.post(path, json=MESSAGE, headers=headers)
    assert answer.status_code == 403 and answer.json()["error"]["code"] == "cross_site"
    assert peer.heard == []


def test_writes_from_the_page_itself_pass(page: httpx.Client, served: Served) -> None:
    for number, headers in enumerate(({"Sec-Fetch-Site": "same-origin"}, {"Origin": served.base})):
        body = {**MESSAGE, "client_message_id": f"message-{number:04d}"}
        assert page.post("/chat/messages", json=body, headers=headers).status_code == 200


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(page: httpx.Client) -> None:
    cookie = page.get("/chat/history").headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=lax" in cookie and "path=/" in cookie
    assert "secure" not in cookie  # plain http on loopback; over https it is a __Host- cookie


def test_over_https_the_cookie_is_secure(app: FastAPI, served: Served) -> None:
    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="https://shop.test") as client:
            return await client.get("/chat/history")

    answer = asyncio.run(ask())
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-") and "Secure" in cookie
    assert "max-age" in answer.headers["strict-transport-security"]


def test_the_cookie_is_renewed_each_day_and_the_conversation_stays(
    page: httpx.Client, clock: FixedClock
) -> None:
    say(page, "一")
    before = page.cookies["aftersales_chat"]
    assert "set-cookie" not in page.get("/chat/history").headers
    later(clock, days=1)
    assert len(page.get("/chat/history").json()["messages"]) == 2
    assert page.cookies["aftersales_chat"] != before


def test_a_made_up_cookie_is_a_stranger(served: Served, page: httpx.Client) -> None:
    say(page, "我的事")
    real = page.cookies["aftersales_chat"]
    for fake in (real[:-3] + "abc", "W10.AAAA", ""):
        with served.visitor(cookies={"aftersales_chat": fake}) as thief:
            assert thief.get("/chat/history").json()["messages"] == []


def test_a_forged_forwarded_address_does_not_reset_the_limit(page: httpx.Client) -> None:
    codes = set()
    for number in range(40):
        codes.add(
            page.post(
                "/chat/messages",
                json={**MESSAGE, "client_message_id": f"message-{number:04d}"},
                headers={"X-Forwarded-For": f"10.0.0.{number}"},
            ).status_code
        )
    assert codes == {200, 429}


def test_a_body_without_a_length_is_cut_off(page: httpx.Client) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(40):
            yield b"x" * 65536

    answer = page.post("/chat/messages", content=endless())
    assert answer.status_code == 413 and answer.json()["error"]["code"] == "too_large"


def test_secrets_are_for_their_owner_only(page: httpx.Client, settings: Settings) -> None:
    assert stat.S_IMODE(settings.session_secret_path.stat().st_mode) == 0o600
    for word in (settings.session_secret().reveal(), settings.gateway_secret().reveal()):
        for path in ("/", "/healthz", "/openapi.json", "/chat/history"):
            assert word not in page.get(path).text


def test_every_route_is_known_here(app: FastAPI) -> None:
    """A new route must be thought about: who may call it, what it gives away."""
    paths = set(app.openapi()["paths"])
    assert paths == {
        "/chat/messages",
        "/chat/history",
        "/chat/events",
        "/chat/end",
        "/chat/photos",
        "/healthz",
    }
