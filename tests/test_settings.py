"""Every setting explains itself when it is wrong, and every Streamlit option that must hold is named when it does not."""

from pathlib import Path
from typing import Any

import pytest

import settings

NAMES = ("PILAR_DATA", "PILAR_DATABASE_URL", "PILAR_HOST", "PILAR_PORT", "PILAR_SESSION_HOURS", "PILAR_SECURE_COOKIE")


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


def test_the_defaults() -> None:
    found = settings.load()
    assert found == settings.Settings(
        data_dir=settings.ROOT / "data",
        database_url=f"sqlite:///{(settings.ROOT / 'data' / 'pilar.db').as_posix()}",
        host="",
        port=8501,
        session_hours=12,
        secure_cookie=False,
    )
    assert not found.loopback, "an unknown address is not taken for this computer's own"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PILAR_PORT", "0"),
        ("PILAR_PORT", "65536"),
        ("PILAR_PORT", "80a"),
        ("PILAR_PORT", "-1"),
        ("PILAR_PORT", "8501.0"),
        ("PILAR_PORT", "²"),
        ("PILAR_PORT", "٨٥٠١"),
        ("PILAR_SESSION_HOURS", "0"),
        ("PILAR_SESSION_HOURS", "721"),
        ("PILAR_SESSION_HOURS", "dua"),
        ("PILAR_SECURE_COOKIE", "yes"),
        ("PILAR_SECURE_COOKIE", "true"),
        ("PILAR_DATABASE_URL", "mysql://u:p@h/n"),
        ("PILAR_DATABASE_URL", "pilar.db"),
        ("PILAR_DATABASE_URL", "sqlite://"),
        ("PILAR_DATABASE_URL", "postgresql+psycopg2://u:p@h/n"),
    ],
)
def test_a_wrong_value_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    """PILAR_SECURE_COOKIE=yes was taken for off: a cookie without Secure behind a proxy, and nobody told."""
    monkeypatch.setenv(name, value)
    with pytest.raises(settings.SettingError, match=name):
        settings.load()


def test_a_wrong_address_of_the_store_does_not_repeat_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PILAR_DATABASE_URL", "mysql://pilar:rahasia@h/n")
    with pytest.raises(settings.SettingError) as refused:
        settings.load()
    assert "rahasia" not in str(refused.value)


def test_values_are_taken_with_blanks_around(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PILAR_DATA", str(tmp_path))
    monkeypatch.setenv("PILAR_PORT", " 9000 ")
    monkeypatch.setenv("PILAR_SESSION_HOURS", "720")
    monkeypatch.setenv("PILAR_SECURE_COOKIE", "1")
    monkeypatch.setenv("PILAR_HOST", " 127.0.0.1 ")
    found = settings.load()
    assert (found.port, found.session_hours, found.secure_cookie, found.loopback) == (9000, 720, True, True)
    assert found.data_dir == tmp_path.resolve()
    assert found.database_url == f"sqlite:///{(tmp_path.resolve() / 'pilar.db').as_posix()}"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_postgresql_gets_the_installed_driver(monkeypatch: pytest.MonkeyPatch, scheme: str) -> None:
    monkeypatch.setenv("PILAR_DATABASE_URL", f"{scheme}://u:p%40@h:5432/n?sslmode=require")
    assert settings.load().database_url == "postgresql+psycopg://u:p%40@h:5432/n?sslmode=require"


def test_a_relative_file_means_the_same_from_everywhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PILAR_DATABASE_URL", "sqlite:///data/lain.db")
    monkeypatch.chdir(tmp_path)
    assert settings.load().database_url == f"sqlite:///{(settings.ROOT / 'data' / 'lain.db').as_posix()}"


@pytest.mark.parametrize(
    ("host", "own"), [("127.0.0.1", True), ("localhost", True), ("::1", True), ("0.0.0.0", False), ("10.0.0.5", False)]
)
def test_loopback_is_this_computer_only(monkeypatch: pytest.MonkeyPatch, host: str, own: bool) -> None:
    monkeypatch.setenv("PILAR_HOST", host)
    assert settings.load().loopback is own


def test_the_data_directory_is_handed_down(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PILAR_DATA", "x")
    settings.use_data_dir(str(tmp_path))
    assert settings.load().data_dir == tmp_path.resolve()


RIGHT: dict[str, object] = {name: wanted for name, (wanted, _) in settings.REQUIRED_OPTIONS.items()} | {
    name: limit for name, (limit, _) in settings.OPTION_LIMITS.items()
}
WRONG: list[tuple[str, object]] = [
    *[(name, not wanted) for name, (wanted, _) in settings.REQUIRED_OPTIONS.items() if isinstance(wanted, bool)],
    ("client.showErrorDetails", "full"),
    ("client.showErrorDetails", None),
    ("server.trustedUserHeaders", {"X-User": "email"}),
    *[(name, limit + 1) for name, (limit, _) in settings.OPTION_LIMITS.items()],
    *[(name, None) for name in settings.OPTION_LIMITS],
]


def test_the_required_options_are_fine() -> None:
    assert settings.wrong_options(RIGHT.__getitem__) == []
    assert settings.wrong_options((RIGHT | {"server.trustedUserHeaders": None}).__getitem__) == []


def test_smaller_limits_are_fine() -> None:
    smaller: dict[str, Any] = {name: 1 for name in settings.OPTION_LIMITS}
    assert settings.wrong_options((RIGHT | smaller).__getitem__) == []


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_each_wrong_option_is_named_alone(name: str, value: object) -> None:
    [line] = settings.wrong_options((RIGHT | {name: value}).__getitem__)
    assert line.startswith(f"{name} = {value!r}: ")


def test_every_required_option_has_its_wrong_value_above() -> None:
    assert {name for name, _ in WRONG} == set(RIGHT)
