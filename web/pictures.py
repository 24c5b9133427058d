"""Turns what a stranger uploads into a picture of our own, or declines it.

The type is read from the first bytes (never from the name or the header), the size in pixels before
anything is decoded, and the picture is encoded again: place, camera, comments and whatever hides
behind the last pixel are gone.
"""

import hashlib
import io
import os
import threading
import warnings
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps

from web.refusals import Refusal

MAX_BYTES = 8 * 1024 * 1024
# A 48-megapixel phone still passes; 200 MB decoded is the most one upload costs.
MAX_PIXELS = 50_000_000
MAX_SIDE = 2400
# A large picture costs that much memory while it is decoded, so few are at the same time.
_FEW_AT_ONCE = threading.BoundedSemaphore(2)
_SIGNS = ((b"\xff\xd8\xff", "JPEG"), (b"\x89PNG\r\n\x1a\n", "PNG"))


@dataclass(frozen=True)
class Picture:
    """A picture as we keep it: JPEG without metadata."""

    content: bytes
    width_px: int
    height_px: int

    @property
    def sha256(self) -> str:
        """Return the digest of what is kept."""
        return hashlib.sha256(self.content).hexdigest()


def kind(content: bytes) -> str | None:
    """Return JPEG, PNG or WEBP by the first bytes, or None."""
    for sign, name in _SIGNS:
        if content.startswith(sign):
            return name
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "WEBP"
    return None


def clean(content: bytes) -> Picture:
    """Return the uploaded picture encoded again, upright, at most 2400 px on its longer side.

    Raises:
        Refusal: not a picture we take (415), too many bytes or pixels (413), or it cannot be opened
            (422).
    """
    if len(content) > MAX_BYTES:
        raise Refusal(413, "photo_size")
    form = kind(content)
    if form is None:
        raise Refusal(415, "photo_type")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # oddities of a stranger's file are no news
            with Image.open(io.BytesIO(content), formats=[form]) as opened:
                if opened.width * opened.height > MAX_PIXELS:
                    raise Refusal(413, "photo_pixels")
                opened.draft("RGB", (MAX_SIDE, MAX_SIDE))  # JPEG decodes at a smaller scale
                with _FEW_AT_ONCE:
                    # Smaller first: turning and flattening then copy little.
                    opened.thumbnail((MAX_SIDE, MAX_SIDE))
                    flat = _flatten(ImageOps.exif_transpose(opened))
    except Refusal:
        raise
    except Image.DecompressionBombError as problem:  # Pillow's own limit, before ours
        raise Refusal(413, "photo_pixels") from problem
    except Exception as problem:  # Pillow raises many kinds on broken files
        raise Refusal(422, "photo_broken") from problem
    out = io.BytesIO()
    flat.save(out, "JPEG", quality=88, optimize=True)
    return Picture(out.getvalue(), flat.width, flat.height)


def _flatten(image: Image.Image) -> Image.Image:
    """Return a new RGB image holding the pixels only; transparency becomes white."""
    rgba = image.convert("RGBA")
    flat = Image.new("RGB", rgba.size, "white")
    flat.paste(rgba, mask=rgba.getchannel("A"))
    return flat


def keep(folder: Path, name: str, picture: Picture) -> None:
    """Write the picture under ``name``, for its owner only; complete or not at all."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = folder / f".{name}.part"
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(picture.content)
    draft.replace(folder / name)
