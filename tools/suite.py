"""All checks and tests, once per environment; the whole list runs even when one fails.

``python -m tools.suite`` runs everything, ``python -m tools.suite lint`` only ruff and mypy.
"""

import os
import sys
import time
from collections.abc import Iterator
from typing import NamedTuple

from tools import child, paths
from tools.model import SURROUNDINGS
from tools.progress import say

APP = str(paths.APP_PYTHON)
RASA = str(paths.RASA_PYTHON)


class Check(NamedTuple):
    """One program that must succeed."""

    name: str
    words: list[str]
    env: dict[str, str]


def lint() -> Iterator[Check]:
    """Yield the checks of the sources."""
    yield Check("ruff", [APP, "-m", "ruff", "check", "."], {})
    yield Check("mypy", [APP, "-m", "mypy"], {})


def tests() -> Iterator[Check]:
    """Yield the checks of the data and all tests, the quick ones first."""
    if (paths.ROOT / "tools" / "data_check.py").exists():
        yield Check("data-check", [APP, "-m", "tools.data_check"], {})
    # tests/conftest.py gives each environment its own files.
    yield Check("pytest (app)", [APP, "-m", "pytest", "-q"], {})
    own = ["-c", "bot/pyproject.toml", "--rootdir", ".", "--confcutdir", ".", "tests"]
    yield Check("pytest (Rasa)", [RASA, "-m", "pytest", "-q", *own], SURROUNDINGS)
    for stories in ("data/stories.yml", "tests/stories"):
        if (paths.ROOT / stories).exists():
            words = [str(paths.RASA_COMMAND), "test", "core", "--model", str(paths.MODEL)]
            # Without the flag `rasa test` succeeds whatever the stories do.
            words += ["--stories", stories, "--fail-on-prediction-errors", "--no-plot"]
            words += ["--out", str(paths.var() / "results" / "core")]
            yield Check(f"rasa test core ({stories})", words, SURROUNDINGS)


def main(arguments: list[str]) -> int:
    """Run the checks; return 0 when all succeeded."""
    checks = [*lint()] if arguments == ["lint"] else [*lint(), *tests()]
    results: list[tuple[str, int, float]] = []
    for check in checks:
        say(check.name)
        began = time.monotonic()
        code = child.show(check.words, check.env)
        results.append((check.name, code, time.monotonic() - began))
    print()
    for name, code, took in results:
        print(f"  {'ok  ' if code == 0 else 'FAIL'} {name:<36} {took:6.1f} s")
    failed = sum(code != 0 for _, code, _ in results)
    skips = " (a skip is a failure)" if os.environ.get("CI") == "true" else ""
    say(f"{len(results) - failed} of {len(results)} checks succeeded{skips}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
