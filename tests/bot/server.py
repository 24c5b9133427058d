"""Serves a channel on a free port for the length of one test."""

from __future__ import annotations

import asyncio
import socket
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Sanic

# Sanic rewrites its own methods when an app starts; only in this mode may a second one start.
Sanic.test_mode = True

Handler = Callable[[UserMessage], Awaitable[Any]]


def post(
    channel: InputChannel,
    handler: Handler,
    body: Any,
    headers: dict[str, str] | None = None,
    ready: bool = True,
) -> tuple[int, Any]:
    """Send `body` (JSON, or bytes as they are) to the channel; return status and JSON."""

    class Agent:
        def is_ready(self) -> bool:
            return ready

    async def run() -> tuple[int, Any]:
        app = Sanic(f"test_{uuid.uuid4().hex}", configure_logging=False)
        app.ctx.agent = Agent()
        app.blueprint(channel.blueprint(handler), url_prefix=channel.url_prefix())
        with socket.socket() as listening:
            listening.bind(("127.0.0.1", 0))
            port = listening.getsockname()[1]
            server = await app.create_server(sock=listening, return_asyncio_server=True)
            await server.startup()
            await server.start_serving()
            try:
                async with aiohttp.ClientSession() as session:
                    address = f"http://127.0.0.1:{port}/{channel.url_prefix()}/webhook"
                    sent = {"data": body} if isinstance(body, bytes) else {"json": body}
                    async with session.post(address, headers=headers, **sent) as answer:
                        return answer.status, await answer.json(content_type=None)
            finally:
                server.close()
                await server.wait_closed()

    return asyncio.run(run())
