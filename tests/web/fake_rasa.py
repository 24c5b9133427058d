"""A real HTTP server that keeps the gateway's contract: for faults, and pages without a model.

``python -m tests.web.fake_rasa 5999`` listens until it is stopped. What it answers depends on the
message: 按钮 offers three buttons, 很多 says five things, 沉默 answers nothing, 坏 answers 500,
慢 waits, 乱 answers something that is not JSON, 攻击 answers markup; other text comes back.
"""

import asyncio
import sys
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

SECRET = "a secret of the tests"
HOSTILE = '<img src=x onerror="window.hacked=1"> **粗** [链接](javascript:window.hacked=1)'


def build(seen: list[dict[str, Any]] | None = None, slow_s: float = 3.0) -> Starlette:
    """Return the peer; every accepted question is appended to ``seen``."""
    heard = seen if seen is not None else []

    async def webhook(request: Request) -> Response:
        if request.headers.get("x-gateway-secret") != SECRET:
            return JSONResponse({"error": "no"}, status_code=403)
        question = await request.json()
        heard.append(question)
        text = str(question["message"])
        who = question["sender"]
        if text == "坏":
            return PlainTextResponse("Traceback (most recent call last): 13812345678", 500)
        if text == "沉默":
            return JSONResponse([])
        if text == "乱":
            return PlainTextResponse("not json")
        if text == "慢":
            await asyncio.sleep(slow_s)
        if text == "很多":
            return JSONResponse([{"recipient_id": who, "text": f"第{n}句"} for n in range(1, 6)])
        if text == "攻击":
            return JSONResponse([{"recipient_id": who, "text": HOSTILE}])
        if text == "按钮":
            return JSONResponse(
                [
                    {"recipient_id": who, "text": "明白了，每天差不少。"},
                    {
                        "recipient_id": who,
                        "text": "先问一句：表最近有没有靠近过音箱、磁扣或手机背面？",
                        "buttons": [
                            {"title": "有", "payload": "/affirm"},
                            {"title": "没有", "payload": "/deny"},
                            {"title": "说不准", "payload": '/inform{"yes_no":"unknown"}'},
                        ],
                    },
                ]
            )
        return JSONResponse([{"recipient_id": who, "text": f"[{question['kind']}] {text}"}])

    async def status(_request: Request) -> Response:
        return JSONResponse({"model_file": "fake.tar.gz"})

    return Starlette(
        routes=[
            Route("/webhooks/gateway/webhook", webhook, methods=["POST"]),
            Route("/status", status),
            Route("/health", status),
        ]
    )


if __name__ == "__main__":
    uvicorn.run(build(), host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")
