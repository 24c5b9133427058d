"""The served application of the web tests, for whoever attacks it."""

from tests.web.conftest import *  # noqa: F403 - pytest finds fixtures by name; the list is there
