"""Logs for the operator: JSON lines, UTC, one event per line, without personal data.

The customer's words are never logged; what could slip in (a phone number in an exception, a token
in an address) is struck out here, last, for every event.
"""

import logging
import re
from typing import Any

import structlog
from structlog.typing import EventDict, WrappedLogger

_PATTERNS = [
    (re.compile(r"(?<![0-9A-Za-z])\d{17}[0-9Xx](?![0-9A-Za-z])"), "[id]"),
    (re.compile(r"(?<!\d)\d{16,19}(?!\d)"), "[card]"),
    (re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}(?!\d)"), "[phone]"),
    (re.compile(r"\b[A-Za-z0-9_-]{24,}(?:\.[A-Za-z0-9_-]+)*"), "[token]"),
]


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
    return {key: scrub(item) for key, item in event.items()}


def configure() -> None:
    """Set up structlog for this process."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            scrub_event,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=True,
    )
