"""A real HTTP server that keeps the gateway's contract: for faults, and pages without a model.

``python -m tests.web.fake_rasa 5999`` listens until it is stopped. What it answers depends on the
message: 按钮 offers three buttons, 清单 a list and six buttons, 很多 says five things, 沉默 answers
nothing, 坏 answers 500, 慢 waits (and is not kept), 乱 answers something that is not JSON, 攻击
answers markup; other text comes back and is kept as Rasa's tracker keeps it.
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

LIST = """现在可以这样做：
· 正常佩戴 7–10 天，每天同一时刻和手机时间对一次，取平均再看。
· 夜里换一种放法试三五晚。
· <b>不要</b>自己开后盖拨快慢针。
要是一周平均下来超出范围，就送来检测。"""
TITLES = "突然变快的 一直都这样 摔过或磕过 靠近过音箱或磁扣 刚洗过油，之后才这样 说不准"
SIX = [{"title": title, "payload": f"/choice{n}"} for n, title in enumerate(TITLES.split())]


def build(seen: list[dict[str, Any]] | None = None, slow_s: float = 3.0) -> Starlette:
    """Return the peer; every accepted question is appended to ``seen``."""
    heard = seen if seen is not None else []
    trackers: dict[str, list[dict[str, Any]]] = {}

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
        if text == "清单":
            return JSONResponse([{"recipient_id": who, "text": LIST, "buttons": SIX}])
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
        answer = f"[{question['kind']}] {text}"
        if text != "慢":
            kept = {"message_id": question["message_id"]}
            tracker = trackers.setdefault(str(who), [])
            tracker += [{"event": "user", "metadata": kept}, {"event": "bot", "text": answer}]
        return JSONResponse([{"recipient_id": who, "text": answer}])

    async def tracker(request: Request) -> Response:
        return JSONResponse({"events": trackers.get(request.path_params["sender"], [])})

    async def status(_request: Request) -> Response:
        return JSONResponse({"model_file": "fake.tar.gz"})

    return Starlette(
        routes=[
            Route("/webhooks/gateway/webhook", webhook, methods=["POST"]),
            Route("/conversations/{sender}/tracker", tracker),
            Route("/status", status),
            Route("/health", status),
        ]
    )


if __name__ == "__main__":
    uvicorn.run(build(), host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")
