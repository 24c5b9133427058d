"""The served application of the web tests, for what goes wrong."""

from tests.web.conftest import (
    app,
    clock,
    empty_database,
    other_page,
    page,
    peer,
    running_peer,
    served,
    settings,
    store,
)

__all__ = [
    "app",
    "clock",
    "empty_database",
    "other_page",
    "page",
    "peer",
    "running_peer",
    "served",
    "settings",
    "store",
]
