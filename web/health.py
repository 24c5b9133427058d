"""Is every part alive? For the launcher, the load balancer and the person on call."""

import asyncio
from typing import Literal

import httpx
from fastapi import APIRouter, Response
from pydantic import BaseModel
from sqlalchemy.exc import SQLAlchemyError

from web.parts import Parts, ThePartsOf

router = APIRouter(tags=["health"])
State = Literal["ok", "down"]


class Health(BaseModel):
    """``status`` is ok only when all parts are."""

    status: State
    web: State
    database: State
    rasa: State
    actions: State


@router.get("/healthz", responses={503: {"model": Health}})
async def healthz(parts: ThePartsOf, response: Response) -> Health:
    """Say whether web, database, Rasa (with a model) and actions answer; 503 if one does not."""
    database, rasa, actions = await asyncio.gather(
        asyncio.to_thread(_database, parts), parts.rasa.alive(), _actions(parts)
    )
    good = database and rasa and actions
    if not good:
        response.status_code = 503
    return Health(
        status=_state(good),
        web="ok",
        database=_state(database),
        rasa=_state(rasa),
        actions=_state(actions),
    )


def _database(parts: Parts) -> bool:
    try:
        parts.store.ping()
    except SQLAlchemyError:
        return False
    return True


async def _actions(parts: Parts) -> bool:
    try:
        async with httpx.AsyncClient(timeout=2.0, trust_env=False) as http:
            answer = await http.get(f"{parts.settings.actions_url}/health")
    except httpx.HTTPError:
        return False
    return answer.status_code == 200


def _state(good: bool) -> State:
    return "ok" if good else "down"
