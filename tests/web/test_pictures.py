"""A stranger's file becomes our picture, or is declined."""

import io
import stat
from pathlib import Path

import pytest
from PIL import Image

from web import pictures
from web.refusals import Refusal


def photo(form: str = "JPEG", size: tuple[int, int] = (640, 480), **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (20, 60, 120)).save(out, form, **options)
    return out.getvalue()


def with_place() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "SECRET-CAMERA"
    exif[0x0112] = 6  # turned by a quarter
    exif.get_ifd(0x8825)[1] = "N"
    return photo(exif=exif.tobytes(), comment=b"SECRET-COMMENT")


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_the_three_kinds_are_taken(form: str) -> None:
    clean = pictures.clean(photo(form))
    assert clean.content.startswith(b"\xff\xd8\xff")
    assert (clean.width_px, clean.height_px) == (640, 480)


def test_place_camera_and_comments_are_gone_and_the_picture_is_upright() -> None:
    dirty = with_place()
    assert b"SECRET" in dirty
    clean = pictures.clean(dirty)
    assert b"SECRET" not in clean.content
    with Image.open(io.BytesIO(clean.content)) as opened:
        assert dict(opened.getexif()) == {}
    assert (clean.width_px, clean.height_px) == (480, 640)


def test_what_hides_behind_the_picture_is_gone() -> None:
    assert b"<script>" not in pictures.clean(photo() + b"<script>alert(1)</script>").content


def test_the_place_of_every_kind_is_gone() -> None:
    exif = Image.Exif()
    place = exif.get_ifd(0x8825)
    place[1], place[2] = "N", (31.0, 14.0, 27.0)
    for form in ("JPEG", "PNG", "WEBP"):
        dirty = photo(form, exif=exif.tobytes())
        with Image.open(io.BytesIO(dirty)) as opened:
            assert dict(opened.getexif().get_ifd(0x8825)), f"{form}: the test must hold a place"
        with Image.open(io.BytesIO(pictures.clean(dirty).content)) as opened:
            assert dict(opened.getexif()) == {} and set(opened.info) <= {
                "jfif",
                "jfif_version",
                "jfif_unit",
                "jfif_density",
            }


def test_only_the_first_picture_of_a_moving_one_is_kept() -> None:
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "green", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:], lossless=True)
    clean = pictures.clean(out.getvalue())
    with Image.open(io.BytesIO(clean.content)) as opened:
        assert getattr(opened, "n_frames", 1) == 1
        assert opened.convert("RGB").getpixel((5, 5))[0] > 200


def test_a_large_picture_is_made_smaller() -> None:
    clean = pictures.clean(photo(size=(4000, 1000)))
    assert (clean.width_px, clean.height_px) == (2400, 600)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "photo_type"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "photo_type"),
        (b"GIF89a" + bytes(50), "photo_type"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(50), "photo_type"),
        (b"MZ" + bytes(100), "photo_type"),
        (b"\xff\xd8\xff" + bytes(100), "photo_broken"),
        (photo()[:400], "photo_broken"),
        (b"\xff\xd8\xff" + bytes(pictures.MAX_BYTES), "photo_size"),
    ],
)
def test_bad_files_are_declined(content: bytes, code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        pictures.clean(content)
    assert refusal.value.code == code


def test_a_flood_of_pixels_is_declined_before_it_is_decoded() -> None:
    flood = photo("PNG", size=(60, 60))
    header = flood.index(b"IHDR") + 4
    size = (30_000).to_bytes(4, "big") * 2
    body = flood[header - 4 : header] + size + flood[header + 8 : header + 13]
    import zlib

    sum_ = zlib.crc32(body).to_bytes(4, "big")
    huge = flood[: header - 4] + body + sum_ + flood[header + 17 :]
    with pytest.raises(Refusal) as refusal:
        pictures.clean(huge)
    assert refusal.value.code in ("photo_pixels", "photo_broken")


def test_a_kept_picture_is_for_its_owner_only(tmp_path: Path) -> None:
    pictures.keep(tmp_path / "photos", "name.jpg", pictures.clean(photo()))
    kept = tmp_path / "photos" / "name.jpg"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [path.name for path in kept.parent.iterdir()] == ["name.jpg"]
