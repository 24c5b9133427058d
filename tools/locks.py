"""Writes requirements/*.txt anew: every package with its hashes, and no host names.

Three pyproject files are the source; uv.lock is not used because it records where packages came
from.
"""

from __future__ import annotations

from pathlib import Path

from tools import child, paths
from tools.progress import Steps, Trouble
from tools.toolchain import NETWORK

WORDS = [
    "pip", "compile", "--quiet", "--universal", "--generate-hashes", "--python-version", "3.11",
    "--no-emit-index-url", "--no-annotate", "--no-header", "--upgrade",
]  # fmt: skip


def write(steps: Steps, uv: Path) -> None:
    """Resolve the environments and uv itself to their newest allowed releases.

    Raises:
        Trouble: the index cannot be reached, the wishes contradict, or a host name slipped in.
    """
    for name, folder, source in (
        ("app", paths.ROOT, ["pyproject.toml", "--group", "dev"]),
        ("rasa", paths.ROOT / "bot", ["pyproject.toml"]),
        ("diet", paths.REQUIREMENTS / "diet", ["pyproject.toml"]),
        ("uv", paths.REQUIREMENTS, ["uv.in"]),
    ):
        target = paths.REQUIREMENTS / f"{name}.txt"
        steps.begin(f"{target.name}")
        child.need(
            [uv, *WORDS, *source, "--output-file", target],
            paths.logs() / "lock.log",
            f"{target.name} could not be resolved",
            NETWORK,
            cwd=folder,
        )
        if "://" in target.read_text(encoding="utf-8"):
            raise Trouble(f"{target.name} names a host.", "Remove the address from the wishes.")
        steps.done(f"{target.name}")
