"""Every error has one shape: ``{"error": {"code": "...", "say": "..."}}``.

``code`` is for programs, ``say`` is a Chinese sentence that may be shown as it is. Nothing of the
inside (exception, query, path) is ever part of it.
"""

from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from web.texts import say

_BY_STATUS = {
    404: "not_found",
    405: "not_allowed",
    413: "too_large",
    429: "too_fast",
    503: "unavailable",
}


class Refusal(Exception):
    """A request that is declined, with the sentence the customer reads.

    Attributes:
        status: the HTTP status.
        code: a key of ``error:`` in texts.yml.
        retry_after_s: seconds until it is worth trying again, when known.
    """

    def __init__(self, status: int, code: str, retry_after_s: int | None = None) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.retry_after_s = retry_after_s


class ErrorBody(BaseModel):
    """What went wrong: a code for programs, a sentence for people."""

    code: str
    say: str


class ErrorAnswer(BaseModel):
    """The shape of every error of this API."""

    error: ErrorBody


def refusal_answer(status: int, code: str, retry_after_s: int | None = None) -> JSONResponse:
    """Return the answer for one refusal."""
    headers = {"Retry-After": str(retry_after_s)} if retry_after_s else None
    body = {"error": {"code": code, "say": say("error", code)}}
    return JSONResponse(body, status_code=status, headers=headers)


def install(app: FastAPI) -> None:
    """Make every refusal of ``app`` come out in the one shape; see web.headers for the rest."""

    async def refused(_request: Request, problem: Exception) -> JSONResponse:
        if not isinstance(problem, Refusal):  # pragma: no cover - registered for Refusal only
            raise problem
        return refusal_answer(problem.status, problem.code, problem.retry_after_s)

    async def invalid(_request: Request, problem: Exception) -> JSONResponse:
        errors: list[Any] = list(getattr(problem, "errors", list)())
        return refusal_answer(422, _validation_code(errors))

    async def plain(_request: Request, problem: Exception) -> JSONResponse:
        status = getattr(problem, "status_code", 500)
        return refusal_answer(status, _BY_STATUS.get(status, "bad_request"))

    app.add_exception_handler(Refusal, refused)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, plain)


def _validation_code(errors: list[Any]) -> str:
    kinds = {error.get("type") for error in errors}
    fields = {error.get("loc", ("",))[-1] for error in errors}
    if "json_invalid" in kinds:
        return "bad_json"
    if "client_message_id" in fields:
        return "bad_id"
    if "button" in fields:
        return "bad_button"
    if "text" in fields and "string_too_long" in kinds:
        return "too_large"
    return "bad_request"
