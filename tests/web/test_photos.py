"""Photos over HTTP."""

from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import select

from aftersales.clock import FixedClock
from aftersales.settings import Settings
from aftersales.store import Store
from aftersales.store.tables import Photo
from tests.web.house import Peer, later
from tests.web.test_pictures import photo, with_place


def send(page: httpx.Client, content: bytes, message_id: str = "photo-0001") -> httpx.Response:
    return page.post(
        "/chat/photos",
        files={"photo": ("../../../etc/passwd.jpg", content, "image/jpeg")},
        data={"client_message_id": message_id},
    )


def address(page: httpx.Client) -> Any:
    return page.get("/chat/history").json()["messages"][0]["photos"][0]["url"]


def test_a_photo_is_kept_and_shown_to_its_sender(
    page: httpx.Client, store: Store, settings: Settings, peer: Peer
) -> None:
    answer = send(page, with_place())
    assert answer.status_code == 200 and "照片收到了" in answer.json()["messages"][0]["text"]
    shown = page.get(address(page))
    assert shown.headers["content-type"] == "image/jpeg"
    assert shown.headers["content-disposition"].startswith("attachment")
    assert b"SECRET" not in shown.content
    with store.session(read_only=True) as session:
        record = session.scalars(select(Photo)).one()
        assert record.size_bytes == len(shown.content) and record.width_px == 480
    assert [path.name for path in settings.photos_dir.iterdir()] == [record.name]


def test_the_same_photo_twice_is_one(page: httpx.Client, settings: Settings) -> None:
    first, again = send(page, photo()), send(page, photo())
    assert again.json() == first.json()
    assert len(list(settings.photos_dir.iterdir())) == 1


def test_nobody_else_sees_a_photo_and_addresses_expire(
    page: httpx.Client, other_page: httpx.Client, clock: FixedClock
) -> None:
    send(page, photo())
    url = address(page)
    assert other_page.get(url).status_code == 403
    assert page.get(url[:-2] + "xx").status_code == 403
    assert page.get(url.split("?")[0]).status_code == 422
    later(clock, minutes=61)
    gone = page.get(url)
    assert gone.status_code == 403 and gone.json()["error"]["code"] == "photo_gone"


def test_a_name_cannot_leave_the_folder(page: httpx.Client, tmp_path: Path) -> None:
    (tmp_path / "secret.jpg").write_bytes(b"secret")
    for name in ("..%2Fsecret.jpg", "%2e%2e/secret.jpg", "session.secret"):
        assert page.get(f"/chat/photos/{name}?key=x").status_code in (403, 404)


def test_bad_photos_get_a_sentence(page: httpx.Client) -> None:
    wrong = send(page, b"<svg/>")
    assert wrong.status_code == 415 and "JPEG" in wrong.json()["error"]["say"]
    huge = send(page, b"\xff\xd8\xff" + bytes(9 * 1024 * 1024))
    assert huge.status_code == 413 and huge.json()["error"]["code"] == "photo_size"
    assert page.post("/chat/photos", data={"client_message_id": "photo-0001"}).status_code == 422
