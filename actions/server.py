"""The HTTP door Rasa calls: ``POST /webhook``, ``GET /health``, on loopback only.

rasa-sdk's own server puts the whole tracker (phone, address) into the body of a 500 and starts a
process that weighs twice as much; this is its ``ActionExecutor`` behind a small Starlette app.
"""

import asyncio
import os
from collections.abc import Mapping
from typing import Any

import structlog
import uvicorn
from rasa_sdk.executor import ActionExecutor
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from actions.registry import actions
from actions.services import Services
from aftersales import logs
from aftersales.clock import SystemClock
from aftersales.ids import RandomIds
from aftersales.knowledge import load
from aftersales.settings import Settings
from aftersales.store import open_store

log = structlog.get_logger(__name__)


def create_app(services: Services) -> Starlette:
    """The action server for the given outside world."""
    executor = ActionExecutor()
    for action in actions(services):
        executor.register_action(action)

    async def webhook(request: Request) -> Response:
        call = await request.json()
        try:
            result = await run_in_threadpool(_run, executor, call)
        except Exception:
            # Never the tracker: it holds phones and names.
            log.exception("action_crashed", action=call.get("next_action"))
            return JSONResponse({"events": [], "responses": [{"response": "utter_apology"}]})
        return JSONResponse(result)

    async def health(_: Request) -> Response:
        return JSONResponse({"status": "ok", "actions": len(executor.actions)})

    return Starlette(
        routes=[
            Route("/webhook", webhook, methods=["POST"]),
            Route("/health", health),
        ]
    )


def _run(executor: ActionExecutor, call: Mapping[str, Any]) -> dict[str, Any]:
    # Actions talk to the database and block; each call has its own thread and loop.
    result = asyncio.run(executor.run(dict(call)))
    if result is None:
        return {"events": [], "responses": []}
    dumped: dict[str, Any] = result.model_dump()
    return dumped


def main() -> None:
    """Serve until stopped."""
    logs.configure()
    settings = Settings.from_env(os.environ)
    load("talk")  # a broken knowledge file stops the start, not a customer's turn
    store = open_store(settings.database_url.reveal())
    services = Services(
        store=store, clock=SystemClock(), ids=RandomIds(), secret=settings.session_secret()
    )
    uvicorn.run(
        create_app(services),
        host="127.0.0.1",
        port=settings.actions_port,
        log_level="warning",
        access_log=False,
        log_config=None,  # ours: uvicorn's own would quote exceptions
    )


if __name__ == "__main__":
    main()
