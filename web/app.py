"""Builds the application from its parts. ``uvicorn web.app:app`` starts it with the real ones."""

import os
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI

from aftersales import logs
from aftersales.clock import Clock, SystemClock
from aftersales.ids import Ids, RandomIds
from aftersales.settings import Settings
from aftersales.store import Store, migrate, open_store
from web import charts, chat, copies, estimate, health, pages, photos, refusals, status
from web.buttons import ButtonTokens
from web.headers import Guard
from web.limits import Limits
from web.parts import Parts
from web.photo_links import PhotoLinks
from web.rasa import Rasa, RasaClient
from web.sessions import Sessions
from web.worker import running


def create_app(
    settings: Settings,
    *,
    store: Store | None = None,
    clock: Clock | None = None,
    ids: Ids | None = None,
    rasa: Rasa | None = None,
    limits: Limits | None = None,
    worker: bool = False,
) -> FastAPI:
    """Return the application.

    Args:
        settings: where everything is.
        store: the database; opened from the settings by default.
        clock: the time; the machine's by default.
        ids: names for photos; random by default.
        rasa: who answers; Rasa's gateway channel on this machine by default.
        limits: how often what may be done.
        worker: run the outbox loop inside this process.
    """
    secret = settings.session_secret()
    parts = Parts(
        settings=settings,
        store=store or open_store(settings.database_url.reveal()),
        clock=clock or SystemClock(),
        ids=ids or RandomIds(),
        rasa=rasa or RasaClient(settings.rasa_url, settings.gateway_secret()),
        limits=limits or Limits(),
        sessions=Sessions(secret),
        buttons=ButtonTokens(secret),
        photo_links=PhotoLinks(secret),
        streams=Counter(),
    )

    @asynccontextmanager
    async def life(_app: FastAPI) -> AsyncIterator[None]:
        async with running(parts, worker):
            yield
        await parts.rasa.aclose()
        parts.store.close()

    app = FastAPI(
        title="售后助手 · 对话接口",
        version="1.0",
        description=(chat.__doc__ or "").strip(),
        docs_url=None,
        redoc_url=None,
        lifespan=life,
    )
    app.state.parts = parts
    refusals.install(app)
    for module in (pages, chat, copies, charts, photos, status, estimate, health):
        app.include_router(module.router)
    app.add_middleware(Guard)
    return app


def _real() -> FastAPI:
    logs.configure()
    settings = Settings.from_env(os.environ)
    migrate(settings.database_url.reveal())
    alone = (os.environ.get("AFTERSALES_WORKER") or "web") == "web"
    return create_app(settings, worker=alone)


def __getattr__(name: str) -> Any:
    """Build ``app`` when it is asked for: importing this module starts and writes nothing."""
    if name == "app":
        application = _real()
        globals()["app"] = application
        return application
    raise AttributeError(name)
