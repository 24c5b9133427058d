"""The served application of the web tests, for what goes wrong."""

from tests.web.conftest import *  # noqa: F403 - pytest finds fixtures by name; the list is there
