"""Settings: typed, with defaults, errors that name the key, secrets that do not print."""

import os
import stat
from pathlib import Path

import pytest

from aftersales.settings import Secret, Settings, SettingsError, ensure_secret


def test_defaults_live_in_var(tmp_path: Path) -> None:
    settings = Settings.from_env({}, root=tmp_path)
    assert settings.var_dir == tmp_path / "var"
    assert settings.database_url.reveal() == f"sqlite:///{tmp_path}/var/aftersales.db"
    assert (settings.web_host, settings.web_port) == ("127.0.0.1", 8000)
    assert settings.rasa_url == "http://127.0.0.1:5005"
    assert settings.actions_url == "http://127.0.0.1:5055"
    assert settings.redis_url is None


def test_values_come_from_the_environment(tmp_path: Path) -> None:
    settings = Settings.from_env(
        {
            "AFTERSALES_VAR": str(tmp_path / "elsewhere"),
            "AFTERSALES_DATABASE_URL": "postgresql+psycopg://u:geheim@db/a",
            "AFTERSALES_REDIS_URL": "redis://:geheim@r",
            "WEB_PORT": "9000",
        },
        root=tmp_path,
    )
    assert settings.photos_dir == tmp_path / "elsewhere" / "photos"
    assert settings.web_port == 9000
    assert "geheim" not in repr(settings)
    assert settings.redis_url is not None
    assert settings.redis_url.reveal().endswith("geheim@r")


@pytest.mark.parametrize("port", ["0", "70000", "http", "-1", "８０００"])
def test_a_wrong_port_names_its_key(port: str) -> None:
    with pytest.raises(SettingsError, match="RASA_PORT"):
        Settings.from_env({"RASA_PORT": port})


def test_another_database_names_its_key() -> None:
    with pytest.raises(SettingsError, match="AFTERSALES_DATABASE_URL"):
        Settings.from_env({"AFTERSALES_DATABASE_URL": "mysql://x"})


def test_secrets_print_as_stars() -> None:
    secret = Secret("offen")
    assert f"{secret} {secret!r}" == "*** Secret(***)"
    assert secret
    assert not Secret("")


def test_a_secret_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "var" / "gateway.secret"
    first = ensure_secret(path)
    assert ensure_secret(path) == first
    assert len(first.reveal()) >= 43
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
    assert [p.name for p in path.parent.iterdir()] == ["gateway.secret"]


def test_an_empty_secret_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "s").write_text("\n")
    with pytest.raises(SettingsError, match="empty"):
        ensure_secret(tmp_path / "s")


def test_the_gateway_secret_of_the_environment_wins(tmp_path: Path) -> None:
    settings = Settings.from_env({"GATEWAY_SECRET": "given"}, root=tmp_path)
    assert settings.gateway_secret().reveal() == "given"
    assert not settings.gateway_secret_path.exists()
    made = Settings.from_env({}, root=tmp_path)
    assert made.gateway_secret() == made.gateway_secret()
    assert made.gateway_secret() != made.session_secret()


def test_the_address_customers_use_is_this_machine_until_it_is_named() -> None:
    assert Settings.from_env({"WEB_PORT": "8100"}).public_url == "http://127.0.0.1:8100"
    named = Settings.from_env({"AFTERSALES_PUBLIC_URL": "https://repair.example/"})
    assert named.public_url == "https://repair.example"


@pytest.mark.parametrize("url", ["repair.example", "https://a/b", "javascript:x", "https://a b"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(SettingsError, match="AFTERSALES_PUBLIC_URL"):
        Settings.from_env({"AFTERSALES_PUBLIC_URL": url})
