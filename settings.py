"""Everything that the environment may set, read in one place; each field explains itself when wrong."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class SettingError(Exception):
    """A setting that cannot be used; the text names it and says what is expected."""


@dataclass(frozen=True)
class Settings:
    """What one running Pilar works with."""

    data_dir: Path  # PILAR_DATA: database, keys, uploads and the office's own boundary files
    database_url: str  # PILAR_DATABASE_URL: sqlite:///... (default: a file in the data directory) or postgresql://...
    host: str  # PILAR_HOST: the address the server listens on, set by manage.py; empty when unknown
    port: int  # PILAR_PORT: the port, set by manage.py
    session_hours: int  # PILAR_SESSION_HOURS: how long a sign-in lasts
    secure_cookie: bool  # PILAR_SECURE_COOKIE: 1 behind a TLS proxy

    @property
    def loopback(self) -> bool:
        """True when the server is known to listen on this computer only."""
        return self.host in LOOPBACK


def _integer(name: str, default: int, low: int, high: int) -> int:
    text = os.environ.get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit()) or not low <= int(text) <= high:
        raise SettingError(f"{name}={text!r}: a whole number from {low} to {high} is expected.")
    return int(text)


def _switch(name: str) -> bool:
    text = os.environ.get(name, "").strip()
    if text not in ("", "0", "1"):
        raise SettingError(f"{name}={text!r}: 1 (on) or 0 (off) is expected.")
    return text == "1"


_NAMES = ("DATA", "DATABASE_URL", "HOST", "PORT", "SESSION_HOURS", "SECURE_COOKIE")


def load() -> Settings:
    """The settings of this process; SettingError names the first one that cannot be used."""
    return _load(tuple(os.environ.get("PILAR_" + name) for name in _NAMES))


@lru_cache(maxsize=8)
def _load(_environment: tuple[str | None, ...]) -> Settings:
    # Asked thousands of times: worked out once per state of the environment.
    data_dir = Path(os.environ.get("PILAR_DATA") or ROOT / "data").expanduser().resolve()
    url = os.environ.get("PILAR_DATABASE_URL", "").strip() or f"sqlite:///{(data_dir / 'pilar.db').as_posix()}"
    if url.startswith(("postgres://", "postgresql://")):
        url = "postgresql+psycopg://" + url.partition("://")[2]
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise SettingError("PILAR_DATABASE_URL: sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME is expected.")
    if url.startswith("sqlite:///"):
        # Commands keep the caller's working directory and the server has its own: one address must mean one file.
        url = "sqlite:///" + (ROOT / url.removeprefix("sqlite:///")).as_posix()
    return Settings(
        data_dir=data_dir,
        database_url=url,
        host=os.environ.get("PILAR_HOST", "").strip(),
        port=_integer("PILAR_PORT", 8501, 1, 65535),
        session_hours=_integer("PILAR_SESSION_HOURS", 12, 1, 24 * 30),
        secure_cookie=_switch("PILAR_SECURE_COOKIE"),
    )


def use_data_dir(path: str) -> None:
    """Makes `path` the data directory of this process and of those it starts."""
    os.environ["PILAR_DATA"] = path


# What Streamlit must be set to before Pilar serves anybody, and why (RELIABILITY section 3). `doctor` reads the shipped
# file against this table, and the server refuses to start when a flag or a variable overrides one of them.
REQUIRED_OPTIONS: dict[str, tuple[object, str]] = {
    "client.showErrorDetails": ("none", "error texts would show file names and source lines to everybody"),
    "client.showErrorLinks": (False, "error boxes would link to outside search engines"),
    "browser.gatherUsageStats": (False, "the page would call a third party"),
    "server.enableAgentApi": (False, "anybody could read whole pages without signing in"),
    "server.headless": (True, "Streamlit would write files of its own beside the program and open a browser by itself"),
    "server.enableStaticServing": (False, "files would be served without a sign-in"),
    "server.enableCORS": (True, "foreign pages could open the socket"),
    "server.enableXsrfProtection": (True, "foreign pages could upload"),
    "server.trustedUserHeaders": ({}, "identity could be forged by a header"),
    "runner.postScriptGC": (False, "a full garbage collection after every rerun costs most of its time"),
}
OPTION_LIMITS: dict[str, tuple[int, str]] = {
    "server.maxUploadSize": (25, "MB; each upload is held in memory"),
    "server.maxMessageSize": (50, "MB; each message is held in memory"),
    "server.disconnectedSessionTTL": (600, "seconds; how long a lost connection keeps its session"),
}


def wrong_options(get: Callable[[str], object]) -> list[str]:
    """A line for each Streamlit option that `get` finds set otherwise than it must be; empty when all is well."""
    lines = []
    for name, (wanted, why) in REQUIRED_OPTIONS.items():
        found = get(name)
        if found != wanted and not (wanted == {} and not found):
            lines.append(f"{name} = {found!r}: {wanted!r} is required, because {why}.")
    for name, (limit, unit) in OPTION_LIMITS.items():
        found = get(name)
        if not isinstance(found, int) or found > limit:
            lines.append(f"{name} = {found!r}: at most {limit} {unit}.")
    return lines
