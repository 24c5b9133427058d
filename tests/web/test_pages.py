"""The page, the handbook, and files."""

import re

import httpx
import pytest

from aftersales.operator import operator
from tests.web.house import Peer
from web.pages import VENDOR, script_data


def test_the_page_says_who_runs_it_and_that_it_is_an_example(page: httpx.Client) -> None:
    text = page.get("/").text
    assert operator().name in text
    assert ("示例" in text) == operator().example
    for topic in ("走时不准", "保修查询", "售后范围", "报修与进度", "使用与保养", "转人工"):
        assert topic in text
    assert "隐私说明" in text


def test_the_pages_name_no_other_host_and_hold_no_inline_script(page: httpx.Client) -> None:
    for path in ("/", "/docs"):
        text = page.get(path).text
        hosts = set(re.findall(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}", text))
        assert hosts == set()
        for tag in re.findall(r"<script[^>]*>", text):
            assert "src=" in tag or 'type="application/json"' in tag
        assert not re.search(r"\son[a-z]+=", text) and "javascript:" not in text


@pytest.mark.parametrize("name", ["chat.js", "page.css", "favicon.svg", "docs.js"])
def test_own_files_are_served(page: httpx.Client, name: str) -> None:
    assert page.get(f"/static/{name}").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/static/texts.yml",
        "/static/..%2fapp.py",
        "/static/vendor/package.json",
        "/static/vendor/..%2f..%2fpackage.json",
        "/node_modules/deep-chat/package.json",
    ],
)
def test_other_files_are_not(page: httpx.Client, path: str) -> None:
    answer = page.get(path)
    assert answer.status_code == 404 and answer.json()["error"]["code"] == "not_found"


def test_the_handbook_describes_the_chat(page: httpx.Client, peer: Peer) -> None:
    api = page.get("/openapi.json").json()
    assert {"/chat/messages", "/chat/history", "/chat/events", "/chat/photos"} <= set(api["paths"])
    assert "swagger-ui.js" in page.get("/docs").text
    assert set(VENDOR) == {"deep-chat.js", "swagger-ui.js", "swagger-ui.css"}


def test_data_inside_a_script_element_cannot_end_it() -> None:
    assert "<" not in script_data({"a": "</script><script>alert(1)</script>"})
