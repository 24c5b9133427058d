"""Photos of watches and warranty cards: sent by multipart, shown to their sender only."""

import asyncio
import re
from typing import Annotated

from fastapi import APIRouter, File, Form, Request, UploadFile
from fastapi.responses import FileResponse

from aftersales import conversations
from aftersales.conversations import Owner
from aftersales.photos import do_record_photo
from aftersales.store.tables import Message
from web import pictures
from web.chat import ERRORS, MessageId
from web.parts import Parts, ThePartsOf, Visitor, address
from web.refusals import ErrorAnswer, Refusal
from web.sessions import Session
from web.talk import CHANNEL
from web.texts import say
from web.views import ConversationView, view

router = APIRouter(prefix="/chat/photos", tags=["chat"])
_NAME = re.compile(r"[a-z0-9]{20,40}\.jpg")


@router.post("", responses={**ERRORS, 415: {"model": ErrorAnswer}})
async def upload(
    request: Request,
    parts: ThePartsOf,
    who: Visitor,
    photo: Annotated[UploadFile, File(description="JPEG, PNG or WebP, at most 8 MB")],
    client_message_id: Annotated[MessageId, Form()],
) -> ConversationView:
    """Send one photo; it is encoded again, without place and camera, under a random name."""
    now = parts.clock.now()
    parts.limits.spend("photo_session", who.sender, now)
    parts.limits.spend("photo_address", address(request), now)
    content = await photo.read(pictures.MAX_BYTES + 1)
    picture = await asyncio.to_thread(pictures.clean, content)
    async with parts.one_at_a_time(who.sender):
        return await asyncio.to_thread(_store, parts, who, client_message_id, picture)


@router.get("/{name}", include_in_schema=False)
def show(name: str, key: str, parts: ThePartsOf, who: Visitor) -> FileResponse:
    """Show a photo to the session it was signed for."""
    if not _NAME.fullmatch(name):
        raise Refusal(404, "not_found")
    if not parts.photo_links.good(who.sender, name, key, parts.clock.now()):
        raise Refusal(403, "photo_gone")
    path = parts.settings.photos_dir / name
    if not path.is_file():
        raise Refusal(404, "not_found")
    return FileResponse(
        path,
        media_type="image/jpeg",
        filename="photo.jpg",
        content_disposition_type="attachment",
        headers={"Content-Security-Policy": "default-src 'none'; sandbox"},
    )


def _store(
    parts: Parts, who: Session, message_id: str, picture: pictures.Picture
) -> ConversationView:
    now = parts.clock.now()
    with parts.store.session() as session:
        talk = conversations.get_or_open(session, who.sender, CHANNEL, now)
        name = f"{parts.ids.token()}.jpg"
        message, new = conversations.do_store_message(
            session, talk, "in", "", photos=[name], message_key=message_id, now=now
        )
        if not new:
            return view(parts, talk, conversations.replies(session, message), now)
        pictures.keep(parts.settings.photos_dir, name, picture)
        do_record_photo(
            session,
            name=name,
            sender=who.sender,
            channel=CHANNEL,
            media_type="image/jpeg",
            size_bytes=len(picture.content),
            width_px=picture.width_px,
            height_px=picture.height_px,
            sha256=picture.sha256,
            now=now,
        )
        conversations.do_mark_answered(session, message, now)
        answers: list[Message] = []
        if talk.owner != Owner.PERSON:
            reply, _ = conversations.do_store_message(
                session,
                talk,
                "out",
                say("answer", "photo_received"),
                now=now,
                speaker="system",
                in_reply_to=message,
            )
            answers.append(reply)
        return view(parts, talk, answers, now)
