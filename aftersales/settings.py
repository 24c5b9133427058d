"""The settings of one process, typed and read once from the environment.

Nothing else reads ``os.environ``; a wrong value names its key and says how to mend it. Secrets
print as ``***``.
"""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent
_PUBLIC_URL = re.compile(r"https?://[A-Za-z0-9.-]+(:\d{1,5})?")


class SettingsError(Exception):
    """A setting cannot be used; the message names the key and the remedy."""


@dataclass(frozen=True, repr=False)
class Secret:
    """A value that never prints itself."""

    _value: str

    def reveal(self) -> str:
        """Return the value; the only way to get at it."""
        return self._value

    def __repr__(self) -> str:
        return "Secret(***)"

    def __str__(self) -> str:
        return "***"

    def __bool__(self) -> bool:
        return bool(self._value)


@dataclass(frozen=True)
class Settings:
    """All settings of the processes on current releases (web, actions, worker, tools)."""

    root: Path
    var_dir: Path
    database_url: Secret
    tracker_url: Secret
    redis_url: Secret | None
    web_host: str
    web_port: int
    public_url: str
    rasa_port: int
    actions_port: int
    gateway_secret_path: Path
    gateway_secret_given: Secret | None
    session_secret_path: Path
    erasure_secret_path: Path
    photos_dir: Path

    @classmethod
    def from_env(cls, environ: Mapping[str, str], root: Path = _ROOT) -> "Settings":
        """Read the settings.

        Args:
            environ: usually ``os.environ``.
            root: the project's folder; relative paths are taken from there.

        Raises:
            SettingsError: a value cannot be used; the message names the key.
        """
        var_dir = root / (environ.get("AFTERSALES_VAR") or "var")
        database_url = (
            environ.get("AFTERSALES_DATABASE_URL") or f"sqlite:///{var_dir}/aftersales.db"
        )
        if not database_url.startswith(("sqlite://", "postgresql+psycopg://")):
            raise SettingsError(
                "AFTERSALES_DATABASE_URL: use sqlite:///path/to/file.db or postgresql+psycopg://…"
            )
        tracker_url = environ.get("AFTERSALES_TRACKER_URL") or f"sqlite:///{var_dir}/rasa.db"
        redis_url = environ.get("AFTERSALES_REDIS_URL")
        gateway_secret = environ.get("GATEWAY_SECRET")
        web_port = _port(environ, "WEB_PORT", 8000)
        public_url = (
            environ.get("AFTERSALES_PUBLIC_URL") or f"http://127.0.0.1:{web_port}"
        ).rstrip("/")
        if not _PUBLIC_URL.fullmatch(public_url):
            raise SettingsError("AFTERSALES_PUBLIC_URL: use https://name, without a path")
        return cls(
            root=root,
            var_dir=var_dir,
            database_url=Secret(database_url),
            tracker_url=Secret(tracker_url),
            redis_url=Secret(redis_url) if redis_url else None,
            web_host=environ.get("WEB_HOST") or "127.0.0.1",
            web_port=web_port,
            public_url=public_url,
            rasa_port=_port(environ, "RASA_PORT", 5005),
            actions_port=_port(environ, "ACTIONS_PORT", 5055),
            gateway_secret_path=var_dir / "gateway.secret",
            gateway_secret_given=Secret(gateway_secret) if gateway_secret else None,
            session_secret_path=var_dir / "session.secret",
            erasure_secret_path=var_dir / "erasure.secret",
            photos_dir=var_dir / "photos",
        )

    @property
    def rasa_url(self) -> str:
        """Where Rasa listens: always on this machine."""
        return f"http://127.0.0.1:{self.rasa_port}"

    @property
    def actions_url(self) -> str:
        """Where the actions listen: always on this machine."""
        return f"http://127.0.0.1:{self.actions_port}"

    def gateway_secret(self) -> Secret:
        """Return what the gateway proves itself with to Rasa; made on first use
        (``GATEWAY_SECRET`` wins)."""
        return self.gateway_secret_given or ensure_secret(self.gateway_secret_path)

    def session_secret(self) -> Secret:
        """Return the key that signs visitors' sessions; made on first use."""
        return ensure_secret(self.session_secret_path)

    def erasure_secret(self) -> Secret:
        """Return the key under which deleted phone numbers are recognised; made on first use. One
        of its own: a changed one would forget them all."""
        return ensure_secret(self.erasure_secret_path)


def ensure_secret(path: Path) -> Secret:
    """Return the secret kept in a file only its owner may read; make one (256 bits) when there is
    none.

    Two processes that start together end up with the same secret: the file appears complete, under
    one name, once.

    Raises:
        SettingsError: the file is empty.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(32))
        try:
            os.link(draft, path)  # fails when another process was first: then its secret counts
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    value = path.read_text(encoding="ascii").strip()
    if not value:
        raise SettingsError(f"{path}: the file is empty; delete it and a new secret is made")
    return Secret(value)


def _port(environ: Mapping[str, str], key: str, default: int) -> int:
    text = environ.get(key) or str(default)
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        raise SettingsError(f"{key}: a port between 1 and 65535 is expected, not {text!r}")
    return int(text)
