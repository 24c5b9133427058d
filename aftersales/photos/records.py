"""One row per stored picture."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from aftersales.store import audit
from aftersales.store.tables import Photo


def do_record_photo(
    session: Session,
    *,
    name: str,
    sender: str,
    channel: str,
    media_type: str,
    size_bytes: int,
    width_px: int,
    height_px: int,
    sha256: str,
    now: datetime,
) -> Photo:
    """Write down a picture that was re-encoded and stored under a random name.

    Args:
        session: a transaction.
        name: the random name, see ``Ids.token``.
        sender: the proven sender it belongs to.
        channel: where it came in.
        media_type: after re-encoding, such as ``image/jpeg``.
        size_bytes: after re-encoding.
        width_px: after re-encoding.
        height_px: after re-encoding.
        sha256: of the stored file, in hex.
        now: the moment.
    """
    photo = Photo(
        name=name,
        sender=sender,
        channel=channel,
        media_type=media_type,
        size_bytes=size_bytes,
        width_px=width_px,
        height_px=height_px,
        sha256=sha256,
        created_at=now,
    )
    session.add(photo)
    session.flush()
    audit.record(session, who=sender, what="do_record_photo", subject=("photo", name), now=now)
    return photo


def photo_of(session: Session, name: str, sender: str) -> Photo | None:
    """Return the record when the picture belongs to this sender; None otherwise, whatever the
    reason."""
    photo = session.get(Photo, name)
    return photo if photo is not None and photo.sender == sender else None


def unattached(session: Session, sender: str) -> list[str]:
    """Return the names of this sender's pictures that hang on no ticket yet, oldest first."""
    found = select(Photo.name).where(Photo.sender == sender, Photo.ticket_id.is_(None))
    return list(session.scalars(found.order_by(Photo.created_at, Photo.name)))
