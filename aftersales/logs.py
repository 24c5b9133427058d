"""Logs for the operator: JSON lines, UTC, one event per line, without personal data.

The customer's words are never logged; what could slip in (a phone number in a text, a token in an
address) is struck out here, last, for every event, also those of libraries. A failure shows where
it happened and what kind it is: never local variables, and never the text of an exception, which
may quote a customer or the values of a query.
"""

import logging
import re
import sys
from traceback import extract_tb
from types import TracebackType
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

_PATTERNS = [
    (re.compile(r"(?<![0-9A-Za-z])\d{17}[0-9Xx](?![0-9A-Za-z])"), "[id]"),
    (re.compile(r"(?<!\d)\d{16,19}(?!\d)"), "[card]"),
    (re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}(?!\d)"), "[phone]"),
    (re.compile(r"\b[A-Za-z0-9_-]{24,}(?:\.[A-Za-z0-9_-]+)*"), "[token]"),
]
_LAST_FRAMES = 20
_KEPT = frozenset({"trace", "timestamp", "level", "logger"})  # made by us, of no person's words
_FOREIGN = frozenset({"_record", "_from_structlog"})  # structlog's own, taken out before rendering


def scrub(value: Any) -> Any:
    """Return ``value`` without phone, identity and card numbers and tokens, at any depth."""
    if isinstance(value, str):
        for pattern, mark in _PATTERNS:
            value = pattern.sub(mark, value)
        return value.replace("\r", "\\r").replace("\n", "\\n")
    if isinstance(value, dict):
        return {key: scrub(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [scrub(item) for item in value]
    return value


def scrub_event(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Scrub one structlog event."""
    return {
        key: item if key in _KEPT or key in _FOREIGN else scrub(item) for key, item in event.items()
    }


def trace(problem: BaseException) -> list[str]:
    """Return where an exception and what caused it happened: kinds, files, lines and our own code.

    No local variables and no texts of exceptions.
    """
    lines: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = problem
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        lines.append(("" if current is problem else "because of ") + type(current).__name__)
        lines += _frames(current.__traceback__)
        hidden = current.__suppress_context__
        current = current.__cause__ or (None if hidden else current.__context__)
    return lines


def _frames(tb: TracebackType | None) -> list[str]:
    frames = extract_tb(tb)[-_LAST_FRAMES:]
    return [f"{frame.filename}:{frame.lineno} {frame.name}: {frame.line}" for frame in frames]


def plain_trace(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Turn ``exc_info`` into the few plain lines of ``trace``."""
    info = event.pop("exc_info", None)
    event.pop("stack_info", None)
    problem: Any = info[1] if isinstance(info, tuple) else info
    if info is True:
        problem = sys.exc_info()[1]
    if isinstance(problem, BaseException):
        event["trace"] = trace(problem)
    return event


def configure() -> None:
    """Set up structlog, and the standard library's logging in the same shape, for this process."""
    before: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        plain_trace,
        scrub_event,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    render = structlog.processors.JSONRenderer(ensure_ascii=False)
    structlog.configure(
        processors=[*before, render],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=before,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, render],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        # uvicorn brings handlers of its own, whose tracebacks quote the exception
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
