"""Files that are not what they say: each gets its sentence, and nothing of it is kept."""

import io
import struct
import zlib
from pathlib import Path

import httpx
import pytest
from PIL import Image
from sqlalchemy import select

from aftersales.settings import Settings
from aftersales.store import Store
from aftersales.store.tables import Message, Photo
from tests.web.test_pictures import photo

PHP = b"<?php system($_GET['c']); ?>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def flood() -> bytes:
    """A PNG of a few bytes that says it is 60,000 by 60,000 pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    pixels = chunk(b"IDAT", zlib.compress(bytes(1000)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + pixels + chunk(b"IEND", b"")


def gif() -> bytes:
    """A picture of a kind we do not take."""
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, "GIF")
    return out.getvalue()


CORPUS = {
    "a script called jpg": ("shell.php.jpg", PHP, 415, "photo_type"),
    "a script behind first bytes": (
        "a.jpg",
        b"\xff\xd8\xff" + PHP,
        422,
        "photo_broken",
    ),
    "half a picture": ("half.jpg", photo()[:900], 422, "photo_broken"),
    "only the first bytes": ("a.png", b"\x89PNG\r\n\x1a\n", 422, "photo_broken"),
    "a flood of pixels": ("flood.png", flood(), 413, "photo_pixels"),
    "nine megabytes": ("big.jpg", b"\xff\xd8\xff" + bytes(9 * 1024 * 1024), 413, "photo_size"),
    "a drawing with a script": ("a.svg", SVG, 415, "photo_type"),
    "a drawing called png": ("a.png", SVG, 415, "photo_type"),
    "another kind of picture": ("a.gif", gif(), 415, "photo_type"),
    "nothing": ("a.jpg", b"", 415, "photo_type"),
}


def send(page: httpx.Client, name: str, content: bytes, kind: str = "image/jpeg") -> httpx.Response:
    return page.post(
        "/chat/photos",
        files={"photo": (name, content, kind)},
        data={"client_message_id": "photo-0001"},
    )


@pytest.mark.parametrize("case", CORPUS)
def test_a_bad_file_gets_its_sentence_and_leaves_nothing(
    page: httpx.Client, store: Store, settings: Settings, case: str
) -> None:
    name, content, status, code = CORPUS[case]
    answer = send(page, name, content)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert set(answer.json()["error"]) == {"code", "say"} and len(answer.json()["error"]["say"]) > 8
    assert not settings.photos_dir.exists() or list(settings.photos_dir.iterdir()) == []
    with store.session(read_only=True) as session:
        assert session.scalars(select(Photo)).all() == session.scalars(select(Message)).all() == []


@pytest.mark.parametrize(
    "name",
    [
        "../../../../etc/cron.d/x.jpg",
        "..\\..\\web\\app.py",
        "/etc/passwd",
        "a\x00.php.jpg",
        "shell.php",
        "；rm -rf ~；.jpg",
        "表" * 300 + ".jpg",
        ".htaccess",
    ],
)
def test_a_name_decides_nothing(
    page: httpx.Client, store: Store, settings: Settings, tmp_path: Path, name: str
) -> None:
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    answer = send(page, name, photo(), kind="application/x-php")
    assert answer.status_code == 200
    new = {path for path in tmp_path.rglob("*.*") if path.is_file()} - before
    kept = {path for path in new if not path.name.startswith(("aftersales.db", "session."))}
    with store.session(read_only=True) as session:
        record = session.scalars(select(Photo)).one()
    assert kept == {settings.photos_dir / record.name}
    assert record.name.isascii() and record.name.endswith(".jpg") and len(record.name) < 50


def test_a_script_inside_a_real_picture_is_gone(page: httpx.Client, settings: Settings) -> None:
    assert send(page, "x.jpg", photo() + PHP).status_code == 200
    (kept,) = settings.photos_dir.iterdir()
    assert b"<?php" not in kept.read_bytes() and kept.stat().st_mode & 0o111 == 0
