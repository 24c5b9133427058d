"""Where things are. Every path follows from this file's own place, so a clone may live anywhere."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".tools"
APP = ROOT / ".venv"
RASA = ROOT / ".venv-rasa"
APP_PYTHON = APP / "bin" / "python"
RASA_PYTHON = RASA / "bin" / "python"
RASA_COMMAND = RASA / "bin" / "rasa"
REQUIREMENTS = ROOT / "requirements"
MODELS = ROOT / "models"
MODEL = MODELS / "assistant.tar.gz"


def var() -> Path:
    """Return the directory of run-time files (``AFTERSALES_VAR``), made if missing."""
    path = ROOT / (os.environ.get("AFTERSALES_VAR") or "var")
    path.mkdir(parents=True, exist_ok=True)
    return path


def logs() -> Path:
    """Return the directory of log files, made if missing."""
    path = var() / "log"
    path.mkdir(parents=True, exist_ok=True)
    return path


def cache() -> Path:
    """Return the folder for what is dear to make and outlives a clone (``AFTERSALES_CACHE``)."""
    own = os.environ.get("AFTERSALES_CACHE")
    if own:
        return Path(own).expanduser().resolve()
    shared = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(shared) / "seiko-aftersales"
