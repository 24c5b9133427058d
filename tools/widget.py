"""The page's own JavaScript (npm packages, locked in package-lock.json)."""

from __future__ import annotations

import hashlib
import shutil

from tools import child, paths
from tools.progress import Steps
from tools.toolchain import NETWORK

LOCK = paths.ROOT / "package-lock.json"
STAMP = paths.ROOT / "node_modules" / ".bootstrap.stamp"


def ensure(steps: Steps) -> bool:
    """Install the widget's packages when the lock changed; return whether they are there.

    Without npm the rest of the system works (terminal, REST, desk), so that is a hint, no failure.

    Raises:
        Trouble: npm is there but could not install.
    """
    if not LOCK.exists():
        return False
    digest = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if STAMP.exists() and STAMP.read_text(encoding="utf-8") == digest:
        return True
    npm = shutil.which("npm")
    if npm is None:
        steps.note(
            "npm is missing, so the chat widget on the page stays empty; everything else works. "
            "Install Node.js (Debian, Ubuntu: sudo apt-get install npm) and run the command again."
        )
        return False
    steps.begin("widget")
    if STAMP.exists():
        STAMP.unlink()
    child.need(
        [npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts"],
        paths.logs() / "npm.log",
        "The widget's packages could not be installed",
        NETWORK,
    )
    STAMP.write_text(digest, encoding="utf-8")
    steps.done("widget")
    return True
