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


def text_bomb() -> bytes:
    """A small PNG whose comment unpacks to 64 MB."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    plain = photo("PNG", size=(8, 8))
    head = plain.index(b"IHDR") + 4 + 13 + 4
    packed = zlib.compress(bytes(64 * 1024 * 1024), 9)
    return plain[:head] + chunk(b"zTXt", b"Comment\x00\x00" + packed) + plain[head:]


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
    "a gif called png": ("a.png", gif(), 415, "photo_type"),
    "a gif behind png's first bytes": (
        "a.png",
        b"\x89PNG\r\n\x1a\n" + gif(),
        422,
        "photo_broken",
    ),
    "a page called jpg": ("a.jpg", b"<!doctype html><script>1</script>", 415, "photo_type"),
    "a pdf called jpg": ("a.jpg", b"%PDF-1.7 " + bytes(60), 415, "photo_type"),
    "webp's name without a picture": ("a.webp", b"RIFF\x10\0\0\0WEBPVP8 ", 422, "photo_broken"),
    "a comment that unpacks without end": ("a.png", text_bomb(), 422, "photo_broken"),
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


@pytest.mark.parametrize(
    "hidden",
    [b"PK\x03\x04 a zip", b"%PDF-1.7 a paper", b"<svg onload=alert(1)>", b"GIF89a/*", b"MZ\x90"],
)
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_file_that_is_two_things_becomes_one(
    page: httpx.Client, settings: Settings, form: str, hidden: bytes
) -> None:
    assert send(page, "x.jpg", photo(form) + hidden * 50).status_code == 200
    (kept,) = settings.photos_dir.iterdir()
    content = kept.read_bytes()
    assert hidden not in content
    assert content.startswith(b"\xff\xd8\xff") and content.endswith(b"\xff\xd9")


def test_what_hides_in_a_comment_is_gone_too(page: httpx.Client, settings: Settings) -> None:
    assert send(page, "x.jpg", photo(comment=PHP)).status_code == 200
    (kept,) = settings.photos_dir.iterdir()
    assert b"<?php" not in kept.read_bytes()
