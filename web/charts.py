"""Charts of rate diaries, at signed addresses that expire and name nobody."""

from fastapi import APIRouter
from fastapi.responses import Response

from aftersales.rate.chart import draw_diary
from aftersales.rate.diaries import get_diary, readings_of
from aftersales.rate.links import ChartLinks
from web.parts import ThePartsOf
from web.refusals import Refusal

router = APIRouter(prefix="/charts", include_in_schema=False)


@router.get("/{name}")
def show(name: str, parts: ThePartsOf) -> Response:
    """Show the chart its address was signed for; a forged or expired one shows nothing."""
    links = ChartLinks(parts.settings.session_secret())
    diary_id = links.read(name, parts.clock.now())
    if diary_id is None:
        raise Refusal(404, "not_found")
    with parts.store.session(read_only=True) as session:
        diary = get_diary(session, diary_id)
        readings = readings_of(session, diary) if diary else []
        if diary is None or not readings:
            raise Refusal(404, "not_found")
        drawing = draw_diary(readings, diary.calibre, diary.movement)
    return Response(
        drawing,
        media_type="image/svg+xml",
        headers={"Content-Security-Policy": "default-src 'none'; sandbox"},
    )
